//! A backup is written: rows from the database into tables, these into an archive, compressed, and encrypted where a key
//! is set. Nothing larger than one table is held in memory.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use domain::{
    backup::{FORMAT, ID_HEADING, Manifest, ManifestColumn},
    config::file::{Format, PoolFile},
};
use sha2::{Digest as _, Sha256};
use store::{
    StoreError,
    backups::{Dump, DumpHead, DumpPart},
};
use zstd::stream::write::Encoder;

use super::{
    BackupError, Keys,
    archive::{self, LAYOUT, MANIFEST, SUMS},
    keys::Sealed,
};

/// So many profiles go into one table at most, and so many bytes, but for a single profile that is larger.
const PROFILES: usize = 20_000;
const BYTES: usize = 8 << 20;

/// The fastest: the database is slower than any higher one would have to be.
const LEVEL: i32 = 1;

/// How far a file is, for those who watch; and whether somebody wants it to stop.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    /// Profiles written.
    pub(crate) done: AtomicU64,
    /// Of how many.
    pub(crate) total: AtomicU64,
    /// Stop as soon as possible.
    pub(crate) stop: AtomicBool,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) n_profiles: u64,
    pub(super) n_bytes: u64,
    pub(super) sha256: String,
}

/// What the file says of itself.
pub(super) fn manifest(head: &DumpHead, about: &domain::backup::Backup) -> Manifest {
    Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        client: head.pool.client,
        pool: head.pool.id,
        pool_name: head.pool.name.clone(),
        kind: about.kind,
        name: about.name.clone(),
        made_at: about.made_at,
        revision: head.pool.revision,
        next_profile: head.next_profile,
        n_profiles: head.n_profiles,
        whole: about.whole,
        columns: head.fields.iter().filter_map(ManifestColumn::of).collect(),
    }
}

/// Writes the rows of a moment into an empty file, to its last byte.
///
/// # Errors
/// The database's and the disk's; `Stopped`.
pub(super) fn write(mut dump: Dump, manifest: &Manifest, file: File, keys: &Keys, pulse: &Pulse) -> Result<Written, BackupError> {
    let layout = PoolFile::of(&dump.head.pool).write(Format::Yaml);
    pulse.total.store(manifest.n_profiles, Ordering::Relaxed);
    let out = keys.seal(Hashing::new(BufWriter::with_capacity(1 << 18, file)))?;
    let mut archive = Archive::begin(out, manifest, &layout)?;
    while let Some(part) = dump.blocking_next()? {
        if pulse.stop.load(Ordering::Relaxed) {
            return Err(BackupError::Stopped);
        }
        archive.rows(&part)?;
        pulse.done.store(archive.n_profiles, Ordering::Relaxed);
    }
    if archive.n_profiles != manifest.n_profiles {
        return Err(StoreError::Corrupt(format!("{} profiles were counted and {} read", manifest.n_profiles, archive.n_profiles)).into());
    }
    archive.end()
}

/// The archive in the making.
struct Archive {
    out: Encoder<'static, Sealed<Hashing>>,
    sums: String,
    heading: Vec<u8>,
    seconds: u64,
    /// Cells of each row, the id not counted.
    width: usize,
    /// The table at hand.
    table: Vec<u8>,
    in_table: usize,
    tables: u32,
    n_profiles: u64,
    last: i64,
}

impl Archive {
    fn begin(out: Sealed<Hashing>, manifest: &Manifest, layout: &str) -> Result<Self, BackupError> {
        let mut out = Encoder::new(out, LEVEL)?;
        out.include_checksum(true)?;
        let seconds = u64::try_from(manifest.made_at.get() / 1_000).unwrap_or(0);
        let mut sums = String::new();
        let text = serde_json::to_vec_pretty(manifest).map_err(io::Error::other)?;
        archive::append(&mut out, &mut sums, MANIFEST, seconds, &text)?;
        archive::append(&mut out, &mut sums, LAYOUT, seconds, layout.as_bytes())?;
        let mut heading = ID_HEADING.as_bytes().to_vec();
        for column in &manifest.columns {
            heading.push(b',');
            cell(&mut heading, &column.key);
        }
        heading.push(b'\n');
        let table = heading.clone();
        let width = manifest.columns.len();
        Ok(Self { out, sums, heading, seconds, width, table, in_table: 0, tables: 0, n_profiles: 0, last: i64::MIN })
    }

    fn rows(&mut self, part: &DumpPart) -> Result<(), BackupError> {
        for mut row in part.rows() {
            let id = row.next().unwrap_or_default();
            let number: i64 = id.parse().map_err(|_| StoreError::Corrupt("a row without an id".to_owned()))?;
            if number <= self.last {
                return Err(StoreError::Corrupt(format!("profile {number} came after {}", self.last)).into());
            }
            self.last = number;
            self.table.extend_from_slice(id.as_bytes());
            let mut cells = 0;
            for text in row {
                self.table.push(b',');
                cell(&mut self.table, text);
                cells += 1;
            }
            if cells != self.width {
                return Err(StoreError::Corrupt(format!("the cells of profile {number} can't be told apart")).into());
            }
            self.table.push(b'\n');
            self.in_table += 1;
            self.n_profiles += 1;
            if self.in_table >= PROFILES || self.table.len() >= BYTES {
                self.end_table()?;
            }
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), BackupError> {
        self.tables += 1;
        archive::append(&mut self.out, &mut self.sums, &archive::part(self.tables), self.seconds, &self.table)?;
        self.table.clear();
        self.table.extend_from_slice(&self.heading);
        self.in_table = 0;
        Ok(())
    }

    /// Writes the end; from then on the file is on the disk, also if the power fails.
    fn end(mut self) -> Result<Written, BackupError> {
        // A pool without profiles has one table without rows.
        if self.in_table > 0 || self.tables == 0 {
            self.end_table()?;
        }
        let sums = std::mem::take(&mut self.sums);
        archive::append(&mut self.out, &mut String::new(), SUMS, self.seconds, sums.as_bytes())?;
        archive::end(&mut self.out)?;
        let (file, n_bytes, sha256) = self.out.finish()?.finish()?.finish()?;
        file.sync_all()?;
        Ok(Written { n_profiles: self.n_profiles, n_bytes, sha256 })
    }
}

/// A cell of a table (RFC 4180): in quotes where it must be.
fn cell(out: &mut Vec<u8>, text: &str) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for (nth, piece) in text.split('"').enumerate() {
        if nth > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(b'"');
}

/// Counts and sums up what goes to the disk.
pub(super) struct Hashing {
    out: BufWriter<File>,
    hash: Sha256,
    n: u64,
}

impl Hashing {
    fn new(out: BufWriter<File>) -> Self {
        Self { out, hash: Sha256::new(), n: 0 }
    }

    fn finish(self) -> io::Result<(File, u64, String)> {
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, self.n, domain::audit::hex(&self.hash.finalize())))
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.n += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
