//! A cell of a file as a value. Other programs write "nothing", dates and lists in their own ways.

use crate::export::unharm;
use crate::field::{FieldDef, FieldKind};
use crate::problem::Problem;
use crate::value::{self, DateOrder, ParseContext, Value};

/// The value in a cell; none where it is empty.
///
/// # Errors
/// Why it can't be read.
pub fn read_cell(field: &FieldDef, cell: &str, cx: &ParseContext) -> Result<Option<Value>, Problem> {
    let cell = unharm(cell);
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

/// Whether a date with slashes has the month in front, where the cell tells.
pub fn date_order(cell: &str) -> Option<DateOrder> {
    let mut parts = cell.split([' ', '/']).map(|part| part.parse::<u16>().unwrap_or(0));
    match (parts.next(), parts.next()) {
        (Some(13..=31), _) => Some(DateOrder::default()),
        (Some(1..=12), Some(13..=31)) => Some(DateOrder::Mdy),
        _ => None,
    }
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
