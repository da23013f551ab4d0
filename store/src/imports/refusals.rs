//! The rows of a file that were not taken over, and why.

use domain::id::{ClientId, ImportId};
use domain::import::RowProblem;
use futures::stream::{self, Stream, StreamExt};

use super::{from_json, json, unsigned};
use crate::Store;
use crate::error::Result;
use crate::row::Row;
use crate::search::candidates::signed;
use crate::statement::Statement;
use crate::tx::Tx;

/// Refused rows in one part of the list.
const PAGE: i64 = 1_000;

impl Store {
    /// The refused rows of an import in the order of the file, part by part.
    pub fn refusals(&self, client: ClientId, import: ImportId) -> impl Stream<Item = Result<Vec<RowProblem>>> + Send + 'static + use<> {
        const SQL: &str = "select id, row_number, column_name, value, reason from import_refusals
            where client_id = $1 and import_id = $2 and (row_number, id) > ($3, $4)
            order by row_number, id limit $5";
        stream::try_unfold((self.clone(), -1, 0), move |(store, row, id)| async move {
            let statement = Statement::new(SQL).arg(client).arg(import).arg(row).arg(id).arg(PAGE);
            let rows = store.db().rows(statement).await?;
            let Some(last) = rows.last() else { return Ok(None) };
            let (last_id, last_row) = (last.int(0)?, last.int(1)?);
            let problems = rows.iter().map(refusal).collect::<Result<Vec<_>>>()?;
            Ok(Some((problems, (store, last_row, last_id))))
        })
        .boxed()
    }
}

impl Tx {
    /// Notes refused rows.
    pub(crate) async fn refuse(&mut self, client: ClientId, import: ImportId, problems: &[RowProblem]) -> Result<()> {
        for problems in problems.chunks(500) {
            let mut statement =
                Statement::new("insert into import_refusals (client_id, import_id, row_number, column_name, value, reason) values ")
                    .arg(client)
                    .arg(import);
            for (n, problem) in problems.iter().enumerate() {
                statement.push(if n == 0 { "($1, $2, " } else { ", ($1, $2, " });
                statement.bind(signed(problem.row)).push(", ").bind(problem.column.as_str()).push(", ");
                statement.bind(problem.value.as_str()).push(", ").bind(json(&problem.reason)?).push(")");
            }
            self.run(statement).await?;
        }
        Ok(())
    }
}

fn refusal(row: &Row) -> Result<RowProblem> {
    Ok(RowProblem { row: unsigned(row.int(1)?), column: row.text(2)?, value: row.text(3)?, reason: from_json(&row.text(4)?)? })
}
