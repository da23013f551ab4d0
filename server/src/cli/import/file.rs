//! The files of `lagune import`: where the one comes from, and where the refused rows go.

use std::{io::ErrorKind, path::Path};

use domain::{id::ClientId, lang::Lang};
use store::Store;

use crate::{
    cli::Failed,
    config::Settings,
    fetch::{Fetching, There, name_of},
    imports::Begun,
    jobs::import::rejects,
    random,
    uploads::Upload,
};

/// Fetches it from the server at which it lies.
pub(super) async fn fetch(address: &str, settings: &Settings, lang: Lang) -> Result<Upload, Failed> {
    let fetching = Fetching::from(settings);
    let address = fetching.address(address).map_err(|error| Failed::Usage(error.message(lang)))?;
    let folder = settings.data_dir.join("uploads");
    let path = folder.join(format!("{}.csv", random::token(18)));
    let made = async {
        tokio::fs::create_dir_all(&folder).await?;
        tokio::fs::File::create(&path).await
    };
    made.await.map_err(|error| Failed::Work(format!("The folder {} (setting data_dir) cannot be used: {error}.", folder.display())))?;
    if let Err(error) = fetching.fetch(&address, &path, There::default(), None).await {
        let _ = tokio::fs::remove_file(&path).await;
        return Err(Failed::Work(error.message(lang)));
    }
    Ok(Upload { path, file_name: name_of(&address) })
}

/// The worker removes an import's file when it is done, so it gets a copy and the original stays.
pub(super) async fn copy(file: &Path, data_dir: &Path) -> Result<Upload, Failed> {
    let unreadable = |error: std::io::Error| Failed::Work(format!("The file {} cannot be read: {error}.", file.display()));
    let folder = data_dir.join("uploads");
    tokio::fs::create_dir_all(&folder)
        .await
        .map_err(|error| Failed::Work(format!("The folder {} (setting data_dir) cannot be used: {error}.", folder.display())))?;
    let path = folder.join(format!("{}.csv", random::token(18)));
    if !tokio::fs::metadata(file).await.map_err(unreadable)?.is_file() {
        return Err(Failed::Usage(format!("{} is no file.", file.display())));
    }
    if let Err(error) = tokio::fs::copy(file, &path).await {
        let _ = tokio::fs::remove_file(&path).await;
        return Err(unreadable(error));
    }
    let file_name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Upload { path, file_name })
}

/// Whether a file can be made there: nothing is written over.
pub(super) fn is_free(to: Option<&Path>) -> Result<(), Failed> {
    match to {
        Some(to) if to.exists() => Err(Failed::Usage(format!("The file {} is there already; please name another one.", to.display()))),
        _ => Ok(()),
    }
}

/// Copies the refused rows; where there are none, no file is made.
pub(super) async fn hand_over(store: &Store, client: ClientId, begun: Begun, data_dir: &Path, to: &Path) -> Result<(), Failed> {
    let found = store.import(client, begun.import).await?;
    match tokio::fs::copy(rejects::path(data_dir, begun.import, &found.reading), to).await {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failed::Work(format!("The file {} cannot be written: {error}.", to.display())))
        }
        _ => Ok(()),
    }
}
