//! The schema of the shared tables, embedded, and how it is brought up to date.

use std::borrow::Cow;
use std::path::PathBuf;

use rust_embed::RustEmbed;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{SqlSafeStr, SqlitePool};

use crate::Store;
use crate::db::{Db, Engine};
use crate::dialect::table_exists;
use crate::error::{Result, StoreError};
use crate::exec;
use crate::statement::Statement;
use crate::tx::Tx;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../migrations/sqlite"]
struct SqliteFiles;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../migrations/postgres"]
struct PostgresFiles;

impl Store {
    /// Brings the schema up to date. Of several processes that start at once one does it and the
    /// others wait.
    ///
    /// # Errors
    /// `Unusable` with a sentence when the database is newer than this program, when a step was
    /// changed after it ran, or when PostgreSQL lacks `pg_trgm` or the right to create it.
    pub async fn migrate(&self) -> Result<()> {
        self.migrate_up_to(i64::MAX).await?;
        self.restored().await
    }

    /// The same as far as this step, and also in the middle of a restore.
    pub(crate) async fn migrate_up_to(&self, last: i64) -> Result<()> {
        let steps = migrator(self.engine())?;
        let migrator = Migrator::with_migrations(steps.iter().filter(|step| step.version <= last).cloned().collect());
        match self.db() {
            Db::Sqlite { write, .. } => {
                let _alone = alone(write).await?;
                migrator.run(write).await.map_err(not_migrated)
            }
            Db::Postgres(pool) => migrator.run(pool).await.map_err(not_migrated),
        }
    }

    /// How many steps the schema is behind this program.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn pending_migrations(&self) -> Result<usize> {
        let migrator = migrator(self.engine())?;
        let applied = self.applied(&migrator.table_name).await?;
        Ok(migrator.iter().filter(|step| !applied.contains(&step.version)).count())
    }

    /// As a program did that knew only so many steps.
    ///
    /// # Errors
    /// Those of the engine.
    #[cfg(feature = "testing")]
    pub async fn migrate_as_before(&self, last: i64) -> Result<()> {
        self.migrate_up_to(last).await
    }

    /// The last step of this program.
    pub(crate) fn newest_step(&self) -> Result<i64> {
        Ok(migrator(self.engine())?.iter().map(|step| step.version).max().unwrap_or(0))
    }

    /// The last step that has run; 0 without any.
    pub(crate) async fn last_step(&self) -> Result<i64> {
        let migrator = migrator(self.engine())?;
        Ok(self.applied(&migrator.table_name).await?.into_iter().max().unwrap_or(0))
    }

    /// The last step that had run at the moment that a transaction sees.
    pub(crate) async fn schema_of(&self, tx: &mut Tx) -> Result<i64> {
        let table = migrator(self.engine())?.table_name;
        let exists = Statement::new(table_exists(self.engine())).arg(table.as_ref());
        let last = match tx.row(exists).await?.map_or(Ok(false), |row| row.bool(0))? {
            true => tx.row(Statement::new(format!("select max(version) from {table}"))).await?.map_or(Ok(None), |row| row.opt_int(0))?,
            false => None,
        };
        match last {
            None => Err(StoreError::Unusable("The database has no schema of Lagune: there is nothing to back up.".to_owned())),
            Some(last) if last > self.newest_step()? => not_migrated_to(last),
            Some(last) => Ok(last),
        }
    }

    /// The steps that have run. Asked of the readers, so that a long import keeps nobody from an answer.
    async fn applied(&self, table: &str) -> Result<Vec<i64>> {
        let exists = Statement::new(table_exists(self.engine())).arg(table);
        if !self.db().row(exists).await?.map_or(Ok(false), |row| row.bool(0))? {
            return Ok(Vec::new());
        }
        let mut asked = Statement::new("select version from ");
        asked.push(table);
        self.db().rows(asked).await?.iter().map(|row| row.int(0)).collect()
    }

    /// Whether the database answers and its schema is this program's.
    ///
    /// # Errors
    /// `Busy` or `Db` when it does not answer, `Unusable` when steps are missing.
    pub async fn ready(&self) -> Result<()> {
        self.db().row(Statement::new("select 1")).await?;
        self.restored().await?;
        match self.pending_migrations().await? {
            0 => Ok(()),
            n => Err(StoreError::Unusable(format!("The database is {n} steps behind this version. Run `lagune migrate`."))),
        }
    }
}

/// The driver locks PostgreSQL while it migrates, but not SQLite: a lock on a file beside the
/// database does it there, and the system lets go of it when a process dies.
async fn alone(write: &SqlitePool) -> Result<Option<std::fs::File>> {
    let asked = Statement::new("select file from pragma_database_list where name = 'main'");
    let path = match exec::row(write, asked).await? {
        Some(row) => row.text(0)?,
        None => String::new(),
    };
    if path.is_empty() {
        return Ok(None); // In memory, where nobody else is.
    }
    let lock = PathBuf::from(format!("{path}.migrating"));
    let locked = tokio::task::spawn_blocking(move || {
        let file = std::fs::File::create(&lock)?;
        file.lock()?;
        Ok::<_, std::io::Error>(file)
    });
    match locked.await {
        Ok(Ok(file)) => Ok(Some(file)),
        Ok(Err(error)) => Err(StoreError::Unusable(format!(
            "The file {path}.migrating can't be made or locked: {error}. Check that this user may \
             write to the folder of the database."
        ))),
        Err(error) => Err(StoreError::Unusable(error.to_string())),
    }
}

fn migrator(engine: Engine) -> Result<Migrator> {
    let steps = match engine {
        Engine::Sqlite => steps::<SqliteFiles>(),
        Engine::Postgres => steps::<PostgresFiles>(),
    };
    Ok(Migrator::with_migrations(steps?))
}

/// `0001_accounts.sql` is step 1 and is called "accounts".
fn steps<Files: RustEmbed>() -> Result<Vec<Migration>> {
    let mut steps = Vec::new();
    for name in Files::iter() {
        let misnamed = || StoreError::Unusable(format!("The migration {name} has no number."));
        let (number, title) = name.strip_suffix(".sql").and_then(|stem| stem.split_once('_')).ok_or_else(misnamed)?;
        let version = number.parse().map_err(|_| misnamed())?;
        let file = Files::get(&name).ok_or_else(misnamed)?;
        let text = String::from_utf8(file.data.into_owned()).map_err(|_| misnamed())?;
        steps.push(Migration::new(
            version,
            Cow::Owned(title.replace('_', " ")),
            MigrationType::Simple,
            exec::trusted(text).into_sql_str(),
            false,
        ));
    }
    Ok(steps)
}

/// All texts of the schema, so that a copy made earlier can be told from this one.
#[cfg(feature = "testing")]
pub(crate) fn fingerprint() -> Vec<u8> {
    let files = PostgresFiles::iter().filter_map(|name| PostgresFiles::get(&name));
    files.flat_map(|file| file.metadata.sha256_hash()).collect()
}

fn not_migrated_to<T>(version: i64) -> Result<T> {
    Err(not_migrated(MigrateError::VersionMissing(version)))
}

fn not_migrated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(version) => StoreError::Unusable(format!(
            "The database has step {version} of a newer version. Start that version, or restore \
             the database from before it."
        )),
        MigrateError::VersionMismatch(version) => StoreError::Unusable(format!(
            "Step {version} of the schema was changed after it had run in this database. Use an \
             unchanged version of Lagune."
        )),
        MigrateError::Dirty(version) => StoreError::Unusable(format!(
            "Step {version} of the schema was begun and never ended. Restore the database from \
             before it."
        )),
        MigrateError::ExecuteMigration(error, version) => step_failed(error, version),
        MigrateError::Execute(error) => error.into(),
        other => StoreError::Unusable(format!("The schema can't be brought up to date: {other}.")),
    }
}

fn step_failed(error: sqlx::Error, version: i64) -> StoreError {
    let about_trigrams = error.to_string().contains("pg_trgm");
    let code = match &error {
        sqlx::Error::Database(inner) => inner.code().unwrap_or_default().into_owned(),
        _ => String::new(),
    };
    match code.as_str() {
        "42501" => StoreError::Unusable(format!(
            "The database user lacks a right that step {version} of the schema needs: {error}. \
             Let the owner of the database run `create extension pg_trgm;` in it, and `grant \
             create on database … to …;`, then start again."
        )),
        _ if about_trigrams => StoreError::Unusable(format!(
            "PostgreSQL lacks the extension pg_trgm, which the search needs: {error}. Install the \
             server's contrib package, then start again."
        )),
        _ => StoreError::Unusable(format!("Step {version} of the schema failed: {error}.")),
    }
}
