//! What happens to backups by itself: they run out, make room for others, and are made at night.

use domain::audit::{Deed, Note};
use domain::id::{BackupId, ClientId, JobId, PoolId};
use domain::job::{JobError, JobKind};
use domain::time::Millis;
use serde_json::json;

use super::{DAY, USED, object};
use crate::Store;
use crate::dialect;
use crate::error::Result;
use crate::jobs::NewJob;
use crate::profiles::Wish;
use crate::statement::Statement;

/// A backup whose file is to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Whose.
    pub client: ClientId,
    /// Which.
    pub id: BackupId,
    /// The address of the S3 store in which it lies; empty: the data folder.
    pub place: String,
    /// The name of its file on the client's shelf; empty when it never got one.
    pub file: String,
}

impl Store {
    /// Takes back the backups that have run out; nobody finds them from here on. Returns how many.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn expire_backups(&self, now: Millis) -> Result<u64> {
        const DUE: &str = "select client_id, id, pool_id, name from backups
            where gone_at is null and not pinned and state <> 'making' and expires_at <= $1 order by client_id, id";
        if self.db().row(Statement::new(DUE).arg(now)).await?.is_none() {
            return Ok(0);
        }
        let mut tx = self.write().await?;
        let due = tx.rows(Statement::new(DUE).arg(now)).await?;
        let mut n = 0;
        for row in &due {
            let (client, id, pool) = (ClientId::new(row.int(0)?), BackupId::new(row.int(1)?), PoolId::new(row.int(2)?));
            // Somebody may pin one in this moment.
            let gone = Statement::new("update backups set gone_at = $2 where id = $1 and gone_at is null and not pinned").arg(id).arg(now);
            if tx.run(gone).await? > 0 {
                n += 1;
                let note = Note::new(Deed::BackupDeleted, object(pool, id, &row.text(3)?)).after(json!({ "reason": "expired" }));
                tx.audit(client, &Wish::from(now), note);
            }
        }
        tx.commit().await?;
        Ok(n)
    }

    /// Backups whose making nobody goes on with: their job has ended without them, or the process that made them died.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn abandon_backups(&self, now: Millis) -> Result<u64> {
        const SQL: &str = "update backups set state = 'failed', error = $2
            where state = 'making' and made_at < $1 and not exists (
                select 1 from jobs j where j.id = backups.job_id and j.finished_at is null
            )";
        let why = json!(JobError::from(JobError::INTERRUPTED));
        self.db().run(Statement::new(SQL).arg(now.plus(-DAY / 24)).arg(why.to_string())).await
    }

    /// Makes room for so many bytes of a client, by taking back the oldest automatic backups that nobody has pinned; never
    /// `but`. Whether they fit now.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn make_room(&self, client: ClientId, bytes: u64, but: BackupId, now: Millis) -> Result<bool> {
        const OLDEST: &str = "select id, pool_id, name, n_bytes from backups
            where client_id = $1 and id <> $2 and gone_at is null and not pinned and kind <> 'manual' and state <> 'making' and n_bytes > 0
            order by id";
        let quota = self.backup_rules().quota;
        let mut tx = self.write().await?;
        let used = tx.row(Statement::new(USED).arg(client)).await?.map_or(Ok(0), |row| row.int(0))?.unsigned_abs();
        let mut needed = used.saturating_add(bytes).saturating_sub(quota);
        for row in tx.rows(Statement::new(OLDEST).arg(client).arg(but)).await? {
            if needed == 0 {
                break;
            }
            let (id, pool) = (BackupId::new(row.int(0)?), PoolId::new(row.int(1)?));
            tx.run(Statement::new("update backups set gone_at = $2 where id = $1").arg(id).arg(now)).await?;
            let note = Note::new(Deed::BackupDeleted, object(pool, id, &row.text(2)?)).after(json!({ "reason": "room" }));
            tx.audit(client, &Wish::from(now), note);
            needed = needed.saturating_sub(row.int(3)?.unsigned_abs());
        }
        tx.commit().await?;
        Ok(needed == 0)
    }

    /// Whether so many bytes more fit among the backups of a client.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn backup_fits(&self, client: ClientId, bytes: u64) -> Result<bool> {
        Ok(self.backup_bytes(client).await?.saturating_add(bytes) <= self.backup_rules().quota)
    }

    /// The backups of all clients whose files are to be removed.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn gone_backups(&self) -> Result<Vec<Gone>> {
        self.backup_files("gone_at is not null").await
    }

    /// The backups of all clients that should have a file, also those that can't be used.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn kept_backups(&self) -> Result<Vec<Gone>> {
        self.backup_files("gone_at is null and file <> ''").await
    }

    async fn backup_files(&self, which: &'static str) -> Result<Vec<Gone>> {
        let sql = format!("select client_id, id, file, place from backups where {which} order by id");
        let rows = self.db().rows(Statement::new(sql)).await?;
        let gone = |row: &crate::row::Row| {
            let (client, id) = (ClientId::new(row.int(0)?), BackupId::new(row.int(1)?));
            Ok(Gone { client, id, file: row.text(2)?, place: row.text(3)? })
        };
        rows.iter().map(gone).collect()
    }

    /// The file of a backup has been removed: its row goes too.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn forget_backup(&self, client: ClientId, id: BackupId) -> Result<()> {
        const SQL: &str = "delete from backups where client_id = $1 and id = $2 and gone_at is not null";
        self.db().run(Statement::new(SQL).arg(client).arg(id)).await.map(drop)
    }

    /// Enqueues a nightly job for every client with a pool that is due: changed since its last whole backup, and without one
    /// for `every` milliseconds. However many workers ask, each client gets one. Returns the new jobs.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn schedule_backups(&self, every: i64, now: Millis) -> Result<Vec<JobId>> {
        const OPEN: &str = "select id from jobs where client_id = $1 and kind = $2 and finished_at is null";
        let clients = self.due_clients(every, now).await?;
        if clients.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.write().await?;
        tx.rows(Statement::new(format!("select id from clients order by id{}", dialect::locked(self.engine())))).await?;
        let mut jobs = Vec::new();
        for client in clients {
            let kind = JobKind::NightlyBackup;
            if tx.row(Statement::new(OPEN).arg(client).arg(kind.code())).await?.is_none() {
                let job = NewJob { kind, payload: json!({ "every": every }), created_by: None };
                jobs.push(tx.enqueue(client, job, now).await?);
            }
        }
        tx.commit().await?;
        Ok(jobs)
    }

    async fn due_clients(&self, every: i64, now: Millis) -> Result<Vec<ClientId>> {
        let sql = format!("select distinct p.client_id from pools p where {DUE} order by p.client_id");
        let rows = self.db().rows(Statement::new(sql).arg(now.plus(-every.max(DAY / 24)))).await?;
        rows.iter().map(|row| row.int(0).map(ClientId::new)).collect()
    }

    /// The pools of a client that are due, as [`schedule_backups`](Self::schedule_backups) has it.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn pools_to_back_up(&self, client: ClientId, every: i64, now: Millis) -> Result<Vec<PoolId>> {
        let sql = format!("select p.id from pools p where {DUE} and p.client_id = $2 order by p.id");
        let rows = self.db().rows(Statement::new(sql).arg(now.plus(-every.max(DAY / 24))).arg(client)).await?;
        rows.iter().map(|row| row.int(0).map(PoolId::new)).collect()
    }

    /// How large the last whole backup of a pool is, in bytes.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn last_backup_bytes(&self, client: ClientId, pool: PoolId) -> Result<u64> {
        const SQL: &str = "select n_bytes from backups
            where client_id = $1 and pool_id = $2 and whole and state = 'done' and gone_at is null order by id desc limit 1";
        let row = self.db().row(Statement::new(SQL).arg(client).arg(pool)).await?;
        row.map_or(Ok(0), |row| row.int(0)).map(i64::unsigned_abs)
    }
}

/// Pools with profiles whose newest whole backup shows an older revision, and is older than this moment.
const DUE: &str = "p.deleted_at is null and p.n_profiles > 0
    and not exists (
        select 1 from backups b where b.client_id = p.client_id and b.pool_id = p.id and b.whole and b.gone_at is null
            and b.state = 'done' and (b.revision >= p.revision or b.made_at > $1)
    )";
