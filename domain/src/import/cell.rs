//! A cell of a file as a value. Other programs write "nothing", dates and lists in their own ways.

use crate::export::unharm;
use crate::field::{FieldDef, FieldKind};
use crate::problem::Problem;
use crate::text::clean_line;
use crate::value::{self, DateOrder, ParseContext, Value};

/// The value in a cell; none where it is empty.
///
/// # Errors
/// Why it can't be read.
pub fn read_cell(field: &FieldDef, cell: &str, cx: &ParseContext) -> Result<Option<Value>, Problem> {
    let cell = unharm(cell);
    // What was computed wrongly or lost its digits is worse than nothing, whatever the field would take.
    if is_formula_error(cell) {
        return Err(Problem::FormulaError);
    }
    if counts_each_digit(field) && is_rounded(cell.trim()) {
        return Err(Problem::RoundedNumber);
    }
    match field.kind {
        // Only ever compared, never written.
        FieldKind::ProfileId => match cell.trim() {
            "" => Ok(None),
            id => id.parse().map(|id| Some(Value::Int(id))).map_err(|_| Problem::NotAnInteger),
        },
        FieldKind::Date | FieldKind::DateTime if is_no_date(cell) => Ok(None),
        FieldKind::MultiSelection => value::parse(field, cell, cx).or_else(|problem| other_separator(field, cell, cx).ok_or(problem)),
        _ => value::parse(field, cell, cx),
    }
}

/// The labels of options in a cell, whether the field has them or not, as [`read_cell`] takes it apart.
pub fn option_labels(field: &FieldDef, cell: &str) -> Vec<String> {
    let cell = unharm(cell);
    let mut labels = match field.kind {
        FieldKind::MultiSelection if cell.contains(":::") => cell.split(":::").map(clean_line).collect(),
        FieldKind::MultiSelection => value::option_parts(&field.options, cell),
        _ => vec![clean_line(cell)],
    };
    labels.retain(|label| !label.is_empty());
    labels
}

/// Those of some labels that the field has as a value; how many it doesn't have.
pub fn known_options(field: &FieldDef, labels: &[String], cx: &ParseContext) -> (Option<Value>, usize) {
    let several = field.kind == FieldKind::MultiSelection;
    let written = |label: &String| if several { label.replace('\\', "\\\\").replace('|', "\\|") } else { label.clone() };
    let (mut set, mut one, mut n) = (Vec::new(), None, 0);
    for value in labels.iter().filter_map(|label| value::parse(field, &written(label), cx).ok().flatten()) {
        n += 1;
        match value {
            Value::Set(options) => set.extend(options),
            value => one = Some(value),
        }
    }
    let value = if set.is_empty() { one } else { Some(Value::Set(value::sorted(set))) };
    (value, labels.len() - n)
}

/// Whether a date with slashes has the month in front, where the cell tells.
pub fn date_order(cell: &str) -> Option<DateOrder> {
    let mut parts = cell.split([' ', '/']).map(|part| part.parse::<u16>().unwrap_or(0));
    match (parts.next(), parts.next()) {
        (Some(13..=31), _) => Some(DateOrder::default()),
        (Some(1..=12), Some(13..=31)) => Some(DateOrder::Mdy),
        _ => None,
    }
}

/// The errors of formulas in the languages of German and English offices, as they stand in files of text too.
const FORMULA_ERRORS: [&str; 15] = [
    "#N/A",
    "#NV",
    "#REF!",
    "#BEZUG!",
    "#VALUE!",
    "#WERT!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#ZAHL!",
    "#NULL!",
    "#SPILL!",
    "#ÜBERLAUF!",
    "#CALC!",
    "#KALK!",
];

fn is_formula_error(cell: &str) -> bool {
    let cell = cell.trim();
    let of_libreoffice =
        |prefix| cell.strip_prefix(prefix).is_some_and(|code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()));
    cell.starts_with('#') && FORMULA_ERRORS.contains(&cell) || of_libreoffice("Err:") || of_libreoffice("Fehler:")
}

/// Whether a field holds numbers that are names: of telephones, of customers, of places.
fn counts_each_digit(field: &FieldDef) -> bool {
    matches!(field.kind, FieldKind::Postcode | FieldKind::Integer | FieldKind::ProfileId)
        || matches!(field.key.as_str(), "PHONE" | "MOBILE" | "FAX" | "EXTERNALID")
}

/// `4,91511E+12`: how a spreadsheet shows, and writes into text files, a number that is too long for its column. What
/// has no digit behind the mark, or a small exponent, may be a name such as `12E5`.
pub(super) fn is_rounded(cell: &str) -> bool {
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else { return false };
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once([',', '.']).unwrap_or((mantissa, "0"));
    exponent.strip_prefix('+').is_some_and(digits) && whole.len() == 1 && digits(whole) && digits(decimals)
}

/// `0/0/00` in Outlook, `0000-00-00` in databases: a date that nobody entered.
fn is_no_date(cell: &str) -> bool {
    cell.contains('0') && cell.chars().all(|letter| matches!(letter, '0' | '/' | '.' | '-' | ':' | ' '))
}

/// Several options as Google, HubSpot and Mailchimp write them: with ` ::: `, semicolon or comma between.
fn other_separator(field: &FieldDef, cell: &str, cx: &ParseContext) -> Option<Option<Value>> {
    [":::", ";", ","].iter().filter(|s| cell.contains(**s)).find_map(|separator| {
        let parts: Vec<_> =
            cell.split(separator).map(str::trim).filter(|p| !p.is_empty()).map(|p| p.replace('\\', "\\\\").replace('|', "\\|")).collect();
        value::parse(field, &parts.join("|"), cx).ok()
    })
}
