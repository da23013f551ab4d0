//! A whole installation, read as it was in one moment and written into an empty one; of one form for both engines, so that
//! moving from one to the other is a backup and a restore (docs/operations.md).
//!
//! Which tables and columns there are, the engine is asked: a table that comes with a later step is contained without a
//! word here. What can be made of the others is left out and made anew: the search tables, indexes and statistics.

mod catalogue;
mod csv;
mod fit;
mod load;
mod read;
mod rebuild;

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::tx::Tx;

#[cfg(feature = "testing")]
pub use csv::cells;
pub use csv::count_rows;
pub use load::Restore;

/// What a backup holds of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// `sqlite` or `postgres`: where it was read.
    pub engine: String,
    /// The last step of the schema that had run there.
    pub schema: i64,
    /// In an order in which each comes behind those that it refers to.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// `users`, `pool_7`.
    pub name: String,
    /// Whose it is; none: shared by all clients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<i64>,
    /// How many rows it has.
    pub rows: u64,
    /// The highest id that was ever given there, also to a row that is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_id: Option<i64>,
    /// In the order of the cells.
    pub columns: Vec<Column>,
}

impl Table {
    /// The first line of each of its parts, without its end.
    #[must_use]
    pub fn header(&self) -> String {
        self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(",")
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: CellKind,
}

/// What the cells of a column hold. An empty cell without quotes is none, one with quotes an empty text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// A whole number; points in time are milliseconds since 1970. Also true and false in the shared tables of SQLite.
    Integer,
    /// 0 or 1.
    Boolean,
    /// A text.
    Text,
    /// `\x` and hexadecimal digits.
    Bytes,
}

/// Rows of a table, as CSV with a line of headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The place of the table in [`Contents::tables`].
    pub table: usize,
    /// Counted from 1 within the table.
    pub number: u32,
    /// How many rows.
    pub rows: u64,
    /// UTF-8, lines end with a line feed.
    pub csv: Vec<u8>,
}

/// An installation at one moment: whatever others write meanwhile is not in it.
#[derive(Debug)]
pub struct Dump {
    /// What there is.
    pub contents: Contents,
    tx: Tx,
    found: Vec<catalogue::Found>,
}

/// Why nothing can be restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// There is something in this table already.
    #[error("the table {0} is not empty")]
    NotEmpty(String),
    /// The backup comes from a newer version.
    #[error("the backup has step {file} of the schema, this version knows {known}")]
    Newer {
        /// The backup's last step.
        file: i64,
        /// The last step of this program.
        known: i64,
    },
    /// The database has been brought further than the backup is.
    #[error("the backup has step {file} of the schema, the database {database}")]
    Older {
        /// The backup's last step.
        file: i64,
        /// The database's.
        database: i64,
    },
    /// A restore of another file has begun here and not ended.
    #[error("a restore of another backup has not ended")]
    Another,
    /// What the backup holds doesn't fit into the database.
    #[error("the backup does not fit: {0}")]
    Unfit(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The table that stands as long as a restore has not ended.
pub(crate) const MARKER: &str = "begun_restore";
