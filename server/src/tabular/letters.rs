//! A file of any encoding as a stream of UTF-8.

use std::io::{self, Read};

use domain::import::Encoding;
use encoding_rs::{CoderResult, Decoder, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::input::{Input, Stream};

const BLOCK: usize = 1 << 16;

/// What belongs to no letter arrives as U+FFFD.
pub(super) struct Letters {
    stream: Stream,
    decoder: Decoder,
    block: Vec<u8>,
    /// Bytes of the block not yet decoded.
    waiting: std::ops::Range<usize>,
    at_end: bool,
    /// A decoder must not be asked again after its end.
    finished: bool,
    out: Vec<u8>,
    /// What of `out` was handed over.
    given: usize,
}

impl Letters {
    /// From the beginning; a byte order mark is left out.
    pub(super) fn open(input: &Input, encoding: Encoding) -> io::Result<Self> {
        let decoder = match encoding {
            Encoding::Utf8 => UTF_8.new_decoder_with_bom_removal(),
            Encoding::Utf16Le => UTF_16LE.new_decoder_with_bom_removal(),
            Encoding::Utf16Be => UTF_16BE.new_decoder_with_bom_removal(),
            // The signs that Latin 1 lacks are control characters there, which nobody wrote.
            Encoding::Windows1252 | Encoding::Latin1 => WINDOWS_1252.new_decoder_with_bom_removal(),
            Encoding::Latin9 => ISO_8859_15.new_decoder_with_bom_removal(),
        };
        Ok(Letters {
            stream: input.stream(0)?,
            decoder,
            block: vec![0; BLOCK],
            waiting: 0..0,
            at_end: false,
            finished: false,
            out: vec![0; 3 * BLOCK + 64],
            given: 3 * BLOCK + 64,
        })
    }

    /// Decode more; false when nothing is left.
    fn fill(&mut self) -> io::Result<bool> {
        while !self.finished {
            if self.waiting.is_empty() && !self.at_end {
                let n = match self.stream.read(&mut self.block) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    other => other?,
                };
                self.waiting = 0..n;
                self.at_end = n == 0;
            }
            self.out.resize(3 * BLOCK + 64, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(&self.block[self.waiting.clone()], &mut self.out, self.at_end);
            self.waiting.start += read;
            self.out.truncate(written);
            self.given = 0;
            self.finished = self.at_end && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Read for Letters {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.given >= self.out.len() && !self.fill()? {
            return Ok(0);
        }
        let n = buf.len().min(self.out.len() - self.given);
        buf[..n].copy_from_slice(&self.out[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
