//! What can be done to many profiles in one go.

use serde::{Deserialize, Serialize};

use crate::id::{FieldId, OptionId};
use crate::value::Value;

/// What happens to each profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bulk {
    /// It goes into the bin.
    Delete,
    /// One of its fields changes.
    Edit {
        /// Which.
        field: FieldId,
        /// How.
        edit: Edit,
    },
}

/// How a field changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// It gets this value; none empties it.
    Set(Option<Value>),
    /// These options of a multi-selection are chosen as well.
    Add(Vec<OptionId>),
    /// These options of a multi-selection are chosen no more.
    Remove(Vec<OptionId>),
    /// One option of a selection takes the place of another, which ends with that: two are merged into one.
    Replace {
        /// The one that goes.
        from: OptionId,
        /// The one that stays.
        to: OptionId,
    },
}

/// The ways to change a field, as forms and programs name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Put in place of what stands there.
    Set,
    /// Choose as well.
    Add,
    /// Choose no more.
    Remove,
}

impl How {
    /// Every way.
    pub const ALL: [How; 3] = [How::Set, How::Add, How::Remove];

    /// The name in forms and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            How::Set => "set",
            How::Add => "add",
            How::Remove => "remove",
        }
    }

    /// The way with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.code() == code)
    }

    /// The change of a field to a value. Options can only be added to and taken from a set of them.
    pub fn with(self, value: Option<Value>) -> Option<Edit> {
        match (self, value) {
            (How::Set, value) => Some(Edit::Set(value)),
            (How::Add, Some(Value::Set(options))) => Some(Edit::Add(options)),
            (How::Remove, Some(Value::Set(options))) => Some(Edit::Remove(options)),
            (How::Add | How::Remove, _) => None,
        }
    }
}

impl Edit {
    /// The value that a field has afterwards. A second time changes nothing more.
    pub fn apply(&self, before: Option<&Value>) -> Option<Value> {
        let chosen = || match before {
            Some(Value::Set(options)) => options.clone(),
            _ => Vec::new(),
        };
        let after = match self {
            Edit::Set(value) => return value.clone(),
            Edit::Add(more) => {
                let mut options = chosen();
                options.extend(more);
                options.sort_unstable();
                options.dedup();
                options
            }
            Edit::Remove(fewer) => {
                let mut options = chosen();
                options.retain(|option| !fewer.contains(option));
                options
            }
            Edit::Replace { from, to } => match before {
                Some(Value::Int(id)) if *id == from.get() => return Some(Value::Int(to.get())),
                Some(Value::Set(options)) if options.contains(from) => {
                    crate::value::sorted(options.iter().map(|option| if option == from { *to } else { *option }).collect())
                }
                other => return other.cloned(),
            },
        };
        (!after.is_empty()).then_some(Value::Set(after))
    }
}

#[cfg(test)]
mod tests;
