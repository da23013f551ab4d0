//! What kind of file it is, by its content: names lie, and many programs write a page and call it `.xls`.

use std::path::Path;

use domain::import::{Asked, Encoding, Format, Reading, find_header, is_header};

use super::{
    SAMPLE, TabularError, archive::Archive, grid::Row, html::Html, input::Input, limits::MAX_PIECE, reader, sniff, sniff::LOOKED_AT,
};

/// How many sheets are looked through for the first that is filled.
const SHEETS: u16 = 10;

/// How a file is probably to be read, or the file and the sheet of it that somebody asks for.
pub fn recognise(path: &Path, file: u16, sheet: Option<u16>) -> Result<Reading, TabularError> {
    let (input, _) = Input::open(path, file)?;
    let sample = input.sample(SAMPLE)?;
    let (format, encoding) = kind(&input, &sample, path)?;
    let reading = Reading { format, encoding, file, sheet: sheet.unwrap_or(0), ..Reading::default() };
    match format {
        Format::Text => Ok(Reading { file, ..sniff::sniff(&sample)? }),
        Format::Json | Format::Ndjson | Format::Vcard | Format::Xml => Ok(reading),
        Format::Html if sheet.is_none() => table(&input, path, Reading { sheet: Html::largest(&input, encoding)?, ..reading }),
        _ if sheet.is_some() => table(&input, path, reading).map_err(|error| match error {
            TabularError::Empty => TabularError::EmptySheet,
            other => other,
        }),
        _ => {
            for sheet in 0..SHEETS {
                match table(&input, path, Reading { sheet, ..reading }) {
                    Err(TabularError::Empty) => {}
                    Err(TabularError::NoSuchPart) if sheet > 0 => break,
                    other => return other,
                }
            }
            Err(TabularError::Empty)
        }
    }
}

/// What is asked for, with everything that is not said recognised.
pub fn resolve(path: &Path, asked: Asked) -> Result<Reading, TabularError> {
    match asked {
        Asked::Whole(reading) => Ok(reading),
        Asked::Part { file, sheet } => recognise(path, file, sheet),
    }
}

/// The names of the sheets, tables or lists of a file.
pub fn sheets(path: &Path, file: u16) -> Result<Vec<String>, TabularError> {
    let (input, _) = Input::open(path, file)?;
    let (format, encoding) = kind(&input, &input.sample(SAMPLE)?, path)?;
    Ok(reader::parts(path, &Reading { format, encoding, file, ..Reading::default() })?.sheets)
}

/// Where in a sheet the table begins.
fn table(input: &Input, path: &Path, reading: Reading) -> Result<Reading, TabularError> {
    let mut rows = reader::rows(input, path, &reading)?;
    let (mut numbers, mut cells, mut bytes) = (Vec::new(), Vec::new(), 0);
    let mut row = Row::default();
    while cells.len() < LOOKED_AT && bytes < MAX_PIECE && rows.next(&mut row)? {
        if !row.is_blank() {
            let texts = row.texts();
            bytes += texts.iter().map(|text| text.len() + 24).sum::<usize>();
            numbers.push(row.number);
            cells.push(texts);
        }
    }
    if cells.is_empty() {
        return Err(TabularError::Empty);
    }
    let at = find_header(&cells);
    // What begins with its first filled row needs no number for it.
    let first_row = if at == 0 { 0 } else { u32::try_from(numbers[at]).unwrap_or(0) };
    Ok(Reading { first_row, has_header: is_header(&cells[at]), ..reading })
}

fn kind(input: &Input, sample: &[u8], path: &Path) -> Result<(Format, Encoding), TabularError> {
    const OTHERS: [&[u8]; 8] = [b"%PDF", b"7z\xBC\xAF", b"Rar!", b"BZh9", b"\xFD7zXZ", b"\x28\xB5\x2F\xFD", b"\x1F\x8B", b"{\\rtf"];
    if sample.is_empty() {
        return Err(TabularError::Empty);
    }
    if sample.starts_with(b"PK\x03\x04") {
        return document(input, path).map(|format| (format, Encoding::Utf8));
    }
    if sample.starts_with(b"\xD0\xCF\x11\xE0") {
        return Ok((Format::Xls, Encoding::Utf8));
    }
    if OTHERS.iter().any(|mark| sample.starts_with(mark)) {
        return Err(TabularError::Unsupported);
    }
    let encoding = sniff::encoding(sample);
    let text = sniff::utf8(sample, encoding);
    if sniff::is_binary(&text) {
        return Err(TabularError::Binary);
    }
    let text = String::from_utf8_lossy(&text);
    let text = text.trim_start();
    let begins = |word: &str| text.as_bytes().get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    if begins("BEGIN:VCARD") {
        return Ok((Format::Vcard, encoding));
    }
    if begins("<") {
        let (format, declared) = marked(text)?;
        // What was seen counts more: two bytes a letter, or bytes that are no UTF-8.
        let wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        let believed = declared.filter(|declared| !wide && (*declared != Encoding::Utf8 || encoding == Encoding::Utf8));
        return Ok((format, believed.unwrap_or(encoding)));
    }
    if let Some(format) = objects(text) {
        return Ok((format, encoding));
    }
    Ok((Format::Text, encoding))
}

/// A ZIP archive that is the file of an office program.
fn document(input: &Input, path: &Path) -> Result<Format, TabularError> {
    let disk = input.disk(path.parent())?;
    let mut archive = Archive::open(&disk)?;
    if archive.has("[Content_Types].xml") {
        return Ok(Format::Xlsx);
    }
    let Some(entry) = archive.entry("mimetype")? else { return Err(TabularError::Unsupported) };
    let kind = Input::entry(&disk, entry).sample(200)?;
    if String::from_utf8_lossy(&kind).contains("spreadsheet") { Ok(Format::Ods) } else { Err(TabularError::Unsupported) }
}

/// A page or XML, and the encoding that it says it has.
fn marked(text: &str) -> Result<(Format, Option<Encoding>), TabularError> {
    let begin: String = text.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    let declared = ["encoding=", "charset="].iter().find_map(|word| {
        let rest = begin.split_once(word)?.1.trim_start_matches(['"', '\'', ' ']);
        named(rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?)
    });
    if ["<html", "<!doctype html", "<table", "<body"].iter().any(|sign| begin.contains(sign)) {
        return Ok((Format::Html, declared));
    }
    // Excel's XML of 2003: rows within sheets, whose cells have places. It opens such files itself.
    if begin.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Err(TabularError::Unsupported);
    }
    // A list whose first word stands in angle brackets is no XML.
    let is_xml = begin.starts_with("<?xml") || text.contains("</") || text.contains("/>");
    Ok((if is_xml { Format::Xml } else { Format::Text }, declared))
}

/// The encoding that a file says it has; none where it is unknown or must be seen.
fn named(label: &str) -> Option<Encoding> {
    match label {
        "utf-8" | "utf8" => Some(Encoding::Utf8),
        "windows-1252" | "cp1252" | "iso-8859-1" | "latin1" | "us-ascii" => Some(Encoding::Windows1252),
        "iso-8859-15" | "latin9" => Some(Encoding::Latin9),
        _ => None,
    }
}

/// JSON or NDJSON, if it looks like that: a list of objects, or an object.
fn objects(text: &str) -> Option<Format> {
    let mut signs = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let (_, first) = signs.next()?;
    let second = signs.next().map(|(_, c)| c);
    match (first, second) {
        ('[', Some('{' | ']')) => Some(Format::Json),
        ('{', Some('"' | '}')) => {
            let rest = &text[end_of_object(text)?..];
            Some(if rest.trim_start().starts_with('{') { Format::Ndjson } else { Format::Json })
        }
        _ => None,
    }
}

/// Where the first object ends; at the end of the text where it goes on.
fn end_of_object(text: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    Some(text.len())
}
