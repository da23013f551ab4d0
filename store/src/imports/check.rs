//! Checks of imports, as those see them who asked. The looking: `load::check`.

use domain::history::FieldChange;
use domain::id::{ClientId, ImportId, JobId, ProfileId};
use domain::import::{Fate, ImportCounts, Noted, RowProblem};
use domain::job::JobKind;
use domain::time::Millis;

use super::{from_json, json, unsigned};
use crate::Store;
use crate::db::Engine;
use crate::dialect;
use crate::error::{Conflict, Result, StoreError};
use crate::jobs::NewJob;
use crate::load::eye::Seen;
use crate::row::Row;
use crate::search::candidates::signed;
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// What a check has found so far.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCheck {
    /// Its work.
    pub job: JobId,
    /// Whether columns, rules or cells have changed since.
    pub is_old: bool,
    /// What would come of the rows.
    pub counts: ImportCounts,
    /// What would become of consent and options.
    pub noted: Noted,
}

/// A row, or of a refused one a cell, that a check has kept to be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckRow {
    /// Its place among those of its fate.
    pub id: i64,
    /// As a table program counts.
    pub row: u64,
    /// Whose profile it is; none: a new one, or nobody's.
    pub profile: Option<ProfileId>,
    /// What changes.
    pub changes: Vec<FieldChange>,
    /// Why it is refused or skipped.
    pub problem: Option<RowProblem>,
}

/// The same on its way into the database.
#[derive(Debug)]
pub(crate) struct Line {
    fate: Fate,
    row: u64,
    profile: Option<ProfileId>,
    told: Told,
}

#[derive(Debug)]
enum Told {
    Problem(RowProblem),
    Changes(Vec<FieldChange>),
}

impl Line {
    pub(crate) fn problem(fate: Fate, problem: &RowProblem) -> Self {
        Line { fate, row: problem.row, profile: None, told: Told::Problem(problem.clone()) }
    }

    pub(crate) fn seen(Seen { row, fate, profile, changes }: Seen) -> Self {
        Line { fate, row, profile, told: Told::Changes(changes) }
    }
}

impl Store {
    /// Has an import checked that has not begun. A check that still runs is overtaken.
    ///
    /// # Errors
    /// `NotFound`, or `Conflict(JobEnded)` when the import has begun.
    pub async fn ask_to_check(&self, client: ClientId, import: ImportId, job: NewJob, now: Millis) -> Result<JobId> {
        let mut tx = self.write().await?;
        if !tx.waits_to_begin(client, import).await? {
            drop(tx);
            self.import(client, import).await?;
            return Err(StoreError::Conflict(Conflict::JobEnded));
        }
        tx.stop_checks(client, import).await?;
        let job = tx.enqueue(client, job, now).await?;
        tx.run(Statement::new("delete from import_checks where client_id = $1 and import_id = $2").arg(client).arg(import)).await?;
        const NEW: &str = "insert into import_checks (import_id, client_id, job_id, noted) values ($2, $1, $3, $4)";
        tx.run(Statement::new(NEW).arg(client).arg(import).arg(job).arg(json(&Noted::default())?)).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// Begins a check, or begins it anew after a crash: nothing is counted yet. False when it was overtaken.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn begin_check(&self, client: ClientId, import: ImportId, job: JobId) -> Result<bool> {
        let sql = format!(
            "update import_checks set n_rows = 0, n_created = 0, n_updated = 0, n_unchanged = 0, n_refused = 0, n_skipped = 0, noted = $4
            where client_id = $1 and import_id = $2 and job_id = $3 and not exists ({})",
            begun(self.engine())
        );
        let mut tx = self.write().await?;
        let begun = Statement::new(sql).arg(client).arg(import).arg(job).arg(json(&Noted::default())?);
        let stands = tx.run(begun).await? > 0;
        if stands {
            tx.forget_check_rows(client, import).await?;
        }
        tx.commit().await?;
        Ok(stands)
    }

    /// What the newest check of an import has found; none: nobody asked for one.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn check_of(&self, client: ClientId, import: ImportId) -> Result<Option<FoundCheck>> {
        const SQL: &str = "select job_id, is_old, n_rows, n_created, n_updated, n_unchanged, n_refused, n_skipped, noted
            from import_checks where client_id = $1 and import_id = $2";
        let row = self.db().row(Statement::new(SQL).arg(client).arg(import)).await?;
        row.map(|row| {
            Ok(FoundCheck {
                job: JobId::new(row.int(0)?),
                is_old: row.int(1)? != 0,
                counts: ImportCounts {
                    rows: unsigned(row.int(2)?),
                    created: unsigned(row.int(3)?),
                    updated: unsigned(row.int(4)?),
                    unchanged: unsigned(row.int(5)?),
                    refused: unsigned(row.int(6)?),
                    skipped: unsigned(row.int(7)?),
                },
                noted: from_json(&row.text(8)?)?,
            })
        })
        .transpose()
    }

    /// Rows of a fate in the order of the file, behind the one of this row and place; at most `limit`.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn check_rows(
        &self,
        client: ClientId,
        import: ImportId,
        fate: Fate,
        behind: (u64, i64),
        limit: u32,
    ) -> Result<Vec<CheckRow>> {
        const SQL: &str = "select id, row_number, profile_id, told from import_check_rows
            where client_id = $1 and import_id = $2 and fate = $3 and (row_number, id) > ($4, $5)
            order by row_number, id limit $6";
        let statement = Statement::new(SQL).arg(client).arg(import).arg(fate.code());
        let rows = self.db().rows(statement.arg(signed(behind.0)).arg(behind.1).arg(i64::from(limit))).await?;
        rows.iter().map(|row| read(row, fate)).collect()
    }

    /// Forgets the rows that a check has kept, when its import has ended: they are personal data.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn forget_check(&self, client: ClientId, import: ImportId) -> Result<()> {
        let mut tx = self.write().await?;
        tx.forget_check_rows(client, import).await?;
        tx.commit().await
    }
}

impl Tx {
    /// Whether an import is there that has not begun. Until this transaction ends it does not begin either: whoever asks at
    /// the same time waits.
    pub(crate) async fn waits_to_begin(&mut self, client: ClientId, import: ImportId) -> Result<bool> {
        let begun = begun(self.engine());
        let sql = format!("update imports set mapping = mapping where client_id = $1 and id = $2 and not exists ({begun})");
        Ok(self.run(Statement::new(sql).arg(client).arg(import)).await? > 0)
    }

    /// Has the checks of an import end that still wait or run.
    pub(crate) async fn stop_checks(&mut self, client: ClientId, import: ImportId) -> Result<()> {
        let payload = dialect::json_number(self.engine(), "payload", "import");
        let sql = format!(
            "update jobs set cancel_requested = true where client_id = $1 and kind = $2 and finished_at is null and {payload} = $3"
        );
        self.run(Statement::new(sql).arg(client).arg(JobKind::ImportCheck.code()).arg(import)).await?;
        Ok(())
    }

    /// Notes that what a check has found is no longer what would come of the file.
    pub(crate) async fn age_check(&mut self, client: ClientId, import: ImportId) -> Result<()> {
        const SQL: &str = "update import_checks set is_old = 1 where client_id = $1 and import_id = $2";
        self.run(Statement::new(SQL).arg(client).arg(import)).await?;
        Ok(())
    }

    /// Adds what came of a batch; false when this check was overtaken.
    pub(crate) async fn count_check(
        &mut self,
        client: ClientId,
        import: ImportId,
        job: JobId,
        counts: &ImportCounts,
        noted: &Noted,
    ) -> Result<bool> {
        const FOUND: &str = "select noted from import_checks where client_id = $1 and import_id = $2 and job_id = $3";
        let Some(row) = self.row(Statement::new(FOUND).arg(client).arg(import).arg(job)).await? else { return Ok(false) };
        let mut all: Noted = from_json(&row.text(0)?)?;
        all.add(*noted);
        const SQL: &str = "update import_checks set n_rows = n_rows + $4, n_created = n_created + $5, n_updated = n_updated + $6,
                n_unchanged = n_unchanged + $7, n_refused = n_refused + $8, n_skipped = n_skipped + $9, noted = $10
            where client_id = $1 and import_id = $2 and job_id = $3";
        let statement = Statement::new(SQL)
            .arg(client)
            .arg(import)
            .arg(job)
            .arg(signed(counts.rows))
            .arg(signed(counts.created))
            .arg(signed(counts.updated))
            .arg(signed(counts.unchanged))
            .arg(signed(counts.refused))
            .arg(signed(counts.skipped))
            .arg(json(&all)?);
        Ok(self.run(statement).await? > 0)
    }

    pub(crate) async fn keep_check_lines(&mut self, client: ClientId, import: ImportId, lines: &[Line]) -> Result<()> {
        for part in lines.chunks(500) {
            let mut insert =
                Statement::new("insert into import_check_rows (client_id, import_id, fate, row_number, profile_id, told) values ");
            let rows = part
                .iter()
                .map(|line| {
                    let told = match &line.told {
                        Told::Problem(problem) => json(problem)?,
                        Told::Changes(changes) => json(changes)?,
                    };
                    let profile: Arg = line.profile.into();
                    Ok([client.into(), import.into(), line.fate.code().into(), signed(line.row).into(), profile, told.into()])
                })
                .collect::<Result<Vec<[Arg; 6]>>>()?;
            insert.bind_rows(self.engine(), rows);
            self.run(insert).await?;
        }
        Ok(())
    }

    async fn forget_check_rows(&mut self, client: ClientId, import: ImportId) -> Result<()> {
        const SQL: &str = "delete from import_check_rows where client_id = $1 and import_id = $2";
        self.run(Statement::new(SQL).arg(client).arg(import)).await?;
        Ok(())
    }
}

/// Finds the job of an import that has begun: `$1` the client, `$2` the import.
fn begun(engine: Engine) -> String {
    let job = dialect::json_number(engine, "payload", "import");
    format!("select id from jobs where client_id = $1 and kind = 'import' and {job} = $2")
}

fn read(row: &Row, fate: Fate) -> Result<CheckRow> {
    let told = row.text(3)?;
    let (changes, problem) = match fate {
        Fate::Refused | Fate::Skipped => (Vec::new(), Some(from_json(&told)?)),
        _ => (from_json(&told)?, None),
    };
    Ok(CheckRow { id: row.int(0)?, row: unsigned(row.int(1)?), profile: row.opt_int(2)?.map(ProfileId::new), changes, problem })
}
