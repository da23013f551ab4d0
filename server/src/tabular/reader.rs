//! All records of a file, one after the other.

use std::{
    io,
    path::{Path, PathBuf},
};

use domain::{
    import::{Encoding, Reading, RowProblem},
    problem::Problem,
};

use super::{
    MAX_CELL, MAX_COLUMNS, TabularError, decode,
    source::Source,
    split::{Dialect, RawCells, Split, split},
};

mod refuse;

/// A place between two records, from which reading can go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Bytes from the beginning of the file; 0: the beginning.
    pub byte: u64,
    /// Rows before it as a table program counts them.
    pub row: u64,
}

/// One row; reuse it, it keeps its memory.
#[derive(Debug, Default)]
pub struct Record {
    raw: RawCells,
    text: String,
    ends: Vec<usize>,
    /// As a table program counts: the headings are row 1.
    pub number: u64,
}

impl Record {
    /// The text of a cell.
    pub fn cell(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..self.ends[i]]
    }

    /// How many cells there are: as many as headings.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.cell(i))
    }

    fn decode(&mut self, encoding: Encoding) {
        self.text.clear();
        self.ends.clear();
        if let Some(text) = decode::as_is(&self.raw.data, encoding) {
            self.text.push_str(text);
            self.ends.extend_from_slice(&self.raw.ends);
            return;
        }
        for i in 0..self.raw.len() {
            self.text.push_str(&decode::text(self.raw.get(i), encoding));
            self.ends.push(self.text.len());
        }
    }
}

/// What [`Reader::read`] met.
#[derive(Debug)]
pub enum Next {
    /// A row, now in the record.
    Row,
    /// A row that can't be read; the next may.
    Refused(RowProblem),
    /// The end of the file.
    End,
}

/// Reads a file row by row in constant memory.
///
/// Blank lines and rows of empty cells are passed over, but counted, so that numbers are those of a table program.
/// A row must have a cell for every heading; further cells may follow as long as they are empty.
pub struct Reader {
    path: PathBuf,
    source: Source,
    dialect: Dialect,
    encoding: Encoding,
    headings: Vec<String>,
    /// Cells up to here must be there; headings behind it are empty.
    required: usize,
    row: u64,
    spare: RawCells,
}

impl Reader {
    /// Open a file and read its headings. Without a header they are empty, as many as the first row has cells.
    pub fn open(path: &Path, reading: &Reading) -> Result<Self, TabularError> {
        let dialect =
            Dialect { delimiter: u8::try_from(reading.delimiter).unwrap_or(b','), quote: reading.quote.and_then(|q| u8::try_from(q).ok()) };
        let source = Source::open(path, reading.encoding, 0)?;
        let spare = RawCells::default();
        let mut reader =
            Reader { path: path.to_owned(), source, dialect, encoding: reading.encoding, headings: Vec::new(), required: 0, row: 0, spare };
        reader.skip_separator_line()?;
        let begin = reader.position();
        let mut first = Record::default();
        loop {
            match reader.split(&mut first.raw)? {
                Split::Record { len: 0, .. } => return Err(TabularError::Empty),
                Split::Record { len, .. } => {
                    reader.pass(len);
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
        first.decode(reader.encoding);
        if reading.has_header {
            reader.headings = first.cells().map(|c| c.replace('\0', "").trim().to_owned()).collect();
            reader.required = reader.headings.iter().rposition(|h| !h.is_empty()).map_or(n, |i| i + 1);
        } else {
            reader.headings = vec![String::new(); n];
            reader.required = n;
            reader.source = Source::open(path, reading.encoding, begin.byte)?;
            reader.row = begin.row;
        }
        Ok(reader)
    }

    /// Open a file and go on from a place that [`Reader::position`] gave for it.
    pub fn resume(path: &Path, reading: &Reading, position: Position) -> Result<Self, TabularError> {
        let mut reader = Reader::open(path, reading)?;
        if position.byte > 0 {
            reader.source = Source::open(path, reading.encoding, position.byte)?;
            reader.row = position.row;
        }
        Ok(reader)
    }

    /// The names of the columns.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The place behind the last row read.
    pub fn position(&self) -> Position {
        Position { byte: self.source.offset(), row: self.row }
    }

    /// The next row into `record`.
    pub fn read(&mut self, record: &mut Record) -> Result<Next, TabularError> {
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
