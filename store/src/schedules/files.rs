//! The files that a regular import has found: each is taken once, and somebody hears of what went wrong with it.

use domain::id::{ClientId, ImportId, PoolId, ScheduleId};
use domain::job::{JobError, JobState};
use domain::lang::{Lang, Text, fill, number};
use domain::schedule::is_alarming;
use domain::time::Millis;
use serde_json::json;

use super::{Schedule, page};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::imports::from_json;
use crate::row::Row;
use crate::search::candidates::signed;
use crate::statement::Statement;

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// What it is called there.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, or its tag, as its place says it; empty: it doesn't.
    pub changed: String,
    /// The SHA-256 of its content.
    pub hash: [u8; 32],
    /// What was made of it, or why nothing was.
    pub became: std::result::Result<ImportId, JobError>,
}

/// The same, later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleFile {
    /// What it is called there.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, or its tag.
    pub changed: String,
    /// The SHA-256 of its content.
    pub hash: Vec<u8>,
    /// What was made of it.
    pub import: Option<ImportId>,
    /// Why nothing was.
    pub problem: Option<JobError>,
    /// When it was found.
    pub taken_at: Millis,
}

const COLUMNS: &str = "name, size, changed, hash, import_id, problem, taken_at";

const FAILED: Text = Text::new(
    "Der Import der Datei „{file}“ ist fehlgeschlagen; die Seite des Imports nennt den Grund.",
    "The import of the file “{file}” failed; the page of the import has the reason.",
);
const REFUSED: Text = Text::new(
    "Von {rows} Zeilen der Datei „{file}“ wurden {refused} abgelehnt. Auf der Seite des Imports stehen sie mit ihren Gründen.",
    "Of {rows} rows of the file “{file}” {refused} were refused. The page of the import has them with their reasons.",
);
const UNUSABLE: Text = Text::new("Die Datei „{file}“ wurde nicht importiert. {why}", "The file “{file}” was not imported. {why}");

impl Store {
    /// The newest file of this name that a regular import has found.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn schedule_file(&self, client: ClientId, schedule: ScheduleId, name: &str) -> Result<Option<ScheduleFile>> {
        let sql = format!(
            "select {COLUMNS} from schedule_files where client_id = $1 and schedule_id = $2 and name = $3 order by id desc limit 1"
        );
        let row = self.db().row(Statement::new(sql).arg(client).arg(schedule).arg(name)).await?;
        row.as_ref().map(read).transpose()
    }

    /// The last files that it has found, the newest first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn schedule_files(&self, client: ClientId, schedule: ScheduleId, limit: u32) -> Result<Vec<ScheduleFile>> {
        let sql = format!("select {COLUMNS} from schedule_files where client_id = $1 and schedule_id = $2 order by id desc limit $3");
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(schedule).arg(i64::from(limit))).await?;
        rows.iter().map(read).collect()
    }

    /// Notes a file; of older ones of the same name those are forgotten that were settled before `before`. Of one that can't be
    /// imported somebody hears at once. Its schedule may have gone meanwhile: then nothing is noted.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn note_schedule_file(
        &self,
        client: ClientId,
        schedule: &Schedule,
        file: &NewFile,
        before: Millis,
        now: Millis,
    ) -> Result<()> {
        const OLD: &str = "delete from schedule_files where client_id = $1 and schedule_id = $2 and name = $3 and settled_at < $4";
        const NEW: &str =
            "insert into schedule_files (client_id, schedule_id, name, size, changed, hash, import_id, problem, taken_at, settled_at)
            select client_id, id, $3, $4, $5, $6, $7, $8, $9, $10 from import_schedules where client_id = $1 and id = $2";
        let mut tx = self.write().await?;
        tx.run(Statement::new(OLD).arg(client).arg(schedule.id).arg(file.name.as_str()).arg(before)).await?;
        let (import, problem) = (file.became.as_ref().ok().copied(), file.became.as_ref().err());
        let insert = Statement::new(NEW).arg(client).arg(schedule.id).arg(file.name.as_str()).arg(signed(file.size));
        let insert = insert.arg(file.changed.as_str()).arg(&file.hash).arg(import).arg(problem.map(|problem| json!(problem).to_string()));
        let noted = tx.run(insert.arg(now).arg(problem.map(|_| now))).await?;
        if let Some(problem) = problem.filter(|_| noted > 0) {
            let what = unusable(&file.name, problem);
            tx.post_import_alarm(client, schedule, what, page(schedule), self.mailing(), now).await?;
        }
        tx.commit().await
    }

    /// Notes that a file looks otherwise from outside, though its content is the same.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn same_schedule_file(&self, client: ClientId, schedule: ScheduleId, name: &str, size: u64, changed: &str) -> Result<()> {
        const SQL: &str = "update schedule_files set size = $4, changed = $5 where client_id = $1 and schedule_id = $2 and name = $3";
        let update = Statement::new(SQL).arg(client).arg(schedule).arg(name).arg(signed(size)).arg(changed);
        self.db().run(update).await.map(drop)
    }

    /// The imports of a schedule that were made and never started, as their process was killed in between.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn unstarted_imports(&self, client: ClientId, schedule: ScheduleId) -> Result<Vec<ImportId>> {
        const SQL: &str = "select import_id from schedule_files
            where client_id = $1 and schedule_id = $2 and import_id is not null and settled_at is null order by id";
        let mut open = Vec::new();
        for row in self.db().rows(Statement::new(SQL).arg(client).arg(schedule)).await? {
            let import = ImportId::new(row.int(0)?);
            if self.import_job(client, import).await?.is_none() {
                open.push(import);
            }
        }
        Ok(open)
    }

    /// Notes why nothing will come of an import that was made and never started; somebody hears of it.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn schedule_import_failed(
        &self,
        client: ClientId,
        schedule: &Schedule,
        import: ImportId,
        why: &JobError,
        now: Millis,
    ) -> Result<()> {
        const SQL: &str = "update schedule_files set import_id = null, problem = $4, settled_at = $5
            where client_id = $1 and schedule_id = $2 and import_id = $3 and settled_at is null returning name";
        let mut tx = self.write().await?;
        let update = Statement::new(SQL).arg(client).arg(schedule.id).arg(import).arg(json!(why).to_string()).arg(now);
        if let Some(row) = tx.row(update).await? {
            let what = unusable(&row.text(0)?, why);
            tx.post_import_alarm(client, schedule, what, page(schedule), self.mailing(), now).await?;
        }
        tx.commit().await
    }

    /// Looks at the imports of all schedules that have ended since: of those that failed, or refused too many rows, somebody
    /// hears, once. How many were looked at.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn settle_schedules(&self, now: Millis) -> Result<u64> {
        const OPEN: &str = "select id, client_id, schedule_id, import_id, name from schedule_files where settled_at is null order by id";
        const SETTLE: &str = "update schedule_files set settled_at = $2 where id = $1 and settled_at is null";
        let mut n = 0;
        for row in self.db().rows(Statement::new(OPEN)).await? {
            let (client, schedule) = (ClientId::new(row.int(1)?), ScheduleId::new(row.int(2)?));
            let what = match row.opt_int(3)? {
                Some(import) => match self.alarm_of(client, schedule, ImportId::new(import), &row.text(4)?).await? {
                    Some(what) => what,
                    None => continue,
                },
                None => None,
            };
            let mut tx = self.write().await?;
            if tx.run(Statement::new(SETTLE).arg(row.int(0)?).arg(now)).await? > 0 {
                n += 1;
                if let Some((schedule, what, path)) = what {
                    tx.post_import_alarm(client, &schedule, what, path, self.mailing(), now).await?;
                }
            }
            tx.commit().await?;
        }
        Ok(n)
    }

    /// What somebody should hear of an import, if it has ended, and where more is to be seen. One that is gone with its pool, or
    /// was never started, is nobody's concern.
    async fn alarm_of(&self, client: ClientId, schedule: ScheduleId, import: ImportId, file: &str) -> Result<Option<Option<Told>>> {
        let gone = |error| match error {
            StoreError::NotFound => Ok(Some(None)),
            error => Err(error),
        };
        let found = match self.import(client, import).await {
            Ok(found) => found,
            Err(error) => return gone(error),
        };
        let schedule = match self.import_schedule(client, schedule).await {
            Ok(schedule) => schedule,
            Err(error) => return gone(error),
        };
        if !found.state.ended() || self.import_job(client, import).await?.is_none() {
            return Ok(None);
        }
        let (rows, refused) = (found.counts.rows, found.counts.refused);
        let n = |n: u64, lang: Lang| number(i64::try_from(n).unwrap_or(i64::MAX), lang);
        let what = match found.state {
            JobState::Failed => JobError::of(|lang| fill(FAILED.get(lang), &[("file", file)])),
            _ if is_alarming(refused, rows, schedule.percent) => {
                JobError::of(|lang| fill(REFUSED.get(lang), &[("file", file), ("rows", &n(rows, lang)), ("refused", &n(refused, lang))]))
            }
            _ => return Ok(Some(None)),
        };
        let path = import_page(schedule.pool, import);
        Ok(Some(Some((schedule, what, path))))
    }
}

fn unusable(file: &str, why: &JobError) -> JobError {
    JobError::of(|lang| fill(UNUSABLE.get(lang), &[("file", file), ("why", why.get(lang))]))
}

/// To whom, what, and where more is to be seen.
type Told = (Schedule, JobError, String);

fn import_page(pool: PoolId, import: ImportId) -> String {
    format!("/pools/{pool}/import/{import}")
}

fn read(row: &Row) -> Result<ScheduleFile> {
    Ok(ScheduleFile {
        name: row.text(0)?,
        size: u64::try_from(row.int(1)?).unwrap_or(0),
        changed: row.text(2)?,
        hash: row.bytes(3)?,
        import: row.opt_int(4)?.map(ImportId::new),
        problem: row.opt_text(5)?.as_deref().map(from_json).transpose()?,
        taken_at: Millis::new(row.int(6)?),
    })
}
