//! The rows of a text with delimiters, one after the other.

use std::io;

use domain::{
    import::{Encoding, Reading, RowProblem},
    problem::Problem,
};

use super::{
    MAX_CELL, MAX_COLUMNS, Next, Position, Record, TabularError, decode,
    input::Input,
    source::Source,
    split::{Dialect, RawCells, Split, split},
};

mod refuse;

/// Reads a text row by row in constant memory.
///
/// Blank lines and rows of empty cells are passed over, but counted, so that numbers are those of a table program.
/// A row must have a cell for every heading; further cells may follow as long as they are empty.
pub(super) struct Lines {
    input: Input,
    source: Source,
    dialect: Dialect,
    encoding: Encoding,
    headings: Vec<String>,
    /// Cells up to here must be there; headings behind it are empty.
    required: usize,
    row: u64,
    spare: RawCells,
}

impl Lines {
    /// Open a text and read its headings. Without a header they are empty, as many as the first row has cells.
    pub(super) fn open(input: &Input, reading: &Reading) -> Result<Self, TabularError> {
        let dialect =
            Dialect { delimiter: u8::try_from(reading.delimiter).unwrap_or(b','), quote: reading.quote.and_then(|q| u8::try_from(q).ok()) };
        let mut lines = Lines {
            input: input.clone(),
            source: Source::open(input, reading.encoding, 0)?,
            dialect,
            encoding: reading.encoding,
            headings: Vec::new(),
            required: 0,
            row: 0,
            spare: RawCells::default(),
        };
        lines.skip_separator_line()?;
        lines.skip_notes(reading.first_row)?;
        let begin = lines.position();
        let mut first = Record::default();
        loop {
            match lines.split(&mut first.raw)? {
                Split::Record { len: 0, .. } => return Err(TabularError::Empty),
                Split::Record { len, .. } => {
                    lines.pass(len);
                    if !is_blank(&first.raw) {
                        break;
                    }
                }
                _ => return Err(TabularError::BrokenHeader),
            }
        }
        let n = first.raw.len();
        if n > MAX_COLUMNS {
            return Err(TabularError::TooManyColumns(n));
        }
        first.decode(lines.encoding);
        if reading.has_header {
            lines.headings = first.cells().map(|c| c.replace('\0', "").trim().to_owned()).collect();
            lines.required = lines.headings.iter().rposition(|h| !h.is_empty()).map_or(n, |i| i + 1);
        } else {
            lines.headings = vec![String::new(); n];
            lines.required = n;
            lines.source = Source::open(input, reading.encoding, begin.byte)?;
            lines.row = begin.row;
        }
        Ok(lines)
    }

    /// Go on from a place that [`Lines::position`] gave for this text.
    pub(super) fn resume(&mut self, position: Position) -> Result<(), TabularError> {
        if position.byte > 0 {
            self.source = Source::open(&self.input, self.encoding, position.byte)?;
            self.row = position.row;
        }
        Ok(())
    }

    /// The names of the columns.
    pub(super) fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The place behind the last row read.
    pub(super) fn position(&self) -> Position {
        Position { byte: self.source.offset(), row: self.row }
    }

    /// The next row into `record`.
    pub(super) fn read(&mut self, record: &mut Record) -> Result<Next, TabularError> {
        loop {
            let (len, lines) = match self.split(&mut record.raw)? {
                Split::Record { len: 0, .. } => return Ok(Next::End),
                Split::Record { len, lines } => (len, lines),
                Split::TooLarge => return self.refuse_large(),
                Split::Quote | Split::More => return self.refuse_line(Problem::UnclosedQuote),
            };
            if is_blank(&record.raw) {
                self.pass(len);
                continue;
            }
            let n = record.raw.len();
            let fits = n >= self.required && (self.headings.len()..n).all(|i| record.raw.get(i).is_empty());
            if !fits && lines > 1 && self.swallowed_rows() {
                return self.refuse_line(Problem::UnclosedQuote);
            }
            self.pass(len);
            record.number = self.row;
            if !fits {
                let reason = Problem::WrongCellCount { expected: self.headings.len() as u64, found: n as u64 };
                let text = (0..n).map(|i| decode::text(record.raw.get(i), self.encoding)).collect::<Vec<_>>();
                let shown = text.join(&char::from(self.dialect.delimiter).to_string());
                return Ok(Next::Refused(RowProblem::new(self.row, "", &shown, reason)));
            }
            if let Some(problem) = self.unreadable(&record.raw) {
                return Ok(Next::Refused(problem));
            }
            record.raw.ends.truncate(self.headings.len());
            let end = record.raw.ends.last().copied().unwrap_or(0);
            record.raw.data.truncate(end);
            record.raw.ends.resize(self.headings.len(), end);
            record.decode(self.encoding);
            return Ok(Next::Row);
        }
    }

    /// The cell with a NUL or with bytes that are no text.
    fn unreadable(&self, raw: &RawCells) -> Option<RowProblem> {
        let (cell, reason) = if raw.data.contains(&0) {
            ((0..raw.len()).find(|i| raw.get(*i).contains(&0))?, Problem::NulByte)
        } else if decode::as_is(&raw.data, self.encoding).is_none() {
            (decode::first_bad(raw, self.encoding)?, Problem::BadEncoding)
        } else {
            return None;
        };
        let heading = self.headings.get(cell).map_or("", String::as_str);
        Some(RowProblem::new(self.row, heading, &decode::text(raw.get(cell), self.encoding), reason))
    }

    /// The record at hand, with as much of the file as it takes.
    fn split(&mut self, cells: &mut RawCells) -> io::Result<Split> {
        loop {
            let found = split(self.source.bytes(), self.source.at_end(), self.dialect, cells);
            // A row of many large cells is as bad as one of a single cell.
            if found == Split::More && self.source.bytes().len() > 8 * MAX_CELL {
                return Ok(Split::TooLarge);
            }
            if found != Split::More {
                return Ok(found);
            }
            self.source.fill()?;
        }
    }

    /// Pass over what stands above the table, whatever it is.
    fn skip_notes(&mut self, first_row: u32) -> Result<(), TabularError> {
        let mut raw = RawCells::default();
        while self.row + 1 < u64::from(first_row) {
            match self.split(&mut raw)? {
                Split::Record { len: 0, .. } => return Err(TabularError::Empty),
                Split::Record { len, .. } => self.pass(len),
                _ => drop(self.refuse_line(Problem::UnclosedQuote)?),
            }
        }
        Ok(())
    }

    fn pass(&mut self, len: usize) {
        self.source.consume(len);
        self.row += 1;
    }

    /// Excel's own first line `sep=;` is no row.
    fn skip_separator_line(&mut self) -> io::Result<()> {
        while self.source.bytes().len() < 16 && !self.source.at_end() {
            self.source.fill()?;
        }
        if let Some(len) = super::sniff::separator_line(self.source.bytes()) {
            self.source.consume(len);
        }
        Ok(())
    }
}

fn is_blank(raw: &RawCells) -> bool {
    raw.data.iter().all(u8::is_ascii_whitespace)
}
