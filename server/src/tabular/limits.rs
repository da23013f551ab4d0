//! How much a file may ask of the server, whoever made it.

use std::{
    fmt,
    io::{self, BufRead, BufReader, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// How deep the parts of a file may stand within each other.
pub(super) const MAX_DEPTH: usize = 64;
/// The most files of an archive. A workbook has some dozens, with pictures some hundreds.
pub(super) const MAX_FILES: usize = 10_000;
/// The most that a packed file may become.
const MAX_UNPACKED: u64 = 64 << 30;
/// How much larger than packed it may be. Deflate reaches 1 032; the sheets of a workbook in which each row is like
/// the one before stay below 100.
const MAX_RATIO: u64 = 250;
/// Up to here the ratio doesn't count. Less in tests, which would take long to make so much.
const HARMLESS: u64 = if cfg!(test) { 2 << 20 } else { 64 << 20 };
/// The most bytes of one tag, one text or one record.
pub(super) const MAX_PIECE: usize = 8 << 20;

/// What a reader says when it stops; [`super::TabularError`] makes a sentence of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exceeded {
    /// More than a packed file may become.
    Ratio,
    /// A tag, a text or a record without an end.
    Piece,
    /// Not what was packed.
    Checksum,
}

impl Exceeded {
    pub(super) fn error(self) -> io::Error {
        io::Error::other(self)
    }
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Exceeded {}

/// Counts what goes through, where others can see it.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) done: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.done.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// What is unpacked, as long as it stays in proportion to what was packed.
pub(super) struct Unpacked<R> {
    inner: R,
    out: u64,
    /// Packed bytes taken until now.
    packed: Arc<AtomicU64>,
    crc: Option<(flate2::Crc, u32)>,
}

impl<R: Read> Unpacked<R> {
    /// `crc`: what the archive says of the whole, if anything.
    pub(super) fn new(inner: R, packed: Arc<AtomicU64>, crc: Option<u32>) -> Self {
        Unpacked { inner, out: 0, packed, crc: crc.map(|expected| (flate2::Crc::new(), expected)) }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.out += n as u64;
        if let Some((crc, expected)) = &mut self.crc {
            crc.update(&buf[..n]);
            if n == 0 && !buf.is_empty() && crc.sum() != *expected {
                return Err(Exceeded::Checksum.error());
            }
        }
        let most = self.packed.load(Ordering::Relaxed).saturating_mul(MAX_RATIO).clamp(HARMLESS, MAX_UNPACKED);
        if self.out > most { Err(Exceeded::Ratio.error()) } else { Ok(n) }
    }
}

/// A buffer for a parser that keeps a piece as a whole: it gets [`MAX_PIECE`] bytes for each, then an error.
pub(super) struct Pieces<R> {
    inner: BufReader<R>,
    left: usize,
}

impl<R: Read> Pieces<R> {
    pub(super) fn new(inner: R) -> Self {
        Pieces { inner: BufReader::with_capacity(1 << 16, inner), left: MAX_PIECE }
    }

    /// A piece is complete; the next may be as large.
    pub(super) fn begin(&mut self) {
        self.left = MAX_PIECE;
    }
}

impl<R: Read> Read for Pieces<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(buf.len());
        buf[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Pieces<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(Exceeded::Piece.error());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n);
        self.inner.consume(n);
    }
}
