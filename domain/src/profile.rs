//! A profile: the record of one person or company in a pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{FieldId, ProfileId};
use crate::permission::{Facts, Status};
use crate::pool::Pool;
use crate::problem::{Invalid, Problem};
use crate::value::Value;

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

    /// The profile, read with all its fields, with other values in some of them; none empties one. Its status follows.
    #[must_use]
    pub fn with(&self, pool: &Pool, changes: &BTreeMap<FieldId, Option<Value>>) -> Self {
        let mut values = self.values.clone();
        for (field, value) in changes {
            match value {
                Some(value) => _ = values.insert(*field, value.clone()),
                None => _ = values.remove(field),
            }
        }
        let status = Status::of(&Facts::of(pool, |field| values.get(&field)));
        Self { values, status, ..self.clone() }
    }
}

/// The values of a profile that does not exist yet; fields that are not named stay empty or get their default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Field and value, each field at most once.
    pub values: Vec<(FieldId, Value)>,
}

impl Draft {
    /// What was given for a new profile. A required field must have a value, unless it is not named and has a default:
    /// the moment at which the profile is made decides what a default is.
    ///
    /// # Errors
    /// `Problem::Required` for each required field without a value.
    pub fn of(pool: &Pool, given: Vec<(FieldId, Option<Value>)>) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        for field in pool.fields.iter().filter(|field| field.required && field.writable()) {
            let named = given.iter().rev().find(|(id, _)| *id == field.id);
            if named.map_or(field.default_value.is_none(), |(_, value)| value.is_none()) {
                invalid.push(field.key.as_str(), Problem::Required);
            }
        }
        invalid.or(Self { values: given.into_iter().filter_map(|(field, value)| Some((field, value?))).collect() })
    }
}

#[cfg(test)]
mod tests;
