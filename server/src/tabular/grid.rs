//! Rows of cells as they stand in a sheet: where the table begins, how wide it is, what lies beside it.

use std::collections::VecDeque;

use domain::{
    import::{Reading, RowProblem},
    problem::Problem,
};

use super::{MAX_CELL, MAX_COLUMNS, Next, Position, Record, TabularError};

/// How many rows tell how wide the table is.
const AHEAD: usize = 100;
/// How many bytes of them are kept for it.
const AHEAD_BYTES: usize = 16 << 20;
/// The most bytes of a row; the same as for a text.
const MAX_ROW: usize = 8 * MAX_CELL;

/// How many cells of a row may come too late. Programs write them from left to right; putting others in place takes long.
const MAX_LATE: usize = 100;

/// A row of a sheet, its cells from the first column on.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// As a table program counts.
    pub(super) number: u64,
    text: String,
    ends: Vec<usize>,
    /// The number of the last column that is filled, where that is beyond [`MAX_COLUMNS`].
    beyond: Option<usize>,
    /// A cell, or all together, had more bytes than can be kept.
    too_large: bool,
    /// How many cells came behind those to their right.
    late: usize,
}

impl Row {
    /// Begin another row.
    pub(super) fn begin(&mut self, number: u64) {
        self.number = number;
        self.text.clear();
        self.ends.clear();
        self.beyond = None;
        self.too_large = false;
        self.late = 0;
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, i: usize) -> &str {
        let Some(end) = self.ends.get(i) else { return "" };
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..*end]
    }

    /// Puts a text into a column, from 0. Columns come from left to right; one that comes late is put in place.
    pub(super) fn put(&mut self, column: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        if column >= MAX_COLUMNS {
            self.beyond = Some(self.beyond.unwrap_or(0).max(column + 1));
            return;
        }
        self.late += usize::from(column < self.len());
        if text.len() > MAX_CELL || self.text.len() + text.len() > MAX_ROW || self.late > MAX_LATE {
            self.too_large = true;
            return;
        }
        if column < self.len() {
            let mut cells: Vec<String> = (0..self.len()).map(|i| self.get(i).to_owned()).collect();
            text.clone_into(&mut cells[column]);
            self.text.clear();
            self.ends.clear();
            for cell in cells {
                self.text.push_str(&cell);
                self.ends.push(self.text.len());
            }
            return;
        }
        self.ends.resize(column, self.text.len());
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub(super) fn is_blank(&self) -> bool {
        self.beyond.is_none() && !self.too_large && self.text.trim().is_empty()
    }

    /// All cells as texts of their own.
    pub(super) fn texts(&self) -> Vec<String> {
        (0..self.len()).map(|i| self.get(i).to_owned()).collect()
    }

    /// The number of columns up to the last that is filled.
    fn width(&self) -> usize {
        self.beyond.unwrap_or_else(|| (0..self.len()).rposition(|i| !self.get(i).trim().is_empty()).map_or(0, |i| i + 1))
    }
}

/// What reads a sheet.
pub(super) trait Rows: Send {
    /// The next row, empty ones may be left out; false at the end.
    fn next(&mut self, row: &mut Row) -> Result<bool, TabularError>;

    /// How many bytes of the file were read for it.
    fn done(&self) -> u64;

    /// How many there will be.
    fn size(&self) -> u64;
}

/// The table in a sheet.
pub(super) struct Grid {
    rows: Box<dyn Rows>,
    /// Rows that were read to see how wide the table is.
    ahead: VecDeque<Row>,
    spare: Row,
    headings: Vec<String>,
    /// The number of the last row that was handed out.
    last: u64,
}

impl Grid {
    /// Reads the headings where the reading says that they are.
    pub(super) fn open(rows: Box<dyn Rows>, reading: &Reading) -> Result<Self, TabularError> {
        let mut grid = Grid { rows, ahead: VecDeque::new(), spare: Row::default(), headings: Vec::new(), last: 0 };
        let mut first = Row::default();
        loop {
            if !grid.rows.next(&mut first)? {
                return Err(TabularError::Empty);
            }
            if first.number >= u64::from(reading.first_row) && !first.is_blank() {
                break;
            }
        }
        if first.width() > MAX_COLUMNS {
            return Err(TabularError::TooManyColumns(first.width()));
        }
        if first.too_large {
            return Err(TabularError::BrokenHeader);
        }
        let mut width = first.width();
        if reading.has_header {
            grid.headings = first.texts().iter().map(|heading| one_line(heading)).collect();
            grid.last = first.number;
        } else {
            grid.last = first.number.saturating_sub(1);
            grid.ahead.push_back(first);
        }
        let mut bytes = 0;
        while grid.ahead.len() < AHEAD && bytes < AHEAD_BYTES {
            let mut row = Row::default();
            if !grid.rows.next(&mut row)? {
                break;
            }
            if row.is_blank() {
                continue;
            }
            // A row that goes far beyond the others is refused for it; it doesn't make the table wider.
            if row.beyond.is_none() {
                width = width.max(row.width());
            }
            bytes += row.text.len() + 8 * row.len();
            grid.ahead.push_back(row);
        }
        grid.headings.resize(width, String::new());
        Ok(grid)
    }

    pub(super) fn headings(&self) -> &[String] {
        &self.headings
    }

    pub(super) fn size(&self) -> u64 {
        self.rows.size()
    }

    pub(super) fn position(&self) -> Position {
        Position { byte: self.rows.done(), row: self.last }
    }

    /// Pass over the rows up to this number.
    pub(super) fn skip_to(&mut self, row: u64) -> Result<(), TabularError> {
        while self.ahead.front().is_some_and(|first| first.number <= row) {
            self.ahead.pop_front();
        }
        if !self.ahead.is_empty() {
            self.last = self.last.max(row);
            return Ok(());
        }
        while self.last < row {
            if !self.rows.next(&mut self.spare)? {
                self.last = row;
                return Ok(());
            }
            if self.spare.number > row {
                self.ahead.push_back(std::mem::take(&mut self.spare));
                break;
            }
            self.last = self.spare.number;
        }
        self.last = self.last.max(row);
        Ok(())
    }

    pub(super) fn read(&mut self, record: &mut Record) -> Result<Next, TabularError> {
        loop {
            if let Some(row) = self.ahead.pop_front() {
                self.spare = row;
            } else if !self.rows.next(&mut self.spare)? {
                return Ok(Next::End);
            }
            let row = &self.spare;
            self.last = row.number;
            if row.is_blank() {
                continue;
            }
            let width = row.width();
            if row.too_large {
                return Ok(Next::Refused(RowProblem::new(row.number, "", &row.text, Problem::CellTooLarge { max: MAX_CELL as u64 })));
            }
            if width > self.headings.len() {
                let reason = Problem::WrongCellCount { expected: self.headings.len() as u64, found: width as u64 };
                return Ok(Next::Refused(RowProblem::new(row.number, "", &row.texts().join(" | "), reason)));
            }
            if row.text.contains('\0') {
                let at = (0..row.len()).find(|i| row.get(*i).contains('\0')).unwrap_or(0);
                let heading = self.headings.get(at).map_or("", String::as_str);
                return Ok(Next::Refused(RowProblem::new(row.number, heading, row.get(at), Problem::NulByte)));
            }
            record.number = row.number;
            record.text.clear();
            record.text.push_str(&row.text);
            record.ends.clear();
            record.ends.extend_from_slice(&row.ends);
            record.ends.truncate(self.headings.len());
            let end = record.ends.last().copied().unwrap_or(0);
            record.text.truncate(end);
            record.ends.resize(self.headings.len(), end);
            return Ok(Next::Row);
        }
    }
}

/// A heading may be broken over lines in its cell.
fn one_line(heading: &str) -> String {
    domain::text::clean_line(&heading.replace('\0', ""))
}
