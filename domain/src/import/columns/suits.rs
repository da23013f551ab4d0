//! Which field a new one should be, by the values of a column.

use crate::config::NewOption;
use crate::field::{FieldDef, FieldKind};
use crate::id::CategoryId;
use crate::import::read_cell;
use crate::lists::fold;
use crate::value::{DateOrder, ParseContext};

/// The most different values that are proposed as options; each of them has to occur twice on average at least.
const MAX_PROPOSED: usize = 20;
/// The longest value that is proposed as an option, in characters.
const MAX_LABEL: usize = 60;

/// The type that all filled values fit, the narrowest first, and the options where it is a selection: few values that come
/// again and again. Numbers that begin with a zero are none: they name something. Decimal numbers have no type of their own
/// and stay text.
pub fn suits<'v>(values: impl Iterator<Item = &'v str> + Clone, cx: &ParseContext) -> (FieldKind, Vec<NewOption>) {
    let filled = values.map(str::trim).filter(|value| !value.is_empty());
    let n = filled.clone().count();
    if n == 0 {
        return (FieldKind::SingleLine, Vec::new());
    }
    let fits = |kind: FieldKind| {
        let field = FieldDef::new("NEW", kind, CategoryId::new(0));
        // Whoever writes dates with the month in front does so in the whole column.
        [cx.date_order, DateOrder::Mdy].into_iter().any(|date_order| {
            let cx = ParseContext { date_order, ..*cx };
            filled.clone().all(|value| matches!(read_cell(&field, value, &cx), Ok(Some(_))))
        })
    };
    let digits = |value: &str| value.bytes().filter(u8::is_ascii_digit).count();
    let named = filled.clone().any(|value| value.len() > 1 && value.starts_with('0') || value.starts_with('+') || digits(value) > 15);
    let dated = filled.clone().all(|value| digits(value) >= 3 && value.contains(['.', '-', '/']));
    let words = filled.clone().any(|value| value.contains(char::is_alphabetic));
    if fits(FieldKind::Email) {
        return (FieldKind::Email, Vec::new());
    }
    if words && fits(FieldKind::Boolean) {
        return (FieldKind::Boolean, Vec::new());
    }
    if dated && fits(FieldKind::Date) {
        return (FieldKind::Date, Vec::new());
    }
    if dated && fits(FieldKind::DateTime) {
        return (FieldKind::DateTime, Vec::new());
    }
    if !named && fits(FieldKind::Integer) {
        return (FieldKind::Integer, Vec::new());
    }
    let mut labels: Vec<&str> = Vec::new();
    for value in filled.clone() {
        if !labels.iter().any(|known| fold(known) == fold(value)) {
            labels.push(value);
            if labels.len() > MAX_PROPOSED {
                break;
            }
        }
    }
    let short = labels.iter().all(|label| label.chars().count() <= MAX_LABEL && label.contains(char::is_alphabetic));
    if short && labels.len() > 1 && labels.len() <= MAX_PROPOSED && labels.len() * 2 <= n {
        let options = labels.into_iter().map(|label| NewOption { label: label.to_owned(), order: None }).collect();
        return (FieldKind::Selection, options);
    }
    let long = filled.clone().any(|value| value.contains('\n') || value.chars().count() > 250);
    (if long { FieldKind::MultiLine } else { FieldKind::SingleLine }, Vec::new())
}
