//! Rows as texts, in the format in which they came: nothing in them changes, so that they can be imported again.

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
};

use domain::{
    export::harmless,
    import::{Encoding, Format, Reading},
};
use encoding_rs::{EncoderResult, ISO_8859_15, WINDOWS_1252};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::tabular::Record;

/// Rows of a sheet (limit of Excel).
const SHEET: u32 = 1 << 20;
/// Characters of a cell, in bytes of UTF-8 at most (limit of Excel: 32 767 UTF-16 units).
const CELL: usize = 32_767;

/// A file on its way.
pub(super) struct Rows {
    out: BufWriter<File>,
    headings: Vec<String>,
    form: Form,
    n: u64,
}

enum Form {
    Text { csv: Box<csv::WriterBuilder>, encoding: Encoding, quoted: bool, delimiter: char },
    Json,
    Ndjson,
    Table { book: Box<Workbook>, sheet: usize, row: u32, has_header: bool },
}

impl Rows {
    /// Begins a file; the last heading is that of the reasons.
    pub(super) fn begin(file: File, reading: &Reading, headings: Vec<String>) -> io::Result<Self> {
        let form = match reading.format {
            Format::Text => text(reading.delimiter, reading.quote, reading.encoding),
            Format::Vcard | Format::Xml => text(';', Some('"'), Encoding::Utf8),
            Format::Json => Form::Json,
            Format::Ndjson => Form::Ndjson,
            _ => Form::Table { book: Box::new(Workbook::new()), sheet: 0, row: 0, has_header: reading.has_header },
        };
        let mut rows = Self { out: BufWriter::with_capacity(1 << 18, file), headings, form, n: 0 };
        match &rows.form {
            Form::Text { encoding, .. } => {
                let mark: &[u8] = match encoding {
                    Encoding::Utf8 => b"\xEF\xBB\xBF",
                    Encoding::Utf16Le => b"\xFF\xFE",
                    Encoding::Utf16Be => b"\xFE\xFF",
                    _ => b"",
                };
                rows.out.write_all(mark)?;
                if reading.has_header || matches!(reading.format, Format::Vcard | Format::Xml) {
                    let headings = std::mem::take(&mut rows.headings);
                    rows.line(headings.iter().map(String::as_str))?;
                }
            }
            Form::Json => rows.out.write_all(b"[")?,
            Form::Ndjson => {}
            Form::Table { .. } => rows.sheet().map_err(io::Error::other)?,
        }
        Ok(rows)
    }

    /// Appends a row and its reason.
    pub(super) fn push(&mut self, record: &Record, reason: &str) -> io::Result<()> {
        self.n += 1;
        match &mut self.form {
            // A reason quotes what stood in the file: nothing of it may run in a spreadsheet. The cells are the file's own.
            Form::Text { quoted: true, .. } => {
                let reason = harmless(reason);
                self.line(record.cells().chain([&*reason]))
            }
            Form::Text { delimiter, .. } => {
                // Without quotation marks a delimiter would begin another cell.
                let reason = harmless(reason).replace([*delimiter, '\n', '\r'], " ");
                self.line(record.cells().chain([reason.as_str()]))
            }
            Form::Json | Form::Ndjson => self.object(record, reason),
            Form::Table { .. } => self.cells(record, reason).map_err(io::Error::other),
        }
    }

    /// Writes the end; then the file is on the disk.
    pub(super) fn finish(mut self) -> io::Result<()> {
        match &mut self.form {
            Form::Json => self.out.write_all(b"\n]\n")?,
            Form::Table { book, .. } => book.save_to_writer(&mut self.out).map_err(io::Error::other)?,
            _ => {}
        }
        self.out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
        let Form::Text { csv, encoding, .. } = &self.form else { return Ok(()) };
        let mut line = csv.from_writer(Vec::new());
        line.write_record(cells).map_err(io::Error::other)?;
        let line = line.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        let line = String::from_utf8(line).map_err(io::Error::other)?;
        self.out.write_all(&encoded(&line, *encoding))
    }

    /// An object without what is empty.
    fn object(&mut self, record: &Record, reason: &str) -> io::Result<()> {
        let list = matches!(self.form, Form::Json);
        let before = match (list, self.n) {
            (true, 1) => "\n",
            (true, _) => ",\n",
            (false, _) => "",
        };
        self.out.write_all(before.as_bytes())?;
        let cells = record.cells().chain([reason]).zip(&self.headings).filter(|(cell, _)| !cell.is_empty());
        for (nth, (cell, heading)) in cells.enumerate() {
            self.out.write_all(if nth == 0 { b"{" } else { b"," })?;
            serde_json::to_writer(&mut self.out, heading)?;
            self.out.write_all(b":")?;
            serde_json::to_writer(&mut self.out, cell)?;
        }
        self.out.write_all(if list { b"}" } else { b"}\n" })
    }

    /// A further sheet, with the headings if there are any.
    fn sheet(&mut self) -> Result<(), XlsxError> {
        let Form::Table { book, sheet, row, has_header } = &mut self.form else { return Ok(()) };
        let page = book.add_worksheet_with_constant_memory()?;
        (*sheet, *row) = (*sheet + 1, 0);
        if *has_header {
            for (nth, heading) in (0..).zip(&self.headings) {
                page.write_string(0, nth, heading)?;
            }
            *row = 1;
        }
        Ok(())
    }

    fn cells(&mut self, record: &Record, reason: &str) -> Result<(), XlsxError> {
        if matches!(self.form, Form::Table { row, .. } if row >= SHEET) {
            self.sheet()?;
        }
        let Form::Table { book, sheet, row, .. } = &mut self.form else { return Ok(()) };
        let page = book.worksheet_from_index(*sheet - 1)?;
        for (nth, cell) in (0..).zip(record.cells().chain([reason])) {
            if !cell.is_empty() {
                page.write_string(*row, nth, &cell[..cell.floor_char_boundary(CELL)])?;
            }
        }
        *row += 1;
        Ok(())
    }
}

fn text(delimiter: char, quote: Option<char>, encoding: Encoding) -> Form {
    let mut csv = Box::new(csv::WriterBuilder::new());
    csv.delimiter(u8::try_from(delimiter).unwrap_or(b';')).terminator(csv::Terminator::CRLF).flexible(true);
    match quote.and_then(|quote| u8::try_from(quote).ok()) {
        Some(quote) => csv.quote(quote),
        None => csv.quote_style(csv::QuoteStyle::Never),
    };
    Form::Text { csv, encoding, quoted: quote.is_some(), delimiter }
}

/// In the encoding of the file; what it lacks becomes a question mark, and that can only be a letter of the reason.
fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let western = |letters: &'static encoding_rs::Encoding| {
        let (mut encoder, mut bytes, mut rest) = (letters.new_encoder(), Vec::with_capacity(text.len() + 16), text);
        loop {
            let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
            rest = &rest[read..];
            match result {
                EncoderResult::InputEmpty => return bytes,
                EncoderResult::Unmappable(_) => bytes.push(b'?'),
                EncoderResult::OutputFull => bytes.reserve(rest.len() + 16),
            }
        }
    };
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Windows1252 => western(WINDOWS_1252),
        Encoding::Latin9 => western(ISO_8859_15),
        Encoding::Latin1 => text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
    }
}
