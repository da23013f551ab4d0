//! A whole installation as a file, `lagune-<moment>.tar.zst`, and a file as an installation (docs/operations.md).
//!
//! The database as CSV in parts, uploads that have not been imported yet, and the sums of all that. What can be made anew
//! stays out: search tables, exports that run out within a day, other backups.

mod error;
mod read;
mod restore;
mod save;
mod write;

use std::path::Path;

use domain::time::Millis;
use serde::{Deserialize, Serialize};
use store::dump::Contents;

pub(crate) use error::Fault;
pub(crate) use read::{Checked, check};
pub(crate) use restore::restore;
pub(crate) use save::save;
pub(crate) use write::Summing;

/// What the first file of the archive says of itself.
const FORMAT: &str = "lagune-installation";

/// Raised when an older program can't read what a newer one writes.
const FORMAT_VERSION: u64 = 1;

/// The names of the first and the last file.
const MANIFEST: &str = "manifest.json";
const SUMS: &str = "SHA256SUMS";

/// The folder within the data folder that is contained: files that wait to be imported, or are being. The others are not:
/// `exports` holds copies of what the database holds, for a day; `backups` holds backups.
const UPLOADS: &str = "uploads";

/// What is in a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: String,
    format_version: u64,
    /// The version of Lagune that wrote it.
    pub(crate) product_version: String,
    /// The moment that it shows, in milliseconds since 1970.
    pub(crate) made_at: Millis,
    /// Of the database.
    #[serde(flatten)]
    pub(crate) contents: Contents,
    /// Of the data folder.
    pub(crate) files: Vec<DataFile>,
}

impl Manifest {
    /// All rows of all tables.
    pub(crate) fn rows(&self) -> u64 {
        self.contents.tables.iter().map(|table| table.rows).sum()
    }
}

/// A file of the data folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DataFile {
    /// Within the data folder: `uploads/…`.
    path: String,
    bytes: u64,
    /// As the database names it.
    named: String,
}

impl DataFile {
    /// Its bare name, if it lies where such a file may lie.
    fn name(&self) -> Option<&str> {
        let name = self.path.strip_prefix(UPLOADS)?.strip_prefix('/')?;
        is_plain(name).then_some(name)
    }
}

/// Whether a name is one that Lagune gives, and leads nowhere else.
fn is_plain(name: &str) -> bool {
    let letters = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    letters && (1..80).contains(&name.len()) && !name.starts_with('.')
}

/// Where a part of a table lies in the archive.
fn part_path(table: &str, number: u32) -> String {
    format!("tables/{table}/{number:06}.csv")
}

/// Where a file of the data folder lies in the archive.
fn file_path(file: &DataFile) -> String {
    format!("files/{}", file.path)
}

/// The name of a backup that is made now.
pub(crate) fn file_name(now: Millis, is_encrypted: bool) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(now.get()).unwrap_or_default();
    let ending = if is_encrypted { ".age" } else { "" };
    format!("lagune-{}.tar.zst{ending}", moment.format("%Y-%m-%dT%H%M%SZ"))
}

/// A file that nobody else may read: it holds everything that the database does. Written beside its place and put there
/// when it is whole.
///
/// # Errors
/// The folder can't be written to.
pub(crate) fn draft(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    // The library makes them for their owner alone.
    tempfile::Builder::new().prefix(".lagune-").suffix(".part").tempfile_in(folder)
}

#[cfg(test)]
mod tests;
