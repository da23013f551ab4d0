//! Work that takes longer than a request, as those see it who ask for it. The worker's side is in
//! `jobs/lease.rs`.

mod lease;
mod schedule;
mod tally;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::id::{ClientId, ImportId, JobId, PoolId, UserId};
use domain::import::Rules;
use domain::job::{Job, JobError, JobKind, JobState, Progress};
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::changes::{Change, ChangeKind};
use crate::error::{Conflict, Result, StoreError};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

pub use lease::MAX_ATTEMPTS;
pub use tally::Tally;

/// Work to be done.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// What.
    pub kind: JobKind,
    /// What the worker needs to know.
    pub payload: serde_json::Value,
    /// Who asks for it; none: the schedule.
    pub created_by: Option<UserId>,
}

/// The columns that [`job`] reads.
const COLUMNS: &str = "id, client_id, kind, state, progress_done, progress_total, payload, result, error,
    attempts, created_by, created_at, started_at, finished_at";

impl Store {
    /// Puts a job at the end of the queue.
    ///
    /// # Errors
    /// `NotFound` when there is no such client.
    pub async fn enqueue(&self, client: ClientId, job: NewJob, now: Millis) -> Result<JobId> {
        let mut tx = self.write().await?;
        let id = tx.enqueue(client, job, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The same for a job that the audit log tells of: both stand or neither.
    ///
    /// # Errors
    /// `NotFound` when there is no such client.
    pub async fn enqueue_noted(&self, client: ClientId, job: NewJob, wish: &Wish, note: Note) -> Result<JobId> {
        let mut tx = self.write().await?;
        let id = tx.enqueue(client, job, wish.now).await?;
        tx.audit(client, wish, note);
        tx.commit().await?;
        Ok(id)
    }

    /// The same for the job that carries out an import.
    ///
    /// # Errors
    /// `NotFound` when there is no such import.
    pub async fn start_import(&self, client: ClientId, import: ImportId, job: NewJob, wish: &Wish) -> Result<JobId> {
        const SQL: &str = "select i.file_name, i.pool_id, p.name, i.rules from imports i join pools p on p.id = i.pool_id
            where i.client_id = $1 and i.id = $2";
        let mut tx = self.write().await?;
        let row = tx.row(Statement::new(SQL).arg(client).arg(import)).await?.ok_or(StoreError::NotFound)?;
        // Two who start it at once wait for each other here.
        if !tx.waits_to_begin(client, import).await? {
            return Err(StoreError::Conflict(Conflict::JobEnded));
        }
        tx.stop_checks(client, import).await?;
        let id = tx.enqueue(client, job, wish.now).await?;
        let object = Object::new(ObjectKind::Import, import.get(), row.text(0)?).within(PoolId::new(row.int(1)?));
        let rules: Rules = row.opt_text(3)?.and_then(|rules| serde_json::from_str(&rules).ok()).unwrap_or_default();
        let mut after = json!({ "pool": row.text(2)?, "job": id });
        if let Some(raise) = &rules.consent {
            after["raises_consent"] = json!(raise.source);
        }
        tx.audit(client, wish, Note::new(Deed::ImportStarted, object).after(after));
        tx.commit().await?;
        Ok(id)
    }

    /// A job.
    ///
    /// # Errors
    /// `NotFound` when the client has no such job.
    pub async fn job(&self, client: ClientId, job_id: JobId) -> Result<Job> {
        let sql = format!("select {COLUMNS} from jobs where id = $1 and client_id = $2");
        let row = self.db().row(Statement::new(sql).arg(job_id).arg(client)).await?;
        job(&row.ok_or(StoreError::NotFound)?)
    }

    /// The newest jobs of a client, or those that one person asked for.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn jobs(&self, client: ClientId, of: Option<UserId>, limit: u32) -> Result<Vec<Job>> {
        let sql = format!(
            "select {COLUMNS} from jobs where client_id = $1 and (cast($2 as bigint) is null or created_by = $2) order by id desc limit $3"
        );
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(of).arg(i64::from(limit))).await?;
        rows.iter().map(job).collect()
    }

    /// Stops a job: at once when it waits, else as soon as its worker asks [`cancelled`](Self::cancelled).
    ///
    /// # Errors
    /// `NotFound`; `Conflict(JobEnded)` when there is nothing left to stop.
    pub async fn cancel(&self, client: ClientId, job: JobId, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "update jobs
            set cancel_requested = true,
                finished_at = case when state = 'waiting' then cast($3 as bigint) else finished_at end,
                state = case when state = 'waiting' then 'cancelled' else state end,
                version = version + 1
            where id = $1 and client_id = $2 and finished_at is null
            returning id, client_id, version, kind";
        let wish = wish.into();
        let mut tx = self.write().await?;
        match tx.row(Statement::new(SQL).arg(job).arg(client).arg(wish.now)).await? {
            Some(row) => {
                tx.notify_job(&row)?;
                let note = Note::new(Deed::JobCancelled, Object::new(ObjectKind::Job, job.get(), ""));
                tx.audit(client, &wish, note.after(json!({ "job": row.text(3)? })));
            }
            None => {
                let asked = Statement::new("select id from jobs where id = $1 and client_id = $2");
                tx.row(asked.arg(job).arg(client)).await?.ok_or(StoreError::NotFound)?;
                return Err(StoreError::Conflict(Conflict::JobEnded));
            }
        }
        tx.commit().await
    }

    /// How many jobs of each kind are in each state, of all clients, for measurements.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn job_counts(&self) -> Result<Vec<(JobKind, JobState, i64)>> {
        const SQL: &str = "select kind, state, count(*) from jobs group by kind, state order by kind, state";
        let rows = self.db().rows(Statement::new(SQL)).await?;
        rows.iter().map(|row| Ok((kind(row, 0)?, state(row, 1)?, row.int(2)?))).collect()
    }
}

impl Tx {
    /// Puts a job at the end of the queue, together with what else this transaction does.
    pub(crate) async fn enqueue(&mut self, client: ClientId, job: NewJob, now: Millis) -> Result<JobId> {
        const SQL: &str = "insert into jobs (client_id, kind, state, payload, created_by, created_at)
            select id, $2, 'waiting', $3, $4, $5 from clients where id = $1
            returning id, client_id, version";
        let insert = Statement::new(SQL).arg(client).arg(job.kind.code()).arg(job.payload.to_string()).arg(job.created_by).arg(now);
        let row = self.row(insert).await?.ok_or(StoreError::NotFound)?;
        self.notify_job(&row)?;
        Ok(JobId::new(row.int(0)?))
    }

    /// Tells of a job whose row begins with `id, client_id, version`.
    fn notify_job(&mut self, row: &Row) -> Result<()> {
        let kind = ChangeKind::Job(JobId::new(row.int(0)?));
        self.notify(Change { client: ClientId::new(row.int(1)?), pool: None, revision: row.int(2)?, kind });
        Ok(())
    }
}

fn job(row: &Row) -> Result<Job> {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let state = state(row, 3)?;
    // What stands there before the end is the tally of a job that may go on.
    let result = row.opt_text(7)?.filter(|_| state.ended());
    Ok(Job {
        id: JobId::new(row.int(0)?),
        client: ClientId::new(row.int(1)?),
        kind: kind(row, 2)?,
        state,
        progress: Progress { done: count(row.int(4)?), total: row.opt_int(5)?.map(count) },
        payload: json(&row.text(6)?)?,
        result: result.as_deref().map(json).transpose()?,
        error: row.opt_text(8)?.as_deref().map(error).transpose()?,
        attempts: row.int(9)?,
        created_by: row.opt_int(10)?.map(UserId::new),
        created_at: Millis::new(row.int(11)?),
        started_at: row.opt_int(12)?.map(Millis::new),
        finished_at: row.opt_int(13)?.map(Millis::new),
    })
}

fn error(text: &str) -> Result<JobError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("a job's error: {error}")))
}

fn json(text: &str) -> Result<serde_json::Value> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("a job's data: {error}")))
}

fn kind(row: &Row, column: usize) -> Result<JobKind> {
    let code = row.text(column)?;
    JobKind::from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("job kind {code:?}")))
}

fn state(row: &Row, column: usize) -> Result<JobState> {
    let code = row.text(column)?;
    JobState::from_code(&code).ok_or_else(|| StoreError::Corrupt(format!("job state {code:?}")))
}
