//! Restoring: the file is looked through whole before anything is written, then loaded in one transaction.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use store::{
    Store,
    dump::{Part, Restore},
};
use tokio::sync::mpsc;

use crate::backup::Keys;

use super::{
    Checked, DataFile, Fault, UPLOADS, check, draft,
    read::{Item, walk},
};

/// Parts that wait to be loaded.
const WAITING: usize = 2;

/// Makes an empty installation what the backup shows; `rows` tells how far it has come.
///
/// # Errors
/// The file is none or damaged, the installation isn't empty; nothing was changed then. The database: a restore that
/// breaks off is gone on with by calling this again.
pub(crate) async fn restore(store: &Store, data_dir: &Path, file: File, keys: &Keys, rows: &Arc<AtomicU64>) -> Result<Checked, Fault> {
    let found = keys.clone();
    let (checked, file) = blocking(move || Ok((check(&file, &found)?, file))).await?;
    if let Some(begun) = store.begin_installation(&checked.manifest.contents, &checked.name).await? {
        load(begun, &checked, data_dir, (file, keys.clone()), rows).await?;
    }
    store.end_restore().await?;
    Ok(checked)
}

async fn load(
    mut begun: Restore,
    checked: &Checked,
    data_dir: &Path,
    (file, keys): (File, Keys),
    rows: &Arc<AtomicU64>,
) -> Result<(), Fault> {
    let uploads = data_dir.join(UPLOADS);
    let files = checked.manifest.files.clone();
    let moved = files.iter().filter_map(|file| Some((file.named.clone(), path(&uploads, file)?.to_str()?.to_owned()))).collect::<Vec<_>>();
    let (parts, mut taken) = mpsc::channel::<Part>(WAITING);
    let reading = blocking(move || {
        if !files.is_empty() {
            std::fs::create_dir_all(&uploads)?;
        }
        let again = walk(&file, &keys, &mut |item| match item {
            // Nobody takes it when the loader broke off: it says why.
            Item::Part(part) => parts.blocking_send(part).map_err(|_| Fault::damaged("")),
            Item::File(n, bytes) => put(&uploads, &files[n], bytes),
        })?;
        Ok(again.name)
    });
    let loading = async move {
        while let Some(part) = taken.recv().await {
            begun.load(&part).await?;
            rows.fetch_add(part.rows, Ordering::Relaxed);
        }
        Ok::<_, Fault>(begun)
    };
    let (read, loaded) = tokio::join!(reading, loading);
    let begun = loaded?;
    if read? != checked.name {
        // Somebody exchanged it since it was looked through.
        return Err(Fault::damaged(&checked.name));
    }
    Ok(begun.finish(&moved).await?)
}

fn path(uploads: &Path, file: &DataFile) -> Option<PathBuf> {
    Some(uploads.join(file.name()?))
}

/// Names of uploads are given once for ever: what lies there under the same is the same, from a restore that broke off.
fn put(uploads: &Path, file: &DataFile, bytes: &mut dyn Read) -> Result<(), Fault> {
    let Some(path) = path(uploads, file) else { return Err(Fault::damaged(&file.path)) };
    let mut made = draft(uploads)?;
    std::io::copy(bytes, &mut made)?;
    made.as_file().sync_all()?;
    made.persist(path).map_err(|error| error.error)?;
    Ok(())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::File(std::io::Error::other(error)))?
}
