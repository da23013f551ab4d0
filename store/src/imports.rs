//! Imports: a file on its way into a pool, as those see it who watch it. The loading: `load`.

pub(crate) mod check;
mod corrections;
mod refusals;
pub(crate) mod undo;

use domain::id::{ClientId, ImportId, PoolId, UserId};
use domain::import::{ImportCounts, Mapping, Noted, Reading, Rules};
use domain::job::JobState;
use domain::time::Millis;

use crate::Store;
use crate::dialect;
use crate::error::{Conflict, Result, StoreError};
use crate::load::Cursor;
use crate::row::Row;
use crate::search::candidates::signed;
use crate::statement::Statement;
use crate::tx::Tx;

/// An import that is about to begin.
#[derive(Clone, Debug, PartialEq)]
pub struct NewImport {
    /// The file's name as the person knows it.
    pub file_name: String,
    /// Where it lies.
    pub path: String,
    /// How it is read.
    pub reading: Reading,
    /// Which column goes where.
    pub mapping: Mapping,
    /// How rows and profiles come together.
    pub rules: Rules,
    /// Who asked for it; none: a program.
    pub user: Option<UserId>,
}

/// An import.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Where the profiles go.
    pub pool: PoolId,
    /// Who asked for it.
    pub user: Option<UserId>,
    /// The file's name as the person knows it.
    pub file_name: String,
    /// Where it lies.
    pub path: String,
    /// How it is read.
    pub reading: Reading,
    /// Which column goes where.
    pub mapping: Mapping,
    /// How rows and profiles come together.
    pub rules: Rules,
    /// What has come of the rows so far.
    pub counts: ImportCounts,
    /// What has become of consent and options so far.
    pub noted: Noted,
    /// Where to go on.
    pub next: Cursor,
    /// The state of its job; an import without a job is done with its last row.
    pub state: JobState,
    /// When it was asked for.
    pub created_at: Millis,
}

impl Store {
    /// Notes an import. Nothing is loaded yet.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn create_import(&self, client: ClientId, pool: PoolId, new: NewImport, now: Millis) -> Result<ImportId> {
        const SQL: &str = "insert into imports (client_id, pool_id, user_id, file_name, path, reading, mapping, rules, created_at)
            select client_id, id, $3, $4, $5, $6, $7, $8, $9 from pools where client_id = $1 and id = $2 and deleted_at is null
            returning id";
        let statement = Statement::new(SQL)
            .arg(client)
            .arg(pool)
            .arg(new.user)
            .arg(new.file_name)
            .arg(new.path)
            .arg(json(&new.reading)?)
            .arg(json(&new.mapping)?)
            .arg(json(&new.rules)?)
            .arg(now);
        let row = self.db().run_row(statement).await?.ok_or(StoreError::NotFound)?;
        Ok(ImportId::new(row.int(0)?))
    }

    /// Corrects how a file is read, which column goes where and by which rules, as long as its import has no job.
    ///
    /// # Errors
    /// `NotFound`, or `Conflict(JobEnded)` when it was started before.
    pub async fn correct_import(&self, client: ClientId, id: ImportId, reading: &Reading, mapping: &Mapping, rules: &Rules) -> Result<()> {
        let job = dialect::json_number(self.engine(), "payload", "import");
        let sql = format!(
            "update imports
            set reading = $3, mapping = $4, rules = $5
            where client_id = $1 and id = $2
                and not exists (select id from jobs where client_id = $1 and kind = 'import' and {job} = $2)"
        );
        let correct = Statement::new(sql).arg(client).arg(id).arg(json(reading)?).arg(json(mapping)?).arg(json(rules)?);
        let mut tx = self.write().await?;
        if tx.run(correct).await? > 0 {
            tx.age_check(client, id).await?;
            return tx.commit().await;
        }
        drop(tx);
        self.import(client, id).await?;
        Err(StoreError::Conflict(Conflict::JobEnded))
    }

    /// An import.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn import(&self, client: ClientId, id: ImportId) -> Result<Import> {
        let job = dialect::json_number(self.engine(), "payload", "import");
        let sql = format!(
            "select id, pool_id, user_id, file_name, path, reading, mapping, n_rows, n_created, n_updated, n_unchanged,
                n_refused, next_row, next_byte, created_at,
                (select state from jobs where client_id = $1 and kind = 'import' and {job} = $2 order by id desc limit 1),
                n_skipped, n_raised, n_not_raised, n_objections, n_left_out, n_options, rules, n_not_asked
            from imports
            where client_id = $1 and id = $2"
        );
        let row = self.db().row(Statement::new(sql).arg(client).arg(id)).await?;
        read(&row.ok_or(StoreError::NotFound)?)
    }

    /// Where the files of a client's imports lie that were noted before this moment and have no job
    /// that may still need them.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn abandoned_files(&self, client: ClientId, before: Millis) -> Result<Vec<String>> {
        let job = dialect::json_number(self.engine(), "payload", "import");
        let sql = format!(
            "select path from imports i
            where client_id = $1 and created_at < $2
                and not exists (select id from jobs where client_id = $1 and kind = 'import' and finished_at is null and {job} = i.id)
            order by id"
        );
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(before)).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// Where the files lie that somebody still needs, of all clients: those of imports whose job has not ended, and of those
    /// that have none yet; the names alone of those that come in parts.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn needed_files(&self) -> Result<Vec<String>> {
        let job = dialect::json_number(self.engine(), "payload", "import");
        let sql = format!(
            "select path from imports
            where id in (select {job} from jobs where kind = 'import' and finished_at is null)
                or id not in (select {job} from jobs where kind = 'import' and {job} is not null)
            union all
            select id || '.csv' from uploads where import_id is null
            order by 1"
        );
        let rows = self.db().rows(Statement::new(sql)).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}

impl Tx {
    /// Moves an import on, in the transaction that loads.
    pub(crate) async fn move_on(&mut self, import: ImportId, counts: &ImportCounts, noted: &Noted, next: Cursor) -> Result<()> {
        const SQL: &str = "update imports set n_rows = n_rows + $2, n_created = n_created + $3, n_updated = n_updated + $4,
                n_unchanged = n_unchanged + $5, n_refused = n_refused + $6, next_row = $7, next_byte = $8,
                n_skipped = n_skipped + $9, n_raised = n_raised + $10, n_not_raised = n_not_raised + $11,
                n_objections = n_objections + $12, n_left_out = n_left_out + $13, n_options = n_options + $14, n_not_asked = n_not_asked + $15
            where id = $1";
        let statement = Statement::new(SQL)
            .arg(import)
            .arg(signed(counts.rows))
            .arg(signed(counts.created))
            .arg(signed(counts.updated))
            .arg(signed(counts.unchanged))
            .arg(signed(counts.refused))
            .arg(signed(next.row))
            .arg(signed(next.byte))
            .arg(signed(counts.skipped))
            .arg(signed(noted.raised))
            .arg(signed(noted.not_raised))
            .arg(signed(noted.objections))
            .arg(signed(noted.left_out))
            .arg(signed(noted.options))
            .arg(signed(noted.not_asked));
        self.run(statement).await?;
        Ok(())
    }

    /// What an import is called.
    pub(crate) async fn import_name(&mut self, import: ImportId) -> Result<String> {
        let row = self.row(Statement::new("select file_name from imports where id = $1").arg(import)).await?;
        row.ok_or(StoreError::NotFound)?.text(0)
    }

    /// Where an import stands.
    pub(crate) async fn cursor(&mut self, client: ClientId, pool: PoolId, import: ImportId) -> Result<Cursor> {
        const SQL: &str = "select next_row, next_byte from imports where client_id = $1 and pool_id = $2 and id = $3";
        let row = self.row(Statement::new(SQL).arg(client).arg(pool).arg(import)).await?.ok_or(StoreError::NotFound)?;
        Ok(Cursor { row: unsigned(row.int(0)?), byte: unsigned(row.int(1)?) })
    }
}

/// A mapping from before there were rules: it named the key.
#[derive(serde::Deserialize)]
struct Former {
    key: Option<String>,
}

fn read(row: &Row) -> Result<Import> {
    let next = Cursor { row: unsigned(row.int(12)?), byte: unsigned(row.int(13)?) };
    let state = row.opt_text(15)?.and_then(|code| JobState::from_code(&code)).unwrap_or(JobState::Done);
    Ok(Import {
        id: ImportId::new(row.int(0)?),
        pool: PoolId::new(row.int(1)?),
        user: row.opt_int(2)?.map(UserId::new),
        file_name: row.text(3)?,
        path: row.text(4)?,
        reading: from_json(&row.text(5)?)?,
        mapping: from_json(&row.text(6)?)?,
        rules: match row.opt_text(22)? {
            Some(rules) => from_json(&rules)?,
            None => Rules::by(from_json::<Former>(&row.text(6)?)?.key.as_deref()),
        },
        counts: ImportCounts {
            rows: unsigned(row.int(7)?),
            created: unsigned(row.int(8)?),
            updated: unsigned(row.int(9)?),
            unchanged: unsigned(row.int(10)?),
            refused: unsigned(row.int(11)?),
            skipped: unsigned(row.int(16)?),
        },
        noted: Noted {
            raised: unsigned(row.int(17)?),
            not_raised: unsigned(row.int(18)?),
            objections: unsigned(row.int(19)?),
            left_out: unsigned(row.int(20)?),
            options: unsigned(row.int(21)?),
            not_asked: unsigned(row.int(23)?),
        },
        next,
        state,
        created_at: Millis::new(row.int(14)?),
    })
}

fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}
