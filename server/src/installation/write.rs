//! The archive as it is written: each file with its sum, nothing larger than a part in memory.

use std::io::{Read, Write};

use domain::audit::hex;
use sha2::{Digest, Sha256};

use super::SUMS;

/// Fast enough for a disk, and a fifth of the size.
const LEVEL: i32 = 1;

/// An archive in the making.
pub(super) struct Archive<W: Write> {
    tar: tar::Builder<zstd::Encoder<'static, W>>,
    sums: String,
    /// In seconds since 1970: when its files are said to be made.
    made: u64,
}

impl<W: Write> Archive<W> {
    pub(super) fn begin(out: W, made: u64) -> std::io::Result<Self> {
        let mut packed = zstd::Encoder::new(out, LEVEL)?;
        packed.include_checksum(true)?;
        Ok(Self { tar: tar::Builder::new(packed), sums: String::new(), made })
    }

    /// Adds a file.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.sums.push_str(&format!("{}  {path}\n", hex(&Sha256::digest(bytes))));
        self.put(path, bytes.len() as u64, bytes)
    }

    /// Adds a file of this size from elsewhere.
    pub(super) fn add_from(&mut self, path: &str, size: u64, from: impl Read) -> std::io::Result<()> {
        let mut summed = Summed { from: from.take(size), sum: Sha256::new(), n: 0 };
        self.put(path, size, &mut summed)?;
        if summed.n < size {
            return Err(std::io::Error::other(format!("{path} became shorter while it was read")));
        }
        self.sums.push_str(&format!("{}  {path}\n", hex(&summed.sum.finalize())));
        Ok(())
    }

    /// Adds the sums of all files and gives back where it was written.
    pub(super) fn finish(mut self) -> std::io::Result<W> {
        let sums = std::mem::take(&mut self.sums);
        self.put(SUMS, sums.len() as u64, sums.as_bytes())?;
        self.tar.into_inner()?.finish()
    }

    fn put(&mut self, path: &str, size: u64, bytes: impl Read) -> std::io::Result<()> {
        let mut header = tar::Header::new_ustar();
        header.set_path(path)?;
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(self.made);
        header.set_cksum();
        self.tar.append(&header, bytes)
    }
}

/// Takes the sum of what is written.
pub(crate) struct Summing<W> {
    out: W,
    sum: Sha256,
}

impl<W: Write> Summing<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, sum: Sha256::new() }
    }

    /// Where it was written, and its sum.
    pub(crate) fn end(self) -> (W, String) {
        (self.out, hex(&self.sum.finalize()))
    }
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.sum.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
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
