//! Backups as files: written, read again, kept on a shelf, and removed. What a file looks like: docs/backup.md.

mod archive;
mod error;
mod keys;
pub mod look;
pub mod make;
mod place;
mod read;
mod s3;
mod saver;
mod shelf;
pub(crate) mod taken;
pub mod upkeep;
mod vault;
mod write;

pub use error::BackupError;
pub use keys::Keys;
pub use place::Place;
pub use read::Reader;
pub use s3::S3;
pub(crate) use saver::FileSaver;
pub use shelf::Shelf;
pub(crate) use vault::FileVault;
