//! A reading and a mapping as forms and addresses carry them.

use domain::import::{Encoding, Mapping, Reading};

use crate::error::AppError;
use crate::text::import as t;

/// The delimiters with their names in a form.
pub const DELIMITERS: [(char, &str); 4] = [(';', "semicolon"), (',', "comma"), ('\t', "tab"), ('|', "pipe")];
/// The quotation marks with their names in a form.
pub const QUOTES: [(Option<char>, &str); 3] = [(Some('"'), "double"), (Some('\''), "single"), (None, "none")];

/// The name of a delimiter.
pub fn delimiter_code(delimiter: char) -> &'static str {
    DELIMITERS.into_iter().find(|(one, _)| *one == delimiter).map_or("comma", |(_, code)| code)
}

/// The name of a quotation mark.
pub fn quote_code(quote: Option<char>) -> &'static str {
    QUOTES.into_iter().find(|(one, _)| *one == quote).map_or("double", |(_, code)| code)
}

/// `utf8.semicolon.double.header`: one word for all four.
pub fn reading_code(reading: &Reading) -> String {
    let header = if reading.has_header { "header" } else { "rows" };
    [reading.encoding.code(), delimiter_code(reading.delimiter), quote_code(reading.quote), header].join(".")
}

/// The reading of a code.
pub fn reading(code: &str) -> Option<Reading> {
    let mut parts = code.split('.');
    let encoding = Encoding::from_code(parts.next()?)?;
    let delimiter = parts.next()?;
    let quote = parts.next()?;
    Some(Reading {
        encoding,
        delimiter: DELIMITERS.into_iter().find(|(_, code)| *code == delimiter)?.0,
        quote: QUOTES.into_iter().find(|(_, code)| *code == quote)?.0,
        has_header: parts.next()? == "header",
    })
}

/// A mapping from the fields of each column, the numbers of the columns that are ticked, and the key.
///
/// # Errors
/// `Refused` when nothing would be imported, or the key wouldn't.
pub fn mapping(columns: Vec<String>, used: &[usize], key: Option<String>) -> Result<Mapping, AppError> {
    let columns: Vec<Option<String>> =
        columns.into_iter().enumerate().map(|(at, field)| Some(field).filter(|field| !field.is_empty() && used.contains(&at))).collect();
    if columns.iter().all(Option::is_none) {
        return Err(AppError::refused(t::NO_COLUMN));
    }
    let key = key.filter(|key| !key.is_empty());
    // Without it every row would become a new profile, and nobody would have been told.
    if key.as_ref().is_some_and(|key| !columns.iter().flatten().any(|field| field == key)) {
        return Err(AppError::refused(t::KEY_NOT_IMPORTED));
    }
    Ok(Mapping { columns, key })
}

#[cfg(test)]
mod tests;
