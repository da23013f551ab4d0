//! Write transactions: all of it or nothing, and then word of it to everybody who watches.

use std::sync::Arc;

use futures::stream::BoxStream;
use sqlx::{PgConnection, Postgres, Sqlite, Transaction};

use crate::audit::Pending;
use crate::changes::{Bus, Change};
use crate::db::{Db, Engine};
use crate::error::Result;
use crate::exec;
use crate::row::Row;
use crate::statement::Statement;

/// Runs the same expression on the connection of a write transaction.
macro_rules! on_tx {
    ($tx:expr, |$connection:ident| $body:expr) => {
        match &mut $tx.begun {
            Begun::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body
            }
            Begun::Postgres(tx) => {
                let $connection = &mut **tx;
                $body
            }
        }
    };
}

/// A write transaction; dropped without [`commit`](Self::commit) it leaves no trace.
#[derive(Debug)]
pub struct Tx {
    begun: Begun,
    changes: Vec<Change>,
    deeds: Vec<Pending>,
    bus: Arc<Bus>,
}

#[derive(Debug)]
enum Begun {
    /// Holds the only writing connection.
    Sqlite(Transaction<'static, Sqlite>),
    /// Read committed.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Begins.
    ///
    /// On SQLite immediately: a transaction that reads first and writes later would fail at once,
    /// without waiting, when another process writes in between.
    ///
    /// # Errors
    /// `Busy` when no connection or lock was to be had in time.
    pub(crate) async fn begin(db: &Db, bus: Arc<Bus>) -> Result<Self> {
        let begun = match db {
            Db::Sqlite { write, .. } => Begun::Sqlite(write.begin_with("begin immediate").await?),
            Db::Postgres(pool) => Begun::Postgres(pool.begin().await?),
        };
        Ok(Self { begun, changes: Vec::new(), deeds: Vec::new(), bus })
    }

    /// Begins one that only reads, and all of it as it is at its first statement, whatever others write meanwhile.
    ///
    /// # Errors
    /// `Busy` when no connection was to be had in time.
    pub(crate) async fn snapshot(db: &Db, bus: Arc<Bus>) -> Result<Self> {
        let begun = match db {
            Db::Sqlite { read, .. } => Begun::Sqlite(read.begin().await?),
            Db::Postgres(pool) => Begun::Postgres(pool.begin_with("begin isolation level repeatable read, read only").await?),
        };
        Ok(Self { begun, changes: Vec::new(), deeds: Vec::new(), bus })
    }

    /// The engine this transaction runs on.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.begun {
            Begun::Sqlite(_) => Engine::Sqlite,
            Begun::Postgres(_) => Engine::Postgres,
        }
    }

    /// The bare connection, for `copy`; none on SQLite.
    pub(crate) fn postgres(&mut self) -> Option<&mut PgConnection> {
        match &mut self.begun {
            Begun::Sqlite(_) => None,
            Begun::Postgres(tx) => Some(tx),
        }
    }

    /// All rows of a statement; also of a changing one with `returning`.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn rows(&mut self, statement: Statement) -> Result<Vec<Row>> {
        on_tx!(self, |connection| exec::rows(connection, statement).await)
    }

    /// The first row of a statement, if there is one; also of a changing one with `returning`.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn row(&mut self, statement: Statement) -> Result<Option<Row>> {
        on_tx!(self, |connection| exec::row(connection, statement).await)
    }

    /// Runs a changing statement; the number of rows it changed.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn run(&mut self, statement: Statement) -> Result<u64> {
        on_tx!(self, |connection| exec::run(connection, statement).await)
    }

    /// Runs statements without arguments, separated by semicolons: tables and indexes.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn ddl(&mut self, text: String) -> Result<()> {
        on_tx!(self, |connection| exec::ddl(connection, text).await)
    }

    /// The rows of a statement one after another.
    pub fn stream(&mut self, statement: Statement) -> BoxStream<'_, Result<Row>> {
        on_tx!(self, |connection| exec::stream(connection, statement))
    }

    /// Notes a change that everybody who watches hears of once this is committed.
    pub fn notify(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Notes a deed for the audit log; it is written with the commit.
    pub(crate) fn note_deed(&mut self, deed: Pending) {
        self.deeds.push(deed);
    }

    /// Makes the changes visible to everybody, or none of them; then tells who watches. Deeds are written last: so long
    /// nobody else waits for their log.
    ///
    /// # Errors
    /// Those of the engine; nothing has changed then.
    pub async fn commit(mut self) -> Result<()> {
        let deeds = std::mem::take(&mut self.deeds);
        self.write_deeds(deeds).await?;
        if self.engine() == Engine::Postgres {
            // Sent by the server at the commit, and never when that fails.
            let messages: Vec<String> = self.changes.iter().map(|c| self.bus.message(c)).collect();
            for message in messages {
                let notify = Statement::new("select pg_notify($1, $2)");
                self.run(notify.arg(Bus::CHANNEL).arg(message)).await?;
            }
        }
        match self.begun {
            Begun::Sqlite(tx) => tx.commit().await?,
            Begun::Postgres(tx) => tx.commit().await?,
        }
        for change in self.changes {
            self.bus.send(change);
        }
        Ok(())
    }
}
