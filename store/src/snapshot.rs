//! Reading at one moment: whatever others write meanwhile is not seen.

use sqlx::{Postgres, Sqlite, Transaction};

use crate::db::Db;
use crate::error::Result;
use crate::exec;
use crate::row::Row;
use crate::statement::Statement;

/// A transaction that only reads. Dropped it leaves no trace.
#[derive(Debug)]
pub(crate) enum Snapshot {
    /// Shows what was committed before its first statement (WAL).
    Sqlite(Transaction<'static, Sqlite>),
    /// Repeatable read: shows what was committed before its first statement.
    Postgres(Transaction<'static, Postgres>),
}

impl Snapshot {
    /// Begins.
    ///
    /// # Errors
    /// `Busy` when no connection was to be had in time.
    pub(crate) async fn begin(db: &Db) -> Result<Self> {
        Ok(match db {
            Db::Sqlite { read, .. } => Self::Sqlite(read.begin().await?),
            Db::Postgres(pool) => Self::Postgres(pool.begin_with("begin transaction isolation level repeatable read, read only").await?),
        })
    }

    /// All rows of a reading statement.
    ///
    /// # Errors
    /// Those of the engine.
    pub(crate) async fn rows(&mut self, statement: Statement) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(tx) => exec::rows(&mut **tx, statement).await,
            Self::Postgres(tx) => exec::rows(&mut **tx, statement).await,
        }
    }

    /// The first row of a reading statement, if there is one.
    ///
    /// # Errors
    /// Those of the engine.
    pub(crate) async fn row(&mut self, statement: Statement) -> Result<Option<Row>> {
        match self {
            Self::Sqlite(tx) => exec::row(&mut **tx, statement).await,
            Self::Postgres(tx) => exec::row(&mut **tx, statement).await,
        }
    }
}
