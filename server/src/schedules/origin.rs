//! The place from which the files of a regular import come, once Lagune is there.

use std::path::{Path, PathBuf};

use domain::{
    id::ClientId,
    schedule::{Place, Source},
    time::Millis,
};
use sha2::{Digest as _, Sha256};
use tokio::{fs, io::AsyncReadExt as _, task::spawn_blocking};

use super::folder;
use crate::fetch::{
    FetchError, Fetching, There, name_of,
    sftp::{Found, Sftp, Taken},
};

/// Where files are.
pub(crate) enum Origin {
    Folder { path: PathBuf, limit: u64 },
    Web { fetching: Fetching, address: String },
    Sftp { place: Place, server: Box<Sftp> },
}

impl Origin {
    /// Goes there. `known`: the fingerprint by which an SFTP server is known.
    ///
    /// # Errors
    /// Those of the place.
    pub(crate) async fn open(
        (data_dir, client): (&Path, ClientId),
        fetching: Fetching,
        source: &Source,
        known: Option<String>,
    ) -> Result<Self, FetchError> {
        Ok(match source {
            Source::Folder(name) => Self::Folder { path: super::inbox(data_dir, client, name), limit: fetching.limit() },
            Source::Web(address) => Self::Web { address: address.clone(), fetching },
            Source::Sftp(place) => Self::Sftp { server: Box::new(fetching.sftp(place, known).await?), place: place.clone() },
        })
    }

    /// The fingerprint of the server's key, where it has one.
    pub(crate) fn met(&self) -> Option<&str> {
        match self {
            Self::Sftp { server, .. } => Some(&server.met),
            _ => None,
        }
    }

    /// The files that lie there, the oldest first. A web server has the one at its address; only when it is there can be told
    /// whether it is another than the last time.
    ///
    /// # Errors
    /// Those of the place.
    pub(crate) async fn list(&self) -> Result<Vec<Found>, FetchError> {
        match self {
            Self::Folder { path, .. } => {
                let path = path.clone();
                blocking(move || folder::list(&path)).await
            }
            Self::Web { fetching, address } => {
                let name = name_of(&fetching.address(address)?);
                Ok(vec![Found { name, size: 0, changed: String::new() }])
            }
            Self::Sftp { place, server } => server.list(place).await,
        }
    }

    /// Brings one into a file of this machine.
    ///
    /// # Errors
    /// Those of the place, and the disk's.
    pub(crate) async fn take(&self, file: &Found, to: &Path) -> Result<Taken, FetchError> {
        match self {
            Self::Folder { path, limit } => {
                let (path, file, to, limit) = (path.clone(), file.clone(), to.to_owned(), *limit);
                blocking(move || folder::take(&path, &file, &to, limit)).await
            }
            Self::Web { fetching, address } => {
                fs::File::create(to).await?;
                let size = fetching.fetch(&fetching.address(address)?, to, There::default(), None).await?;
                Ok(Taken { size, hash: hash(to).await? })
            }
            Self::Sftp { place, server } => server.take(place, file, to).await,
        }
    }

    /// A file is noted, so that it is not taken again: out of a folder it is moved aside. What can't be is known by its
    /// content.
    pub(crate) async fn done(&self, file: &Found, now: Millis) {
        let Self::Folder { path, .. } = self else { return };
        let (path, name) = (path.clone(), file.name.clone());
        let moved = blocking(move || {
            folder::done(&path, &name, now)?;
            Ok(folder::sweep(&path, now)?)
        });
        if let Err(error) = moved.await {
            tracing::warn!(%error, "a file of a folder could not be moved aside");
        }
    }
}

async fn hash(path: &Path) -> std::io::Result<[u8; 32]> {
    let (mut file, mut hash, mut piece) = (fs::File::open(path).await?, Sha256::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut piece).await? {
            0 => return Ok(hash.finalize().into()),
            n => hash.update(&piece[..n]),
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, FetchError> + Send + 'static) -> Result<T, FetchError> {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(panic) => Err(std::io::Error::other(panic).into()),
    }
}
