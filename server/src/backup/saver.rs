//! What is deleted while somebody waits is saved before.

use domain::pool::Pool;
use futures::future::BoxFuture;
use store::{
    Conflict, Result, Store, StoreError,
    backups::{Dumped, NewBackup, Saver, Saving},
};

use super::{BackupError, Place, make};

/// Saves into files.
pub(crate) struct FileSaver(pub(crate) Place);

impl Saver for FileSaver {
    fn save<'a>(&'a self, store: &'a Store, pool: &'a Pool, saving: Saving) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let Saving { kind, ids, wish } = saving;
            let new = NewBackup { kind, name: String::new(), whole: false, job: None };
            let backup = store.begin_backup(pool.client, pool.id, &new, &wish).await?;
            match make::fill(store, &self.0, pool.client, &backup, Dumped::Only(ids), None).await {
                Ok(_) => Ok(()),
                Err(error) => {
                    // Nobody comes back to it: what passes is over for this one, too.
                    store.fail_backup(pool.client, backup.id, &error.told()).await?;
                    tracing::error!(%error, "nothing was deleted, because it could not be saved before");
                    Err(inner(error))
                }
            }
        })
    }
}

fn inner(error: BackupError) -> StoreError {
    match error {
        BackupError::Store(error) => error,
        BackupError::Away(_) | BackupError::Denied(_) | BackupError::NoBucket | BackupError::Clock | BackupError::Refused(_) => {
            StoreError::Conflict(Conflict::BackupNotTaken)
        }
        error if error.passes() => StoreError::Full,
        error => StoreError::Corrupt(error.to_string()),
    }
}
