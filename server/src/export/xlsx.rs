//! Tables for Excel, row by row to the disk. Numbers, days, moments and truth values are cells of their type; every other
//! cell is a text, so that nothing in it is ever run.

use std::{fs::File, io::BufWriter, path::Path};

use domain::{
    export::{Cell, Scribe},
    field::{FieldDef, FieldKind},
    id::ProfileId,
    lang::{Lang, Text},
    time::{Millis, wall_clock},
    value::Value,
};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use store::list::rows::Rows;

use super::ExportError;

/// Rows of a sheet, the headings among them (limits of Excel).
const ROWS: u32 = 1 << 20;
/// UTF-16 units of a cell.
const LETTERS: usize = 32_767;
/// Larger whole numbers lose digits there.
const EXACT: u64 = 1 << 53;
/// So many shortened cells are named.
const NAMED: usize = 10_000;
/// 1970-01-01 as Excel counts days.
const EPOCH: f64 = 25_569.0;
/// 1900-03-01: before, Excel has a day that never was. And the end of the year 9999.
const DAYS: std::ops::Range<f64> = 61.0..2_958_466.0;

/// Tables on their way to a file.
pub(super) struct Tables {
    book: Workbook,
    scribe: Scribe,
    formats: Formats,
    /// How many tables there are; the last one is written to.
    n: usize,
    /// The next row of it.
    row: u32,
    /// After so many rows a further table begins.
    rows: u32,
    /// Cells that were too long: whose, and in which column.
    cut: Vec<(ProfileId, usize)>,
}

struct Formats {
    heading: Format,
    day: Format,
    moment: Format,
}

impl Tables {
    /// A book whose rows wait in this folder, in files without a name: they are gone when the process is.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub(super) fn new(scribe: Scribe, folder: &Path) -> Result<Self, ExportError> {
        let mut book = Workbook::new();
        book.set_tempdir(folder)?;
        let (day, moment) = match scribe.lang() {
            Lang::De => ("dd.mm.yyyy", "dd.mm.yyyy hh:mm:ss"),
            Lang::En => ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"),
        };
        let formats = Formats {
            heading: Format::new().set_bold(),
            day: Format::new().set_num_format(day),
            moment: Format::new().set_num_format(moment),
        };
        let mut tables = Self { book, scribe, formats, n: 0, row: 0, rows: ROWS, cut: Vec::new() };
        tables.begin()?;
        Ok(tables)
    }

    /// Appends rows.
    ///
    /// # Errors
    /// The disk's, and `Corrupt`.
    pub(super) fn write(&mut self, rows: &Rows) -> Result<(), ExportError> {
        let mut cells = Vec::new();
        for row in rows.iter() {
            row.read_into(&mut cells)?;
            self.push(row.id, &cells)?;
        }
        Ok(())
    }

    /// Writes the book. How many cells were too long for Excel.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn finish(mut self, file: &File) -> Result<u64, ExportError> {
        let n = self.cut.len() as u64;
        if n > 0 {
            self.name_shortened()?;
        }
        let mut out = BufWriter::with_capacity(1 << 18, file);
        self.book.save_to_writer(&mut out)?;
        out.into_inner().map_err(|error| ExportError::File(error.into_error()))?;
        Ok(n)
    }

    /// A further table.
    fn begin(&mut self) -> Result<(), ExportError> {
        const NAME: Text = Text::new("Profile", "Profiles");
        let (headings, lang) = (self.scribe.headings(), self.scribe.lang());
        self.n += 1;
        let name = NAME.get(lang);
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(if self.n == 1 { name.to_owned() } else { format!("{name} {}", self.n) })?;
        sheet.set_freeze_panes(1, 0)?;
        for (nth, field) in (0..).zip(self.scribe.fields()) {
            sheet.set_column_width(nth, width(field))?;
        }
        for (nth, heading) in (0..).zip(&headings) {
            sheet.write_string_with_format(0, nth, heading.as_str(), &self.formats.heading)?;
        }
        self.row = 1;
        Ok(())
    }

    fn push(&mut self, id: ProfileId, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        if self.row >= self.rows {
            self.begin()?;
        }
        let country = self.scribe.country_of(cells).map(str::to_owned);
        let sheet = self.book.worksheet_from_index(self.n - 1)?;
        let zone = self.scribe.wall_zone();
        for (nth, cell) in cells.iter().enumerate() {
            let column = u16::try_from(nth).unwrap_or(u16::MAX);
            let at = (self.row, column);
            match (self.scribe.field(nth).kind, cell) {
                (_, Cell::Empty) => {}
                (_, Cell::Value(Value::Bool(truth))) => _ = sheet.write_boolean(at.0, at.1, *truth)?,
                (FieldKind::Integer | FieldKind::ProfileId | FieldKind::FormRef, Cell::Value(Value::Int(n)))
                    if n.unsigned_abs() <= EXACT =>
                {
                    sheet.write_number(at.0, at.1, *n as f64)?;
                }
                (FieldKind::Date, Cell::Value(Value::Int(day))) if DAYS.contains(&(*day as f64 + EPOCH)) => {
                    sheet.write_number_with_format(at.0, at.1, *day as f64 + EPOCH, &self.formats.day)?;
                }
                (FieldKind::DateTime, Cell::Value(Value::Int(moment))) => match serial(*moment, &zone) {
                    Some(serial) => _ = sheet.write_number_with_format(at.0, at.1, serial, &self.formats.moment)?,
                    None => _ = sheet.write_string(at.0, at.1, &*self.scribe.text(nth, cell, None))?,
                },
                _ => {
                    let text = self.scribe.text(nth, cell, country.as_deref());
                    let short = shortened(&text);
                    if short.len() < text.len() && self.cut.len() < NAMED {
                        self.cut.push((id, nth));
                    }
                    sheet.write_string(at.0, at.1, short)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// A last table with the cells that were too long: nobody should take a part for the whole.
    fn name_shortened(&mut self) -> Result<(), ExportError> {
        const NAME: Text = Text::new("Gekürzt", "Shortened");
        const HEADINGS: [Text; 2] = [Text::new("Profil-ID", "Profile ID"), Text::new("Gekürztes Feld", "Shortened field")];
        let lang = self.scribe.lang();
        let sheet: &mut Worksheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(NAME.get(lang))?;
        for (nth, heading) in (0..).zip(HEADINGS) {
            sheet.write_string_with_format(0, nth, heading.get(lang), &self.formats.heading)?;
        }
        for (row, (id, nth)) in (1..).zip(&self.cut) {
            sheet.write_number(row, 0, id.get() as f64)?;
            sheet.write_string(row, 1, self.scribe.field(*nth).label(lang))?;
        }
        Ok(())
    }
}

/// A moment on the wall clock of a zone as Excel counts; none where that would be another moment when it is read.
fn serial(moment: i64, zone: &domain::time::Zone) -> Option<f64> {
    const DAY: f64 = 86_400_000.0;
    let serial = wall_clock(Millis::new(moment), zone)? as f64 / DAY + EPOCH;
    DAYS.contains(&serial).then_some(serial)
}

/// As much of a text as a cell takes.
fn shortened(text: &str) -> &str {
    if text.len() <= LETTERS {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LETTERS
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// In letters, so that most values can be read and no date is a row of hashes.
fn width(field: &FieldDef) -> f64 {
    match field.kind {
        FieldKind::DateTime => 19.0,
        FieldKind::Email => 28.0,
        FieldKind::MultiLine | FieldKind::MultiSelection => 32.0,
        FieldKind::Boolean | FieldKind::Postcode => 10.0,
        FieldKind::Integer | FieldKind::ProfileId | FieldKind::FormRef | FieldKind::Date => 12.0,
        _ => 18.0,
    }
}

#[cfg(test)]
mod tests;
