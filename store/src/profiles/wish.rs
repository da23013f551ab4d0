//! Somebody wishes something for many profiles: a few get it at once, many by a job.

use domain::audit::{Deed, Note, Object, Origin};
use domain::backup::BackupKind;
use domain::bulk::Bulk;
use domain::history::Actor;
use domain::id::{JobId, PoolId, UserId};
use domain::job::JobKind;
use domain::lang::Lang;
use domain::pool::Pool;
use domain::time::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::backups::Saving;
use crate::error::Result;
use crate::jobs::NewJob;
use crate::profiles::many::{Batch, PART, Selection, Undone};
use crate::{Reach, Store};

/// As many are changed while somebody waits: one transaction, so that a process that dies has done all of it or nothing. More
/// are a job's work, which goes on by itself.
pub const AT_ONCE: usize = PART;

/// What became of a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<T> {
    /// It is done.
    Done(T),
    /// It takes longer: a job does it.
    Job(JobId),
}

/// Who wishes something, from where, and when.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Whose name stands in the history and in the audit log.
    pub actor: Actor,
    /// From where, for the audit log.
    pub origin: Origin,
    /// Who sees the job.
    pub user: Option<UserId>,
    /// The language of a job's messages.
    pub lang: Lang,
    /// When.
    pub now: Millis,
}

impl Wish {
    /// What somebody wishes of whom no more is known than this.
    #[must_use]
    pub fn of(actor: Actor, now: Millis) -> Self {
        let user = match actor {
            Actor::User(user) => Some(user),
            _ => None,
        };
        Self { actor, origin: Origin::default(), user, lang: Lang::default(), now }
    }
}

/// At a moment and by nobody: what the program itself does.
impl From<Millis> for Wish {
    fn from(now: Millis) -> Self {
        Self::of(Actor::System, now)
    }
}

impl From<&Wish> for Wish {
    fn from(wish: &Wish) -> Self {
        *wish
    }
}

/// What a job of the kinds `bulk_delete` and `bulk_edit` needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ManyJob {
    /// The pool.
    pub pool: PoolId,
    /// What the job does belongs to this batch, also when it is begun again.
    pub batch: i64,
    /// Which profiles.
    pub selection: Selection,
    /// What happens to them.
    pub bulk: Bulk,
    /// Whose name stands in the history.
    pub actor: Actor,
    /// What whoever asked for it reaches; all profiles where it was asked for before that was noted.
    #[serde(default)]
    pub reach: Option<Reach>,
    /// The language of its messages.
    pub lang: Lang,
}

/// What a job of the kind `bulk_undo` needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UndoJob {
    /// The pool.
    pub pool: PoolId,
    /// What is taken back.
    pub batch: i64,
    /// Whose name stands in the history.
    pub actor: Actor,
    /// What whoever asked for it reaches; all profiles where it was asked for before that was noted.
    #[serde(default)]
    pub reach: Option<Reach>,
    /// The language of its messages.
    pub lang: Lang,
}

impl Store {
    /// Does it at once to a few profiles, as a job to many.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; profiles that do not exist or are out of reach are passed over.
    /// `Conflict(OutOfReach)` when one would lie outside afterwards.
    pub async fn ask_for_many(&self, reach: &Reach, pool: &Pool, selection: Selection, bulk: Bulk, wish: Wish) -> Result<Asked<Batch>> {
        let Wish { actor, user, lang, now, .. } = wish;
        let client = reach.client();
        let ids = self.selected(reach, pool, &selection).await?;
        if ids.len() <= AT_ONCE {
            // One that is deleted alone lies in the bin; many are in a backup as well.
            if bulk == Bulk::Delete && ids.len() > 1 {
                self.save_before(pool, Saving { kind: BackupKind::Delete, ids: ids.clone(), wish }).await?;
            }
            let batch = self.begin_batch(client, pool, &bulk, &ids, &wish).await?;
            return self.change_all(reach, pool, batch, &bulk, &ids, &actor, now).await.map(Asked::Done);
        }
        let mut tx = self.write().await?;
        let batch = tx.begin_batch(client, pool, &bulk, &ids, &wish).await?;
        let kind = if bulk == Bulk::Delete { JobKind::BulkDelete } else { JobKind::BulkEdit };
        let job = ManyJob { pool: pool.id, batch, selection, bulk, actor, reach: Some(reach.clone()), lang };
        let job = tx.enqueue(client, NewJob { kind, payload: json!(job), created_by: user }, now).await?;
        tx.commit().await?;
        Ok(Asked::Job(job))
    }

    /// Takes a batch back at once, or as a job when it is large.
    ///
    /// # Errors
    /// `NotFound` when there is no such batch in the pool, or all its profiles are out of reach, or it changed what `pool` shows
    /// as locked.
    pub async fn ask_to_undo(&self, reach: &Reach, pool: &Pool, batch: i64, wish: Wish) -> Result<Asked<Undone>> {
        let Wish { actor, user, lang, now, .. } = wish;
        let client = reach.client();
        self.refuse_locked(pool, batch).await?;
        let size = if reach.is_whole() {
            self.batch(client, pool, batch).await?.n
        } else {
            self.changed_by(reach, pool, batch).await?.len() as u64
        };
        let note = Note::new(Deed::BulkUndone, Object::pool(pool.id, pool.name.as_str()));
        let note = note.after(json!({ "batch": batch, "profiles": size }));
        if let Some(change) = self.change_of(batch).await? {
            // Two options were merged: the one that went comes back first.
            self.take_back(client, pool.id, change, &wish).await?;
        }
        if size <= AT_ONCE as u64 {
            self.audit(client, &wish, note).await?;
            let pool = self.pool(client, pool.id).await?;
            return self.undo_batch(reach, &pool, batch, &actor, now).await.map(Asked::Done);
        }
        let job = UndoJob { pool: pool.id, batch, actor, reach: Some(reach.clone()), lang };
        let new = NewJob { kind: JobKind::BulkUndo, payload: json!(job), created_by: user };
        self.enqueue_noted(client, new, &wish, note).await.map(Asked::Job)
    }
}
