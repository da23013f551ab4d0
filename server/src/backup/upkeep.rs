//! Once an hour: what has run out goes, and shelf and database are held against each other.

use std::{
    collections::HashSet,
    time::{Duration, SystemTime},
};

use domain::time::Millis;
use store::{Store, StoreError, backups::Gone};

use super::{BackupError, Place, shelf::Found};

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
    let kept = store.kept_backups().await?;
    let today = SystemTime::UNIX_EPOCH + Duration::from_millis(now.get().unsigned_abs());
    let old = |file: &Found| today.duration_since(file.changed).is_ok_and(|age| age > DEAD);
    let here: Vec<_> = kept.iter().filter(|row| row.place.is_empty()).collect();
    for row in here.iter().filter(|row| place.shelf.has_client(row.client) && !place.shelf.has(row.client, &row.file)) {
        miss(store, row).await?;
    }
    let mut files = place.shelf.files();
    for file in files.extract_if(.., |file| file.is_draft()).filter(|file| old(file)) {
        if let Err(error) = place.shelf.remove(file.client, &file.name) {
            tracing::warn!(%error, file = file.name, "the beginning of a backup could not be removed");
        }
    }
    tell_unknown(&here, files.iter().filter(|file| old(file)));
    let Some(s3) = &place.s3 else { return Ok(()) };
    let there: Vec<_> = kept.iter().filter(|row| row.place == s3.address()).collect();
    // Asked behind the rows: what has a row by then has its file.
    match s3.files().await {
        Ok(files) => {
            let lies = |row: &Gone| files.iter().any(|file| file.client == row.client && file.name == row.file);
            for row in there.iter().filter(|row| !lies(row)) {
                miss(store, row).await?;
            }
            tell_unknown(&there, files.iter().filter(|file| old(file)));
        }
        Err(error) => tracing::warn!(%error, "the S3 store of the backups could not be looked at"),
    }
    Ok(())
}

async fn miss(store: &Store, row: &Gone) -> Result<(), StoreError> {
    tracing::error!(client = %row.client, backup = %row.id, file = row.file, "the file of a backup is missing");
    let gone = BackupError::File(std::io::ErrorKind::NotFound.into());
    store.fail_backup(row.client, row.id, &gone.told()).await
}

fn tell_unknown<'a>(rows: &[&Gone], files: impl Iterator<Item = &'a Found>) {
    let known: HashSet<_> = rows.iter().map(|row| (row.client, row.file.as_str())).collect();
    for file in files.filter(|file| !known.contains(&(file.client, file.name.as_str()))) {
        tracing::warn!(client = %file.client, file = file.name, "a file lies among the backups that the database does not know");
    }
}

/// Removes the files of backups that nobody finds any more, and then their rows. What can't be removed now is tried again with
/// the hour.
///
/// # Errors
/// The database's.
pub async fn remove_gone(store: &Store, place: &Place) -> Result<(), StoreError> {
    let mut away = false;
    for gone in store.gone_backups().await? {
        if away && !gone.place.is_empty() {
            continue;
        }
        if !gone.file.is_empty()
            && let Err(error) = place.remove(gone.client, &gone.place, &gone.file).await
        {
            tracing::warn!(%error, client = %gone.client, backup = %gone.id, "the file of a deleted backup could not be removed");
            // Whoever deletes one should not wait for each of them in vain.
            away |= matches!(error, BackupError::Away(_));
            continue;
        }
        store.forget_backup(gone.client, gone.id).await?;
    }
    Ok(())
}
