//! The bytes of a file: as they lie on the disk, or unpacked out of a gzip file or an archive.
//!
//! Whatever is packed is read as a stream, so that it takes no room. Only a workbook inside an archive is unpacked
//! into a file without a name, because it has to be read back and forth; that is gone as soon as it is closed.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, copy},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::{
    TabularError,
    archive::{self, Archive, Entry},
    limits::{Counted, Unpacked},
};

/// How much larger than packed a workbook inside an archive may be; most are packed already.
const MAX_WORKBOOK: u64 = 20;

/// A stream that may go to another thread.
pub(super) type Stream = Box<dyn Read + Send>;

/// A file on the disk that many read at once, each at a place of their own.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    file: Arc<File>,
    /// In bytes.
    pub(super) length: u64,
}

impl Disk {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Disk { file: Arc::new(file), length })
    }

    /// From a place on.
    pub(super) fn at(&self, from: u64) -> At {
        At { disk: self.clone(), at: from }
    }
}

/// A place in a [`Disk`].
#[derive(Clone, Debug)]
pub(super) struct At {
    disk: Disk,
    at: u64,
}

impl Read for At {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let n = std::os::unix::fs::FileExt::read_at(&*self.disk.file, buf, self.at)?;
        #[cfg(windows)]
        let n = std::os::windows::fs::FileExt::seek_read(&*self.disk.file, buf, self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for At {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.disk.length.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        self.at = place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// How the bytes lie there.
#[derive(Clone, Debug)]
enum Packing {
    Plain,
    Gzip,
    Entry(Entry),
}

/// The bytes of the file that is read.
#[derive(Clone, Debug)]
pub(super) struct Input {
    disk: Disk,
    packing: Packing,
    /// How many of the bytes on the disk belong to it.
    pub(super) length: u64,
    /// How many of them were taken until now.
    done: Arc<AtomicU64>,
}

impl Input {
    /// Open a file, or the one with this number in an archive; also gives the names of those that are there.
    pub(super) fn open(path: &Path, file: u16) -> Result<(Self, Vec<String>), TabularError> {
        let disk = Disk::new(File::open(path)?)?;
        let mut first = [0; 4];
        let n = read_up_to(&mut disk.at(0), &mut first)?;
        if first[..n].starts_with(b"\x1F\x8B") {
            let length = disk.length;
            return Ok((Input::new(disk, Packing::Gzip, length), Vec::new()));
        }
        if first[..n].starts_with(b"PK\x03\x04") || first[..n].starts_with(b"PK\x05\x06") {
            let mut archive = Archive::open(&disk)?;
            if !archive.is_document() {
                let names = archive.usable();
                let name = names.get(usize::from(file)).ok_or(if file == 0 { TabularError::NoTable } else { TabularError::NoSuchPart })?;
                let entry = archive.entry(name)?.ok_or(TabularError::NoSuchPart)?;
                let length = entry.packed;
                return Ok((Input::new(disk, Packing::Entry(entry), length), names.iter().map(|name| archive::shown(name)).collect()));
            }
        }
        if file > 0 {
            return Err(TabularError::NoSuchPart);
        }
        let length = disk.length;
        Ok((Input::new(disk, Packing::Plain, length), Vec::new()))
    }

    /// An entry of a document that is an archive, such as a sheet of a workbook.
    pub(super) fn entry(disk: &Disk, entry: Entry) -> Self {
        let length = entry.packed;
        Input::new(disk.clone(), Packing::Entry(entry), length)
    }

    fn new(disk: Disk, packing: Packing, length: u64) -> Self {
        Input { disk, packing, length, done: Arc::default() }
    }

    /// How many of the bytes on the disk were taken.
    pub(super) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// About how many bytes it has when unpacked.
    pub(super) fn unpacked(&self) -> u64 {
        match &self.packing {
            Packing::Plain => self.length,
            Packing::Entry(entry) => entry.size,
            // The last four bytes of a gzip file are its size, as far as they go.
            Packing::Gzip => {
                let mut last = [0; 4];
                let n = read_up_to(&mut self.disk.at(self.length.saturating_sub(4)), &mut last).unwrap_or(0);
                if n == 4 { u64::from(u32::from_le_bytes(last)).max(self.length) } else { self.length }
            }
        }
    }

    /// The bytes as a stream, from a place on. In a packed file all before it is unpacked and passed over.
    pub(super) fn stream(&self, from: u64) -> io::Result<Stream> {
        self.done.store(0, Ordering::Relaxed);
        let done = Arc::clone(&self.done);
        let counted = |inner| Counted { inner, done: Arc::clone(&done) };
        let mut stream: Stream = match &self.packing {
            Packing::Plain => {
                self.done.store(from, Ordering::Relaxed);
                return Ok(Box::new(counted(self.disk.at(from).take(u64::MAX))));
            }
            Packing::Gzip => Box::new(Unpacked::new(MultiGzDecoder::new(counted(self.disk.at(0).take(u64::MAX))), Arc::clone(&done), None)),
            Packing::Entry(entry) => {
                let packed = counted(self.disk.at(entry.start).take(entry.packed));
                if entry.deflated {
                    Box::new(Unpacked::new(DeflateDecoder::new(packed), Arc::clone(&done), Some(entry.crc)))
                } else {
                    Box::new(Unpacked::new(packed, Arc::clone(&done), Some(entry.crc)))
                }
            }
        };
        if from > 0 {
            copy(&mut stream.by_ref().take(from), &mut io::sink())?;
        }
        Ok(stream)
    }

    /// The first bytes.
    pub(super) fn sample(&self, n: usize) -> Result<Vec<u8>, TabularError> {
        let mut sample = Vec::new();
        self.stream(0)?.take(n as u64).read_to_end(&mut sample)?;
        Ok(sample)
    }

    /// The bytes where they can be read back and forth.
    pub(super) fn disk(&self, folder: Option<&Path>) -> Result<Disk, TabularError> {
        if matches!(self.packing, Packing::Plain) {
            return Ok(self.disk.clone());
        }
        let mut file = match folder {
            Some(folder) => tempfile::tempfile_in(folder)?,
            None => tempfile::tempfile()?,
        };
        let most = self.length.saturating_mul(MAX_WORKBOOK).saturating_add(64 << 20);
        if copy(&mut BufReader::new(self.stream(0)?).take(most + 1), &mut file)? > most {
            return Err(TabularError::Bomb);
        }
        Ok(Disk::new(file)?)
    }
}

/// As many bytes as there are.
pub(super) fn read_up_to(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < into.len() {
        match from.read(&mut into[n..]) {
            Ok(0) => break,
            Ok(more) => n += more,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(n)
}
