//! Making a backup: the database hands over parts while a thread of its own packs those before.

use std::{
    fs::File,
    io::Write,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use domain::time::Millis;
use store::{
    Store, StoreError,
    dump::{Dump, Part},
};
use tokio::sync::mpsc;

use super::{DataFile, FORMAT, FORMAT_VERSION, Fault, MANIFEST, Manifest, UPLOADS, file_path, is_plain, part_path, write::Archive};

/// Parts that wait to be packed.
const WAITING: usize = 2;

/// Writes the installation as it is now; `rows` tells how far it has come.
///
/// # Errors
/// Whatever the database or the file refuses; what was written so far is of no use then.
pub(crate) async fn save<W: Write + Send + 'static>(
    store: &Store,
    data_dir: &Path,
    now: Millis,
    out: W,
    rows: &AtomicU64,
) -> Result<(W, Manifest), Fault> {
    let mut dump = store.dump().await?;
    let (files, opened) = uploads(&mut dump, data_dir).await?.into_iter().unzip();
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        product_version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now,
        contents: dump.contents.clone(),
        files,
    };
    let (parts, taken) = mpsc::channel(WAITING);
    let packing = {
        let manifest = manifest.clone();
        tokio::task::spawn_blocking(move || pack(out, &manifest, taken, opened))
    };
    let read = read(&mut dump, &parts, rows).await;
    drop(parts);
    // A file that can't be written has its parts refused: why, only the packer knows.
    let out = packing.await.map_err(|error| Fault::File(std::io::Error::other(error)))??;
    read?;
    Ok((out, manifest))
}

async fn read(dump: &mut Dump, parts: &mpsc::Sender<Part>, rows: &AtomicU64) -> Result<(), Fault> {
    for table in 0..dump.contents.tables.len() {
        let n = dump.table(table, parts).await?;
        let Some(expected) = dump.contents.tables.get(table) else { continue };
        if n != expected.rows {
            return Err(StoreError::Corrupt(format!("{n} rows of {} instead of {}", expected.name, expected.rows)).into());
        }
        rows.fetch_add(n, Ordering::Relaxed);
    }
    Ok(())
}

fn pack<W: Write>(out: W, manifest: &Manifest, mut parts: mpsc::Receiver<Part>, opened: Vec<File>) -> Result<W, Fault> {
    let made = manifest.made_at.get().unsigned_abs() / 1_000;
    let mut archive = Archive::begin(out, made)?;
    let text = serde_json::to_vec_pretty(manifest).map_err(std::io::Error::other)?;
    archive.add(MANIFEST, &text)?;
    let mut rows = 0;
    while let Some(part) = parts.blocking_recv() {
        let Some(table) = manifest.contents.tables.get(part.table) else { continue };
        archive.add(&part_path(&table.name, part.number), &part.csv)?;
        rows += part.rows;
    }
    // The reader broke off: it says why.
    if rows != manifest.rows() {
        return archive.finish().map_err(Fault::from);
    }
    for (about, file) in manifest.files.iter().zip(opened) {
        archive.add_from(&file_path(about), about.bytes, file)?;
    }
    archive.finish().map_err(Fault::from)
}

/// The files of imports that are still there, opened: an import that ends meanwhile removes its file, but not from who has
/// it open.
async fn uploads(dump: &mut Dump, data_dir: &Path) -> Result<Vec<(DataFile, File)>, Fault> {
    let folder = data_dir.join(UPLOADS);
    let mut files = Vec::new();
    for named in dump.uploads().await? {
        let path = Path::new(&named);
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| is_plain(name)) else { continue };
        // Wherever the data folder lies now.
        let Ok(file) = File::open(folder.join(name)) else { continue };
        let about = file.metadata()?;
        if about.is_file() {
            files.push((DataFile { path: format!("{UPLOADS}/{name}"), bytes: about.len(), named }, file));
        }
    }
    Ok(files)
}
