//! One record out of a buffer of bytes, in one pass and without looking back.
//!
//! All encodings but UTF-16 write delimiters, quotes and line ends as in ASCII, so records are cut before letters are
//! made; UTF-16 comes in as UTF-8.

use super::{MAX_CELL, MAX_LINES};

/// What separates and surrounds cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) quote: Option<u8>,
}

/// The cells of one record, without quotes; the memory is kept from record to record.
#[derive(Debug, Default)]
pub(super) struct RawCells {
    pub(super) data: Vec<u8>,
    pub(super) ends: Vec<usize>,
}

impl RawCells {
    fn clear(&mut self) {
        self.data.clear();
        self.ends.clear();
    }

    fn end_cell(&mut self) {
        self.ends.push(self.data.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, i: usize) -> &[u8] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.data[start..self.ends[i]]
    }
}

/// What the buffer holds at its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// A record of so many bytes, line end included, over so many lines.
    Record { len: usize, lines: u32 },
    /// Not enough of it yet.
    More,
    /// A quoted cell that never ends, or goes on after its end.
    Quote,
    /// A cell over [`MAX_CELL`].
    TooLarge,
}

/// The bytes of the line at the beginning of `buf`, its end included: `\n`, `\r\n`, or a lone `\r`. None when more is
/// needed to tell.
pub(super) fn line_end(buf: &[u8], at_end: bool) -> Option<usize> {
    let end = buf.iter().position(|b| matches!(b, b'\n' | b'\r'))?;
    match (buf[end], buf.get(end + 1)) {
        (b'\r', Some(b'\n')) => Some(end + 2),
        (b'\r', None) if !at_end => None,
        _ => Some(end + 1),
    }
}

/// Read the record at the beginning of `buf`. `at_end`: nothing will follow the buffer.
pub(super) fn split(buf: &[u8], at_end: bool, dialect: Dialect, cells: &mut RawCells) -> Split {
    cells.clear();
    let Dialect { delimiter, quote } = dialect;
    let mut i = 0;
    let mut lines = 1;
    loop {
        // At the beginning of a cell.
        if quote.is_some() && buf.get(i).copied() == quote {
            match quoted(buf, i + 1, at_end, buf[i], &mut lines, cells) {
                Ok(after) => i = after,
                Err(split) => return split,
            }
            match buf.get(i) {
                Some(b) if *b == delimiter || matches!(b, b'\r' | b'\n') => {}
                None if at_end => {}
                None => return Split::More,
                Some(_) => return Split::Quote,
            }
        } else {
            let rest = &buf[i..];
            let len = rest.iter().position(|b| *b == delimiter || matches!(b, b'\n' | b'\r'));
            let len = match len {
                Some(len) => len,
                None if rest.len() > MAX_CELL => return Split::TooLarge,
                None if at_end => rest.len(),
                None => return Split::More,
            };
            if len > MAX_CELL {
                return Split::TooLarge;
            }
            cells.data.extend_from_slice(&rest[..len]);
            i += len;
        }
        cells.end_cell();
        match buf.get(i) {
            Some(b'\n') => return Split::Record { len: i + 1, lines },
            Some(b'\r') => match buf.get(i + 1) {
                Some(b'\n') => return Split::Record { len: i + 2, lines },
                None if !at_end => return Split::More,
                _ => return Split::Record { len: i + 1, lines },
            },
            Some(_) => i += 1,
            None => return Split::Record { len: i, lines },
        }
    }
}

/// Finds the end of a record without keeping its cells, one piece of the file after the other.
#[derive(Debug)]
pub(super) struct Walk {
    dialect: Dialect,
    at: Place,
    /// Cells begun.
    cells: usize,
    /// A quoted cell went on behind its end.
    broken: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    CellStart,
    Plain,
    Quoted,
    /// Behind a quotation mark: the cell's last, or the first of two.
    Quote,
    /// Behind a carriage return.
    Return,
}

impl Walk {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, at: Place::CellStart, cells: 1, broken: false }
    }

    /// Where in the next piece the record ends, its line end included. None: further on, or never, in quotes.
    pub(super) fn end(&mut self, piece: &[u8], at_end: bool) -> Option<usize> {
        for (i, byte) in piece.iter().enumerate() {
            let quote = self.dialect.quote == Some(*byte);
            self.at = match (self.at, byte) {
                (Place::Return, b'\n') => return Some(i + 1),
                (Place::Return, _) => return Some(i),
                (Place::Quoted, _) if quote => Place::Quote,
                (Place::Quoted, _) => Place::Quoted,
                (Place::CellStart | Place::Quote, _) if quote => Place::Quoted,
                (_, b'\n') => return Some(i + 1),
                (_, b'\r') => Place::Return,
                (_, byte) if *byte == self.dialect.delimiter => {
                    self.cells += 1;
                    Place::CellStart
                }
                (at, _) => {
                    self.broken |= at == Place::Quote;
                    Place::Plain
                }
            };
        }
        (at_end && self.at != Place::Quoted).then_some(piece.len())
    }

    /// Whether what was walked through is a record of so many cells, every quotation mark in its place.
    pub(super) fn is_record_of(&self, n: usize) -> bool {
        !self.broken && self.cells == n
    }
}

/// Take over a quoted cell from after its opening quote; gives the place after its closing one.
fn quoted(buf: &[u8], start: usize, at_end: bool, quote: u8, lines: &mut u32, cells: &mut RawCells) -> Result<usize, Split> {
    let mut from = start;
    loop {
        let mut to = from;
        while to < buf.len() && buf[to] != quote {
            if buf[to] == b'\n' || buf[to] == b'\r' && buf.get(to + 1) != Some(&b'\n') {
                *lines += 1;
                if *lines > MAX_LINES {
                    return Err(Split::Quote);
                }
            }
            to += 1;
        }
        if to - start > MAX_CELL {
            return Err(Split::TooLarge);
        }
        if to == buf.len() {
            return Err(if at_end { Split::Quote } else { Split::More });
        }
        cells.data.extend_from_slice(&buf[from..to]);
        match buf.get(to + 1) {
            None if !at_end => return Err(Split::More),
            Some(next) if *next == quote => {
                cells.data.push(quote);
                from = to + 2;
            }
            _ => return Ok(to + 1),
        }
    }
}
