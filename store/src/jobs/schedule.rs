//! Jobs that nobody asks for: each client gets one from time to time.

use domain::id::{ClientId, JobId};
use domain::job::JobKind;
use domain::time::Millis;

use crate::Store;
use crate::dialect;
use crate::error::Result;
use crate::statement::Statement;

/// The clients whose last job of the kind was asked for at this moment or before, and has ended.
const DUE: &str = "select id from clients c
    where not exists (
        select id from jobs
        where client_id = c.id and kind = $1 and (finished_at is null or created_at > $2)
    )
    order by id";

impl Store {
    /// Enqueues a job of this kind for every client whose last one was asked for `every`
    /// milliseconds ago or earlier, and takes that one off the list. However many workers ask, each
    /// client gets one. Returns the new jobs.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn schedule(&self, kind: JobKind, every: i64, now: Millis) -> Result<Vec<JobId>> {
        const OLD: &str = "delete from jobs where client_id = $1 and kind = $2";
        const NEW: &str = "insert into jobs (client_id, kind, state, payload, created_at)
            values ($1, $2, 'waiting', '{}', $3)
            returning id, client_id, version";
        let due = || Statement::new(DUE).arg(kind.code()).arg(now.plus(-every));
        // Mostly there is nothing to do, and to see that takes no lock.
        if self.db().row(due()).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut tx = self.write().await?;
        tx.rows(Statement::new(format!("select id from clients order by id{}", dialect::locked(self.engine())))).await?;
        let mut jobs = Vec::new();
        for row in tx.rows(due()).await? {
            let client = ClientId::new(row.int(0)?);
            tx.run(Statement::new(OLD).arg(client).arg(kind.code())).await?;
            if let Some(row) = tx.row(Statement::new(NEW).arg(client).arg(kind.code()).arg(now)).await? {
                tx.notify_job(&row)?;
                jobs.push(JobId::new(row.int(0)?));
            }
        }
        tx.commit().await?;
        Ok(jobs)
    }
}
