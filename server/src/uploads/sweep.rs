//! What nobody went on sending is removed.

use std::path::Path;

use store::Store;
use tokio::fs;

use super::parts::path;
use crate::clock;

/// Removes what nobody went on sending, and what is known of files that have become imports long ago.
pub(crate) async fn sweep(store: &Store, data_dir: &Path) {
    let expired = match store.expired_uploads(clock::now()).await {
        Ok(expired) => expired,
        Err(error) => return tracing::warn!(%error, "uploads that expired could not be looked for"),
    };
    for (client, row) in expired {
        let path = path(data_dir, &row.id);
        // Whoever holds the file is still at it, or was until now.
        let held = match fs::File::open(&path).await {
            Ok(file) => Some(file.into_std().await),
            Err(_) => None,
        };
        let is_free = held.as_ref().is_none_or(|file| file.try_lock().is_ok());
        let still = store.expired_uploads(clock::now()).await.unwrap_or_default();
        if !is_free || !still.iter().any(|(_, one)| one.id == row.id) {
            continue;
        }
        if row.import.is_none()
            && let Err(error) = fs::remove_file(&path).await
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "an upload that expired could not be removed");
            continue;
        }
        if let Err(error) = store.forget_upload(client, &row.id).await {
            tracing::warn!(%error, "an upload that expired could not be forgotten");
        }
    }
}
