//! The sign that a worker lives: a file that it keeps locked. The system takes the lock away in the moment in which the
//! process ends, however it ends, so that a worker beside it, or the next one, need not wait for the leases of the dead.
//!
//! A lock tells of processes on the same machine, in whatever containers they are. Of workers elsewhere, which may have the
//! same folder by a network, nothing is known but their leases; so the sign carries which run of which machine it is from.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use store::Store;
use tokio::task::spawn_blocking;

use crate::clock::now;

/// After this time nobody holds a lease any more, and the sign of another machine, or of another run of this one, tells
/// nothing.
const STALE: Duration = Duration::from_secs(3_600);

/// A worker's sign, locked. It goes when this is dropped.
#[derive(Debug)]
pub(super) struct Sign {
    _lock: File,
    path: Option<PathBuf>,
}

impl Drop for Sign {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = fs::remove_file(path);
        }
    }
}

impl Sign {
    fn new(lock: File, path: PathBuf) -> Self {
        Self { _lock: lock, path: Some(path) }
    }

    /// Whose it is.
    fn worker(&self) -> Option<String> {
        Some(self.path.as_ref()?.file_name()?.to_str()?.to_owned())
    }

    /// Unlock it and leave it where it is.
    fn leave(mut self) {
        self.path = None;
    }

    /// Set the sign of this worker. Without one others wait for its leases.
    pub(super) async fn set(data_dir: &Path, worker: &str) -> Option<Self> {
        let (folder, name) = (folder(data_dir), worker.to_owned());
        match spawn_blocking(move || set(&folder, &name)).await {
            Ok(Ok(sign)) => sign,
            Ok(Err(error)) => {
                tracing::warn!(%error, "this worker has no sign: should it be killed, its jobs go on half a minute later");
                None
            }
            Err(_) => None,
        }
    }
}

/// Free the jobs of workers that are known to be dead.
pub(super) async fn bury_the_dead(store: &Store, data_dir: &Path) {
    let folder = folder(data_dir);
    let Ok(Ok(dead)) = spawn_blocking(move || dead(&folder)).await else { return };
    for sign in dead {
        let Some(worker) = sign.worker() else { continue };
        match store.bury(&worker, now()).await {
            Ok(0) => {}
            Ok(jobs) => tracing::warn!(worker, jobs, "a worker has died; what it was at goes on"),
            Err(error) => {
                tracing::warn!(worker, %error, "the jobs of a dead worker could not be freed");
                // For the next look.
                sign.leave();
            }
        }
    }
}

fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("workers")
}

/// Which run of which machine this is; none where the system doesn't tell.
fn run() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned()).filter(|id| !id.is_empty())
}

fn set(folder: &Path, worker: &str) -> io::Result<Option<Sign>> {
    let Some(run) = run() else { return Ok(None) };
    fs::create_dir_all(folder)?;
    // It gets its name when it is locked: until then nobody looks at it.
    let draft = folder.join(format!(".{worker}"));
    let mut lock = File::create_new(&draft)?;
    lock.write_all(run.as_bytes())?;
    lock.try_lock()?;
    let path = folder.join(worker);
    fs::rename(draft, &path)?;
    Ok(Some(Sign::new(lock, path)))
}

/// The signs of the dead. They are locked, so that nobody else finds them too, and go when they are dropped.
fn dead(folder: &Path) -> io::Result<Vec<Sign>> {
    let run = run();
    let mut dead = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // Somebody else may have removed it meanwhile.
        let (Ok(lock), Ok(from)) = (File::open(&path), fs::read_to_string(&path)) else { continue };
        if lock.try_lock().is_err() {
            continue;
        }
        let here = run.as_ref() == Some(&from);
        let is_draft = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if here && !is_draft {
            dead.push(Sign::new(lock, path));
        } else if lock.metadata()?.modified()? < SystemTime::now() - STALE {
            let _ = fs::remove_file(path);
        }
    }
    Ok(dead)
}

#[cfg(test)]
mod tests {
    use super::{dead, set};

    #[test]
    fn a_worker_is_dead_when_its_lock_is_gone_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let alive = set(folder.path(), "1-alive").unwrap().unwrap();
        // As the system leaves it when a process ends without a word.
        std::fs::copy(folder.path().join("1-alive"), folder.path().join("2-dead")).unwrap();
        std::fs::write(folder.path().join("3-elsewhere"), "another run").unwrap();
        let found = dead(folder.path()).unwrap();
        assert_eq!(found.iter().filter_map(super::Sign::worker).collect::<Vec<_>>(), ["2-dead"]);
        assert!(dead(folder.path()).unwrap().is_empty(), "whoever found it holds it");
        drop((found, alive));
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["3-elsewhere"], "what another machine may need stays for an hour");
    }
}
