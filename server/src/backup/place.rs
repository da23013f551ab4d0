//! Where a process keeps its files, and the keys that it has for them.

use std::path::{Path, PathBuf};

use domain::{backup::Backup, id::ClientId};

use super::{BackupError, Keys, S3, Shelf, make::blocking, s3::Coming, shelf::Draft};
use crate::{config::Settings, fetch::Fetching, jobs::import::domains::Dns};

/// What work needs besides the database.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where uploads and exports lie.
    pub data_dir: PathBuf,
    /// Where backups lie that were made without an S3 store, and files in the making.
    pub shelf: Shelf,
    /// Where new ones are kept instead.
    pub s3: Option<S3>,
    /// To whom they are encrypted.
    pub keys: Keys,
    /// What may be fetched from other servers.
    pub fetching: Fetching,
    /// Who is asked for mail domains.
    pub dns: Dns,
}

impl Place {
    /// A folder, and keys for the backups in it; nothing may be fetched.
    pub fn new(data_dir: &Path, keys: Keys) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            shelf: Shelf::below(data_dir),
            s3: None,
            keys,
            fetching: Fetching::default(),
            dns: Dns::default(),
        }
    }
}

/// A backup as a file of this machine.
#[derive(Debug)]
pub(crate) struct Local {
    path: PathBuf,
    /// What was fetched for it goes with it.
    _draft: Option<Draft>,
}

impl Local {
    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Place {
    /// The S3 store in which a backup lies; none: the data folder.
    pub(super) fn store_of(&self, place: &str) -> Result<Option<&S3>, BackupError> {
        match &self.s3 {
            _ if place.is_empty() => Ok(None),
            Some(s3) if s3.address() == place => Ok(Some(s3)),
            _ => Err(BackupError::Elsewhere(place.to_owned())),
        }
    }

    /// The file of a backup on this machine; what lies in an S3 store is fetched first, as a whole.
    ///
    /// # Errors
    /// It is gone; the store's, and the disk's.
    pub(crate) async fn local(&self, client: ClientId, backup: &Backup) -> Result<Local, BackupError> {
        let Some(s3) = self.store_of(&backup.place)? else {
            return Ok(Local { path: self.shelf.path(client, &backup.file), _draft: None });
        };
        let coming = s3.read(client, &backup.file).await?;
        let mut draft = self.shelf.draft(client, backup.id)?;
        coming.write(draft.take().ok_or(BackupError::Stopped)?).await?;
        Ok(Local { path: draft.path().to_owned(), _draft: Some(draft) })
    }

    /// The file of a backup piece by piece, where it lies in an S3 store.
    pub(super) async fn coming(&self, client: ClientId, backup: &Backup) -> Result<Option<Coming>, BackupError> {
        match self.store_of(&backup.place)? {
            Some(s3) => s3.read(client, &backup.file).await.map(Some),
            None => Ok(None),
        }
    }

    /// Removes the file of a backup; it may have gone before.
    pub(super) async fn remove(&self, client: ClientId, place: &str, file: &str) -> Result<(), BackupError> {
        if let Some(s3) = self.store_of(place)? {
            return s3.remove(client, file).await;
        }
        let (shelf, file) = (self.shelf.clone(), file.to_owned());
        blocking(move || Ok(shelf.remove(client, &file)?)).await
    }

    /// What people are told of where a backup lies.
    pub(crate) fn shown(&self, client: ClientId, backup: &Backup) -> String {
        match backup.place.as_str() {
            "" => self.shelf.path(client, &backup.file).display().to_string(),
            place => format!("{place}/{client}/{}", backup.file),
        }
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
        let backups = &settings.backups;
        Self {
            fetching: settings.into(),
            dns: Dns(settings.dns_server),
            s3: backups.s3.clone(),
            ..Self::new(&settings.data_dir, backups.keys.clone())
        }
    }
}
