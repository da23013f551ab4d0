//! Excel workbooks of 1997 to 2003 (BIFF8, [MS-XLS]). Their cells may stand in any order, so a sheet is read as a whole.

use std::{collections::HashMap, io::Read as _};

use domain::import::{Format, Reading};

use super::{
    TabularError,
    grid::{Row, Rows},
    input::Disk,
    number::{Shape, Writer},
};

mod records;
mod texts;

use records::{records, u16_at, u32_at};
use texts::{Texts, text};

/// The largest file; a full sheet of 65 536 contacts with 30 columns has about 30 MB.
const MAX_BYTES: u64 = 48 << 20;
/// The most cells of a sheet.
const MAX_CELLS: usize = 6_600_000;

/// More formats of cells than Excel allows (4 050).
const MAX_SHAPES: usize = 5_000;

const TOO_LARGE: TabularError = TabularError::TooLarge { format: Format::Xls, max: MAX_BYTES };
const DAMAGED: TabularError = TabularError::Damaged(Format::Xls);

/// The rows of one sheet.
pub(super) struct Xls {
    texts: Texts,
    shapes: Vec<Shape>,
    writer: Writer,
    cells: Vec<Cell>,
    next: usize,
    size: u64,
}

struct Cell {
    row: u16,
    column: u16,
    value: Value,
}

enum Value {
    /// The number of a text that cells share.
    Shared(u32),
    Text(Box<str>),
    /// With the number of its format.
    Number(f64, u16),
    Boolean(bool),
    Error(&'static str),
}

/// A sheet, and where it begins.
struct Sheet {
    name: String,
    at: usize,
    hidden: bool,
}

/// What stands before the sheets.
#[derive(Default)]
struct Globals {
    sheets: Vec<Sheet>,
    texts: Texts,
    shapes: Vec<Shape>,
    since_1904: bool,
}

impl Xls {
    /// Open a sheet.
    pub(super) fn open(disk: &Disk, reading: &Reading) -> Result<Self, TabularError> {
        let stream = workbook(disk)?;
        let globals = Globals::read(&stream)?;
        let sheet = globals.sheets.get(usize::from(reading.sheet)).ok_or(TabularError::NoSuchPart)?;
        let mut cells = cells(stream.get(sheet.at..).ok_or(DAMAGED)?)?;
        if !cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        let writer = Writer { since_1904: globals.since_1904, lang: reading.numbers() };
        Ok(Xls { texts: globals.texts, shapes: globals.shapes, writer, cells, next: 0, size: disk.length })
    }

    /// The names of the sheets, those first that one sees.
    pub(super) fn names(disk: &Disk) -> Result<Vec<String>, TabularError> {
        Ok(Globals::read(&workbook(disk)?)?.sheets.into_iter().map(|sheet| sheet.name).collect())
    }
}

impl Rows for Xls {
    fn next(&mut self, row: &mut Row) -> Result<bool, TabularError> {
        let Some(first) = self.cells.get(self.next) else { return Ok(false) };
        let number = first.row;
        row.begin(u64::from(number) + 1);
        while let Some(cell) = self.cells.get(self.next).filter(|cell| cell.row == number) {
            let column = usize::from(cell.column);
            match &cell.value {
                Value::Shared(at) => row.put(column, self.texts.get(*at).ok_or(DAMAGED)?),
                Value::Text(text) => row.put(column, text),
                Value::Number(value, format) => {
                    let shape = self.shapes.get(usize::from(*format)).copied().unwrap_or_default();
                    row.put(column, &self.writer.write(*value, shape));
                }
                Value::Boolean(truth) => row.put(column, if *truth { "true" } else { "false" }),
                Value::Error(error) => row.put(column, error),
            }
            self.next += 1;
        }
        Ok(true)
    }

    fn done(&self) -> u64 {
        let share = u128::from(self.size) * self.next as u128 / self.cells.len().max(1) as u128;
        u64::try_from(share).unwrap_or(self.size)
    }

    fn size(&self) -> u64 {
        self.size
    }
}

/// The stream of the workbook out of its compound file.
fn workbook(disk: &Disk) -> Result<Vec<u8>, TabularError> {
    let damaged = |_: std::io::Error| DAMAGED;
    let mut file = cfb::CompoundFile::open(disk.at(0)).map_err(damaged)?;
    if file.exists("/EncryptedPackage") {
        return Err(TabularError::Encrypted);
    }
    if disk.length > MAX_BYTES {
        return Err(TOO_LARGE);
    }
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    if !file.is_stream(name) {
        return Err(TabularError::Unsupported);
    }
    let mut stream = Vec::new();
    file.open_stream(name).map_err(damaged)?.take(MAX_BYTES + 1).read_to_end(&mut stream).map_err(damaged)?;
    if stream.len() as u64 > MAX_BYTES { Err(TOO_LARGE) } else { Ok(stream) }
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, TabularError> {
        let mut globals = Globals::default();
        let mut formats: HashMap<u32, Shape> = HashMap::new();
        let mut of_cells: Vec<u32> = Vec::new();
        for (n, record) in records(stream).enumerate() {
            let data = record.data;
            match record.kind {
                0x0809 if n == 0 && u16_at(data, 0) != Some(0x0600) => return Err(TabularError::TooOld),
                // A password.
                0x002F => return Err(TabularError::Encrypted),
                0x0022 => globals.since_1904 = u16_at(data, 0) == Some(1),
                0x0085 => {
                    if let Some(sheet) = sheet(data) {
                        globals.sheets.push(sheet);
                    }
                }
                0x041E => {
                    let id = u16_at(data, 0).map(u32::from);
                    if let (Some(id), Some(code)) = (id, text(data.get(2..).unwrap_or_default())) {
                        formats.insert(id, Shape::of(&code));
                    }
                }
                0x00E0 if of_cells.len() < MAX_SHAPES => of_cells.push(u16_at(data, 2).map_or(0, u32::from)),
                0x00FC => globals.texts = Texts::read(&record).ok_or(TOO_LARGE)?,
                // The end of what stands before the sheets.
                0x000A => break,
                _ => {}
            }
        }
        let shape = |id: u32| formats.get(&id).copied().unwrap_or(Shape::built_in(id));
        globals.shapes = of_cells.into_iter().map(shape).collect();
        globals.sheets.sort_by_key(|sheet| sheet.hidden);
        if globals.sheets.is_empty() { Err(TabularError::NoTable) } else { Ok(globals) }
    }
}

/// A sheet of cells; charts and macros are none.
fn sheet(data: &[u8]) -> Option<Sheet> {
    let at = usize::try_from(u32_at(data, 0)?).ok()?;
    if *data.get(5)? != 0 {
        return None;
    }
    // The length of this text has one byte instead of two.
    let mut named = vec![*data.get(6)?, 0];
    named.extend_from_slice(data.get(7..)?);
    Some(Sheet { name: text(&named)?.chars().filter(|c| *c != '\0').collect(), at, hidden: data.get(4)? & 3 != 0 })
}

/// All filled cells of a sheet.
fn cells(sheet: &[u8]) -> Result<Vec<Cell>, TabularError> {
    let mut cells: Vec<Cell> = Vec::new();
    // Charts within the sheet have records of their own between a beginning and an end.
    let mut within = 0_usize;
    // The place of a formula whose text follows.
    let mut waits = None;
    for record in records(sheet) {
        let data = record.data;
        match record.kind {
            0x0809 => within += 1,
            0x000A if within <= 1 => break,
            0x000A => within -= 1,
            _ if within > 1 => {}
            0x0207 => {
                if let (Some((row, column)), Some(text)) = (waits.take(), text(&record.whole())) {
                    cells.push(Cell { row, column, value: Value::Text(text.into()) });
                }
            }
            0x00BD => several(data, &mut cells),
            _ => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                let format = u16_at(data, 4).unwrap_or(0);
                let rest = data.get(6..).unwrap_or_default();
                let value = match record.kind {
                    0x0203 => float(rest).map(|value| Value::Number(value, format)),
                    0x027E => u32_at(rest, 0).map(|packed| Value::Number(unpacked(packed), format)),
                    0x00FD => u32_at(rest, 0).map(Value::Shared),
                    0x0204 | 0x00D6 => text(rest).map(|text| Value::Text(text.into())),
                    0x0205 => rest.first().zip(rest.get(1)).map(|(value, is_error)| truth_or_error(*value, *is_error != 0)),
                    0x0006 => match (rest.get(..8), u16_at(rest, 6)) {
                        (Some([0, ..]), Some(0xFFFF)) => {
                            waits = Some((row, column));
                            None
                        }
                        (Some([kind @ 1..=2, _, value, ..]), Some(0xFFFF)) => Some(truth_or_error(*value, *kind == 2)),
                        (Some(_), Some(0xFFFF)) => None,
                        _ => float(rest).map(|value| Value::Number(value, format)),
                    },
                    _ => None,
                };
                cells.extend(value.map(|value| Cell { row, column, value }));
            }
        }
        if cells.len() > MAX_CELLS {
            return Err(TOO_LARGE);
        }
    }
    Ok(cells)
}

/// Numbers side by side in one record.
fn several(data: &[u8], cells: &mut Vec<Cell>) {
    let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
    let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
    for (column, six) in (first..=u16::MAX).zip(numbers.chunks_exact(6)) {
        if let (Some(format), Some(packed)) = (u16_at(six, 0), u32_at(six, 2)) {
            cells.push(Cell { row, column, value: Value::Number(unpacked(packed), format) });
        }
    }
}

fn float(data: &[u8]) -> Option<f64> {
    data.first_chunk::<8>().map(|eight| f64::from_le_bytes(*eight))
}

/// A number in four bytes: a whole one, or the upper half of a float, perhaps a hundred times too large.
fn unpacked(packed: u32) -> f64 {
    let value = if packed & 2 != 0 { f64::from(packed.cast_signed() >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

fn truth_or_error(value: u8, is_error: bool) -> Value {
    if !is_error {
        return Value::Boolean(value != 0);
    }
    Value::Error(match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    })
}

#[cfg(test)]
mod tests {
    use super::unpacked;

    #[test]
    fn numbers_of_four_bytes_are_unpacked() {
        assert_eq!(unpacked((1234 << 2) | 2), 1234.0);
        assert_eq!(unpacked((12345 << 2) | 3), 123.45);
        assert_eq!(unpacked(0x3FF0_0000), 1.0);
        assert_eq!(unpacked((-5_i32 << 2).cast_unsigned() | 2), -5.0);
    }
}
