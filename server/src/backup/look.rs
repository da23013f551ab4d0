//! What a backup holds, seen without restoring anything.

use domain::{
    backup::{Backup, Contents},
    id::ClientId,
    pool::Pool,
};
use store::Store;

use super::{BackupError, Place, Reader, make::blocking, read, s3::Blocking};

/// So many profiles are shown.
pub const SHOWN: usize = 20;

/// What the file of a backup says of itself, and its first profiles. Of one in an S3 store no more is fetched than that.
///
/// # Errors
/// The file has gone, is damaged, or can't be decrypted.
pub(crate) async fn look(place: &Place, client: ClientId, backup: &Backup, pool: &Pool) -> Result<Contents, BackupError> {
    let (path, keys, pool) = (place.shelf.path(client, &backup.file), place.keys.clone(), pool.clone());
    let coming = place.coming(client, backup).await?.map(|coming| (coming.n_bytes, Blocking::of(coming)));
    blocking(move || {
        let mut reader = match coming {
            Some((size, coming)) => Reader::of(coming, size, &keys)?,
            None => Reader::open(&path, &keys)?,
        };
        let mut rows = reader.next_part()?;
        rows.truncate(SHOWN);
        Ok(Contents::of(reader.manifest(), &rows, &pool))
    })
    .await
}

/// Reads a whole file again and notes what came of it.
///
/// # Errors
/// As [`look`]; they stand in the row of the backup from then on.
pub async fn verify(store: &Store, place: &Place, client: ClientId, id: domain::id::BackupId) -> Result<u64, BackupError> {
    let found = store.backup_of(client, id).await?;
    let (keys, local) = (place.keys.clone(), place.local(client, &found).await);
    let expected = (found.sha256, found.n_bytes);
    let read = async {
        let local = local?;
        blocking(move || {
            if read::sum_of(local.path())? != expected {
                return Err(BackupError::damaged("its sum is another one"));
            }
            Reader::open(local.path(), &keys)?.check()
        })
        .await
    };
    match read.await {
        Ok(n) => {
            store.backup_verified(client, id, crate::clock::now()).await?;
            Ok(n)
        }
        Err(error @ (BackupError::Damaged(_) | BackupError::File(_))) if !error.passes() => {
            store.fail_backup(client, id, &error.told()).await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}
