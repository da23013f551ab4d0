//! The directory of a ZIP archive. Workbooks and OpenDocument files are such archives, too.

use std::io::BufReader;

use zip::{CompressionMethod, ZipArchive, result::ZipError};

use super::{
    TabularError,
    input::{At, Disk, read_up_to},
    limits::MAX_FILES,
};

/// Where a file lies in an archive, and how.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Of its bytes in the archive.
    pub(super) start: u64,
    /// Bytes in the archive.
    pub(super) packed: u64,
    /// Bytes unpacked, as the archive says.
    pub(super) size: u64,
    pub(super) deflated: bool,
    pub(super) crc: u32,
}

/// The directory of an archive.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<At>>,
    names: Vec<String>,
}

impl Archive {
    pub(super) fn open(disk: &Disk) -> Result<Self, TabularError> {
        // The library makes a record of some hundred bytes for each file that the directory announces.
        if announced(disk)? > MAX_FILES as u64 {
            return Err(TabularError::TooManyFiles);
        }
        let mut zip = ZipArchive::new(BufReader::new(disk.at(0))).map_err(broken)?;
        if zip.len() > MAX_FILES {
            return Err(TabularError::TooManyFiles);
        }
        let mut names = Vec::with_capacity(zip.len());
        for i in 0..zip.len() {
            let file = zip.by_index_raw(i).map_err(broken)?;
            // Folders keep their place, so that the others keep theirs.
            let name = if file.is_dir() { String::new() } else { file.name().map_or_else(|_| i.to_string(), |name| name.into_owned()) };
            names.push(name);
        }
        Ok(Archive { zip, names })
    }

    /// Whether a file of this name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|one| one.eq_ignore_ascii_case(name))
    }

    /// Whether this is the file of an office program rather than an archive of files.
    pub(super) fn is_document(&self) -> bool {
        self.has("[Content_Types].xml") || self.has("mimetype") && self.has("content.xml")
    }

    /// The files that may be tables, by their names. Where no name says so, all that programs don't hide there.
    pub(super) fn usable(&self) -> Vec<String> {
        const ENDINGS: [&str; 15] = [
            ".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".html", ".htm", ".json", ".ndjson", ".jsonl", ".vcf", ".xml",
        ];
        let visible = |name: &&String| {
            !name.is_empty()
                && !name.starts_with("__MACOSX/")
                && !shown(name).starts_with('.')
                && !shown(name).eq_ignore_ascii_case("thumbs.db")
        };
        let named = |name: &&String| ENDINGS.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
        let tables: Vec<String> = self.names.iter().filter(visible).filter(named).cloned().collect();
        if tables.is_empty() { self.names.iter().filter(visible).cloned().collect() } else { tables }
    }

    /// Where a file lies; none if it isn't there.
    pub(super) fn entry(&mut self, name: &str) -> Result<Option<Entry>, TabularError> {
        let exact = self.names.iter().position(|one| one == name);
        let found = exact.or_else(|| self.names.iter().position(|one| one.eq_ignore_ascii_case(name)));
        let Some(i) = found else { return Ok(None) };
        let file = self.zip.by_index_raw(i).map_err(broken)?;
        if file.encrypted() {
            return Err(TabularError::Encrypted);
        }
        let deflated = match file.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => return Err(TabularError::DamagedArchive),
        };
        let start = file.data_start().ok_or(TabularError::DamagedArchive)?;
        Ok(Some(Entry { start, packed: file.compressed_size(), size: file.size(), deflated, crc: file.crc32() }))
    }
}

/// The name without its folders.
pub(super) fn shown(name: &str) -> String {
    domain::text::clean_line(name.rsplit(['/', '\\']).next().unwrap_or_default())
}

fn broken(error: ZipError) -> TabularError {
    match error {
        ZipError::Io(error) => error.into(),
        _ => TabularError::DamagedArchive,
    }
}

/// How many files the directory at the end announces; none where there is no such directory.
fn announced(disk: &Disk) -> Result<u64, TabularError> {
    /// The directory's end with the longest remark.
    const END: u64 = 22 + 0xFFFF;
    let from = disk.length.saturating_sub(END);
    let mut tail = vec![0; usize::try_from(disk.length - from).unwrap_or(0)];
    let n = read_up_to(&mut disk.at(from), &mut tail)?;
    let tail = &tail[..n];
    let Some(end) = tail.windows(4).rposition(|four| four == b"PK\x05\x06") else { return Ok(0) };
    let count = tail.get(end + 10..end + 12).map_or(0, |two| u64::from(u16::from_le_bytes([two[0], two[1]])));
    if count < 0xFFFF {
        return Ok(count);
    }
    // Archives of the newer kind have their number in a record before; without it there are as many as said.
    let Some(record) = tail.windows(4).rposition(|four| four == b"PK\x06\x06") else { return Ok(count) };
    let eight = tail.get(record + 32..record + 40).and_then(|eight| <[u8; 8]>::try_from(eight).ok());
    Ok(eight.map_or(count, u64::from_le_bytes))
}
