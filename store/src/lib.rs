//! Everything that knows SQL: profiles, pools and jobs on SQLite and on PostgreSQL.

pub mod db;
pub mod error;
mod exec;
mod open;
pub mod row;
pub mod statement;

use std::sync::Arc;

pub use error::{Conflict, Result, StoreError};

use db::{Db, Tx};

/// How many fields a pool carries, standard and internal ones included.
pub const MAX_FIELDS: usize = 250;

/// The database of a Lagune installation. Cheap to clone; all clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    db: Db,
}

impl Store {
    /// Opens the database at a `sqlite:` or `postgres:` address; creates the SQLite file and its
    /// folder when missing. The schema is brought up to date by [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// `Unusable` with a sentence that says what to do.
    pub async fn open(url: &str) -> Result<Self> {
        let db = open::open(url).await?;
        Ok(Self {
            shared: Arc::new(Shared { db }),
        })
    }

    /// Closes every connection and lets what runs come to its end.
    pub async fn close(&self) {
        self.db().close().await;
    }

    pub(crate) fn db(&self) -> &Db {
        &self.shared.db
    }

    /// Begins a write transaction.
    #[allow(dead_code)]
    pub(crate) async fn write(&self) -> Result<Tx> {
        self.db().write().await
    }
}
