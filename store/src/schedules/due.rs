//! When regular imports look for files, and who hears when that goes wrong.

use domain::id::{ClientId, JobId, PoolId, ScheduleId};
use domain::job::{JobError, JobKind};
use domain::mail::{Alarm, MailKind, is_addressable};
use domain::time::Millis;
use serde_json::json;

use super::{Schedule, page};
use crate::Store;
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::first::read_zone;
use crate::jobs::NewJob;
use crate::profiles::Wish;
use crate::statement::Statement;
use crate::tx::Tx;

impl Store {
    /// Has files looked for now; that job, or the one that is at it already.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn run_schedule(&self, client: ClientId, pool: PoolId, id: ScheduleId, wish: &Wish) -> Result<JobId> {
        let mut tx = self.write().await?;
        let schedule = tx.held_schedule(client, pool, id).await?;
        let job = match tx.open_run(client, id).await? {
            Some(job) => job,
            None => tx.enqueue_run(client, &schedule, wish.now).await?,
        };
        tx.commit().await?;
        Ok(job)
    }

    /// Has files looked for by all regular imports, of all clients, whose time has come; one time however often it came
    /// meanwhile, and not while the last look goes on. However many workers ask, each gets one job.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn enqueue_due(&self, now: Millis) -> Result<Vec<JobId>> {
        const DUE: &str = "select s.client_id, s.id, s.next_at, c.zone from import_schedules s
            join clients c on c.id = s.client_id
            join pools p on p.id = s.pool_id
            where not s.paused and s.next_at <= $1 and p.deleted_at is null order by s.next_at, s.id";
        const NEXT: &str = "update import_schedules set next_at = $3 where id = $1 and next_at = $2";
        let mut jobs = Vec::new();
        for row in self.db().rows(Statement::new(DUE).arg(now)).await? {
            let (client, id, due) = (ClientId::new(row.int(0)?), ScheduleId::new(row.int(1)?), row.int(2)?);
            let mut tx = self.write().await?;
            let schedule = match tx.found_schedule(client, id).await {
                Err(StoreError::NotFound) => continue,
                schedule => schedule?,
            };
            let next = schedule.timing.next(now, &read_zone(&row.text(3)?)?);
            if tx.run(Statement::new(NEXT).arg(id).arg(due).arg(next)).await? > 0 && tx.open_run(client, id).await?.is_none() {
                jobs.push(tx.enqueue_run(client, &schedule, now).await?);
            }
            tx.commit().await?;
        }
        Ok(jobs)
    }

    /// Notes that files were looked for, the key by which an SFTP server was met, and why it went wrong. Somebody hears of it
    /// when it begins to go wrong, not each time that it still does.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn schedule_ran(
        &self,
        client: ClientId,
        id: ScheduleId,
        met: Option<&str>,
        problem: Option<&JobError>,
        now: Millis,
    ) -> Result<()> {
        const SQL: &str = "update import_schedules set ran_at = $3, problem = $4, server_key = coalesce(server_key, $5)
            where client_id = $1 and id = $2";
        let mut tx = self.write().await?;
        let was = match tx.found_schedule(client, id).await {
            Err(StoreError::NotFound) => return Ok(()),
            was => was?,
        };
        let told = problem.map(|problem| json!(problem).to_string());
        tx.run(Statement::new(SQL).arg(client).arg(id).arg(now).arg(told).arg(met)).await?;
        if let Some(problem) = problem.filter(|_| was.problem.is_none()) {
            tx.post_import_alarm(client, &was, problem.clone(), page(&was), self.mailing(), now).await?;
        }
        tx.commit().await
    }
}

impl Tx {
    /// The job that is at it, if there is one.
    async fn open_run(&mut self, client: ClientId, id: ScheduleId) -> Result<Option<JobId>> {
        let its = dialect::json_number(self.engine(), "payload", "schedule");
        let sql = format!("select id from jobs where client_id = $1 and kind = $2 and finished_at is null and {its} = $3");
        let row = self.row(Statement::new(sql).arg(client).arg(JobKind::ScheduledImport.code()).arg(id)).await?;
        row.map(|row| row.int(0).map(JobId::new)).transpose()
    }

    /// The last look is taken off the list of jobs: what came of it stands with the files.
    async fn enqueue_run(&mut self, client: ClientId, schedule: &Schedule, now: Millis) -> Result<JobId> {
        let its = dialect::json_number(self.engine(), "payload", "schedule");
        let kind = JobKind::ScheduledImport;
        let old = format!("delete from jobs where client_id = $1 and kind = $2 and finished_at is not null and {its} = $3");
        self.run(Statement::new(old).arg(client).arg(kind.code()).arg(schedule.id)).await?;
        let payload = json!({ "schedule": schedule.id, "pool": schedule.pool, "file_name": schedule.name });
        self.enqueue(client, NewJob { kind, payload, created_by: Some(schedule.user) }, now).await
    }

    /// Tells whom a schedule tells, if they still work for the client. Where nothing `sends` mail it is noted all the same.
    pub(super) async fn post_import_alarm(
        &mut self,
        client: ClientId,
        schedule: &Schedule,
        what: JobError,
        path: String,
        sends: bool,
        now: Millis,
    ) -> Result<()> {
        const EMAIL: &str = "select u.email from memberships m join users u on u.id = m.user_id
            where m.client_id = $1 and m.user_id = $2 and m.disabled_at is null";
        const SQL: &str = "insert into mails (client_id, user_id, recipient, kind, alarm, created_at, next_at)
            values ($1, $2, $3, $4, $5, $6, $7)";
        let Some(row) = self.row(Statement::new(EMAIL).arg(client).arg(schedule.alarm_to)).await? else { return Ok(()) };
        let email = row.text(0)?;
        if is_addressable(&email) {
            let alarm = json!(Alarm { schedule: schedule.name.clone(), what, path }).to_string();
            let insert = Statement::new(SQL).arg(client).arg(schedule.alarm_to).arg(email).arg(MailKind::ImportAlarm.code()).arg(alarm);
            self.run(insert.arg(now).arg(sends.then_some(now))).await?;
        }
        Ok(())
    }
}
