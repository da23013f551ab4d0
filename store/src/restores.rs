//! Backups come back: compared first, then restored by a choice, and taken back like an import.

pub(crate) mod gone;

mod begin;
mod compare;
mod meet;
mod place;
mod run;
mod texts;
mod undo;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::backup::Backup;
use domain::history::Actor;
use domain::id::{BackupId, ClientId, JobId, PoolId, RestoreId, UserId};
use domain::job::JobKind;
use domain::lang::Lang;
use domain::pool::Pool;
use domain::problem::Problem;
use domain::restore::{Choice, Comparison, Counts, Sample};
use domain::time::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use crate::undone::Undone as RestoreUndone;
pub use compare::{Found, Stretch};
pub use run::Restoring;

use crate::error::{Conflict, Result, StoreError, refused};
use crate::jobs::NewJob;
use crate::profiles::Wish;
use crate::profiles::read::owned;
use crate::row::Row;
use crate::statement::Statement;
use crate::{Reach, Store};

/// A comparison of a backup with its pool, and what came of restoring by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Restore {
    /// Its id.
    pub id: RestoreId,
    /// The pool.
    pub pool: PoolId,
    /// The backup; it may have gone since.
    pub backup: BackupId,
    /// What that was called.
    pub title: String,
    /// The moment that it shows.
    pub made_at: Millis,
    /// Who asked for the comparison; none: a program.
    pub user: Option<UserId>,
    /// When.
    pub created_at: Millis,
    /// The job that compares.
    pub check: Option<JobId>,
    /// What it found; none as long as it is at it.
    pub comparison: Option<Comparison>,
    /// What was wished back; none as long as nobody has started it.
    pub choice: Option<Choice>,
    /// The job that does it.
    pub run: Option<JobId>,
    /// The backup of the affected profiles that was made before.
    pub saved: Option<Saved>,
    /// The pool's revision when its first part began.
    pub revision: Option<i64>,
    /// What it has changed so far.
    pub counts: Counts,
    /// The job that takes it back.
    pub undo: Option<JobId>,
    /// How far that has come.
    pub undone: Option<RestoreUndone>,
}

/// What was saved before a restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// No living profile was to change.
    Nothing,
    /// This backup holds those that were.
    Backup(BackupId),
}

/// What a job of the kinds `restore_check`, `restore` and `restore_undo` needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RestoreJob {
    /// The pool.
    pub pool: PoolId,
    /// Which comparison or restore.
    pub restore: RestoreId,
    /// Of which backup, for the way to its page.
    pub backup: BackupId,
    /// What the backup is called, for lists of jobs.
    pub file_name: String,
    /// Whose name stands in the history.
    pub actor: Actor,
    /// The language of its messages.
    pub lang: Lang,
}

const COLUMNS: &str = "id, pool_id, backup_id, title, made_at, user_id, created_at, check_job, comparison, choice, run_job,
    saved_backup, revision, counts, undo_job, undone";

impl Store {
    /// Has a backup compared with its pool by a job, which changes nothing. Whoever compares sees what the backup holds.
    ///
    /// # Errors
    /// `NotFound` when the backup is not of this pool or `reach` has a rule.
    pub async fn ask_to_compare(&self, reach: &Reach, pool: &Pool, backup: &Backup, wish: Wish) -> Result<RestoreId> {
        const SQL: &str = "insert into restores (client_id, pool_id, backup_id, title, made_at, user_id, created_at)
            select client_id, id, $3, $4, $5, $6, $7 from pools where client_id = $1 and id = $2 and deleted_at is null
            returning id";
        let client = reach.client();
        owned(client, pool)?;
        if backup.pool != pool.id || !reach.is_whole() {
            return Err(StoreError::NotFound);
        }
        let title = backup.title(wish.lang).to_owned();
        let insert = Statement::new(SQL).arg(client).arg(pool.id).arg(backup.id).arg(title.as_str()).arg(backup.made_at);
        let mut tx = self.write().await?;
        let row = tx.row(insert.arg(wish.user).arg(wish.now)).await?.ok_or(StoreError::NotFound)?;
        let restore = RestoreId::new(row.int(0)?);
        let job = tx.enqueue(client, new_job(JobKind::RestoreCheck, pool.id, (restore, backup.id), title.clone(), &wish), wish.now).await?;
        tx.run(Statement::new("update restores set check_job = $2 where id = $1").arg(restore).arg(job)).await?;
        let object = Object::new(ObjectKind::Restore, restore.get(), title).within(pool.id);
        tx.audit(client, &wish, Note::new(Deed::RestoreChecked, object).after(json!({ "backup": backup.id, "job": job })));
        tx.commit().await?;
        Ok(restore)
    }

    /// A comparison, with what came of restoring by it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn restore(&self, client: ClientId, id: RestoreId) -> Result<Restore> {
        let sql = format!("select {COLUMNS} from restores where client_id = $1 and id = $2");
        read(&self.db().row(Statement::new(sql).arg(client).arg(id)).await?.ok_or(StoreError::NotFound)?)
    }

    /// The newest comparisons of a backup.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn restores_of(&self, client: ClientId, pool: PoolId, backup: BackupId, limit: u32) -> Result<Vec<Restore>> {
        let sql =
            format!("select {COLUMNS} from restores where client_id = $1 and pool_id = $2 and backup_id = $3 order by id desc limit $4");
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(pool).arg(backup).arg(i64::from(limit))).await?;
        rows.iter().map(read).collect()
    }

    /// The first profiles of each group that a comparison found; none after 14 days.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn restore_samples(&self, client: ClientId, id: RestoreId) -> Result<Vec<Sample>> {
        const SQL: &str = "select samples from restores where client_id = $1 and id = $2";
        let row = self.db().row(Statement::new(SQL).arg(client).arg(id)).await?.ok_or(StoreError::NotFound)?;
        row.opt_text(0)?.map_or(Ok(Vec::new()), |text| from_json(&text))
    }

    /// Notes what a comparison found.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn note_comparison(&self, client: ClientId, id: RestoreId, found: &Comparison, samples: &[Sample]) -> Result<()> {
        const SQL: &str = "update restores set comparison = $3, samples = $4 where client_id = $1 and id = $2";
        let note = Statement::new(SQL).arg(client).arg(id).arg(to_json(found)?).arg(to_json(&samples)?);
        if self.db().run(note).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Notes what was saved before a restore began to change anything.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn note_saved(&self, client: ClientId, id: RestoreId, saved: Saved) -> Result<()> {
        const SQL: &str = "update restores set saved_backup = $3 where client_id = $1 and id = $2";
        let backup = match saved {
            Saved::Nothing => 0,
            Saved::Backup(backup) => backup.get(),
        };
        if self.db().run(Statement::new(SQL).arg(client).arg(id).arg(backup)).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Has a compared backup restored by a job; once for each comparison.
    ///
    /// # Errors
    /// `NotFound` when there is no such comparison in the pool or `reach` has a rule; `Invalid` for a choice of nothing, of
    /// unknown fields, or of the exact state where the backup does not hold the whole pool; `Conflict(RestoreRuns)`;
    /// `Conflict(ConsentLocked)` when consent would come back that `pool` shows as locked.
    pub async fn ask_to_restore_backup(&self, reach: &Reach, pool: &Pool, id: RestoreId, choice: Choice, wish: Wish) -> Result<JobId> {
        const SQL: &str = "update restores set choice = $3, started_at = $4 where client_id = $1 and id = $2 and choice is null";
        let client = reach.client();
        owned(client, pool)?;
        let found = self.restore(client, id).await?;
        if found.pool != pool.id || !reach.is_whole() {
            return Err(StoreError::NotFound);
        }
        let runs = StoreError::Conflict(Conflict::RestoreRuns);
        let Some(comparison) = found.comparison.filter(|_| found.choice.is_none()) else { return Err(runs) };
        if choice.is_nothing() {
            return Err(refused("choice", Problem::Required));
        }
        let unknown = choice.fields.iter().flatten().any(|field| pool.field_by_id(*field).is_none());
        if unknown || (choice.exact && !comparison.whole) {
            let value = if unknown { "fields" } else { "exact" };
            return Err(refused(value, Problem::UnknownChoice { value: value.to_owned() }));
        }
        if choice.back && comparison.counts.gone > 0 && pool.fields.iter().any(|field| field.locked) {
            return Err(StoreError::Conflict(Conflict::ConsentLocked));
        }
        let mut tx = self.write().await?;
        if tx.run(Statement::new(SQL).arg(client).arg(id).arg(to_json(&choice)?).arg(wish.now)).await? == 0 {
            return Err(runs);
        }
        let job = tx.enqueue(client, new_job(JobKind::Restore, pool.id, (id, found.backup), found.title.clone(), &wish), wish.now).await?;
        tx.run(Statement::new("update restores set run_job = $2 where id = $1").arg(id).arg(job)).await?;
        let object = Object::new(ObjectKind::Restore, id.get(), found.title).within(pool.id);
        let what = json!({
            "backup": found.backup, "job": job, "back": choice.back, "changed": choice.changed, "exact": choice.exact,
            "profiles": choice.only.as_ref().map(std::collections::BTreeSet::len), "fields": choice.fields.as_ref().map(Vec::len),
        });
        tx.audit(client, &wish, Note::new(Deed::RestoreStarted, object).after(what));
        tx.commit().await?;
        Ok(job)
    }
}

fn new_job(kind: JobKind, pool: PoolId, (restore, backup): (RestoreId, BackupId), file_name: String, wish: &Wish) -> NewJob {
    let job = RestoreJob { pool, restore, backup, file_name, actor: wish.actor, lang: wish.lang };
    NewJob { kind, payload: json!(job), created_by: wish.user }
}

fn read(row: &Row) -> Result<Restore> {
    let saved = row.opt_int(11)?.map(|id| if id == 0 { Saved::Nothing } else { Saved::Backup(BackupId::new(id)) });
    Ok(Restore {
        id: RestoreId::new(row.int(0)?),
        pool: PoolId::new(row.int(1)?),
        backup: BackupId::new(row.int(2)?),
        title: row.text(3)?,
        made_at: Millis::new(row.int(4)?),
        user: row.opt_int(5)?.map(UserId::new),
        created_at: Millis::new(row.int(6)?),
        check: row.opt_int(7)?.map(JobId::new),
        comparison: row.opt_text(8)?.map(|text| from_json(&text)).transpose()?,
        choice: row.opt_text(9)?.map(|text| from_json(&text)).transpose()?,
        run: row.opt_int(10)?.map(JobId::new),
        saved,
        revision: row.opt_int(12)?,
        counts: row.opt_text(13)?.map(|text| from_json(&text)).transpose()?.unwrap_or_default(),
        undo: row.opt_int(14)?.map(JobId::new),
        undone: row.opt_text(15)?.map(|text| from_json(&text)).transpose()?,
    })
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}
