//! OpenDocument sheets (ISO 26300): the rows of a table, read as they come.

use domain::import::{Format, Reading};
use quick_xml::events::{BytesStart, Event};

use super::{
    MAX_COLUMNS, TabularError,
    archive::Archive,
    grid::{Row, Rows},
    input::{Disk, Input},
    limits::MAX_FILES,
    number::{Shape, Writer},
    xml_stream::{Events, attribute, push_text},
};

/// How deep the tables of a document lie: document, body, spreadsheet, table.
const TABLE: usize = 4;
/// The most rows of a sheet, repeated ones counted; sixteen times those of LibreOffice.
const MAX_ROWS: u64 = 1 << 24;

/// The rows of one sheet.
pub(super) struct Ods {
    input: Input,
    events: Events,
    writer: Writer,
    cell: Cell,
    /// The column of the next cell.
    column: usize,
    /// The number of the last row.
    last: u64,
    /// How often the row at hand comes again.
    again: u64,
    held: Row,
    /// How many elements are open that nobody sees: notes, tables within cells.
    unseen: usize,
}

/// The cell at hand.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    /// What it shows.
    shown: String,
    columns: usize,
    in_text: bool,
}

impl Ods {
    /// Open a sheet.
    pub(super) fn open(disk: &Disk, reading: &Reading) -> Result<Self, TabularError> {
        let input = content(disk)?;
        let mut events = Events::new(input.stream(0)?, Format::Ods);
        let mut sheet = 0;
        loop {
            let above = events.depth();
            match events.next()? {
                Event::Start(start) if start.local_name().into_inner() == "table" => {
                    if above + 1 == TABLE {
                        if sheet == reading.sheet {
                            break;
                        }
                        sheet += 1;
                    }
                }
                Event::Eof => return Err(if reading.sheet == 0 { TabularError::NoTable } else { TabularError::NoSuchPart }),
                _ => {}
            }
        }
        let writer = Writer { since_1904: false, lang: reading.numbers() };
        Ok(Ods { input, events, writer, cell: Cell::default(), column: 0, last: 0, again: 0, held: Row::default(), unseen: 0 })
    }

    /// The names of the sheets.
    pub(super) fn names(disk: &Disk) -> Result<Vec<String>, TabularError> {
        let mut events = Events::new(content(disk)?.stream(0)?, Format::Ods);
        let mut names = Vec::new();
        loop {
            let above = events.depth();
            match events.next()? {
                Event::Start(start) if above + 1 == TABLE && start.local_name().into_inner() == "table" && names.len() < MAX_FILES => {
                    names.push(attribute(&start, "name").unwrap_or_default().chars().take(200).collect());
                }
                Event::Eof => return Ok(names),
                _ => {}
            }
        }
    }
}

fn content(disk: &Disk) -> Result<Input, TabularError> {
    let mut archive = Archive::open(disk)?;
    if archive.entry("META-INF/manifest.xml")?.is_some() && is_encrypted(&mut archive, disk)? {
        return Err(TabularError::Encrypted);
    }
    let entry = archive.entry("content.xml")?.ok_or(TabularError::Damaged(Format::Ods))?;
    Ok(Input::entry(disk, entry))
}

/// Protected documents say so in their manifest; what they hold is noise.
fn is_encrypted(archive: &mut Archive, disk: &Disk) -> Result<bool, TabularError> {
    let Some(entry) = archive.entry("META-INF/manifest.xml")? else { return Ok(false) };
    let manifest = Input::entry(disk, entry).sample(1 << 20)?;
    Ok(manifest.windows(15).any(|part| part == b"encryption-data"))
}

impl Rows for Ods {
    fn next(&mut self, row: &mut Row) -> Result<bool, TabularError> {
        if self.again > 0 {
            self.again -= 1;
            self.last += 1;
            row.clone_from(&self.held);
            row.number = self.last;
            return Ok(true);
        }
        row.begin(self.last + 1);
        loop {
            match self.events.next()? {
                Event::Start(start) => {
                    let name = start.local_name();
                    let name = name.into_inner();
                    if self.unseen > 0 || matches!(name, "annotation" | "table" | "tracked-changes" | "shapes" | "forms") {
                        self.unseen += 1;
                        continue;
                    }
                    match name {
                        "table-row" => {
                            row.begin(self.last + 1);
                            self.column = 0;
                            self.again = repeated(&start, "number-rows-repeated");
                        }
                        "table-cell" | "covered-table-cell" => self.cell.begin(&start),
                        "p" => {
                            if !self.cell.shown.is_empty() {
                                self.cell.shown.push('\n');
                            }
                            self.cell.in_text = true;
                        }
                        "s" => self.cell.spaces(&start),
                        _ => {}
                    }
                }
                Event::Empty(start) if self.unseen == 0 => match start.local_name().into_inner() {
                    "table-row" => self.last = skipped(self.last, repeated(&start, "number-rows-repeated"))?,
                    "table-cell" | "covered-table-cell" => {
                        self.cell.begin(&start);
                        self.cell.end(row, &mut self.column, self.writer);
                    }
                    "s" => self.cell.spaces(&start),
                    "tab" => self.cell.shown.push('\t'),
                    "line-break" => self.cell.shown.push('\n'),
                    _ => {}
                },
                Event::End(_) if self.unseen > 0 => self.unseen -= 1,
                Event::End(end) => match end.local_name().into_inner() {
                    "p" => self.cell.in_text = false,
                    "table-cell" | "covered-table-cell" => self.cell.end(row, &mut self.column, self.writer),
                    "table-row" => {
                        let n = std::mem::take(&mut self.again);
                        if row.is_blank() {
                            self.last = skipped(self.last, n)?;
                            continue;
                        }
                        skipped(self.last, n)?;
                        self.last += 1;
                        self.again = n - 1;
                        row.number = self.last;
                        if n > 1 {
                            self.held.clone_from(row);
                        }
                        return Ok(true);
                    }
                    "table" => return Ok(false),
                    _ => {}
                },
                Event::Eof => return Ok(false),
                event if self.unseen == 0 && self.cell.in_text => push_text(&event, &mut self.cell.shown),
                _ => {}
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
    fn begin(&mut self, start: &BytesStart<'_>) {
        self.kind.clear();
        self.value.clear();
        self.shown.clear();
        self.in_text = false;
        self.columns = 1;
        for one in start.attributes().with_checks(false).flatten() {
            match one.key.into_inner() {
                "office:value-type" => self.kind.push_str(&one.value),
                "office:value" | "office:date-value" | "office:time-value" | "office:boolean-value" => self.value.push_str(&one.value),
                "office:string-value" => self.value = attribute(start, "string-value").unwrap_or_default(),
                "table:number-columns-repeated" => self.columns = one.value.parse().unwrap_or(1),
                _ => {}
            }
        }
    }

    /// Several spaces in a row stand as one sign.
    fn spaces(&mut self, start: &BytesStart<'_>) {
        let n = attribute(start, "c").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
        self.shown.extend(std::iter::repeat_n(' ', n.min(1_000)));
    }

    fn end(&mut self, row: &mut Row, column: &mut usize, writer: Writer) {
        let text = self.text(writer);
        // A filled cell may be repeated as well; empty ones reach to the end of the sheet.
        if !text.is_empty() {
            let last = column.saturating_add(self.columns).min(MAX_COLUMNS + 1);
            for at in *column..last.max(column.saturating_add(1)) {
                row.put(at, &text);
            }
        }
        *column = column.saturating_add(self.columns);
    }

    fn text(&self, writer: Writer) -> String {
        let shown = self.shown.trim();
        let number = || self.value.parse::<f64>().ok();
        match self.kind.as_str() {
            "float" | "currency" => match number() {
                // A format that keeps leading zeros, as for postcodes.
                Some(value)
                    if shown.starts_with('0')
                        && shown.bytes().all(|b| b.is_ascii_digit())
                        && shown.parse::<f64>().is_ok_and(|n| n == value) =>
                {
                    shown.to_owned()
                }
                Some(_) if self.value.len() > 15 && self.value.bytes().all(|b| b.is_ascii_digit()) => self.value.clone(),
                Some(value) => writer.plain(value),
                None => shown.to_owned(),
            },
            "percentage" => number().map_or_else(|| shown.to_owned(), |value| writer.write(value, Shape::Percent)),
            "date" => self.value.strip_suffix("T00:00:00").unwrap_or(&self.value).to_owned(),
            "time" => clock(&self.value).unwrap_or_else(|| shown.to_owned()),
            "boolean" => self.value.clone(),
            _ if self.shown.is_empty() => self.value.clone(),
            _ => self.shown.clone(),
        }
    }
}

/// `PT10H30M00S` as `10:30:00`.
fn clock(value: &str) -> Option<String> {
    let (hours, rest) = value.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let two = |part: &str| part.parse::<u32>().ok().map(|n| format!("{n:02}"));
    Some([two(hours)?, two(minutes)?, two(seconds)?].join(":"))
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u64 {
    attribute(start, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

/// So many rows further.
fn skipped(last: u64, n: u64) -> Result<u64, TabularError> {
    let sum = last.saturating_add(n);
    if sum > MAX_ROWS { Err(TabularError::Bomb) } else { Ok(sum) }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_time_of_day_is_written_with_colons() {
        assert_eq!(clock("PT9H05M00S").as_deref(), Some("09:05:00"));
        assert_eq!(clock("PT10H30M15.5S").as_deref(), Some("10:30:15"));
        assert_eq!(clock("10:30"), None);
    }
}
