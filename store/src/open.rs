//! Opening a database by its address.

use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::db::Db;
use crate::error::{Result, StoreError};

/// How long a writer of another process is waited for, and how long a free connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// How soon a file that another process holds is tried again.
const AGAIN: Duration = Duration::from_millis(20);

/// Readers on SQLite. They hold no locks; more than the cores only take turns.
const READERS: u32 = 8;

/// Pages that the writer keeps, in KiB (negative, as SQLite wants it): 64 MiB.
pub(crate) const WRITER_CACHE: &str = "-65536";

/// After so many pages (16 MiB) the write-ahead log goes into the file, for which the last writer waits.
pub(crate) const CHECKPOINT: u32 = 4_000;

/// The same during a large load (64 MiB): it changes the same pages of an index again and again.
pub(crate) const CHECKPOINT_LOADING: u32 = 16_000;

/// Pages that each reader keeps: 8 MiB. What it reads often is mapped and needs no copy.
const READER_CACHE: &str = "-8192";

/// How much of the file a reader maps: 1 GiB. The writer maps nothing, so that an import shows its
/// true need of memory.
const READER_MAP: &str = "1073741824";

/// Connections to a PostgreSQL server, of each process. A server takes 100 from all of them.
const CONNECTIONS: u32 = 16;

/// After this time a connection to a server may have gone.
const IDLE: Duration = Duration::from_secs(1);

/// Prepared statements kept by each connection: the fixed ones and the lists of a few pools.
const PREPARED: usize = 256;

/// Whether this could be the address of a database; nothing is opened.
pub fn is_address(url: &str) -> bool {
    let scheme = |schemes: &[&str]| schemes.iter().any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if scheme(&["sqlite:"]) {
        SqliteConnectOptions::from_str(url).is_ok()
    } else {
        scheme(&["postgres://", "postgresql://"]) && PgConnectOptions::from_str(url).is_ok()
    }
}

/// Opens `sqlite:` and `postgres:` addresses. Creates the SQLite file and its folder when missing.
///
/// # Errors
/// `Unusable` with a sentence when the address is none of the two or nothing answers there.
pub(crate) async fn open(url: &str) -> Result<Db> {
    if url.starts_with("sqlite:") {
        open_sqlite(url).await
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        open_postgres(url).await
    } else {
        Err(StoreError::Unusable(
            "The database address must begin with sqlite: or postgres:, for example \
             sqlite://data/lagune.db or postgres://lagune@localhost/lagune."
                .to_owned(),
        ))
    }
}

async fn open_sqlite(url: &str) -> Result<Db> {
    let options =
        SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Unusable(format!("The database address is wrong: {error}")))?;
    let file = options.get_filename().to_owned();
    create_folder(&file)?;
    let options = tuned(options);
    let unusable = |error| cannot_open(&file, error);
    // A file is always there: no connection need be tried before it is used.
    let pool = SqlitePoolOptions::new().acquire_timeout(PATIENCE).idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    let writer = pool.clone().max_connections(1).after_release(|connection, _| Box::pin(is_sound(connection)));
    let write = connect(writer, options.clone().create_if_missing(true).pragma("cache_size", WRITER_CACHE)).await.map_err(unusable)?;
    // Only this crate's reads run there; the flag turns a mistake into an error.
    let read_only = options.pragma("query_only", "on").pragma("cache_size", READER_CACHE).pragma("mmap_size", READER_MAP);
    let read = connect(pool.max_connections(READERS), read_only).await.map_err(unusable)?;
    Ok(Db::Sqlite { write, read })
}

/// Connects, and waits for another process that holds the file. A new file becomes one with a
/// write-ahead log when it is first opened, and for that SQLite wants the file alone and answers
/// "busy" at once, whatever the time-out says (<https://www.sqlite.org/pragma.html#pragma_journal_mode>).
async fn connect(pool: SqlitePoolOptions, options: SqliteConnectOptions) -> std::result::Result<SqlitePool, sqlx::Error> {
    let patience = Instant::now() + PATIENCE;
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(error) if is_busy(&error) && Instant::now() < patience => tokio::time::sleep(AGAIN).await,
            connected => return connected,
        }
    }
}

/// Whether another connection holds the file: `SQLITE_BUSY` and its kinds, whose low byte is 5
/// (<https://www.sqlite.org/rescode.html>).
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

/// Whether a writer can be used again. When a write fails (the disk is full) SQLite ends the
/// transaction by itself, the driver's end of it then fails, and it believes for ever that one is
/// open: such a connection is replaced.
async fn is_sound(connection: &mut SqliteConnection) -> std::result::Result<bool, sqlx::Error> {
    // What is dropped is rolled back in the background; the answer comes behind it.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Safe against power loss (WAL with a full sync at each commit), and fast with a million profiles.
fn tuned(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", CHECKPOINT.to_string())
        .pragma("journal_size_limit", "67108864")
        .analysis_limit(400)
        .collation("lagune", domain::search::sort_key_cmp)
        .optimize_on_close(true, 400)
        .statement_cache_capacity(PREPARED)
        // Those of a load are pages long.
        .disable_statement_logging()
}

fn create_folder(file: &Path) -> Result<()> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder).map_err(|error| {
            StoreError::Unusable(format!(
                "The folder {} for the database can't be made: {error}. Make it, or choose \
                     another address.",
                folder.display()
            ))
        }),
        _ => Ok(()),
    }
}

fn cannot_open(file: &Path, error: sqlx::Error) -> StoreError {
    StoreError::Unusable(format!(
        "The database file {} can't be opened: {error}. Check that it is a Lagune database and \
         that this user may write to it and to its folder.",
        file.display()
    ))
}

async fn open_postgres(url: &str) -> Result<Db> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::Unusable(format!("The database address is wrong: {error}")))?
        .application_name("lagune")
        // A plan that does not know the word can't tell a rare one from a frequent one; and
        // compiling a plan takes longer than any of ours runs.
        .options([("plan_cache_mode", "force_custom_plan"), ("jit", "off")])
        .statement_cache_capacity(PREPARED)
        .disable_statement_logging();
    let place = format!(
        "{} on {}",
        options.get_database().unwrap_or("the default database"),
        options.get_socket().map_or_else(|| options.get_host().to_owned(), |path| path.display().to_string()),
    );
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|connection, used| Box::pin(still_there(connection, used)));
    let pool = pool.connect_with(options).await.map_err(|error| {
        StoreError::Unusable(format!(
            "PostgreSQL ({place}) can't be reached: {error}. Check the address, the password \
             and that the server runs."
        ))
    })?;
    Ok(Db::Postgres(pool))
}

/// Asks a server that was not spoken to for a while whether it is still there. Before each statement that would cost as
/// much as most statements do.
async fn still_there(connection: &mut PgConnection, used: PoolConnectionMetadata) -> std::result::Result<bool, sqlx::Error> {
    if used.idle_for > IDLE {
        connection.ping().await?;
    }
    Ok(true)
}
