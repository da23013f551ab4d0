//! What can go wrong in the store, for the programmer who calls it.

use domain::problem::{Invalid, Problem};
use domain::profile::Profile;
use domain::uses::Use;
use sqlx::error::ErrorKind;

/// The result of every method of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing, or it belongs to somebody else: the two can't be told apart.
    #[error("not found")]
    NotFound,
    /// Somebody changed the profile since it was read; this is how it is now.
    #[error("changed meanwhile")]
    Stale(Box<Profile>),
    /// Somebody reshaped the pool since it was read.
    #[error("reshaped meanwhile")]
    Reshaped,
    /// What was given can't be stored.
    #[error("invalid: {0:?}")]
    Invalid(Invalid),
    /// It contradicts something that exists.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// Something uses it.
    #[error("used: {0:?}")]
    Used(Vec<Use>),
    /// The database is occupied by somebody else; the same call may succeed a moment later.
    #[error("the database is busy")]
    Busy,
    /// The database can't write any more: its disk is full.
    #[error("the disk of the database is full")]
    Full,
    /// The database can't be opened or migrated; the sentence says what to do.
    #[error("{0}")]
    Unusable(String),
    /// Something stored can't be read back.
    #[error("stored data can't be read: {0}")]
    Corrupt(String),
    /// The engine failed.
    #[error("database: {0}")]
    Db(#[source] sqlx::Error),
}

/// What a person can't have so, at the field where they wished it.
pub(crate) fn refused(field: &str, problem: Problem) -> StoreError {
    StoreError::Invalid(Invalid::one(field, problem))
}

/// What is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Somebody signs in with this address already.
    EmailTaken,
    /// The client has a pool of this name.
    PoolNameTaken,
    /// The pool has a field of this internal name.
    FieldKeyTaken,
    /// A pool carries no more fields: [`Store::field_limit`](crate::Store::field_limit).
    TooManyFields,
    /// The field's kind has no options of its own.
    NoOptions,
    /// A standard or internal field can't be deleted.
    FieldFixed,
    /// One of the categories that every pool has can't be deleted.
    CategoryFixed,
    /// The job has ended already.
    JobEnded,
    /// The import has not ended yet.
    ImportRuns,
    /// More cells of a file were put right than an import keeps.
    TooManyCorrections,
    /// The import has changed nothing, or too long ago to be taken back.
    ImportStands,
    /// The comparison is not there yet, or was restored by already.
    RestoreRuns,
    /// The restore has changed nothing, or too long ago to be taken back.
    RestoreStands,
    /// The restore would bring back what people have consented to, which who asks may not change.
    ConsentLocked,
    /// The lease of the job ran out and somebody else works on it.
    LeaseLost,
    /// The pool has as many backups made by hand as the deployment allows.
    TooManyBackups,
    /// The backups of the client take all the room that the deployment gives them.
    NoRoomForBackup,
    /// The store of the backups does not take one, or not now: what was to follow did not happen.
    BackupNotTaken,
    /// The profile would lie outside what the person reaches.
    OutOfReach,
}

impl StoreError {
    /// Whether the same call may succeed later, without anybody changing it: the database is
    /// occupied, its disk is full, or it can't be reached.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Busy | Self::Full => true,
            Self::Db(sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed) => true,
            Self::Db(sqlx::Error::Database(error)) => error.code().is_some_and(|code| is_gone(&code)),
            _ => false,
        }
    }

    /// Whether the engine refused because a key exists already. Which one is found out by asking in
    /// the same transaction: SQLite does not name the constraint.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        match self {
            Self::Db(sqlx::Error::Database(error)) => error.kind() == ErrorKind::UniqueViolation,
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(inner) if inner.code().is_some_and(|code| is_busy(&code)) => Self::Busy,
            sqlx::Error::Database(inner) if inner.code().is_some_and(|code| is_full(&code)) => Self::Full,
            _ => Self::Db(error),
        }
    }
}

/// SQLite: full, and what it says when the file may not grow: write failed, index of the log. PostgreSQL: disk full.
fn is_full(code: &str) -> bool {
    ["13", "778", "4874", "53100"].contains(&code)
}

/// PostgreSQL: the server is shut down, has crashed or starts, or the connection broke.
fn is_gone(code: &str) -> bool {
    code.starts_with("57P0") || code.starts_with("08")
}

/// SQLite: busy, busy recovery, busy snapshot, busy timeout, locked. PostgreSQL: lock not
/// available, serialization failure, deadlock.
fn is_busy(code: &str) -> bool {
    const CODES: [&str; 8] = ["5", "261", "517", "773", "6", "55P03", "40001", "40P01"];
    CODES.contains(&code)
}
