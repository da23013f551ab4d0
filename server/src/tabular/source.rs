//! The bytes of a file from a given place on, in a buffer that slides along; UTF-16 arrives as UTF-8.

use std::io::{self, Read};

use domain::import::Encoding;
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};

use super::input::{Input, Stream, read_up_to};

const BLOCK: usize = 256 * 1024;

pub(super) struct Source {
    stream: Stream,
    utf16: Option<Decoder>,
    block: Vec<u8>,
    /// Bytes read and not yet consumed are `buf[start..]`.
    buf: Vec<u8>,
    start: usize,
    at_end: bool,
    /// Where in the file `buf[start]` comes from.
    offset: u64,
}

impl Source {
    /// Open at a place; 0 also skips the byte order mark.
    pub(super) fn open(input: &Input, encoding: Encoding, offset: u64) -> io::Result<Self> {
        let mark: &[u8] = match encoding {
            Encoding::Utf8 => b"\xEF\xBB\xBF",
            Encoding::Utf16Le => b"\xFF\xFE",
            Encoding::Utf16Be => b"\xFE\xFF",
            _ => b"",
        };
        let mut offset = offset;
        if offset == 0 && !mark.is_empty() {
            let mut first = [0; 3];
            let n = read_up_to(&mut input.stream(0)?, &mut first[..mark.len()])?;
            offset = if &first[..n] == mark { mark.len() as u64 } else { 0 };
        }
        let stream = input.stream(offset)?;
        let utf16 = match encoding {
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            _ => None,
        };
        Ok(Source { stream, utf16, block: vec![0; BLOCK], buf: Vec::new(), start: 0, at_end: false, offset })
    }

    /// What is there and not consumed.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buf[self.start..]
    }

    /// Whether nothing follows [`Source::bytes`].
    pub(super) fn at_end(&self) -> bool {
        self.at_end
    }

    /// The place in the file of the first byte not consumed.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Get another block behind what is there.
    pub(super) fn fill(&mut self) -> io::Result<()> {
        self.buf.drain(..self.start);
        self.start = 0;
        let n = loop {
            match self.stream.read(&mut self.block) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.at_end = n == 0;
        match &mut self.utf16 {
            None => self.buf.extend_from_slice(&self.block[..n]),
            Some(decoder) => {
                let mut text = String::with_capacity(decoder.max_utf8_buffer_length(n).unwrap_or(n * 3 + 16));
                // The room suffices by construction, so one call takes the whole block.
                let (_, _, _) = decoder.decode_to_string(&self.block[..n], &mut text, self.at_end);
                self.buf.extend_from_slice(text.as_bytes());
            }
        }
        Ok(())
    }

    /// Move on by so many of [`Source::bytes`].
    pub(super) fn consume(&mut self, n: usize) {
        let passed = &self.buf[self.start..self.start + n];
        self.offset += if self.utf16.is_some() { utf16_bytes(passed) } else { n as u64 };
        self.start += n;
    }
}

/// How many bytes a text takes in UTF-16.
fn utf16_bytes(utf8: &[u8]) -> u64 {
    utf8.iter()
        .map(|b| {
            if *b >= 0xF0 {
                4
            } else if b & 0xC0 == 0x80 {
                0
            } else {
                2
            }
        })
        .sum()
}
