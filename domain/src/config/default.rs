//! What a new profile gets: a value, or for dates words that mean another day each day.
//!
//! Stored are values in the form of [`value::plain`], options by their ids (`#12|#14`, so that a new label changes nothing)
//! and relative dates as they were typed.

use crate::field::{FieldDef, FieldKind};
use crate::id::OptionId;
use crate::lang::Lang;
use crate::problem::Problem;
use crate::text::{at_most, clean_line};
use crate::time::{Millis, Zone};
use crate::value::{self, DateOrder, ParseContext, Value};
use crate::when;

/// The longest relative date, in characters.
const MAX_WORDS: usize = 200;

/// Reads what somebody typed as a default, or what is stored; gives what to store, none for nothing.
///
/// # Errors
/// Why it can't be one: it does not fit the type, or names an option that does not exist.
pub fn read(field: &FieldDef, typed: &str, now: Millis, cx: &ParseContext<'_>) -> Result<Option<String>, Problem> {
    if field.kind.has_options() {
        if let Some(options) = by_id(field, typed) {
            return options.map(|options| stored(&options));
        }
        return Ok(match value::parse(field, typed, cx)? {
            Some(Value::Int(option)) => stored(&[OptionId::new(option)]),
            Some(Value::Set(options)) => stored(&options),
            _ => None,
        });
    }
    match value::parse(field, typed, cx) {
        Ok(value) => Ok(value.map(|value| value::plain(field, &value))),
        Err(_) if relative(field.kind) => {
            let words = clean_line(typed);
            at_most(&words, MAX_WORDS)?;
            when::read(&words, now, cx.zone)?;
            Ok(Some(words))
        }
        Err(problem) => Err(problem),
    }
}

/// What a profile made at this moment gets.
pub fn value(field: &FieldDef, now: Millis, zone: &Zone) -> Option<Value> {
    let stored = field.default_value.as_deref()?;
    if field.kind.has_options() {
        let options: Vec<OptionId> = ids(stored)?.into_iter().filter(|id| field.option(*id).is_some()).collect();
        return match field.kind {
            FieldKind::Selection => options.first().map(|id| Value::Int(id.get())),
            _ => (!options.is_empty()).then(|| Value::Set(value::sorted(options))),
        };
    }
    let cx = ParseContext { lang: Lang::En, zone: &Zone::UTC, date_order: DateOrder::Ymd, country_hint: None };
    match value::parse(field, stored, &cx) {
        Ok(value) => value,
        Err(_) if relative(field.kind) => {
            let at = when::read(stored, now, zone).ok()?.at;
            Some(Value::Int(if field.kind == FieldKind::Date { crate::time::day_of(at, zone) } else { at.get() }))
        }
        Err(_) => None,
    }
}

/// A default as people read it: labels, dates in their language, words as they are.
pub fn show(field: &FieldDef, lang: Lang, zone: &Zone) -> String {
    let Some(stored) = field.default_value.as_deref() else { return String::new() };
    if is_relative(field) {
        return stored.to_owned();
    }
    // A value that does not move: any moment will do.
    value(field, Millis::new(0), zone).map(|value| value::show(field, &value, lang, zone)).unwrap_or_default()
}

/// Whether the default means another day each day.
pub fn is_relative(field: &FieldDef) -> bool {
    let cx = ParseContext { lang: Lang::En, zone: &Zone::UTC, date_order: DateOrder::Ymd, country_hint: None };
    relative(field.kind) && field.default_value.as_deref().is_some_and(|stored| value::parse(field, stored, &cx).is_err())
}

/// Whether the default names this option.
pub fn names(field: &FieldDef, option: OptionId) -> bool {
    field.kind.has_options() && field.default_value.as_deref().and_then(ids).is_some_and(|ids| ids.contains(&option))
}

/// The default with one option in place of another, as it is read again.
pub fn with_option_replaced(field: &FieldDef, from: OptionId, to: OptionId) -> String {
    let chosen = field.default_value.as_deref().and_then(ids).unwrap_or_default();
    let mut after: Vec<OptionId> = chosen.into_iter().map(|id| if id == from { to } else { id }).collect();
    after.sort_unstable();
    after.dedup();
    stored(&after).unwrap_or_default()
}

/// The default with an option more or less, as it is read again; of a single selection the option takes the place of the
/// one before.
pub fn with_option(field: &FieldDef, option: OptionId, on: bool) -> String {
    let mut chosen = field.default_value.as_deref().and_then(ids).unwrap_or_default();
    chosen.retain(|id| *id != option && !(on && field.kind == FieldKind::Selection));
    if on {
        chosen.push(option);
    }
    chosen.sort_unstable();
    stored(&chosen).unwrap_or_default()
}

/// A value in the stored form.
pub(crate) fn stored_value(field: &FieldDef, value: &Value) -> String {
    let options = match value {
        Value::Int(id) if field.kind == FieldKind::Selection => stored(&[OptionId::new(*id)]),
        Value::Set(options) => stored(options),
        _ => None,
    };
    options.unwrap_or_else(|| value::plain(field, value))
}

const fn relative(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Date | FieldKind::DateTime)
}

fn stored(options: &[OptionId]) -> Option<String> {
    let ids: Vec<String> = options.iter().map(|id| format!("#{id}")).collect();
    (!ids.is_empty()).then(|| ids.join("|"))
}

/// The options of a text in the stored form.
fn ids(stored: &str) -> Option<Vec<OptionId>> {
    stored.split('|').map(|part| part.strip_prefix('#')?.parse().ok()).collect()
}

/// The options of a typed text in the stored form, unless an option of the field has just this label.
fn by_id(field: &FieldDef, typed: &str) -> Option<Result<Vec<OptionId>, Problem>> {
    if field.options.iter().any(|option| option.label == typed) {
        return None;
    }
    let ids = ids(typed)?;
    let unknown = ids.iter().find(|id| field.option(**id).is_none());
    Some(unknown.map_or(Ok(ids.clone()), |id| Err(Problem::UnknownOption { value: format!("#{id}") })))
}
