//! Files as other programs write them, and as nobody should.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{Format, Workbook};
use zip::{CompressionMethod, write::SimpleFileOptions};

use super::super::*;

/// What is read of a file: its headings, then its rows as `number: a|b|c`, refusals as `number! code column`.
pub(super) fn table(bytes: &[u8]) -> String {
    table_of(bytes, |path| sniff_file(path).unwrap())
}

/// The same, read as said.
pub(super) fn table_of(bytes: &[u8], reading: impl FnOnce(&Path) -> Reading) -> String {
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let reading = reading(&path);
    let mut reader = Reader::open(&path, &reading).unwrap();
    let mut out = vec![reader.headings().join("|")];
    let mut record = Record::default();
    loop {
        match reader.read(&mut record).unwrap() {
            Next::Row => out.push(format!("{}: {}", record.number, record.cells().collect::<Vec<_>>().join("|"))),
            Next::Refused(p) => out.push(format!("{}! {} {}", p.row, p.reason.code(), p.column)),
            Next::End => break,
        }
    }
    out.join("\n")
}

/// The code with which a file is refused, when it is recognised or when it is read.
pub(super) fn refused(bytes: &[u8]) -> &'static str {
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let read = || -> Result<(), TabularError> {
        let reading = sniff_file(&path)?;
        let mut reader = Reader::open(&path, &reading)?;
        let mut record = Record::default();
        while !matches!(reader.read(&mut record)?, Next::End) {}
        Ok(())
    };
    read().err().map_or("taken", |error| error.code())
}

/// What a file consists of.
pub(super) fn parts_of(bytes: &[u8], reading: Option<Reading>) -> domain::import::Parts {
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let reading = reading.unwrap_or_else(|| sniff_file(&path).unwrap());
    parts(&path, &reading).unwrap()
}

/// An archive of files.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // Packing takes long without optimisation.
        let method = if bytes.len() > 4 << 20 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A workbook of texts, with one sheet for each list of rows.
pub(super) fn xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                if !cell.is_empty() {
                    sheet.write_string(row, column, *cell).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// A workbook with whatever a cell can be.
pub(super) fn xlsx_of_all_kinds() -> Vec<u8> {
    let (day, share, zeros) =
        (Format::new().set_num_format("dd.mm.yyyy"), Format::new().set_num_format("0.0%"), Format::new().set_num_format("00000"));
    let moment = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Kundenliste 2026").unwrap();
    for (column, heading) in (0..).zip(["Name", "Telefon", "PLZ", "Geburtstag", "Kontakt", "Aktiv", "Anteil", "Summe", "Rest"]) {
        sheet.write_string(2, column, heading).unwrap();
    }
    sheet.write_string(3, 0, "Weber").unwrap();
    sheet.write_number(3, 1, 4_915_112_345_678_f64).unwrap();
    sheet.write_number_with_format(3, 2, 1067, &zeros).unwrap();
    sheet.write_number_with_format(3, 3, 33_238, &day).unwrap();
    sheet.write_number_with_format(3, 4, 45_000.5, &moment).unwrap();
    sheet.write_boolean(3, 5, true).unwrap();
    sheet.write_number_with_format(3, 6, 0.255, &share).unwrap();
    sheet.write_formula(3, 7, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_formula(3, 8, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.merge_range(4, 0, 4, 1, "Roth", &Format::new()).unwrap();
    sheet.write_number(4, 7, 1234.5).unwrap();
    book.save_to_buffer().unwrap()
}

/// A workbook of which only the sheet, the shared texts and the formats are given, as they stand in the file.
pub(super) fn raw_xlsx(sheet: &str, strings: &str, more: &str) -> Vec<u8> {
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |lines: &[(&str, &str)]| {
        let one = |(n, (kind, target)): (usize, &(&str, &str))| {
            format!(r#"<Relationship Id="r{n}" Type="{RELATION}/{kind}" Target="{target}"/>"#)
        };
        format!("<Relationships>{}</Relationships>", lines.iter().enumerate().map(one).collect::<String>())
    };
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")]).as_bytes()),
        (
            "xl/workbook.xml",
            format!(r#"<workbook>{more}<sheets><sheet name="Blatt" sheetId="1" r:id="r0"/></sheets></workbook>"#).as_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("worksheet", "worksheets/a.xml"), ("sharedStrings", "texts.xml"), ("styles", "styles.xml")]).as_bytes(),
        ),
        ("xl/worksheets/a.xml", format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>").as_bytes()),
        ("xl/styles.xml", br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
        ("xl/texts.xml", format!("<sst>{strings}</sst>").as_bytes()),
    ])
}

/// An OpenDocument sheet of the rows that are given as they stand in the file.
pub(super) fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// A record of an old workbook.
pub(super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// An old workbook of one sheet, given by the records of its texts, formats and cells.
pub(super) fn xls(texts: &[&str], formats: &[&[u8]], cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = record(0x0809, &[0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    // The table of texts is longer than a record may be: what is beyond goes on in the next, and where that is within a
    // text the width of its letters is said again.
    const LONGEST: usize = 8_000;
    let mut parts = vec![[u32::try_from(texts.len()).unwrap().to_le_bytes(); 2].concat()];
    let room = |parts: &[Vec<u8>], n: usize| parts.last().is_some_and(|part| part.len() + n <= LONGEST);
    for text in texts {
        let units: Vec<u16> = text.encode_utf16().collect();
        if !room(&parts, 3) {
            parts.push(Vec::new());
        }
        parts.last_mut().unwrap().extend(u16::try_from(units.len()).unwrap().to_le_bytes());
        parts.last_mut().unwrap().push(1);
        for unit in units {
            if !room(&parts, 2) {
                parts.push(vec![1]);
            }
            parts.last_mut().unwrap().extend(unit.to_le_bytes());
        }
    }
    let table: Vec<u8> = (0..).zip(&parts).flat_map(|(n, part)| record(if n == 0 { 0x00FC } else { 0x003C }, part)).collect();
    let formats: Vec<u8> = formats.iter().flat_map(|data| record(0x00E0, data)).collect();
    let sheet_record = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 5, 0], b"Blatt"].concat());
    let at = begin.len() + formats.len() + sheet_record(0).len() + table.len() + end.len();
    let stream =
        [begin.clone(), formats, sheet_record(u32::try_from(at).unwrap()), table, end.clone(), begin, cells.concat(), end].concat();
    compound("/Workbook", &stream)
}

/// A compound file with one stream.
pub(super) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(name).unwrap().write_all(stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// The beginning of a cell of an old workbook: row, column, format.
pub(super) fn place(row: u16, column: u16, format: u16) -> Vec<u8> {
    [row, column, format].iter().flat_map(|n| n.to_le_bytes()).collect()
}
