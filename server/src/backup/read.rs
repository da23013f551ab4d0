//! A backup is read: the way back, table by table, with every sum and number looked at. Files may come from anywhere, so
//! nothing that they announce is believed.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use csv::ByteRecord;
use domain::{
    backup::{BackupRow, FORMAT, ID_HEADING, Manifest},
    id::ProfileId,
};
use sha2::{Digest as _, Sha256};
use zstd::stream::read::Decoder;

use super::{
    BackupError, Keys,
    archive::{self, LAYOUT, MANIFEST, SUMS, unreadable},
};

/// How an encrypted file begins.
const AGE: &[u8] = b"age-encryption.org/";

/// By how much a file may grow when it is unpacked: more than any table of profiles does.
const RATIO: u64 = 4_000;
/// So much it may be in any case, in bytes.
const SMALL: u64 = 64 << 20;

/// A backup that is read from its beginning to its end, once.
pub struct Reader {
    input: Limited,
    manifest: Manifest,
    layout: String,
    sums: String,
    tables: u32,
    n: u64,
    last: i64,
    table: Vec<u8>,
    ended: bool,
}

impl Reader {
    /// Opens a file, encrypted or not, and reads what it says of itself.
    ///
    /// # Errors
    /// `File` when it is not there, `Locked`, `Newer`, `Damaged`.
    pub fn open(path: &Path, keys: &Keys) -> Result<Self, BackupError> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Self::of(file, size, keys)
    }

    /// The same from wherever the bytes come; `size` is how many are announced.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub(super) fn of(mut file: impl Read + Send + 'static, size: u64, keys: &Keys) -> Result<Self, BackupError> {
        let mut begin = Vec::new();
        (&mut file).take(AGE.len() as u64).read_to_end(&mut begin)?;
        let is_sealed = begin == AGE;
        let file = io::Cursor::new(begin).chain(file);
        let packed: Box<dyn Read + Send> = if is_sealed { keys.open(BufReader::new(file))? } else { Box::new(file) };
        let input = Decoder::new(packed).map_err(unreadable)?;
        let mut input = Limited { input: Box::new(input), left: size.saturating_mul(RATIO).saturating_add(SMALL) };
        let (mut sums, mut bytes) = (String::new(), Vec::new());
        let mut file = |name: &str, bytes: &mut Vec<u8>| match archive::next(&mut input, bytes)? {
            Some(found) if found == name => {
                sums.push_str(&format!("{}  {name}\n", archive::sum(bytes)));
                Ok(())
            }
            _ => Err(BackupError::damaged(format!("{name} is not where it should be"))),
        };
        file(MANIFEST, &mut bytes)?;
        let format: Version = serde_json::from_slice(&bytes).map_err(|error| BackupError::damaged(error.to_string()))?;
        if format.format != FORMAT {
            return Err(BackupError::Newer(format.format));
        }
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| BackupError::damaged(error.to_string()))?;
        file(LAYOUT, &mut bytes)?;
        let layout = String::from_utf8(std::mem::take(&mut bytes)).map_err(|_| BackupError::damaged("the layout is no text"))?;
        Ok(Self { input, manifest, layout, sums, tables: 0, n: 0, last: i64::MIN, table: bytes, ended: false })
    }

    /// What the file says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The pool's layout file.
    pub fn layout(&self) -> &str {
        &self.layout
    }

    /// The next profiles, in the order of their ids; none at the end, and then the whole file is known to be sound. What came
    /// before may still be of a damaged file.
    ///
    /// # Errors
    /// `Damaged`.
    pub fn next_part(&mut self) -> Result<Vec<BackupRow>, BackupError> {
        let mut rows = Vec::new();
        while rows.is_empty() && self.next_table()? {
            self.read_table(|id, record| {
                let cells = record.iter().skip(1).map(|cell| match cell {
                    [] => Ok(None),
                    cell => std::str::from_utf8(cell).map(|cell| Some(cell.into())),
                });
                let cells = cells.collect::<Result<_, _>>().map_err(|_| BackupError::damaged("a cell is no text"))?;
                rows.push(BackupRow { id: ProfileId::new(id), cells });
                Ok(())
            })?;
        }
        Ok(rows)
    }

    /// Reads everything that is left and keeps nothing of it; how many profiles the file has.
    ///
    /// # Errors
    /// `Damaged`.
    pub fn check(mut self) -> Result<u64, BackupError> {
        while self.next_table()? {
            self.read_table(|_, record| match std::str::from_utf8(record.as_slice()) {
                Ok(_) => Ok(()),
                Err(_) => Err(BackupError::damaged("a cell is no text")),
            })?;
        }
        Ok(self.n)
    }

    /// Takes the next table into memory; false at the end.
    fn next_table(&mut self) -> Result<bool, BackupError> {
        if self.ended {
            return Ok(false);
        }
        let name = archive::next(&mut self.input, &mut self.table)?.ok_or_else(|| BackupError::damaged("it has no sums"))?;
        if name == SUMS {
            return self.end().map(|()| false);
        }
        self.tables += 1;
        if name != archive::part(self.tables) {
            return Err(BackupError::damaged(format!("{name} is not where it should be")));
        }
        self.sums.push_str(&format!("{}  {name}\n", archive::sum(&self.table)));
        Ok(true)
    }

    /// The sums, the end of the archive, the number of profiles.
    fn end(&mut self) -> Result<(), BackupError> {
        if self.table != self.sums.as_bytes() {
            return Err(BackupError::damaged("its sums are not those of its files"));
        }
        if archive::next(&mut self.input, &mut self.table)?.is_some() {
            return Err(BackupError::damaged("a file stands behind its sums"));
        }
        if self.n != self.manifest.n_profiles {
            return Err(BackupError::damaged(format!("it should have {} profiles and has {}", self.manifest.n_profiles, self.n)));
        }
        self.ended = true;
        Ok(())
    }

    fn read_table(&mut self, mut each: impl FnMut(i64, &ByteRecord) -> Result<(), BackupError>) -> Result<(), BackupError> {
        let unreadable = |error: csv::Error| BackupError::damaged(error.to_string());
        let mut table = csv::ReaderBuilder::new().has_headers(true).from_reader(self.table.as_slice());
        let headings = table.byte_headers().map_err(unreadable)?;
        let expected = std::iter::once(ID_HEADING).chain(self.manifest.columns.iter().map(|column| column.key.as_str()));
        if !headings.iter().eq(expected.map(str::as_bytes)) {
            return Err(BackupError::damaged("the headings of a table"));
        }
        let mut record = ByteRecord::new();
        while table.read_byte_record(&mut record).map_err(unreadable)? {
            let id = record.get(0).and_then(|id| std::str::from_utf8(id).ok()).and_then(|id| id.parse().ok());
            let id: i64 = id.filter(|id| *id > self.last.max(0)).ok_or_else(|| BackupError::damaged("the numbers of profiles"))?;
            self.last = id;
            self.n += 1;
            each(id, &record)?;
        }
        Ok(())
    }
}

/// What is read of any version.
#[derive(serde::Deserialize)]
struct Version {
    format: u32,
}

/// The SHA-256 of a file in hexadecimal digits, and its size.
///
/// # Errors
/// The disk's.
pub(super) fn sum_of(path: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut hash, mut buffer, mut n) = (Sha256::new(), vec![0; 1 << 18], 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((domain::audit::hex(&hash.finalize()), n));
        }
        hash.update(&buffer[..read]);
        n += read as u64;
    }
}

/// Ends with an error what unpacks to more than any backup would.
struct Limited {
    input: Box<dyn Read + Send>,
    left: u64,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| io::Error::other("it unpacks to more than a backup does"))?;
        Ok(n)
    }
}
