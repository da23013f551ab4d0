//! For the tests of this crate and of those above it: each test on a database of its own, on both
//! engines. Only compiled with the feature `testing`.

mod cluster;
mod dump;
mod people;
mod schema;

use std::panic::Location;

use domain::time::Millis;
use sqlx::{Connection, PgConnection};

use crate::db::Engine;
use crate::error::Result;
use crate::{Store, exec};

pub use people::{Team, field_of};

/// The moment at which tests take place: 2026-11-22T10:30:00Z.
pub const NOW: Millis = Millis::new(1_795_343_400_000);

/// Runs a test on a fresh SQLite file and then on a fresh PostgreSQL database, both migrated.
///
/// A missing PostgreSQL is a failure of the test, never a reason to leave it out.
#[track_caller]
pub fn on_each_store(test: impl AsyncFn(Store)) -> impl Future<Output = ()> {
    let caller = Location::caller();
    async move {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            eprintln!("{caller} on {engine:?}"); // Shown when the test fails: on which of the two.
            let database = TestDatabase::fresh(engine).await;
            let store = database.open().await;
            test(store.clone()).await;
            store.close().await;
            database.remove().await;
        }
    }
}

/// Like [`on_each_store`] for tests that open the database more than once, or by its address.
#[track_caller]
pub fn on_each_database(test: impl AsyncFn(&TestDatabase)) -> impl Future<Output = ()> {
    let caller = Location::caller();
    async move {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            eprintln!("{caller} on {engine:?}");
            let database = TestDatabase::fresh(engine).await;
            test(&database).await;
            database.remove().await;
        }
    }
}

/// A database of one test.
#[derive(Debug)]
pub struct TestDatabase {
    /// Which engine it belongs to.
    pub engine: Engine,
    url: String,
    name: Option<String>,
    _folder: Option<tempfile::TempDir>,
}

impl TestDatabase {
    /// A migrated database.
    pub async fn fresh(engine: Engine) -> Self {
        let database = match engine {
            Engine::Sqlite => Self::empty(engine).await,
            Engine::Postgres => Self::copy_of(&cluster::template().await).await,
        };
        if engine == Engine::Sqlite {
            let store = database.open().await;
            store.migrate().await.expect("the schema of SQLite");
            store.close().await;
        }
        database
    }

    /// A database without any table.
    pub async fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let url = format!("sqlite://{}", folder.path().join("lagune.db").display());
                Self { engine, url, name: None, _folder: Some(folder) }
            }
            Engine::Postgres => Self::copy_of("template0").await,
        }
    }

    async fn copy_of(template: &str) -> Self {
        let name = cluster::new_name();
        cluster::run(format!("create database {name} template {template}")).await;
        Self { engine: Engine::Postgres, url: cluster::url(&name), name: Some(name), _folder: None }
    }

    /// The address to open it by.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens it; each call is like another process.
    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.expect("the test's database opens")
    }

    /// Runs SQL behind the store's back.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn sql(&self, text: &str) -> Result<()> {
        match self.engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await?;
                exec::ddl(&mut connection, text.to_owned()).await?;
                connection.close().await?;
            }
            Engine::Postgres => {
                let mut connection = PgConnection::connect(&self.url).await?;
                exec::ddl(&mut connection, text.to_owned()).await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// Takes it away; a test that panics leaves it to the end of its cluster.
    pub async fn remove(self) {
        if let Some(name) = &self.name {
            cluster::run(format!("drop database {name} with (force)")).await;
        }
    }
}
