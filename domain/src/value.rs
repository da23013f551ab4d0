//! Values of fields: read from what people type, kept in one form, shown in the reader's language.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::field::{FieldDef, FieldKind};
use crate::id::OptionId;
use crate::lang::{Lang, Text};
use crate::permission::Permission;
use crate::problem::Problem;
use crate::text;
use crate::time::{Millis, Zone, show_date, show_time};

mod address;
mod date;
mod entered;
mod fixed;
mod json;
mod number;
mod options;

pub(crate) use date::iso_moment;
pub use entered::{Entered, entered};
pub use json::{from_json, to_json};
pub(crate) use options::{parts as option_parts, sorted};

/// A value as it is stored; which form belongs to which type is said at [`FieldKind`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Texts, codes of fixed lists, addresses, postcodes.
    Text(String),
    /// Whole numbers, days since 1970-01-01, UTC milliseconds, option ids, numbers of permissions.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// Options: sorted, each once, never empty.
    Set(Vec<OptionId>),
}

/// In which order a date of three numbers is read; a number of four digits in front is always the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31.12.1990
    #[default]
    Dmy,
    /// 12/31/1990
    Mdy,
    /// 90-12-31
    Ymd,
}

/// What one must know to read a typed value.
#[derive(Clone, Copy, Debug)]
pub struct ParseContext<'a> {
    /// Language of the person or file: decides how numbers are grouped. Words are understood in both languages.
    pub lang: Lang,
    /// Where the wall clock of typed times hangs.
    pub zone: &'a Zone,
    /// Order of dates.
    pub date_order: DateOrder,
    /// Code of the country of the same profile, which decides between states, prefixes and postcodes.
    pub country_hint: Option<&'a str>,
}

/// The longest text of one line, in characters.
pub const MAX_LINE: usize = 1_000;

/// The same in bytes: what a list is sorted by has to fit into an entry of PostgreSQL's indexes (2 704 bytes).
pub const MAX_LINE_BYTES: usize = 2_600;

/// The longest text of several lines, in characters.
pub const MAX_LINES: usize = 100_000;

/// Reads what somebody typed, in either language. Nothing but whitespace is no value.
pub fn parse(field: &FieldDef, typed: &str, cx: &ParseContext<'_>) -> Result<Option<Value>, Problem> {
    if field.kind == FieldKind::MultiLine {
        let lines = text::clean_lines(typed);
        text::at_most(&lines, MAX_LINES)?;
        return Ok((!lines.is_empty()).then_some(Value::Text(lines)));
    }
    let line = text::cleaned(typed);
    if line.is_empty() {
        return Ok(None);
    }
    let line = line.as_ref();
    let value = match field.kind {
        FieldKind::SingleLine | FieldKind::MultiLine => {
            text::at_most(line, MAX_LINE)?;
            if line.len() > MAX_LINE_BYTES {
                // As many of these characters as fit.
                return Err(Problem::TooLong { max: (MAX_LINE_BYTES * line.chars().count() / line.len()) as u64 });
            }
            Value::Text(line.to_owned())
        }
        FieldKind::Email => Value::Text(text::Email::parse(line)?.into()),
        FieldKind::Postcode => Value::Text(address::postcode(line, cx.country_hint)?),
        FieldKind::IpAddress => Value::Text(address::ip(line)?),
        FieldKind::Selection => Value::Int(options::one(&field.options, line)?.get()),
        FieldKind::MultiSelection => match options::several(&field.options, line)? {
            set if set.is_empty() => return Ok(None),
            set => Value::Set(set),
        },
        FieldKind::Date => Value::Int(date::day(line, cx.date_order)?),
        FieldKind::DateTime => Value::Int(date::moment(line, cx)?),
        FieldKind::Boolean => Value::Bool(number::truth(line)?),
        FieldKind::Integer | FieldKind::ProfileId | FieldKind::FormRef => Value::Int(number::integer(line, cx.lang)?),
        FieldKind::Permission => Value::Int(fixed::permission(line)?.number()),
        FieldKind::Salutation | FieldKind::Country | FieldKind::State | FieldKind::MobilePrefix | FieldKind::Language => {
            Value::Text(fixed::code(field.kind, line, cx.country_hint)?)
        }
    };
    Ok(Some(value))
}

/// The value as people read it. Without the cargo feature `lists` the codes of fixed lists stay codes.
pub fn show(field: &FieldDef, value: &Value, lang: Lang, zone: &Zone) -> String {
    match (field.kind, value) {
        (FieldKind::Date, Value::Int(days)) => show_date(*days, lang),
        (FieldKind::DateTime, Value::Int(millis)) => show_time(Millis::new(*millis), lang, zone),
        (FieldKind::Integer, Value::Int(n)) => crate::lang::number(*n, lang),
        (FieldKind::Permission, Value::Int(n)) => {
            Permission::from_number(*n).map_or_else(|| n.to_string(), |permission| permission.label(lang).to_owned())
        }
        (FieldKind::MultiSelection, Value::Set(set)) => options::labels(&field.options, set).collect::<Vec<_>>().join(", "),
        (_, Value::Bool(true)) => Text::new("Ja", "Yes").get(lang).to_owned(),
        (_, Value::Bool(false)) => Text::new("Nein", "No").get(lang).to_owned(),
        (kind, Value::Text(code)) => fixed::label(kind, code, lang).unwrap_or(code).to_owned(),
        _ => plain(field, value),
    }
}

/// The value as programs and files read it; [`parse`] reads it back to the same value. Days as `1990-12-31`, moments
/// in UTC (RFC 3339), `true` and `false`, codes of fixed lists, labels of options; several options with `|` between,
/// where a `|` or `\\` of a label has a `\\` in front.
pub fn plain(field: &FieldDef, value: &Value) -> String {
    match (field.kind, value) {
        (FieldKind::Date, Value::Int(days)) => date::iso_day(*days),
        (FieldKind::DateTime, Value::Int(millis)) => date::iso_moment(*millis),
        (FieldKind::Selection, Value::Int(id)) => options::label(&field.options, OptionId::new(*id)).into_owned(),
        (FieldKind::Permission, Value::Int(n)) => {
            Permission::from_number(*n).map_or_else(|| n.to_string(), |permission| permission.code().to_owned())
        }
        (_, Value::Int(n)) => n.to_string(),
        (_, Value::Bool(truth)) => truth.to_string(),
        (_, Value::Set(set)) => options::piped(&field.options, set),
        (_, Value::Text(text)) => text.clone(),
    }
}

/// Reads what [`plain`] writes, whoever reads it and wherever: by no language and in UTC.
///
/// # Errors
/// Those of [`parse`].
pub fn from_plain(field: &FieldDef, plain: &str) -> Result<Option<Value>, Problem> {
    parse(field, plain, &ParseContext { lang: Lang::En, zone: &Zone::UTC, date_order: DateOrder::Ymd, country_hint: None })
}

/// The order of two values of one field: numbers, days and moments by size, texts by the alphabet, options by their
/// age, false before true.
pub fn compare(_kind: FieldKind, a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => crate::search::sort_key_cmp(a, b),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Set(a), Value::Set(b)) => a.cmp(b),
        // Values of one field have one form; should two differ, the order is still a whole one.
        (a, b) => a.form().cmp(&b.form()),
    }
}

impl Value {
    /// A number for the form, so that even values of different forms have an order.
    const fn form(&self) -> u8 {
        match self {
            Value::Text(_) => 0,
            Value::Int(_) => 1,
            Value::Bool(_) => 2,
            Value::Set(_) => 3,
        }
    }
}

#[cfg(test)]
mod tests;
