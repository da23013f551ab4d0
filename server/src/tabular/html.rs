//! Tables in web pages, which many programs also write and call `.xls`: one of them, row by row.
//!
//! The signs are read by ourselves: the parser that browsers have keeps the whole page, and its tokens can't go to
//! another thread. Only what belongs to tables is understood, as leniently as browsers do.

use domain::import::{Encoding, Format, Reading};

use super::{
    TabularError,
    grid::{Row, Rows},
    input::Input,
    limits::{MAX_DEPTH, MAX_FILES},
};

mod tags;
mod text;

use tags::{Tag, Tags, Token};
use text::Text;

/// The most tables that are looked at.
const MAX_TABLES: usize = MAX_FILES;
/// How many columns one cell may cover, as in browsers.
const MAX_SPAN: usize = 1_000;

/// The rows of one table.
pub(super) struct Html {
    input: Input,
    tags: Tags,
    /// Tables open within the one that is read.
    within: usize,
    number: u64,
    cell: Option<Text>,
    /// Where the cell at hand stands, and how far it reaches.
    column: usize,
    columns: usize,
    rows: usize,
    /// For each column, how many further rows a cell from above reaches into.
    covered: Vec<usize>,
    /// The same for the rows below the one at hand.
    covers: Vec<(usize, usize, usize)>,
    in_row: bool,
    ended: bool,
}

/// A table of a page.
#[derive(Clone, Debug, Default)]
struct Survey {
    rows: usize,
    cells: usize,
    title: Text,
}

impl Html {
    /// Open a table.
    pub(super) fn open(input: &Input, reading: &Reading) -> Result<Self, TabularError> {
        let mut tags = Tags::open(input, reading.encoding)?;
        let mut table = 0;
        loop {
            match tags.next()? {
                Token::Open(tag) if tag.name == "table" => {
                    if table == reading.sheet {
                        break;
                    }
                    table += 1;
                }
                Token::End => return Err(if reading.sheet == 0 { TabularError::NoTable } else { TabularError::NoSuchPart }),
                _ => {}
            }
        }
        Ok(Html {
            input: input.clone(),
            tags,
            within: 0,
            number: 0,
            cell: None,
            column: 0,
            columns: 1,
            rows: 1,
            covered: Vec::new(),
            covers: Vec::new(),
            in_row: false,
            ended: false,
        })
    }

    /// The beginnings of the tables, by which one tells them apart.
    pub(super) fn names(input: &Input, reading: &Reading) -> Result<Vec<String>, TabularError> {
        let tables = survey(input, reading.encoding)?;
        let name = |(n, table): (usize, &Survey)| {
            let title: String = domain::text::clean_line(&table.title.decoded()).chars().take(40).collect();
            let title = if title.is_empty() { (n + 1).to_string() } else { title };
            format!("{title} ({} × {})", table.rows, table.cells.div_ceil(table.rows.max(1)))
        };
        Ok(tables.iter().enumerate().map(name).collect())
    }

    /// The largest table, by its number.
    pub(super) fn largest(input: &Input, encoding: Encoding) -> Result<u16, TabularError> {
        let tables = survey(input, encoding)?;
        let most = tables.iter().map(|table| table.cells).max().filter(|n| *n > 0).ok_or(TabularError::NoTable)?;
        let at = tables.iter().position(|table| table.cells == most).unwrap_or(0);
        u16::try_from(at).map_err(|_| TabularError::NoSuchPart)
    }

    /// What an opening sign within the table means; true when a row has ended by it.
    fn opened(&mut self, tag: &Tag, row: &mut Row) -> Result<bool, TabularError> {
        match tag.name.as_str() {
            "table" => {
                self.within += 1;
                if self.within > MAX_DEPTH {
                    return Err(TabularError::TooDeep);
                }
            }
            "tr" if self.within == 0 => {
                let ended = self.end_row(row);
                self.number += 1;
                self.in_row = true;
                self.column = 0;
                self.columns = 0;
                if ended {
                    return Ok(true);
                }
                row.begin(self.number);
            }
            "td" | "th" if self.within == 0 && self.in_row => {
                self.end_cell(row);
                while self.covered.get(self.column).is_some_and(|rows| *rows > 0) {
                    self.column += 1;
                }
                self.columns = tag.columns.clamp(1, MAX_SPAN);
                self.rows = tag.rows.clamp(1, 65_534);
                self.cell = Some(Text::default());
            }
            "br" | "p" | "div" | "li" => {
                if let Some(cell) = &mut self.cell {
                    cell.break_line();
                }
            }
            _ => {}
        }
        Ok(false)
    }

    fn end_cell(&mut self, row: &mut Row) {
        if let Some(cell) = self.cell.take() {
            row.put(self.column, cell.decoded().trim());
            if self.rows > 1 {
                self.covers.push((self.column, self.columns, self.rows - 1));
            }
            self.column += self.columns;
        }
    }

    /// Whether there was a row.
    fn end_row(&mut self, row: &mut Row) -> bool {
        if !std::mem::take(&mut self.in_row) {
            return false;
        }
        self.end_cell(row);
        for rows in &mut self.covered {
            *rows = rows.saturating_sub(1);
        }
        for (column, columns, rows) in self.covers.drain(..) {
            let end = (column + columns).min(super::MAX_COLUMNS);
            if self.covered.len() < end {
                self.covered.resize(end, 0);
            }
            for covered in self.covered.iter_mut().take(end).skip(column) {
                *covered = rows.max(*covered);
            }
        }
        true
    }
}

impl Rows for Html {
    fn next(&mut self, row: &mut Row) -> Result<bool, TabularError> {
        if self.ended {
            return Ok(false);
        }
        row.begin(self.number);
        loop {
            match self.tags.next()? {
                Token::Text(text) => {
                    if let Some(cell) = &mut self.cell {
                        cell.push(text);
                    }
                }
                Token::Open(tag) => {
                    if self.opened(&tag, row)? {
                        return Ok(true);
                    }
                }
                Token::Close(name) => match name.as_str() {
                    "table" if self.within > 0 => self.within -= 1,
                    "table" => {
                        self.ended = true;
                        return Ok(self.end_row(row));
                    }
                    "td" | "th" if self.within == 0 => self.end_cell(row),
                    "tr" if self.within == 0 && self.in_row => {
                        self.end_row(row);
                        return Ok(true);
                    }
                    _ => {}
                },
                Token::End => {
                    self.ended = true;
                    return Ok(self.end_row(row));
                }
            }
        }
    }

    fn done(&self) -> u64 {
        self.input.done()
    }

    fn size(&self) -> u64 {
        self.input.length
    }
}

/// All tables of a page, in the order in which they begin.
fn survey(input: &Input, encoding: Encoding) -> Result<Vec<Survey>, TabularError> {
    /// How many letters of a table are kept to tell it by.
    const TITLE: usize = 400;
    let mut tags = Tags::open(input, encoding)?;
    let mut tables: Vec<Survey> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match tags.next()? {
            Token::Open(tag) if tag.name == "table" => {
                if tables.len() == MAX_TABLES {
                    return Err(TabularError::Damaged(Format::Html));
                }
                if open.len() == MAX_DEPTH {
                    return Err(TabularError::TooDeep);
                }
                open.push(tables.len());
                tables.push(Survey::default());
            }
            Token::Close(name) if name == "table" => {
                open.pop();
            }
            Token::Open(tag) => {
                let Some(table) = open.last().and_then(|at| tables.get_mut(*at)) else { continue };
                match tag.name.as_str() {
                    "tr" => table.rows += 1,
                    "td" | "th" => {
                        table.cells += 1;
                        table.title.push(" ");
                    }
                    _ => {}
                }
            }
            Token::Text(text) => {
                if let Some(table) = open.last().and_then(|at| tables.get_mut(*at))
                    && table.title.len() < TITLE
                {
                    table.title.push(text);
                }
            }
            Token::Close(_) => {}
            Token::End => return Ok(tables),
        }
    }
}
