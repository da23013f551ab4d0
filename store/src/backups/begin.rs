//! A backup is begun, and ends well or not.

use domain::backup::{Backup, BackupKind};
use domain::id::{BackupId, ClientId, JobId, PoolId};
use domain::job::JobError;
use domain::time::Millis;
use serde_json::json;

use super::{BackupRules, expires};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::profiles::Wish;
use crate::search::candidates::signed;
use crate::statement::Statement;
use crate::tx::Tx;

/// A backup that is about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBackup {
    /// What for.
    pub kind: BackupKind,
    /// What it is called; empty: nothing.
    pub name: String,
    /// Whether it is to hold the whole pool.
    pub whole: bool,
    /// Before whose work it is made: that has one backup only, however often it is begun.
    pub job: Option<JobId>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// How many profiles it holds.
    pub n_profiles: u64,
    /// How large its file is, in bytes.
    pub n_bytes: u64,
    /// The revision of the pool that it shows.
    pub revision: i64,
    /// The address of the S3 store in which the file lies; empty: the data folder.
    pub place: String,
    /// The name of the file on the client's shelf.
    pub file: String,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Whether it is encrypted.
    pub encrypted: bool,
}

impl Store {
    /// Begins a backup for the program itself. One for the same job goes on, or is there already. The audit log tells of what it
    /// is made for, and not of the backup.
    ///
    /// # Errors
    /// `NotFound` when the client has no such pool.
    pub async fn begin_backup(&self, client: ClientId, pool: PoolId, new: &NewBackup, wish: &Wish) -> Result<Backup> {
        const KNOWN: &str = "select id from backups
            where client_id = $1 and pool_id = $2 and job_id = $3 and kind = $4 and gone_at is null and state <> 'failed'
            order by id limit 1";
        let mut tx = self.write().await?;
        let known = Statement::new(KNOWN).arg(client).arg(pool).arg(new.job).arg(new.kind.code());
        let id = match tx.row(known).await? {
            Some(row) => BackupId::new(row.int(0)?),
            None => tx.new_backup(client, pool, new, &self.backup_rules(), wish).await?.ok_or(StoreError::NotFound)?,
        };
        tx.commit().await?;
        self.backup_of(client, id).await
    }

    /// The backup that was made before the work of a job, if there is one that can be used.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn backup_before(&self, client: ClientId, job: JobId, kind: BackupKind) -> Result<Option<BackupId>> {
        const SQL: &str = "select id from backups where client_id = $1 and job_id = $2 and kind = $3 and state = 'done'";
        let row = self.db().row(Statement::new(SQL).arg(client).arg(job).arg(kind.code())).await?;
        row.map(|row| row.int(0).map(BackupId::new)).transpose()
    }

    /// A backup is there: its file was written and read again.
    ///
    /// # Errors
    /// `NotFound` when somebody deleted it meanwhile.
    pub async fn finish_backup(&self, client: ClientId, id: BackupId, made: &Made, now: Millis) -> Result<()> {
        const SQL: &str = "update backups set state = 'done', n_profiles = $3, n_bytes = $4, revision = $5, file = $6, sha256 = $7,
                encrypted = $8, verified_at = $9, place = $10, error = null
            where client_id = $1 and id = $2 and gone_at is null";
        let done = Statement::new(SQL)
            .arg(client)
            .arg(id)
            .arg(signed(made.n_profiles))
            .arg(signed(made.n_bytes))
            .arg(made.revision)
            .arg(made.file.as_str())
            .arg(made.sha256.as_str())
            .arg(made.encrypted)
            .arg(now)
            .arg(made.place.as_str());
        if self.db().run(done).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// A backup can't be made, or its file has gone or is damaged.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn fail_backup(&self, client: ClientId, id: BackupId, why: &JobError) -> Result<()> {
        const SQL: &str = "update backups set state = 'failed', error = $3 where client_id = $1 and id = $2";
        self.db().run(Statement::new(SQL).arg(client).arg(id).arg(json!(why).to_string())).await.map(drop)
    }

    /// The file of a backup was read as a whole and is sound.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn backup_verified(&self, client: ClientId, id: BackupId, now: Millis) -> Result<()> {
        const SQL: &str = "update backups set verified_at = $3, state = 'done', error = null where client_id = $1 and id = $2";
        self.db().run(Statement::new(SQL).arg(client).arg(id).arg(now)).await.map(drop)
    }
}

impl Tx {
    /// A new row; none when the client has no such pool.
    pub(super) async fn new_backup(
        &mut self,
        client: ClientId,
        pool: PoolId,
        new: &NewBackup,
        rules: &BackupRules,
        wish: &Wish,
    ) -> Result<Option<BackupId>> {
        const SQL: &str = "insert into backups (client_id, pool_id, kind, name, state, made_at, made_by, job_id, whole, expires_at)
            select client_id, id, $3, $4, 'making', $5, $6, $7, $8, $9 from pools where client_id = $1 and id = $2 and deleted_at is null
            returning id";
        let insert = Statement::new(SQL)
            .arg(client)
            .arg(pool)
            .arg(new.kind.code())
            .arg(new.name.as_str())
            .arg(wish.now)
            .arg(wish.user)
            .arg(new.job)
            .arg(new.whole)
            .arg(expires(new.kind, rules, wish.now));
        self.row(insert).await?.map(|row| row.int(0).map(BackupId::new)).transpose()
    }
}
