//! A backup is made: begun in the database, written, read again, put on the shelf, and then it counts.

use std::{
    path::Path,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use domain::{
    backup::{Backup, BackupState},
    id::{BackupId, ClientId, PoolId},
    job::JobKind,
};
use store::{
    Store, StoreError,
    backups::{Dumped, Made, NewBackup},
    profiles::Wish,
};
use tokio::task::spawn_blocking;

use super::{
    BackupError, Keys, Place, Reader, Shelf, read,
    shelf::Draft,
    write::{self, Pulse, Written},
};
use crate::{
    clock::now,
    jobs::{Pause, Work},
};

/// How often it is told how far the file is, and asked whether to stop.
const TELL: Duration = Duration::from_millis(500);

/// How a backup before something else ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is there: what was to follow may happen.
    There(BackupId),
    /// Somebody wants the job to stop; there is none.
    Paused(Pause),
}

/// Saves a pool, or some of its profiles, before a job does its work, once for each job: begun again after a crash it finds
/// the one that is there.
///
/// # Errors
/// The database's and the disk's; what was to follow must not happen then.
pub async fn save(work: &Work, pool: PoolId, new: &NewBackup, which: Dumped) -> Result<Saved, BackupError> {
    let actor = work.job.created_by.map_or(domain::history::Actor::System, domain::history::Actor::User);
    let wish = Wish { lang: work.lang, ..Wish::of(actor, now()) };
    let backup = work.store.begin_backup(work.job.client, pool, new, &wish).await?;
    if backup.state == BackupState::Done {
        return Ok(Saved::There(backup.id));
    }
    fill(&work.store, &work.place, work.job.client, &backup, which, Some(work)).await
}

/// Writes the file of a backup that was begun.
///
/// # Errors
/// The database's and the disk's; those that don't pass stand in its row as well.
pub(crate) async fn fill(
    store: &Store,
    place: &Place,
    client: ClientId,
    backup: &Backup,
    which: Dumped,
    work: Option<&Work>,
) -> Result<Saved, BackupError> {
    match make(store, place, client, backup, which, work).await {
        Err(BackupError::Stopped) => match work {
            Some(work) => Ok(Saved::Paused(work.pause().await?.unwrap_or(Pause::Interrupted))),
            None => Err(BackupError::Stopped),
        },
        Err(error) if !error.passes() => {
            store.fail_backup(client, backup.id, &error.told()).await?;
            Err(error)
        }
        ended => ended,
    }
}

async fn make(
    store: &Store,
    place: &Place,
    client: ClientId,
    backup: &Backup,
    which: Dumped,
    work: Option<&Work>,
) -> Result<Saved, BackupError> {
    let dump = store.dump_pool(client, backup.pool, which).await?;
    let revision = dump.head.pool.revision;
    let manifest = write::manifest(&dump.head, backup);
    let pulse = Arc::new(Pulse::default());
    let mut draft = place.shelf.draft(client, backup.id)?;
    let writing = {
        let (pulse, keys) = (Arc::clone(&pulse), place.keys.clone());
        blocking(move || {
            let file = draft.take().ok_or(BackupError::Stopped)?;
            let written = write::write(dump, &manifest, file, &keys, &pulse)?;
            verify(draft.path(), &keys, &written)?;
            Ok((draft, written))
        })
    };
    let (draft, written) = watched(writing, &pulse, work).await?;
    room(store, client, backup, written.n_bytes).await?;
    let name = Shelf::name(backup.id, place.keys.encrypts());
    match &place.s3 {
        Some(s3) => watched(s3.keep(client, &name, draft.path(), &written), &pulse, work).await?,
        None => keep(place, client, draft, &name).await?,
    }
    let kept = place.s3.as_ref().map_or("", |s3| s3.address());
    let made = Made {
        n_profiles: written.n_profiles,
        n_bytes: written.n_bytes,
        revision,
        place: kept.to_owned(),
        file: name.clone(),
        sha256: written.sha256,
        encrypted: place.keys.encrypts(),
    };
    match store.finish_backup(client, backup.id, &made, now()).await {
        Ok(()) => Ok(Saved::There(backup.id)),
        Err(StoreError::NotFound) => {
            // Somebody deleted it while it was made.
            place.remove(client, kept, &name).await?;
            Err(StoreError::NotFound.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Tells how far it is while it is written, and has it stop when the job is to.
async fn watched<T>(writing: impl Future<Output = Result<T, BackupError>>, pulse: &Pulse, work: Option<&Work>) -> Result<T, BackupError> {
    tokio::pin!(writing);
    loop {
        tokio::select! {
            done = &mut writing => return done,
            () = tokio::time::sleep(TELL) => {}
        }
        let Some(work) = work else { continue };
        // Others count what they do themselves.
        if work.job.kind == JobKind::Backup {
            let told = (pulse.done.load(Ordering::Relaxed), pulse.total.load(Ordering::Relaxed));
            if let Err(error) = work.progress(told.0, told.1).await {
                tracing::debug!(%error, "how far a backup is could not be told");
            }
        }
        if !matches!(work.pause().await, Ok(None)) {
            pulse.stop.store(true, Ordering::Relaxed);
        }
    }
}

/// Sees to it that the file fits among the others of its client. What somebody wished is refused where it does not; what is
/// made before a change takes the place of older ones, and is kept in any case: rather too much than no way back.
async fn room(store: &Store, client: ClientId, backup: &Backup, bytes: u64) -> Result<(), BackupError> {
    if !backup.kind.automatic() {
        return if store.backup_fits(client, bytes).await? { Ok(()) } else { Err(BackupError::NoRoom) };
    }
    if !store.make_room(client, bytes, backup.id, now()).await? {
        tracing::warn!(client = %client, backup = %backup.id, "the backups of a client take more room than they may");
    }
    Ok(())
}

async fn keep(place: &Place, client: ClientId, draft: Draft, name: &str) -> Result<(), BackupError> {
    let (shelf, name) = (place.shelf.clone(), name.to_owned());
    blocking(move || Ok(shelf.keep(client, draft, &name)?)).await
}

/// Reads a file again as it lies on the disk. Without the key of an encrypted one its bytes are compared at least.
fn verify(path: &Path, keys: &Keys, written: &Written) -> Result<(), BackupError> {
    if !keys.reads_own() {
        let sum = read::sum_of(path)?;
        return if sum == (written.sha256.clone(), written.n_bytes) { Ok(()) } else { Err(changed()) };
    }
    let n = Reader::open(path, keys)?.check()?;
    if n == written.n_profiles { Ok(()) } else { Err(changed()) }
}

fn changed() -> BackupError {
    BackupError::damaged("it is not as it was written")
}

/// Work that waits for the disk or takes a core for a while.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, BackupError> + Send + 'static) -> Result<T, BackupError> {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(panic) => Err(BackupError::File(std::io::Error::other(panic))),
    }
}
