//! Excel workbooks since 2007 (ECMA-376): the rows of a sheet, read as they come.
//!
//! The libraries for workbooks keep all their texts in memory, hundreds of megabytes for a million contacts; here they
//! lie on the disk when they are many ([`strings`]).

use std::path::Path;

use domain::import::{Format, Reading};
use quick_xml::events::{BytesStart, Event};

use super::{
    TabularError,
    grid::{Row, Rows},
    input::{Disk, Input},
    number::{Shape, Writer},
    xml_stream::{Events, push_text},
};

mod book;
mod strings;

use book::Book;
use strings::{Strings, unescape};

/// The rows of one sheet.
pub(super) struct Xlsx {
    input: Input,
    events: Events,
    strings: Strings,
    shapes: Vec<Shape>,
    writer: Writer,
    cell: Cell,
    /// The number of the last row.
    last: u64,
}

/// The cell at hand.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: Kind,
    shape: Shape,
    text: String,
    /// Within `<v>` or `<t>`.
    in_value: bool,
    /// Within a phonetic reading, which nobody sees.
    phonetic: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Boolean,
    /// A text of its own, of a formula, an error: as it stands there.
    Text,
    Date,
}

impl Xlsx {
    /// Open a sheet.
    pub(super) fn open(disk: &Disk, reading: &Reading, folder: Option<&Path>) -> Result<Self, TabularError> {
        let mut book = Book::open(disk)?;
        let sheet = book.sheets.get(usize::from(reading.sheet)).ok_or(TabularError::NoSuchPart)?.part.clone();
        let entry = book.archive.entry(&sheet)?.ok_or(TabularError::Damaged(Format::Xlsx))?;
        let strings = match &book.strings {
            Some(part) => match book.archive.entry(part)? {
                Some(entry) => Strings::open(&Input::entry(disk, entry), folder)?,
                None => Strings::default(),
            },
            None => Strings::default(),
        };
        let input = Input::entry(disk, entry);
        let events = Events::new(input.stream(0)?, Format::Xlsx);
        let writer = Writer { since_1904: book.since_1904, lang: reading.numbers() };
        Ok(Xlsx { input, events, strings, shapes: book.shapes, writer, cell: Cell::default(), last: 0 })
    }

    /// The names of the sheets, those first that one sees.
    pub(super) fn names(disk: &Disk) -> Result<Vec<String>, TabularError> {
        Ok(Book::open(disk)?.sheets.into_iter().map(|sheet| sheet.name).collect())
    }
}

impl Rows for Xlsx {
    fn next(&mut self, row: &mut Row) -> Result<bool, TabularError> {
        row.begin(self.last + 1);
        loop {
            match self.events.next()? {
                Event::Start(start) => match start.local_name().into_inner() {
                    "row" => {
                        self.last = number_of(&start).unwrap_or(0).max(self.last + 1);
                        row.begin(self.last);
                        self.cell.column = usize::MAX;
                    }
                    "c" => self.cell.begin(&start, &self.shapes),
                    "v" | "t" => self.cell.in_value = true,
                    "rPh" => self.cell.phonetic = true,
                    _ => {}
                },
                Event::Empty(start) => match start.local_name().into_inner() {
                    "row" => {
                        self.last = number_of(&start).unwrap_or(0).max(self.last + 1);
                        row.begin(self.last);
                    }
                    "c" => self.cell.begin(&start, &self.shapes),
                    "sheetData" => return Ok(false),
                    _ => {}
                },
                Event::End(end) => match end.local_name().into_inner() {
                    "v" | "t" => self.cell.in_value = false,
                    "rPh" => self.cell.phonetic = false,
                    "c" => self.cell.end(row, &mut self.strings, self.writer)?,
                    "row" => return Ok(true),
                    "sheetData" => return Ok(false),
                    _ => {}
                },
                Event::Eof => return Ok(false),
                event => {
                    if self.cell.in_value && !self.cell.phonetic {
                        push_text(&event, &mut self.cell.text);
                    }
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

impl Cell {
    fn begin(&mut self, start: &BytesStart<'_>, shapes: &[Shape]) {
        // Where no place is said, it is the next. The first has `usize::MAX` before it.
        self.column = self.column.wrapping_add(1);
        self.kind = Kind::Number;
        self.shape = Shape::Plain;
        self.text.clear();
        self.in_value = false;
        self.phonetic = false;
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.into_inner() {
                "r" => self.column = column_of(&attribute.value).unwrap_or(self.column),
                "t" => {
                    self.kind = match &*attribute.value {
                        "s" => Kind::Shared,
                        "b" => Kind::Boolean,
                        "d" => Kind::Date,
                        "str" | "inlineStr" | "e" => Kind::Text,
                        _ => Kind::Number,
                    }
                }
                "s" => self.shape = attribute.value.parse::<usize>().ok().and_then(|at| shapes.get(at)).copied().unwrap_or_default(),
                _ => {}
            }
        }
    }

    fn end(&mut self, row: &mut Row, strings: &mut Strings, writer: Writer) -> Result<(), TabularError> {
        let text = self.text.trim();
        if self.text.is_empty() {
            return Ok(());
        }
        match self.kind {
            Kind::Shared => {
                let at = text.parse::<usize>().map_err(|_| TabularError::Damaged(Format::Xlsx))?;
                row.put(self.column, strings.get(at)?);
            }
            Kind::Boolean => row.put(self.column, if text == "1" || text == "true" { "true" } else { "false" }),
            Kind::Date => row.put(self.column, text.strip_suffix("T00:00:00").unwrap_or(text)),
            Kind::Text => row.put(self.column, &unescape(&self.text)),
            // More digits than a number holds: written by a program that knew better.
            Kind::Number if self.shape == Shape::Plain && text.len() > 15 && text.bytes().all(|b| b.is_ascii_digit()) => {
                row.put(self.column, text);
            }
            Kind::Number => match text.parse::<f64>() {
                Ok(value) => row.put(self.column, &writer.write(value, self.shape)),
                Err(_) => row.put(self.column, text),
            },
        }
        Ok(())
    }
}

fn number_of(start: &BytesStart<'_>) -> Option<u64> {
    let found = start.attributes().with_checks(false).flatten().find(|a| a.key.into_inner() == "r")?;
    // A spreadsheet has a million rows; a program that writes more is believed as far as numbers go.
    found.value.parse::<u64>().ok().filter(|n| *n < 1 << 40)
}

/// `AB12` is column 27, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let mut n = 0_usize;
    for letter in letters {
        n = n.checked_mul(26)?.checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)?;
    }
    n.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::column_of;

    #[test]
    fn the_letters_of_a_place_are_its_column() {
        let places = ["A1", "Z9", "AA10", "XFD1048576"].map(column_of);
        assert_eq!(places, [Some(0), Some(25), Some(26), Some(16_383)]);
        assert_eq!(column_of("12"), None);
        assert_eq!(column_of(&"Z".repeat(40)), None);
    }
}
