//! Where a process keeps its files, and the keys that it has for them.

use std::path::{Path, PathBuf};

use super::{Keys, Shelf};
use crate::config::Settings;

/// What work needs besides the database.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where uploads and exports lie.
    pub data_dir: PathBuf,
    /// Where backups lie.
    pub shelf: Shelf,
    /// To whom they are encrypted.
    pub keys: Keys,
}

impl Place {
    /// A folder, and keys for the backups in it.
    pub fn new(data_dir: &Path, keys: Keys) -> Self {
        Self { data_dir: data_dir.to_owned(), shelf: Shelf::below(data_dir), keys }
    }
}

/// A folder where backups are not encrypted.
impl From<PathBuf> for Place {
    fn from(data_dir: PathBuf) -> Self {
        Self::new(&data_dir, Keys::default())
    }
}

impl From<&Settings> for Place {
    fn from(settings: &Settings) -> Self {
        Self::new(&settings.data_dir, settings.backups.keys.clone())
    }
}
