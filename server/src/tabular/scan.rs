//! A file as letters in a buffer that slides along, for those who look for signs in it.

use std::io::{self, Read as _};

use domain::import::Encoding;

use super::{TabularError, input::Input, letters::Letters};

const BLOCK: usize = 1 << 16;

/// UTF-8, from the beginning of a file on.
pub(super) struct Scan {
    letters: Letters,
    buf: Vec<u8>,
    start: usize,
    at_end: bool,
}

impl Scan {
    pub(super) fn open(input: &Input, encoding: Encoding) -> io::Result<Self> {
        Ok(Scan { letters: Letters::open(input, encoding)?, buf: Vec::new(), start: 0, at_end: false })
    }

    /// What is there and not consumed.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buf[self.start..]
    }

    /// Move on by so many of [`Scan::bytes`].
    pub(super) fn consume(&mut self, n: usize) {
        self.start = (self.start + n).min(self.buf.len());
    }

    /// Get another block behind what is there; false at the end of the file.
    pub(super) fn fill(&mut self) -> io::Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        self.buf.drain(..self.start);
        self.start = 0;
        let old = self.buf.len();
        self.buf.resize(old + BLOCK, 0);
        let n = self.letters.read(&mut self.buf[old..])?;
        self.buf.truncate(old + n);
        self.at_end = n == 0;
        Ok(n > 0)
    }

    /// The next byte, which stays; none at the end.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.bytes().is_empty() && !self.fill()? {
            return Ok(None);
        }
        Ok(self.bytes().first().copied())
    }

    /// The next byte that is no white space, which stays; none at the end.
    pub(super) fn peek_filled(&mut self) -> io::Result<Option<u8>> {
        loop {
            let bytes = self.bytes();
            let blank = bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
            if blank < bytes.len() {
                let first = bytes[blank];
                self.consume(blank);
                return Ok(Some(first));
            }
            self.consume(blank);
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// The next line into `line`, without its end and at most `max` bytes of it; false at the end of the file. The
    /// second answer: whether it was longer.
    pub(super) fn line(&mut self, line: &mut Vec<u8>, max: usize) -> Result<(bool, bool), TabularError> {
        line.clear();
        let (mut any, mut cut) = (false, false);
        loop {
            let bytes = self.bytes();
            let end = bytes.iter().position(|b| *b == b'\n');
            let part = &bytes[..end.unwrap_or(bytes.len())];
            let room = max.saturating_sub(line.len()).min(part.len());
            line.extend_from_slice(&part[..room]);
            cut |= room < part.len();
            any |= !bytes.is_empty();
            let n = end.map_or(bytes.len(), |end| end + 1);
            self.consume(n);
            if end.is_some() || !self.fill()? {
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok((any, cut));
            }
        }
    }
}
