//! The two databases behind one text: pools of connections, reads and single writes.

use futures::stream::BoxStream;
use sqlx::{PgPool, SqlitePool};

use crate::error::Result;
use crate::exec;
use crate::open::WRITER_CACHE;
use crate::row::Row;
use crate::statement::Statement;

/// Which of the two engines a statement will run on; every function that depends on it lives in `dialect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database, one file.
    Sqlite,
    /// A server of version 15 or newer.
    Postgres,
}

/// An open database.
///
/// SQLite has one connection for writing, so that writers queue in this process instead of failing
/// in the engine, and several for reading, which never wait for the writer (WAL).
#[derive(Clone, Debug)]
pub enum Db {
    /// The embedded database.
    Sqlite {
        /// Exactly one connection.
        write: SqlitePool,
        /// Read-only connections.
        read: SqlitePool,
    },
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// Runs the same expression on the reading pool of either engine: one text, two type checks.
///
/// `on_db!(&self.db, |pool| sqlx::query(SQL).fetch_one(pool).await)`
macro_rules! on_db {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { read: $pool, .. } => $body,
            $crate::db::Db::Postgres($pool) => $body,
        }
    };
}

impl Db {
    /// The engine of this database.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows of a reading statement.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn rows(&self, statement: Statement) -> Result<Vec<Row>> {
        on_db!(self, |pool| exec::rows(pool, statement).await)
    }

    /// The first row of a reading statement, if there is one.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn row(&self, statement: Statement) -> Result<Option<Row>> {
        on_db!(self, |pool| exec::row(pool, statement).await)
    }

    /// The rows of a reading statement one after another, without holding them all in memory.
    pub fn stream(&self, statement: Statement) -> BoxStream<'_, Result<Row>> {
        on_db!(self, |pool| exec::stream(pool, statement))
    }

    /// Runs one changing statement outside a transaction; the number of rows it changed.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn run(&self, statement: Statement) -> Result<u64> {
        match self {
            Self::Sqlite { write, .. } => exec::run(write, statement).await,
            Self::Postgres(pool) => exec::run(pool, statement).await,
        }
    }

    /// Runs one changing statement with `returning` outside a transaction.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn run_row(&self, statement: Statement) -> Result<Option<Row>> {
        match self {
            Self::Sqlite { write, .. } => exec::row(write, statement).await,
            Self::Postgres(pool) => exec::row(pool, statement).await,
        }
    }

    /// Makes an index, with what its engine needs to be quick at it.
    pub(crate) async fn make_index(&self, sql: String) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => {
                let mut connection = write.acquire().await?;
                // The sorter uses other cores only for pieces that it may write to temporary files, and makes pieces as
                // large as the cache.
                let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
                let quick = format!("pragma temp_store = file; pragma cache_size = -8192; pragma threads = {cores}");
                let usual = format!("pragma temp_store = memory; pragma cache_size = {WRITER_CACHE}; pragma threads = 0");
                exec::ddl(&mut *connection, quick).await?;
                let made = exec::run(&mut *connection, Statement::new(sql)).await;
                exec::ddl(&mut *connection, usual).await?;
                made.map(drop)
            }
            Self::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                exec::run(&mut *connection, Statement::new("set maintenance_work_mem = '512MB'")).await?;
                let made = exec::run(&mut *connection, Statement::new(sql)).await;
                // The memory is only for this.
                exec::run(&mut *connection, Statement::new("reset maintenance_work_mem")).await?;
                made.map(drop)
            }
        }
    }

    /// Closes every connection; on SQLite the write-ahead log is folded into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
