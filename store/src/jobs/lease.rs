//! The worker's side of jobs: taken for a while, renewed, given back, ended.
//!
//! A worker holds a job by a lease. One that dies stops to renew it, and another goes on where the
//! last committed step of the job ended; what the first one still says then is refused. Whoever knows that a worker is dead
//! need not wait for its leases to run out: [`Store::bury`].

use domain::id::JobId;
use domain::job::{Job, JobError, Progress};
use domain::time::Millis;

use super::{COLUMNS, job};
use crate::Store;
use crate::changes::{Change, ChangeKind};
use crate::dialect::skip_locked;
use crate::error::{Conflict, Result, StoreError};
use crate::statement::Statement;

/// How often a job is taken before it counts as the one that kills its workers.
pub const MAX_ATTEMPTS: i64 = 5;

impl Store {
    /// Takes the oldest job that waits or whose worker has died.
    ///
    /// `worker` names the process and is needed for everything that follows; the lease lasts
    /// `lease_ms` milliseconds.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn claim(&self, worker: &str, lease_ms: i64, now: Millis) -> Result<Option<Job>> {
        const OPEN: &str = "select id from jobs where finished_at is null and (lease_until is null or lease_until <= $1) limit 1";
        // Mostly there is nothing to do, and to see that takes no lock.
        if self.db().row(Statement::new(OPEN).arg(now)).await?.is_none() {
            return Ok(None);
        }
        self.give_up_on_killers(now).await?;
        self.take(None, worker, lease_ms, now).await
    }

    /// Takes this job, if nobody holds it and it has not ended: for who enqueues it and waits.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn claim_job(&self, job: JobId, worker: &str, lease_ms: i64, now: Millis) -> Result<Option<Job>> {
        self.take(Some(job), worker, lease_ms, now).await
    }

    async fn take(&self, wanted: Option<JobId>, worker: &str, lease_ms: i64, now: Millis) -> Result<Option<Job>> {
        let locked = skip_locked(self.engine());
        let sql = format!(
            "update jobs
            set state = 'running', worker = $2, lease_until = $3, attempts = attempts + 1,
                started_at = coalesce(started_at, $1), version = version + 1
            where id = (
                select id from jobs
                where finished_at is null and (lease_until is null or lease_until <= $1)
                    and (id = $4 or cast($4 as bigint) is null)
                order by id
                limit 1{locked}
            )
            returning {COLUMNS}, version"
        );
        let claim = Statement::new(sql).arg(now).arg(worker).arg(now.plus(lease_ms)).arg(wanted);
        let mut tx = self.write().await?;
        let Some(row) = tx.row(claim).await? else { return Ok(None) };
        let taken = job(&row)?;
        tx.notify(Change { client: taken.client, pool: None, revision: row.int(14)?, kind: ChangeKind::Job(taken.id) });
        tx.commit().await?;
        Ok(Some(taken))
    }

    async fn give_up_on_killers(&self, now: Millis) -> Result<()> {
        const SQL: &str = "update jobs
            set state = 'failed', error = $3, finished_at = $1, lease_until = null, version = version + 1
            where finished_at is null and state = 'running' and lease_until <= $1 and attempts >= $2
            returning id, client_id, version";
        let mut tx = self.write().await?;
        for row in tx.rows(Statement::new(SQL).arg(now).arg(MAX_ATTEMPTS).arg(in_column(&JobError::INTERRUPTED.into()))).await? {
            tx.notify_job(&row)?;
        }
        tx.commit().await
    }

    /// Renews the lease.
    ///
    /// # Errors
    /// `Conflict(LeaseLost)` when somebody else took the job meanwhile or it has ended: the worker
    /// must stop.
    pub async fn heartbeat(&self, job: JobId, worker: &str, lease_ms: i64, now: Millis) -> Result<()> {
        const SQL: &str = "update jobs set lease_until = $3 where id = $1 and worker = $2 and state = 'running'";
        let renewed = self.db().run(Statement::new(SQL).arg(job).arg(worker).arg(now.plus(lease_ms))).await?;
        if renewed == 0 { Err(StoreError::Conflict(Conflict::LeaseLost)) } else { Ok(()) }
    }

    /// Makes the jobs of a dead worker free at once. Whether it is dead the caller knows. Returns how many jobs it held.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn bury(&self, worker: &str, now: Millis) -> Result<u64> {
        const SQL: &str = "update jobs set lease_until = $2 where worker = $1 and state = 'running' and lease_until > $2";
        self.db().run(Statement::new(SQL).arg(worker).arg(now)).await
    }

    /// Notes how far a running job has come, and tells those who watch.
    ///
    /// # Errors
    /// `Conflict(JobEnded)` when it does not run any more.
    pub async fn progress(&self, job: JobId, progress: Progress) -> Result<()> {
        const SQL: &str = "update jobs
            set progress_done = $2, progress_total = $3, error = null, version = version + 1
            where id = $1 and state = 'running'
            returning id, client_id, version";
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let note = Statement::new(SQL).arg(job).arg(number(progress.done)).arg(progress.total.map(number));
        self.change(note, Conflict::JobEnded).await
    }

    /// Ends a job well, with its answer.
    ///
    /// # Errors
    /// `Conflict(LeaseLost)`.
    pub async fn finish(&self, job: JobId, worker: &str, result: &serde_json::Value, now: Millis) -> Result<()> {
        self.end(job, worker, "done", Some(result), None, now).await
    }

    /// Ends a job with an error.
    ///
    /// # Errors
    /// `Conflict(LeaseLost)`.
    pub async fn fail(&self, job: JobId, worker: &str, error: &JobError, now: Millis) -> Result<()> {
        self.end(job, worker, "failed", None, Some(error), now).await
    }

    /// Ends a job that was asked to stop, with what it had done by then.
    ///
    /// # Errors
    /// `Conflict(LeaseLost)`.
    pub async fn stop(&self, job: JobId, worker: &str, result: Option<&serde_json::Value>, now: Millis) -> Result<()> {
        self.end(job, worker, "cancelled", result, None, now).await
    }

    /// Gives a job back unfinished, because this process ends; another goes on at once, and it
    /// does not count as an attempt.
    ///
    /// # Errors
    /// `Conflict(LeaseLost)`.
    pub async fn release(&self, job: JobId, worker: &str) -> Result<()> {
        const SQL: &str = "update jobs
            set state = 'waiting', worker = null, lease_until = null, attempts = attempts - 1, version = version + 1
            where id = $1 and worker = $2 and state = 'running'
            returning id, client_id, version";
        self.change(Statement::new(SQL).arg(job).arg(worker), Conflict::LeaseLost).await
    }

    /// Gives a job back unfinished because it can't go on just now; it is taken again from `until`
    /// on and says meanwhile why. It does not count as an attempt.
    ///
    /// # Errors
    /// `Conflict(LeaseLost)`.
    pub async fn postpone(&self, job: JobId, worker: &str, why: &JobError, until: Millis) -> Result<()> {
        const SQL: &str = "update jobs
            set state = 'waiting', worker = null, lease_until = $3, error = $4, attempts = attempts - 1, version = version + 1
            where id = $1 and worker = $2 and state = 'running'
            returning id, client_id, version";
        self.change(Statement::new(SQL).arg(job).arg(worker).arg(until).arg(in_column(why)), Conflict::LeaseLost).await
    }

    /// Whether somebody asked the job to stop, or it is gone.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn cancelled(&self, job: JobId) -> Result<bool> {
        let row = self.db().row(Statement::new("select cancel_requested from jobs where id = $1").arg(job)).await?;
        row.map_or(Ok(true), |row| row.bool(0))
    }

    async fn end(
        &self,
        job: JobId,
        worker: &str,
        state: &'static str,
        result: Option<&serde_json::Value>,
        error: Option<&JobError>,
        now: Millis,
    ) -> Result<()> {
        const SQL: &str = "update jobs
            set state = $3, result = $4, error = $5, finished_at = $6, lease_until = null, version = version + 1
            where id = $1 and worker = $2 and state = 'running'
            returning id, client_id, version";
        let result = result.map(serde_json::Value::to_string);
        let end = Statement::new(SQL).arg(job).arg(worker).arg(state).arg(result).arg(error.map(in_column)).arg(now);
        self.change(end, Conflict::LeaseLost).await
    }

    /// Runs a change of one job's row that returns `id, client_id, version`.
    async fn change(&self, statement: Statement, otherwise: Conflict) -> Result<()> {
        let mut tx = self.write().await?;
        let row = tx.row(statement).await?.ok_or(StoreError::Conflict(otherwise))?;
        tx.notify_job(&row)?;
        tx.commit().await
    }
}

fn in_column(error: &JobError) -> String {
    serde_json::json!(error).to_string()
}
