//! The only place where a text that was put together at run time reaches the driver.
//!
//! `AssertSqlSafe` is used nowhere else: the texts come from [`Statement`], whose dynamic parts are
//! written by this crate from ids that the database gave out; what a person typed is only ever bound.

use futures::TryStreamExt;
use futures::stream::BoxStream;
use sqlx::{AssertSqlSafe, Database, Executor, IntoArguments};

use crate::arg::Bind;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::statement::Statement;

/// All rows.
pub(crate) async fn rows<'c, D, E>(executor: E, statement: Statement) -> Result<Vec<Row>>
where
    D: Bind,
    E: Executor<'c, Database = D>,
    <D as Database>::Arguments: IntoArguments<D>,
    Row: From<<D as Database>::Row>,
{
    let arguments = D::arguments(statement.args)?;
    let found = sqlx::query_with(AssertSqlSafe(statement.text), arguments).fetch_all(executor).await?;
    Ok(found.into_iter().map(Row::from).collect())
}

/// The first row.
pub(crate) async fn row<'c, D, E>(executor: E, statement: Statement) -> Result<Option<Row>>
where
    D: Bind,
    E: Executor<'c, Database = D>,
    <D as Database>::Arguments: IntoArguments<D>,
    Row: From<<D as Database>::Row>,
{
    let arguments = D::arguments(statement.args)?;
    let found = sqlx::query_with(AssertSqlSafe(statement.text), arguments).fetch_optional(executor).await?;
    Ok(found.map(Row::from))
}

/// One row after another.
pub(crate) fn stream<'c, D, E>(executor: E, statement: Statement) -> BoxStream<'c, Result<Row>>
where
    D: Bind,
    E: Executor<'c, Database = D> + 'c,
    <D as Database>::Arguments: IntoArguments<D> + 'c,
    Row: From<<D as Database>::Row>,
{
    match D::arguments(statement.args) {
        Ok(arguments) => {
            Box::pin(sqlx::query_with(AssertSqlSafe(statement.text), arguments).fetch(executor).map_ok(Row::from).map_err(StoreError::from))
        }
        Err(error) => Box::pin(futures::stream::once(async { Err(error) })),
    }
}

/// The number of rows changed.
pub(crate) async fn run<'c, D, E>(executor: E, statement: Statement) -> Result<u64>
where
    D: Bind,
    E: Executor<'c, Database = D>,
    <D as Database>::Arguments: IntoArguments<D>,
{
    let arguments = D::arguments(statement.args)?;
    let done = sqlx::query_with(AssertSqlSafe(statement.text), arguments).execute(executor).await?;
    Ok(D::changed(&done))
}

/// Several statements without arguments.
pub(crate) async fn ddl<'c, D, E>(executor: E, text: String) -> Result<()>
where
    D: Database,
    E: Executor<'c, Database = D>,
{
    executor.execute(sqlx::raw_sql(AssertSqlSafe(text))).await?;
    Ok(())
}

/// A text that was compiled into this program.
pub(crate) fn trusted(text: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(text)
}
