//! Which row of a file counts where several have the same key: exact over the whole file, however many batches, kills and
//! resumptions lie between. What was met stands in the database, in the transaction of the batch that met it.

use std::collections::HashMap;

use domain::id::{ClientId, ImportId};
use domain::import::{Duplicates, RowProblem};
use domain::problem::Problem;

use crate::Store;
use crate::dialect;
use crate::error::Result;
use crate::load::row::Row;
use crate::search::candidates::signed;
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// Marks in one statement.
const PART: usize = 5_000;

/// The first row of a mark stays.
const FIRST: &str = " on conflict (import_id, mark) do nothing";
/// The last one takes its place.
const LAST: &str = " on conflict (import_id, mark) do update set row_number = excluded.row_number
    where excluded.row_number > import_marks.row_number";

impl Store {
    /// Notes the rows of a part of a file, so that the last of each mark is known before the first is loaded. May be told
    /// again.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn note_last_rows(&self, client: ClientId, import: ImportId, rows: &[Row]) -> Result<()> {
        let mut last: HashMap<&str, u64> = HashMap::new();
        for (mark, number) in marks(rows) {
            let known = last.entry(mark).or_default();
            *known = number.max(*known);
        }
        let last: Vec<(String, u64)> = last.into_iter().map(|(mark, number)| (mark.to_owned(), number)).collect();
        let mut tx = self.write().await?;
        tx.note_marks(client, import, &last, LAST).await?;
        tx.commit().await
    }

    /// Forgets them, when an import has ended.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn forget_rows(&self, client: ClientId, import: ImportId) -> Result<()> {
        const SQL: &str = "delete from import_marks where client_id = $1 and import_id = $2";
        self.db().run(Statement::new(SQL).arg(client).arg(import)).await?;
        Ok(())
    }
}

impl Tx {
    /// Takes the rows away for which another one counts.
    pub(crate) async fn leave_others(
        &mut self,
        client: ClientId,
        import: ImportId,
        duplicates: Duplicates,
        rows: &mut Vec<Row>,
    ) -> Result<Vec<RowProblem>> {
        if duplicates == Duplicates::Merge || marks(rows).next().is_none() {
            return Ok(Vec::new());
        }
        if duplicates == Duplicates::First {
            let mut first: HashMap<&str, u64> = HashMap::new();
            for (mark, number) in marks(rows) {
                first.entry(mark).or_insert(number);
            }
            let first: Vec<(String, u64)> = first.into_iter().map(|(mark, number)| (mark.to_owned(), number)).collect();
            self.note_marks(client, import, &first, FIRST).await?;
        }
        let counts = self.marked(import, rows).await?;
        let mut skipped = Vec::new();
        rows.retain(|row| {
            let mark = row.more.as_ref().and_then(|more| more.mark.as_ref());
            let other = mark.and_then(|mark| counts.get(mark)).is_some_and(|number| *number != row.number);
            if other {
                skipped.push(RowProblem::new(row.number, "", "", Problem::AnotherRow));
            }
            !other
        });
        Ok(skipped)
    }

    async fn note_marks(&mut self, client: ClientId, import: ImportId, marks: &[(String, u64)], otherwise: &str) -> Result<()> {
        for part in marks.chunks(PART) {
            let mut insert = Statement::new("insert into import_marks (client_id, import_id, mark, row_number) values ");
            let rows = part.iter().map(|(mark, n)| [Arg::from(client), import.into(), mark.clone().into(), signed(*n).into()]);
            insert.bind_rows(self.engine(), rows).push(otherwise);
            self.run(insert).await?;
        }
        Ok(())
    }

    /// The row that counts for each mark.
    async fn marked(&mut self, import: ImportId, rows: &[Row]) -> Result<HashMap<String, u64>> {
        let sql =
            format!("select mark, row_number from import_marks where import_id = $1 and mark{}", dialect::is_one_of(self.engine(), "$2"));
        let asked: Vec<String> = marks(rows).map(|(mark, _)| mark.to_owned()).collect();
        let mut statement = Statement::new(sql).arg(import);
        statement.args.push(asked.into());
        let found = self.rows(statement).await?;
        found.iter().map(|row| Ok((row.text(0)?, u64::try_from(row.int(1)?).unwrap_or(0)))).collect()
    }
}

/// The marks of rows that have one.
fn marks(rows: &[Row]) -> impl Iterator<Item = (&str, u64)> {
    rows.iter().filter_map(|row| Some((row.more.as_ref()?.mark.as_deref()?, row.number)))
}
