//! A reading and a mapping as forms and addresses carry them.

use domain::import::{Asked, Encoding, Format, Mapping, Reading};
use domain::lang::Lang;
use domain::value::DateOrder;

use crate::error::AppError;
use crate::text::import as t;

/// The delimiters with their names in a form.
pub const DELIMITERS: [(char, &str); 4] = [(';', "semicolon"), (',', "comma"), ('\t', "tab"), ('|', "pipe")];
/// The quotation marks with their names in a form.
pub const QUOTES: [(Option<char>, &str); 3] = [(Some('"'), "double"), (Some('\''), "single"), (None, "none")];
/// Whose way of grouping numbers, with their names in a form.
pub const NUMBERS: [(Lang, &str); 2] = [(Lang::De, "numbers-de"), (Lang::En, "numbers-en")];
/// The orders of dates with their names in a form.
pub const DATES: [(DateOrder, &str); 3] = [(DateOrder::Dmy, "dmy"), (DateOrder::Mdy, "mdy"), (DateOrder::Ymd, "ymd")];
/// What stands where only a file and a sheet are said.
pub const AUTO: &str = "auto";

/// The name of a delimiter.
pub fn delimiter_code(delimiter: char) -> &'static str {
    DELIMITERS.into_iter().find(|(one, _)| *one == delimiter).map_or("comma", |(_, code)| code)
}

/// The name of a quotation mark.
pub fn quote_code(quote: Option<char>) -> &'static str {
    QUOTES.into_iter().find(|(one, _)| *one == quote).map_or("double", |(_, code)| code)
}

/// `utf8.semicolon.double.header`: one word for all four. What is not as usual stands behind them, as in
/// `utf8.comma.double.header.xlsx.sheet1.row3`; files and sheets are counted from 0, rows as a table program does.
pub fn reading_code(reading: &Reading) -> String {
    let header = if reading.has_header { "header" } else { "rows" };
    let mut parts: Vec<String> =
        [reading.encoding.code(), delimiter_code(reading.delimiter), quote_code(reading.quote), header].map(str::to_owned).into();
    if reading.format != Format::Text {
        parts.push(reading.format.code().to_owned());
    }
    for (name, n) in [("file", u32::from(reading.file)), ("sheet", u32::from(reading.sheet)), ("row", reading.first_row)] {
        if n > 0 {
            parts.push(format!("{name}{n}"));
        }
    }
    parts.extend(reading.numbers.and_then(|lang| code_of(&NUMBERS, lang)).map(str::to_owned));
    parts.extend(reading.dates.and_then(|order| code_of(&DATES, order)).map(str::to_owned));
    parts.join(".")
}

/// The name of a choice.
pub fn code_of<T: Copy + PartialEq>(choices: &[(T, &'static str)], wanted: T) -> Option<&'static str> {
    choices.iter().find(|(one, _)| *one == wanted).map(|(_, code)| *code)
}

fn chosen<T: Copy>(choices: &[(T, &'static str)], wanted: &str) -> Option<T> {
    choices.iter().find(|(_, code)| *code == wanted).map(|(one, _)| *one)
}

/// The reading of a code.
pub fn reading(code: &str) -> Option<Reading> {
    let mut parts = code.split('.');
    let mut reading = Reading {
        encoding: Encoding::from_code(parts.next()?)?,
        delimiter: chosen(&DELIMITERS, parts.next()?)?,
        quote: chosen(&QUOTES, parts.next()?)?,
        has_header: parts.next()? == "header",
        ..Reading::default()
    };
    for part in parts {
        if let Some(format) = Format::from_code(part) {
            reading.format = format;
        } else if let Some(lang) = chosen(&NUMBERS, part) {
            reading.numbers = Some(lang);
        } else if let Some(order) = chosen(&DATES, part) {
            reading.dates = Some(order);
        } else if let Some(n) = numbered(part, "file") {
            reading.file = n;
        } else if let Some(n) = numbered(part, "sheet") {
            reading.sheet = n;
        } else if let Some(n) = numbered(part, "row") {
            reading.first_row = n;
        } else if !part.is_empty() {
            return None;
        }
    }
    Some(reading)
}

fn numbered<T: std::str::FromStr>(part: &str, name: &str) -> Option<T> {
    part.strip_prefix(name)?.parse().ok()
}

/// What a code asks for: a reading, or another file or sheet (`auto.file1.sheet0`).
pub fn asked(code: &str) -> Option<Asked> {
    let Some(rest) = code.strip_prefix(AUTO) else { return reading(code).map(Asked::Whole) };
    let (mut file, mut sheet) = (0, None);
    for part in rest.split('.').filter(|part| !part.is_empty()) {
        if let Some(n) = numbered(part, "file") {
            file = n;
        } else {
            sheet = Some(numbered(part, "sheet")?);
        }
    }
    Some(Asked::Part { file, sheet })
}

/// A mapping from the fields of each column, the numbers of the columns that are ticked; and the key. Where the rules are
/// looked at before the start, the key may still be another.
///
/// # Errors
/// `Refused` when nothing would be imported, or the key wouldn't.
pub fn mapping(columns: Vec<String>, used: &[usize], key: Option<String>, may_change: bool) -> Result<(Mapping, Option<String>), AppError> {
    let mapping = ticked(columns, used);
    if mapping.columns.iter().all(Option::is_none) {
        return Err(AppError::refused(t::NO_COLUMN));
    }
    let key = key.filter(|key| !key.is_empty());
    let mapped = |key: &String| mapping.column(key).is_some();
    // Without it every row would become a new profile, and nobody would have been told.
    if key.as_ref().is_some_and(|key| !mapped(key)) && !may_change {
        return Err(AppError::refused(t::KEY_NOT_IMPORTED));
    }
    let key = key.filter(mapped);
    Ok((mapping, key))
}

/// The columns that are ticked and go somewhere. A word that begins with a question mark says that somebody is still choosing.
pub fn ticked(columns: Vec<String>, used: &[usize]) -> Mapping {
    let ticked = |(at, word): (usize, String)| Some(word).filter(|word| !word.is_empty() && !word.starts_with('?') && used.contains(&at));
    Mapping { columns: columns.into_iter().enumerate().map(ticked).collect() }
}

#[cfg(test)]
mod tests;
