//! What pages ask of the server about backups; the pages know the questions, this the answers.

use app::{
    context::{Answer, Vault},
    error::AppError,
};
use domain::{
    backup::{Backup, Contents},
    id::ClientId,
    lang::Lang,
    pool::Pool,
};
use store::Store;

use super::{BackupError, Place, look, upkeep};

/// Answers out of the files.
pub(crate) struct FileVault {
    pub(crate) store: Store,
    pub(crate) place: Place,
}

impl Vault for FileVault {
    fn look(&self, client: ClientId, backup: Backup, pool: Pool) -> Answer<'_, Contents> {
        Box::pin(async move {
            look::look(&self.place, client, &backup, &pool).await.map_err(|error| match error {
                BackupError::Store(error) => error.into(),
                error => {
                    tracing::error!(%error, file = backup.file, "a backup could not be looked into");
                    AppError::Refused { de: error.message(Lang::De).to_owned(), en: error.message(Lang::En).to_owned() }
                }
            })
        })
    }

    fn sweep(&self) -> Answer<'_, ()> {
        Box::pin(async move { Ok(upkeep::remove_gone(&self.store, &self.place).await?) })
    }
}
