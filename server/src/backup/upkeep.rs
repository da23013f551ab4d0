//! Once an hour: what has run out goes, and shelf and database are held against each other.

use std::{
    collections::HashSet,
    time::{Duration, SystemTime},
};

use domain::time::Millis;
use store::{Store, StoreError};

use super::{BackupError, Place};

/// A draft that nobody has written to for so long belongs to a process that died.
const DEAD: Duration = Duration::from_secs(24 * 3_600);

/// Removes what has run out or was deleted: first its row says so, then the file goes, then the row. Notices files that are
/// missing; one that nobody knows is told of in the log and left alone: it may belong to a database that was set back.
///
/// # Errors
/// The database's.
pub async fn sweep(store: &Store, place: &Place, now: Millis) -> Result<(), StoreError> {
    store.expire_backups(now).await?;
    store.abandon_backups(now).await?;
    remove_gone(store, place).await?;
    let mut known = HashSet::new();
    for kept in store.kept_backups().await? {
        if place.shelf.has_client(kept.client) && !place.shelf.has(kept.client, &kept.file) {
            tracing::error!(client = %kept.client, backup = %kept.id, file = kept.file, "the file of a backup is missing");
            let gone = BackupError::File(std::io::ErrorKind::NotFound.into());
            store.fail_backup(kept.client, kept.id, &gone.told()).await?;
        }
        known.insert((kept.client, kept.file));
    }
    let today = SystemTime::UNIX_EPOCH + Duration::from_millis(now.get().unsigned_abs());
    for file in place.shelf.files() {
        let old = today.duration_since(file.changed).is_ok_and(|age| age > DEAD);
        if file.is_draft() && old {
            if let Err(error) = place.shelf.remove(file.client, &file.name) {
                tracing::warn!(%error, file = file.name, "the beginning of a backup could not be removed");
            }
        } else if !file.is_draft() && old && !known.contains(&(file.client, file.name.clone())) {
            tracing::warn!(client = %file.client, file = file.name, "a file lies among the backups that the database does not know");
        }
    }
    Ok(())
}

/// Removes the files of backups that nobody finds any more, and then their rows.
///
/// # Errors
/// The database's.
pub async fn remove_gone(store: &Store, place: &Place) -> Result<(), StoreError> {
    for gone in store.gone_backups().await? {
        if !gone.file.is_empty()
            && let Err(error) = place.shelf.remove(gone.client, &gone.file)
        {
            tracing::warn!(%error, client = %gone.client, backup = %gone.id, "the file of a deleted backup could not be removed");
            continue;
        }
        store.forget_backup(gone.client, gone.id).await?;
    }
    Ok(())
}
