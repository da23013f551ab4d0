//! Values of fields: read from what people type, kept in one form, shown in the reader's language.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::field::{FieldDef, FieldKind};
use crate::id::OptionId;
use crate::lang::Lang;
use crate::problem::Problem;
use crate::time::Zone;

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

/// Reads what somebody typed. Nothing but whitespace is no value.
pub fn parse(_field: &FieldDef, typed: &str, _cx: &ParseContext<'_>) -> Result<Option<Value>, Problem> {
    let line = crate::text::clean_line(typed);
    Ok(if line.is_empty() { None } else { Some(Value::Text(line)) })
}

/// The value as people read it.
pub fn show(field: &FieldDef, value: &Value, _lang: Lang, _zone: &Zone) -> String {
    plain(field, value)
}

/// The value as programs and files read it; [`parse`] reads it back to the same value.
pub fn plain(_field: &FieldDef, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Set(_) => String::new(),
    }
}

/// The value in JSON.
pub fn to_json(field: &FieldDef, value: &Value) -> serde_json::Value {
    plain(field, value).into()
}

/// Reads a value from JSON; `null` and an empty text are no value.
pub fn from_json(
    field: &FieldDef,
    json: &serde_json::Value,
    cx: &ParseContext<'_>,
) -> Result<Option<Value>, Problem> {
    parse(field, json.as_str().unwrap_or_default(), cx)
}

/// The order of two values of one field.
pub fn compare(_kind: FieldKind, a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => crate::search::sort_key_cmp(a, b),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Set(a), Value::Set(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
