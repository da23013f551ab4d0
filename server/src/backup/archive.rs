//! The files within a backup: a tar archive (POSIX.1-1988, ustar) of plain files, in a fixed order.

use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};
use tar::{EntryType, Header};

use super::BackupError;

/// The first file.
pub(super) const MANIFEST: &str = "manifest.json";
/// The second.
pub(super) const LAYOUT: &str = "layout.yaml";
/// The last: the sums of all before it.
pub(super) const SUMS: &str = "SHA256SUMS";

const BLOCK: usize = 512;

/// The largest file within a backup that is taken into memory, in bytes. A part of the tables is some megabytes, or one
/// profile, which may be larger.
const LARGEST: u64 = 256 << 20;

/// The name of a part of the tables; the first is 1.
pub(super) fn part(n: u32) -> String {
    format!("profiles/{n:06}.csv")
}

/// Appends a file, and what its line in the sums is to the text of the sums.
pub(super) fn append(out: &mut impl Write, sums: &mut String, name: &str, seconds: u64, bytes: &[u8]) -> io::Result<()> {
    let mut header = Header::new_ustar();
    header.set_path(name)?;
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_mtime(seconds);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    out.write_all(header.as_bytes())?;
    out.write_all(bytes)?;
    out.write_all(&[0; BLOCK][..padding(bytes.len())])?;
    sums.push_str(&format!("{}  {name}\n", sum(bytes)));
    Ok(())
}

/// Writes the end of the archive.
pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[0; 2 * BLOCK])
}

/// The SHA-256 of bytes in hexadecimal digits.
pub(super) fn sum(bytes: &[u8]) -> String {
    domain::audit::hex(&Sha256::digest(bytes))
}

/// The next file: its name and what it holds; none at the end of the archive. Refuses whatever is no plain file.
///
/// # Errors
/// `Damaged`.
pub(super) fn next(input: &mut impl Read, into: &mut Vec<u8>) -> Result<Option<String>, BackupError> {
    let mut block = [0; BLOCK];
    input.read_exact(&mut block).map_err(unreadable)?;
    if block.iter().all(|byte| *byte == 0) {
        return rest(input).map(|()| None);
    }
    let header = Header::from_byte_slice(&block);
    let sound = header.cksum().is_ok_and(|sum| sum == checksum(&block));
    if !sound || header.entry_type() != EntryType::Regular {
        return Err(BackupError::damaged("something within it is no plain file"));
    }
    let size = header.entry_size().map_err(unreadable)?;
    if size > LARGEST {
        return Err(BackupError::damaged("a file within it is too large"));
    }
    let name = String::from_utf8(header.path_bytes().into_owned()).map_err(|_| BackupError::damaged("a name within it"))?;
    into.clear();
    // What is announced is believed only as far as it comes.
    input.by_ref().take(size).read_to_end(into).map_err(unreadable)?;
    if into.len() as u64 != size {
        return Err(BackupError::damaged("it ends within a file"));
    }
    input.read_exact(&mut block[..padding(into.len())]).map_err(unreadable)?;
    Ok(Some(name))
}

/// Behind the end there is nothing. Reading to it has the sum of the compressed stream looked at.
fn rest(input: &mut impl Read) -> Result<(), BackupError> {
    let mut zeros = [0; BLOCK];
    input.read_exact(&mut zeros).map_err(unreadable)?;
    let more = input.read(&mut [0; 1]).map_err(unreadable)?;
    if more > 0 || zeros.iter().any(|byte| *byte != 0) {
        return Err(BackupError::damaged("something stands behind its end"));
    }
    Ok(())
}

/// What a disk or an unpacker says about bytes that are not as they were written. A store that goes away says so itself.
pub(super) fn unreadable(error: io::Error) -> BackupError {
    error.downcast().unwrap_or_else(|error| BackupError::damaged(error.to_string()))
}

fn padding(size: usize) -> usize {
    (BLOCK - size % BLOCK) % BLOCK
}

/// The sum of a header, in which its own place counts as blanks.
fn checksum(block: &[u8; BLOCK]) -> u32 {
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    sum(&block[..148]) + 8 * u32::from(b' ') + sum(&block[156..])
}
