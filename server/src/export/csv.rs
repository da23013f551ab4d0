//! A table as text, as RFC 4180 describes it.

use std::borrow::Cow;

use domain::{
    export::{Cell, Csv as Dialect, Encoding, LineEnd, Scribe, harmless},
    id::ProfileId,
};
use encoding_rs::{EncoderResult, WINDOWS_1252};

use super::writer::Writer;

/// Writes CSV in a dialect.
pub(super) struct Csv {
    scribe: Scribe,
    dialect: Dialect,
}

impl Csv {
    pub(super) fn new(scribe: Scribe, dialect: Dialect) -> Self {
        Self { scribe, dialect }
    }

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self.dialect.line_end {
            LineEnd::CrLf => b"\r\n",
            LineEnd::Lf => b"\n",
        });
    }
}

impl Writer for Csv {
    fn head(&mut self, out: &mut Vec<u8>) {
        if self.dialect.encoding == Encoding::Utf8Bom {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
        for (nth, heading) in self.scribe.headings().iter().enumerate() {
            let heading = if self.dialect.guard { harmless(heading) } else { Cow::Borrowed(heading.as_str()) };
            push(out, nth, &heading, self.dialect);
        }
        self.end(out);
    }

    fn row(&mut self, _: ProfileId, cells: &[Cell<'_>], out: &mut Vec<u8>) {
        let begin = out.len();
        let country = self.scribe.country_of(cells).map(str::to_owned);
        for (nth, cell) in cells.iter().enumerate() {
            let text = match self.dialect.guard {
                true => self.scribe.guarded(nth, cell, country.as_deref()),
                false => self.scribe.text(nth, cell, country.as_deref()),
            };
            push(out, nth, &text, self.dialect);
        }
        if out.len() == begin {
            // A line with nothing in it would be no row.
            out.extend_from_slice(b"\"\"");
        }
        self.end(out);
    }
}

/// Appends a cell, in quotes where it would end early otherwise.
fn push(out: &mut Vec<u8>, nth: usize, text: &str, dialect: Dialect) {
    let delimiter = dialect.delimiter.byte();
    if nth > 0 {
        out.push(delimiter);
    }
    let bytes = if dialect.encoding == Encoding::Windows1252 { western(text) } else { Cow::Borrowed(text.as_bytes()) };
    if !bytes.iter().any(|byte| *byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n')) {
        return out.extend_from_slice(&bytes);
    }
    out.push(b'"');
    for byte in bytes.iter() {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

/// In Windows-1252; a letter that it has not becomes a question mark.
fn western(text: &str) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut encoder = WINDOWS_1252.new_encoder();
    // A letter takes one byte at most, and so does its stand-in.
    let mut bytes = Vec::with_capacity(text.len() + 1);
    let mut rest = text;
    loop {
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = &rest[read..];
        match result {
            EncoderResult::InputEmpty => return Cow::Owned(bytes),
            EncoderResult::Unmappable(_) => bytes.push(b'?'),
            EncoderResult::OutputFull => bytes.reserve(rest.len() + 16),
        }
    }
}

#[cfg(test)]
mod tests;
