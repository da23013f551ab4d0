//! Backups as those see them who make, name, keep and delete them. Their files are the server's; what goes into one is
//! `dump`, what happens by itself `upkeep`.

mod begin;
mod dump;
mod row;
mod saver;
mod upkeep;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::backup::Backup;
use domain::id::{BackupId, ClientId, JobId, PoolId};
use domain::job::JobKind;
use domain::pool::Pool;
use domain::time::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::error::{Conflict, Result, StoreError};
use crate::jobs::NewJob;
use crate::profiles::Wish;
use crate::profiles::read::owned;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

pub use begin::{Made, NewBackup};
pub use dump::{Dump, DumpHead, DumpPart, Dumped};
pub use saver::{Saver, Saving};
pub use upkeep::Gone;

use row::{FROM, backup};

/// A day in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// What the deployment decided about backups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupRules {
    /// Automatic ones are kept for so many days.
    pub automatic_days: u32,
    /// Those that somebody wished, too.
    pub manual_days: u32,
    /// At most so many of them for each pool; none: as many as there is room for.
    pub manual_limit: Option<u32>,
    /// So many bytes all backups of a client may take.
    pub quota: u64,
}

impl Default for BackupRules {
    fn default() -> Self {
        Self { automatic_days: 14, manual_days: 90, manual_limit: None, quota: 10 << 30 }
    }
}

/// What a job of the kind `backup` needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupJob {
    /// Of which pool.
    pub pool: PoolId,
    /// Which row it fills.
    pub backup: BackupId,
    /// What it is called, for lists of jobs.
    pub name: String,
}

/// What somebody changes of a backup; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackupChange {
    /// Its name, as `domain::backup::name` gives it.
    pub name: Option<String>,
    /// Whether it is kept until somebody says otherwise.
    pub pinned: Option<bool>,
}

impl Store {
    /// What holds for backups in this process from now on.
    pub fn keep_backups(&self, rules: BackupRules) {
        *self.shared.backup_rules.write().unwrap_or_else(std::sync::PoisonError::into_inner) = rules;
    }

    /// What holds for backups.
    #[must_use]
    pub fn backup_rules(&self) -> BackupRules {
        *self.shared.backup_rules.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The backups of a pool, newest first.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's, or `reach` has a rule.
    pub async fn backups(&self, reach: &Reach, pool: &Pool) -> Result<Vec<Backup>> {
        all_of(reach, pool)?;
        let sql = format!("{FROM} where b.client_id = $1 and b.pool_id = $2 and b.gone_at is null order by b.id desc");
        let rows = self.db().rows(Statement::new(sql).arg(reach.client()).arg(pool.id)).await?;
        rows.iter().map(backup).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// `NotFound`, also when `reach` has a rule.
    pub async fn backup(&self, reach: &Reach, pool: &Pool, id: BackupId) -> Result<Backup> {
        all_of(reach, pool)?;
        self.backup_of(reach.client(), id).await.and_then(|found| if found.pool == pool.id { Ok(found) } else { Err(StoreError::NotFound) })
    }

    /// The same for the program itself.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn backup_of(&self, client: ClientId, id: BackupId) -> Result<Backup> {
        let sql = format!("{FROM} where b.client_id = $1 and b.id = $2 and b.gone_at is null");
        backup(&self.db().row(Statement::new(sql).arg(client).arg(id)).await?.ok_or(StoreError::NotFound)?)
    }

    /// How many bytes the backups of a client take.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn backup_bytes(&self, client: ClientId) -> Result<u64> {
        let row = self.db().row(Statement::new(USED).arg(client)).await?;
        row.map_or(Ok(0), |row| row.int(0)).map(i64::unsigned_abs)
    }

    /// Has a backup of the whole pool made by a job, under a name that `domain::backup::name` gave.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's or `reach` has a rule; `Conflict(TooManyBackups)`,
    /// `Conflict(NoRoomForBackup)` when the last one of the pool would not fit any more.
    pub async fn ask_for_backup(&self, reach: &Reach, pool: &Pool, name: &str, wish: &Wish) -> Result<(BackupId, JobId)> {
        // Those whose making failed don't count.
        const MANUAL: &str = "select count(*) from backups
            where client_id = $1 and pool_id = $2 and kind = 'manual' and state <> 'failed' and gone_at is null";
        const LAST: &str = "select n_bytes from backups
            where client_id = $1 and pool_id = $2 and whole and state = 'done' and gone_at is null order by id desc limit 1";
        all_of(reach, pool)?;
        let (client, rules) = (reach.client(), self.backup_rules());
        let mut tx = self.write().await?;
        // Two who ask at once wait for each other here.
        tx.run(Statement::new("update clients set name = name where id = $1").arg(client)).await?;
        let number = async |tx: &mut Tx, sql: &'static str| {
            let row = tx.row(Statement::new(sql).arg(client).arg(pool.id)).await?;
            row.map_or(Ok(0), |row| row.int(0)).map(i64::unsigned_abs)
        };
        let made = number(&mut tx, MANUAL).await?;
        if rules.manual_limit.is_some_and(|most| made >= u64::from(most)) {
            return Err(StoreError::Conflict(Conflict::TooManyBackups));
        }
        let used = tx.row(Statement::new(USED).arg(client)).await?.map_or(Ok(0), |row| row.int(0))?.unsigned_abs();
        if used.saturating_add(number(&mut tx, LAST).await?) >= rules.quota {
            return Err(StoreError::Conflict(Conflict::NoRoomForBackup));
        }
        let new = NewBackup { kind: domain::backup::BackupKind::Manual, name: name.to_owned(), whole: true, job: None };
        let id = tx.new_backup(client, pool.id, &new, &rules, wish).await?.ok_or(StoreError::NotFound)?;
        let payload = BackupJob { pool: pool.id, backup: id, name: name.to_owned() };
        let job = NewJob { kind: JobKind::Backup, payload: json!(payload), created_by: wish.user };
        let job = tx.enqueue(client, job, wish.now).await?;
        tx.run(Statement::new("update backups set job_id = $2 where id = $1").arg(id).arg(job)).await?;
        tx.audit(client, wish, Note::new(Deed::BackupMade, object(pool.id, id, name)).after(json!({ "pool": pool.name, "job": job })));
        tx.commit().await?;
        Ok((id, job))
    }

    /// Names a backup or keeps it longer. One that is no longer pinned stays for a day at least.
    ///
    /// # Errors
    /// `NotFound`, also when `reach` has a rule.
    pub async fn change_backup(&self, reach: &Reach, pool: &Pool, id: BackupId, change: &BackupChange, wish: &Wish) -> Result<Backup> {
        const SQL: &str = "update backups set name = coalesce($4, name), pinned = coalesce($5, pinned),
                expires_at = case when pinned and not coalesce($5, pinned) and expires_at < $6 then $6 else expires_at end
            where client_id = $1 and pool_id = $2 and id = $3 and gone_at is null";
        let before = self.backup(reach, pool, id).await?;
        let mut tx = self.write().await?;
        let update = Statement::new(SQL).arg(reach.client()).arg(pool.id).arg(id).arg(change.name.as_deref()).arg(change.pinned);
        if tx.run(update.arg(wish.now.plus(DAY))).await? == 0 {
            return Err(StoreError::NotFound);
        }
        let named = change.name.as_deref().unwrap_or(&before.name);
        if change.name.as_deref().is_some_and(|name| name != before.name) {
            let note = Note::new(Deed::BackupChanged, object(pool.id, id, named));
            tx.audit(reach.client(), wish, note.before(json!({ "name": before.name })).after(json!({ "name": named })));
        }
        if let Some(pinned) = change.pinned.filter(|pinned| *pinned != before.pinned) {
            let note = Note::new(Deed::BackupChanged, object(pool.id, id, named));
            tx.audit(reach.client(), wish, note.before(json!({ "pinned": before.pinned })).after(json!({ "pinned": pinned })));
        }
        tx.commit().await?;
        self.backup(reach, pool, id).await
    }

    /// Deletes a backup for good: from here on nobody finds it, and its file goes with the next [`gone_backups`](Self::gone_backups).
    ///
    /// # Errors
    /// `NotFound`, also when `reach` has a rule.
    pub async fn delete_backup(&self, reach: &Reach, pool: &Pool, id: BackupId, wish: &Wish) -> Result<()> {
        let found = self.backup(reach, pool, id).await?;
        let mut tx = self.write().await?;
        let gone = Statement::new("update backups set gone_at = $3 where client_id = $1 and id = $2 and gone_at is null");
        if tx.run(gone.arg(reach.client()).arg(id).arg(wish.now)).await? == 0 {
            return Err(StoreError::NotFound);
        }
        let note = Note::new(Deed::BackupDeleted, object(pool.id, id, &found.name));
        tx.audit(reach.client(), wish, note.before(json!({ "kind": found.kind.code(), "profiles": found.n_profiles })));
        tx.commit().await
    }

    /// Puts into the audit log that somebody looked into a backup or took its file.
    ///
    /// # Errors
    /// Those of the engine; nothing must be shown then.
    pub async fn note_backup(&self, client: ClientId, found: &Backup, deed: Deed, wish: &Wish) -> Result<()> {
        let note = Note::new(deed, object(found.pool, found.id, &found.name));
        self.audit(client, wish, note.after(json!({ "kind": found.kind.code(), "profiles": found.n_profiles }))).await
    }
}

const USED: &str = "select cast(coalesce(sum(n_bytes), 0) as bigint) from backups where client_id = $1 and gone_at is null";

/// Backups hold profiles of all kinds: who is limited to some of them reaches none.
fn all_of(reach: &Reach, pool: &Pool) -> Result<()> {
    owned(reach.client(), pool)?;
    if reach.is_whole() { Ok(()) } else { Err(StoreError::NotFound) }
}

/// What the audit log calls a backup.
fn object(pool: PoolId, id: BackupId, name: &str) -> Object {
    Object::new(ObjectKind::Backup, id.get(), name).within(pool)
}

/// When a backup made now goes by itself.
fn expires(kind: domain::backup::BackupKind, rules: &BackupRules, now: Millis) -> Millis {
    let days = if kind.automatic() { rules.automatic_days } else { rules.manual_days };
    now.plus(i64::from(days) * DAY)
}
