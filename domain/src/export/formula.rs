//! Cells of a file that a spreadsheet would run as a formula, made harmless and back.

use std::borrow::Cow;

/// A cell that a spreadsheet shows and never runs: one that begins like a formula gets an apostrophe in front.
/// Numbers and telephone numbers stay as they are. [`unharm`] is the way back.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if runs(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes the apostrophe away that [`harmless`] has set; every other cell stays as it is.
pub fn unharm(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Begins like a formula and is no number. The wide forms are what Japanese spreadsheets take for the narrow ones.
fn runs(cell: &str) -> bool {
    let Some(first) = cell.chars().next() else { return false };
    matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') && !is_number_or_phone(cell)
}

fn is_number_or_phone(cell: &str) -> bool {
    let phone = cell.bytes().all(|b| b.is_ascii_digit() || b" +()-/".contains(&b));
    (phone && cell.bytes().any(|b| b.is_ascii_digit())) || is_number(cell)
}

/// Sign, digits with points and commas, perhaps an exponent.
fn is_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    mantissa.bytes().next().is_some_and(|b| b.is_ascii_digit())
        && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
        && !exponent.is_empty()
        && exponent.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;
