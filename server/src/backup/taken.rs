//! The file of a backup as an answer.

use axum::{
    http::{HeaderValue, StatusCode},
    response::Response,
};
use domain::{
    audit::Deed,
    backup::Backup,
    id::BackupId,
    lang::{Lang, Text},
    pool::Pool,
    rights::Right,
};
use futures::StreamExt as _;
use tokio_util::io::ReaderStream;

use super::{BackupError, Place};
use crate::{downloads, errors::Refusal, session::Caller, state::AppState};

/// The file, for who may restore, may export, and may see every field: whoever takes it away has all of it. The audit log
/// tells who took it.
///
/// # Errors
/// What is missing; not found; gone.
pub(crate) async fn file(state: &AppState, caller: &Caller, pool: &Pool, id: BackupId, lang: Lang) -> Result<Response, Refusal> {
    for right in [Right::Restore, Right::ExportProfiles, Right::IpAddresses] {
        caller.may(right)?;
    }
    let found = usable(state, caller, pool, id).await?;
    let place = Place::from(&*state.settings);
    let pieces = match place.coming(caller.client, &found).await? {
        Some(coming) => coming.pieces().left_stream(),
        None => {
            let file = tokio::fs::File::open(place.shelf.path(caller.client, &found.file)).await.map_err(BackupError::from)?;
            ReaderStream::with_capacity(file, 1 << 16).map(|piece| piece.map_err(BackupError::from)).right_stream()
        }
    };
    state.store.note_backup(caller.client, &found, Deed::BackupTaken, &caller.wish(lang)).await?;
    let ending = if found.encrypted { "tar.zst.age" } else { "tar.zst" };
    let kind = HeaderValue::from_static(if found.encrypted { "application/octet-stream" } else { "application/zstd" });
    let name = format!("{} {}", pool.name, found.id);
    Ok(downloads::file_of((&name, ending), kind, pieces))
}

/// A backup whose file can be read.
///
/// # Errors
/// Not found, or not there (yet).
pub(crate) async fn usable(state: &AppState, caller: &Caller, pool: &Pool, id: BackupId) -> Result<Backup, Refusal> {
    let found = state.store.backup(&caller.reach(), pool, id).await?;
    if found.usable() { Ok(found) } else { Err(not_there()) }
}

fn not_there() -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        "not_there",
        Text::new("Noch nicht da", "Not there"),
        Text::new(
            "Dieses Backup ist noch nicht fertig oder unbrauchbar; die Liste sagt, was davon.",
            "This backup is not finished yet, or can't be used; the list says which.",
        ),
    )
}

impl From<BackupError> for Refusal {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => error.into(),
            error => {
                tracing::error!(%error, "a backup could not be read");
                let title = Text::new("Backup nicht lesbar", "Backup can't be read");
                Self::new(StatusCode::CONFLICT, "unreadable_backup", title, error.text())
            }
        }
    }
}
