//! Where the files of backups lie: a folder for each client below the data folder.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use domain::id::{BackupId, ClientId};

use crate::random;

/// How a file in the making begins; such a one never counts as a backup.
const DRAFT: &str = ".making-";

/// The shelf of an installation.
#[derive(Clone, Debug)]
pub struct Shelf {
    root: PathBuf,
}

/// A file on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whose.
    pub client: ClientId,
    /// Its name.
    pub name: String,
    /// When it was written to last.
    pub changed: SystemTime,
}

impl Shelf {
    /// The shelf below a data folder.
    pub fn below(data_dir: &Path) -> Self {
        Self { root: data_dir.join("backups") }
    }

    /// What the file of a backup is called.
    pub fn name(id: BackupId, encrypted: bool) -> String {
        format!("backup-{id}.tar.zst{}", if encrypted { ".age" } else { "" })
    }

    /// Where a file lies.
    pub fn path(&self, client: ClientId, name: &str) -> PathBuf {
        self.folder(client).join(name)
    }

    /// Begins a file under a name that nobody else has, readable for this user alone.
    ///
    /// # Errors
    /// The disk's.
    pub fn draft(&self, client: ClientId, id: BackupId) -> io::Result<Draft> {
        let folder = self.folder(client);
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{DRAFT}{id}-{}", random::token(6)));
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok(Draft { path, file: Some(file) })
    }

    /// Gives a whole file its name. From then on it is there, also if the power fails.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep(&self, client: ClientId, draft: Draft, name: &str) -> io::Result<()> {
        let folder = self.folder(client);
        fs::rename(&draft.path, folder.join(name))?;
        File::open(folder)?.sync_all()
    }

    /// Removes a file; it may have gone before.
    ///
    /// # Errors
    /// The disk's.
    pub fn remove(&self, client: ClientId, name: &str) -> io::Result<()> {
        match fs::remove_file(self.path(client, name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Whether a file is there.
    pub fn has(&self, client: ClientId, name: &str) -> bool {
        self.path(client, name).is_file()
    }

    /// Whether the client has a folder here: where none is, its disk may only be missing.
    pub fn has_client(&self, client: ClientId) -> bool {
        self.folder(client).is_dir()
    }

    /// Every file of every client.
    pub fn files(&self) -> Vec<Found> {
        let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found = Vec::new();
        for folder in entries(&self.root) {
            let Some(client) = folder.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            for file in entries(&folder.path()) {
                let about = file.metadata().ok().filter(fs::Metadata::is_file);
                let changed = about.and_then(|about| about.modified().ok());
                if let (Some(changed), Ok(name)) = (changed, file.file_name().into_string()) {
                    found.push(Found { client, name, changed });
                }
            }
        }
        found
    }

    fn folder(&self, client: ClientId) -> PathBuf {
        self.root.join(client.to_string())
    }
}

impl Found {
    /// Whether it is one in the making.
    pub fn is_draft(&self) -> bool {
        self.name.starts_with(DRAFT)
    }
}

/// A file in the making; dropped it is removed.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    file: Option<File>,
}

impl Draft {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file to be written, once.
    pub fn take(&mut self) -> Option<File> {
        self.file.take()
    }
}

impl Drop for Draft {
    /// After it was kept there is nothing of this name any more.
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the beginning of a backup could not be removed");
        }
    }
}
