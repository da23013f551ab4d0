//! Cells of a file that somebody has put right before its import.

use domain::id::{ClientId, ImportId};
use domain::import::{Correction, MAX_CORRECTIONS};

use super::unsigned;
use crate::Store;
use crate::error::{Conflict, Result, StoreError};
use crate::row::Row;
use crate::search::candidates::signed;
use crate::statement::Statement;

impl Store {
    /// Puts cells of an import right that has not begun; what was said of the same cells before no longer counts.
    ///
    /// # Errors
    /// `NotFound`; `Conflict(JobEnded)` when it has begun; `Conflict(TooManyCorrections)`.
    pub async fn correct_cells(&self, client: ClientId, import: ImportId, cells: &[Correction]) -> Result<()> {
        let mut tx = self.write().await?;
        if !tx.waits_to_begin(client, import).await? {
            drop(tx);
            self.import(client, import).await?;
            return Err(StoreError::Conflict(Conflict::JobEnded));
        }
        const GONE: &str = "delete from import_corrections
            where client_id = $1 and import_id = $2 and row_number = $3 and column_name = $4 and was = $5";
        const NEW: &str = "insert into import_corrections (client_id, import_id, row_number, column_name, was, value)
            values ($1, $2, $3, $4, $5, $6)";
        for cell in cells {
            let row = signed(cell.row.unwrap_or(0));
            let one =
                |sql: &'static str| Statement::new(sql).arg(client).arg(import).arg(row).arg(cell.column.as_str()).arg(cell.was.as_str());
            tx.run(one(GONE)).await?;
            tx.run(one(NEW).arg(cell.value.as_str())).await?;
        }
        const COUNT: &str = "select count(*) from import_corrections where client_id = $1 and import_id = $2";
        let n = tx.row(Statement::new(COUNT).arg(client).arg(import)).await?.ok_or(StoreError::NotFound)?.int(0)?;
        if unsigned(n) > MAX_CORRECTIONS as u64 {
            return Err(StoreError::Conflict(Conflict::TooManyCorrections));
        }
        tx.age_check(client, import).await?;
        tx.commit().await
    }

    /// The cells of an import that were put right, in the order in which that was said.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn corrections(&self, client: ClientId, import: ImportId) -> Result<Vec<Correction>> {
        const SQL: &str = "select row_number, column_name, was, value from import_corrections
            where client_id = $1 and import_id = $2 order by id";
        let rows = self.db().rows(Statement::new(SQL).arg(client).arg(import)).await?;
        let one = |row: &Row| {
            let number = unsigned(row.int(0)?);
            Ok(Correction { row: (number > 0).then_some(number), column: row.text(1)?, was: row.text(2)?, value: row.text(3)? })
        };
        rows.iter().map(one).collect()
    }
}
