//! The archive as it is read. Nothing in it is believed: names are those that the manifest lets expect, in their order;
//! sizes have ends; each file is held against its sum.

use std::{
    fs::File,
    io::{BufReader, ErrorKind, Read, Seek as _, SeekFrom},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::audit::hex;
use sha2::{Digest, Sha256};
use store::dump::{Part, count_rows};

use crate::backup::{BackupError, Keys};

use super::{FORMAT, FORMAT_VERSION, Fault, MANIFEST, Manifest, SUMS, file_path, part_path};

/// No part is larger: Lagune writes some 5 MB.
const MOST: u64 = 256 << 20;

/// So much anything may become, and above that so many times its own size.
const FREE: u64 = if cfg!(test) { 1 << 20 } else { 1 << 30 };
const TIMES: u64 = 1_000;

/// How much of what was packed may be needed at once to unpack it, as a power of two: 128 MB.
const WINDOW: u32 = 27;

/// A backup that is as it was written.
#[derive(Debug)]
pub(crate) struct Checked {
    /// What is in it.
    pub(crate) manifest: Manifest,
    /// By which it is known: the sum of its sums.
    pub(crate) name: String,
}

/// What comes one after another.
pub(super) enum Item<'a> {
    /// Rows; the sum has not been compared yet.
    Part(Part),
    /// A file of the data folder, by its place in the manifest.
    File(usize, &'a mut dyn Read),
}

/// Reads a backup from its beginning to its end and compares everything with its sums.
///
/// # Errors
/// It is none, or not as it was written.
pub(crate) fn check(file: &File, keys: &Keys) -> Result<Checked, Fault> {
    let mut rows: Vec<u64> = Vec::new();
    let checked = walk(file, keys, &mut |item| {
        if let Item::Part(part) = item {
            if rows.len() <= part.table {
                rows.resize(part.table + 1, 0);
            }
            rows[part.table] += part.rows;
        }
        Ok(())
    })?;
    for (n, table) in checked.manifest.contents.tables.iter().enumerate() {
        let found = rows.get(n).copied().unwrap_or(0);
        if found != table.rows {
            return Err(Fault::damaged(format!("{}: {found} / {}", table.name, table.rows)));
        }
    }
    Ok(checked)
}

/// Shows each thing to the visitor, in order.
pub(super) fn walk(file: &File, keys: &Keys, visit: &mut dyn FnMut(Item<'_>) -> Result<(), Fault>) -> Result<Checked, Fault> {
    let (size, packed) = begin(file, keys)?;
    let too_large = Arc::new(AtomicBool::new(false));
    let mut unpacked = zstd::Decoder::with_buffer(BufReader::new(packed))?;
    unpacked.window_log_max(WINDOW)?;
    let guarded = Guarded { inner: unpacked, left: FREE.max(size.saturating_mul(TIMES)), too_large: Arc::clone(&too_large) };
    let mut archive = tar::Archive::new(guarded);
    let checked = walk_archive(&mut archive, visit).and_then(|checked| {
        // The sum of the packed bytes comes behind the last of them.
        let mut rest = Vec::new();
        let read = archive.into_inner().take(1 << 20).read_to_end(&mut rest);
        match read {
            Ok(_) if rest.iter().all(|b| *b == 0) => Ok(checked),
            Ok(_) => Err(Fault::damaged(SUMS)),
            Err(error) => Err(unreadable(error)),
        }
    });
    if too_large.load(Ordering::Relaxed) { Err(Fault::Bomb) } else { checked }
}

/// Tells what it is by its first bytes; how long it is, and its packed bytes, decrypted where it is encrypted.
fn begin(mut file: &File, keys: &Keys) -> Result<(u64, Box<dyn Read + Send>), Fault> {
    file.seek(SeekFrom::Start(0))?;
    let mut first = Vec::new();
    file.take(22).read_to_end(&mut first)?;
    file.seek(SeekFrom::Start(0))?;
    match first.as_slice() {
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Ok((file.metadata()?.len(), Box::new(file.try_clone()?))),
        b"age-encryption.org/v1\n" if !keys.opens() => Err(Fault::Encrypted),
        b"age-encryption.org/v1\n" => match keys.open(BufReader::new(file.try_clone()?)) {
            Ok(packed) => Ok((file.metadata()?.len(), packed)),
            Err(BackupError::Locked) => Err(Fault::Locked),
            Err(error) => Err(Fault::damaged(error.to_string())),
        },
        _ => Err(Fault::NoBackup),
    }
}

fn walk_archive<R: Read>(archive: &mut tar::Archive<R>, visit: &mut dyn FnMut(Item<'_>) -> Result<(), Fault>) -> Result<Checked, Fault> {
    let (mut manifest, mut place, mut sums) = (None::<Manifest>, Place::default(), String::new());
    // Raw: names of other forms, which would be read whole however long they are, are refused like everything unknown.
    for entry in archive.entries().map_err(unreadable)?.raw(true) {
        let mut entry = entry.map_err(unreadable)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(Fault::damaged(path));
        }
        let size = entry.header().size().map_err(unreadable)?;
        let Some(known) = &manifest else {
            if path != MANIFEST {
                return Err(Fault::NoBackup);
            }
            let text = whole(&mut entry, size)?;
            sums.push_str(&line(&text, MANIFEST));
            manifest = Some(read_manifest(&text)?);
            continue;
        };
        if path == SUMS {
            let text = whole(&mut entry, size)?;
            if text != sums.as_bytes() || !place.is_end(known) {
                return Err(Fault::damaged(SUMS));
            }
            let name = hex(&Sha256::digest(&text));
            return manifest.map(|manifest| Checked { manifest, name }).ok_or(Fault::NoBackup);
        }
        match place.next(known, &path) {
            Some(Next::Part(table, number)) => {
                let csv = whole(&mut entry, size)?;
                sums.push_str(&line(&csv, &path));
                let lines = count_rows(&csv).filter(|lines| *lines > 0).ok_or_else(|| Fault::damaged(&path))?;
                visit(Item::Part(Part { table, number, rows: lines - 1, csv }))?;
            }
            Some(Next::File(n)) if size == known.files[n].bytes => {
                let mut summed = Summed { from: &mut entry, sum: Sha256::new(), n: 0 };
                visit(Item::File(n, &mut summed))?;
                std::io::copy(&mut summed, &mut std::io::sink()).map_err(unreadable)?;
                if summed.n != size {
                    return Err(Fault::damaged(path));
                }
                sums.push_str(&format!("{}  {path}\n", hex(&summed.sum.finalize())));
            }
            _ => return Err(Fault::damaged(path)),
        }
    }
    Err(Fault::damaged(SUMS))
}

fn read_manifest(text: &[u8]) -> Result<Manifest, Fault> {
    let about: serde_json::Value = serde_json::from_slice(text).map_err(|_| Fault::NoBackup)?;
    if about["format"] != FORMAT {
        return Err(Fault::NoBackup);
    }
    if about["format_version"].as_u64().is_none_or(|version| version > FORMAT_VERSION) {
        return Err(Fault::NewerForm);
    }
    let manifest: Manifest = serde_json::from_value(about).map_err(|error| Fault::damaged(format!("{MANIFEST}: {error}")))?;
    match manifest.files.iter().find(|file| file.name().is_none()) {
        Some(file) => Err(Fault::damaged(&file.path)),
        None => Ok(manifest),
    }
}

/// How far an archive has come.
#[derive(Default)]
struct Place {
    table: usize,
    /// Of the last part of the table.
    number: u32,
    files: usize,
}

enum Next {
    Part(usize, u32),
    File(usize),
}

impl Place {
    /// What this name is, if it may come now: the next part of a table, the first of a later one, the next file.
    fn next(&mut self, manifest: &Manifest, path: &str) -> Option<Next> {
        let tables = &manifest.contents.tables;
        if path.starts_with("tables/") && self.files == 0 {
            let of = tables.get(self.table)?;
            if path == part_path(&of.name, self.number + 1) {
                self.number += 1;
                return Some(Next::Part(self.table, self.number));
            }
            let later = tables.iter().skip(self.table + 1).position(|table| path == part_path(&table.name, 1))?;
            (self.table, self.number) = (self.table + 1 + later, 1);
            return Some(Next::Part(self.table, 1));
        }
        let file = manifest.files.get(self.files)?;
        self.files += 1;
        (path == file_path(file)).then_some(Next::File(self.files - 1))
    }

    fn is_end(&self, manifest: &Manifest) -> bool {
        self.files == manifest.files.len()
    }
}

fn line(bytes: &[u8], path: &str) -> String {
    format!("{}  {path}\n", hex(&Sha256::digest(bytes)))
}

/// All of a file that may not be large.
fn whole(entry: &mut impl Read, size: u64) -> Result<Vec<u8>, Fault> {
    if size > MOST {
        return Err(Fault::Bomb);
    }
    // As large as it says only if it is.
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(8 << 20)).unwrap_or(0));
    entry.take(size).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(Fault::damaged(SUMS)) }
}

/// What the unpacker says of bytes that are not as they were written; what the disk says stays the disk's.
fn unreadable(error: std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::Other | ErrorKind::InvalidInput => Fault::damaged(error.to_string()),
        _ => Fault::File(error),
    }
}

/// Ends what becomes too large.
struct Guarded<R> {
    inner: R,
    left: u64,
    too_large: Arc<AtomicBool>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        match self.left.checked_sub(n as u64) {
            Some(left) => self.left = left,
            None => {
                self.too_large.store(true, Ordering::Relaxed);
                return Err(std::io::Error::other("too large"));
            }
        }
        Ok(n)
    }
}

/// Takes the sum of what is read.
struct Summed<R> {
    from: R,
    sum: Sha256,
    n: u64,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.from.read(buffer)?;
        self.sum.update(&buffer[..n]);
        self.n += n as u64;
        Ok(n)
    }
}
