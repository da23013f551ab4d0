//! All rows of a file, whatever it is, one after the other.

use std::path::Path;

use domain::import::{Encoding, Format, Parts, Reading, RowProblem};

use super::{
    TabularError, decode,
    grid::{Grid, Rows},
    html::Html,
    input::Input,
    json::Json,
    keyed::{Keyed, Records},
    lines::Lines,
    ods::Ods,
    split::RawCells,
    vcard::Cards,
    xls::Xls,
    xlsx::Xlsx,
    xml::Elements,
};

/// A place between two rows, from which reading can go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Bytes from the beginning of the file. Only a text goes on by it; elsewhere it tells how far the reading is.
    pub byte: u64,
    /// Rows before it as a table program counts them.
    pub row: u64,
}

/// One row; reuse it, it keeps its memory.
#[derive(Debug, Default)]
pub struct Record {
    pub(super) raw: RawCells,
    pub(super) text: String,
    pub(super) ends: Vec<usize>,
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

    pub(super) fn decode(&mut self, encoding: Encoding) {
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

/// Reads a file row by row, in memory that does not grow with it. Only old Excel files are read as a whole, and have a
/// limit for it.
///
/// Empty rows are passed over, but counted, so that numbers are those of a table program.
pub struct Reader {
    kind: Kind,
    size: u64,
}

enum Kind {
    Lines(Box<Lines>),
    Grid(Box<Grid>),
    Keyed(Box<Keyed>),
}

impl Reader {
    /// Open a file and read its headings. Without a header they are empty, as many as the first row has cells.
    pub fn open(path: &Path, reading: &Reading) -> Result<Self, TabularError> {
        let (input, _) = Input::open(path, reading.file)?;
        let kind = match reading.format {
            Format::Text => Kind::Lines(Box::new(Lines::open(&input, reading)?)),
            Format::Json | Format::Ndjson | Format::Vcard | Format::Xml => Kind::Keyed(Box::new(Keyed::open(records(&input, reading)?)?)),
            _ => Kind::Grid(Box::new(Grid::open(rows(&input, path, reading)?, reading)?)),
        };
        let size = match &kind {
            Kind::Lines(_) => input.unpacked(),
            Kind::Grid(grid) => grid.size(),
            Kind::Keyed(_) => input.length,
        };
        Ok(Reader { kind, size })
    }

    /// Open a file and go on from a place that [`Reader::position`] gave for it.
    pub fn resume(path: &Path, reading: &Reading, position: Position) -> Result<Self, TabularError> {
        let mut reader = Reader::open(path, reading)?;
        match &mut reader.kind {
            Kind::Lines(lines) => lines.resume(position)?,
            Kind::Grid(grid) => grid.skip_to(position.row)?,
            Kind::Keyed(keyed) => keyed.skip_to(position.row)?,
        }
        Ok(reader)
    }

    /// The names of the columns.
    pub fn headings(&self) -> &[String] {
        match &self.kind {
            Kind::Lines(lines) => lines.headings(),
            Kind::Grid(grid) => grid.headings(),
            Kind::Keyed(keyed) => keyed.headings(),
        }
    }

    /// What [`Position::byte`] will be at the end, about.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Names met behind those that became columns; their values are not among the cells.
    pub fn late_names(&self) -> &[String] {
        match &self.kind {
            Kind::Keyed(keyed) => keyed.late_names(),
            _ => &[],
        }
    }

    /// The place behind the last row read.
    pub fn position(&self) -> Position {
        match &self.kind {
            Kind::Lines(lines) => lines.position(),
            Kind::Grid(grid) => grid.position(),
            Kind::Keyed(keyed) => keyed.position(),
        }
    }

    /// The next row into `record`.
    pub fn read(&mut self, record: &mut Record) -> Result<Next, TabularError> {
        match &mut self.kind {
            Kind::Lines(lines) => lines.read(record),
            Kind::Grid(grid) => grid.read(record),
            Kind::Keyed(keyed) => keyed.read(record),
        }
    }
}

/// The rows of a sheet as they stand there.
pub(super) fn rows(input: &Input, path: &Path, reading: &Reading) -> Result<Box<dyn Rows>, TabularError> {
    let folder = path.parent();
    let rows: Box<dyn Rows> = match reading.format {
        Format::Xlsx => Box::new(Xlsx::open(&input.disk(folder)?, reading, folder)?),
        Format::Xls => Box::new(Xls::open(&input.disk(folder)?, reading)?),
        Format::Ods => Box::new(Ods::open(&input.disk(folder)?, reading)?),
        _ => Box::new(Html::open(input, reading)?),
    };
    Ok(rows)
}

fn records(input: &Input, reading: &Reading) -> Result<Box<dyn Records>, TabularError> {
    let records: Box<dyn Records> = match reading.format {
        Format::Vcard => Box::new(Cards::open(input, reading)?),
        Format::Xml => Box::new(Elements::open(input, reading)?),
        _ => Box::new(Json::open(input, reading)?),
    };
    Ok(records)
}

/// What a file consists of: the files of an archive, the sheets of the one that is read.
pub fn parts(path: &Path, reading: &Reading) -> Result<Parts, TabularError> {
    let (input, files) = Input::open(path, reading.file)?;
    let sheets = match reading.format {
        Format::Text | Format::Ndjson | Format::Vcard => Vec::new(),
        Format::Xlsx => Xlsx::names(&input.disk(path.parent())?)?,
        Format::Xls => Xls::names(&input.disk(path.parent())?)?,
        Format::Ods => Ods::names(&input.disk(path.parent())?)?,
        Format::Html => Html::names(&input, reading)?,
        Format::Json => Json::names(&input, reading)?,
        Format::Xml => Elements::names(&input, reading)?,
    };
    Ok(Parts { files, sheets })
}
