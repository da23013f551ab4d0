//! A profile: the record of one person or company in a pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{FieldId, ProfileId};
use crate::permission::Status;
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
}

/// The values of a profile that does not exist yet; fields that are not named stay empty or get their default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Field and value, each field at most once.
    pub values: Vec<(FieldId, Value)>,
}
