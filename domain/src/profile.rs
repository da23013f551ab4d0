//! A profile: the record of one person or company in a pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::field::FieldKind;
use crate::id::{FieldId, ProfileId};
use crate::permission::Status;
use crate::pool::Pool;
use crate::problem::{Invalid, Problem};
use crate::value::{self, ParseContext, Value};

/// A stored profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Unique within the pool, never changed.
    pub id: ProfileId,
    /// Grows with every change of the pool's data; two people editing are told apart by it.
    pub revision: i64,
    /// Whether and why this person may be written to.
    pub status: Status,
    /// The filled fields, internal ones too; a missing key is an empty field.
    pub values: BTreeMap<FieldId, Value>,
}

impl Profile {
    /// The value of a field, if it is filled.
    pub fn value(&self, field: FieldId) -> Option<&Value> {
        self.values.get(&field)
    }
}

/// The values of a profile that does not exist yet; fields that are not named stay empty or get their default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Field and value, each field at most once.
    pub values: Vec<(FieldId, Value)>,
}

impl Draft {
    /// Reads a form for a new profile: internal names with what was typed. Fields that are not named get their
    /// default; required ones must be filled.
    pub fn parse(pool: &Pool, typed: &[(&str, &str)], cx: &ParseContext<'_>) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let mut changes = read(pool, typed, cx, &mut invalid);
        for field in &pool.fields {
            if changes.iter().any(|(id, _)| *id == field.id) {
                continue;
            }
            if let Some(value) = field.default_value.as_deref().and_then(|text| value::parse(field, text, cx).ok().flatten()) {
                changes.push((field.id, Some(value)));
            } else if field.required && field.writable() && invalid.of(&field.key).is_none() {
                invalid.push(field.key.as_str(), Problem::Required);
            }
        }
        let values = changes.into_iter().filter_map(|(id, value)| value.map(|value| (id, value))).collect();
        invalid.or(Self { values })
    }
}

/// Reads every named field. The country typed beside it helps to read states, prefixes and postcodes.
fn read(pool: &Pool, typed: &[(&str, &str)], cx: &ParseContext<'_>, invalid: &mut Invalid) -> Vec<(FieldId, Option<Value>)> {
    let country = country(pool, typed, cx);
    let cx = ParseContext { country_hint: country.as_deref().or(cx.country_hint), ..*cx };
    let mut changes: Vec<(FieldId, Option<Value>)> = Vec::with_capacity(typed.len());
    for &(key, text) in typed {
        let Some(field) = pool.field(key) else {
            invalid.push(key, Problem::UnknownField { field: key.to_owned() });
            continue;
        };
        if !field.writable() {
            invalid.push(key, Problem::ReadOnly);
            continue;
        }
        match value::parse(field, text, &cx) {
            Ok(None) if field.required => invalid.push(key, Problem::Required),
            Ok(value) => {
                changes.retain(|(id, _)| *id != field.id);
                changes.push((field.id, value));
            }
            Err(problem) => invalid.push(key, problem),
        }
    }
    changes
}

/// The code of the country that is typed into the standard field, if it is readable.
fn country(pool: &Pool, typed: &[(&str, &str)], cx: &ParseContext<'_>) -> Option<String> {
    let field = pool.field("COUNTRY").filter(|field| field.kind == FieldKind::Country)?;
    let (_, text) = typed.iter().rev().find(|(key, _)| *key == field.key)?;
    match value::parse(field, text, cx) {
        Ok(Some(Value::Text(code))) => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
