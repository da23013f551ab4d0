//! Fields of a pool: their types, the ones every pool has, and their definition.

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, FieldId, OptionId};
use crate::lang::Lang;
use crate::problem::Problem;
use crate::value::Value;

mod internal;
mod kind;
mod standard;

pub use internal::Internal;
pub use kind::{FieldKind, SqlType};
pub use standard::{STANDARD, StandardField};

/// One option of a selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// What profiles store; stays when the label changes.
    pub id: OptionId,
    /// What people read; no two options of a field have the same.
    pub label: String,
    /// Place in the standard order.
    pub position: i64,
}

/// A field of a pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldDef {
    /// Its id.
    pub id: FieldId,
    /// Internal name: capital letters and digits, fixed for ever.
    pub key: String,
    /// The name that somebody gave it; empty as long as a standard or internal field has its own name.
    pub label: String,
    /// Its type; a field of one's own can be converted to another.
    pub kind: FieldKind,
    /// The number of the conversion that gave it its type, and by which its column is called; none for its first type.
    pub column: Option<i64>,
    /// Where it is filed.
    pub category: CategoryId,
    /// Place within its category.
    pub position: i64,
    /// One of [`STANDARD`]; cannot be deleted.
    pub standard: bool,
    /// Filled by the system; cannot be deleted.
    pub internal: Option<Internal>,
    /// Must be filled when a profile is entered by hand.
    pub required: bool,
    /// Counts when profiles are compared with each other.
    pub matching: bool,
    /// Used to choose content.
    pub profiling: bool,
    /// Set by what people click on.
    pub tagging: bool,
    /// What a new profile gets, in the form that `value::plain` writes.
    pub default_value: Option<String>,
    /// Help for those who fill it in.
    pub help: String,
    /// The options of a selection, in their order.
    pub options: Vec<ChoiceOption>,
    /// Whether whoever sees the pool this way may only read it: `Pool::seen_by`.
    #[serde(default)]
    pub locked: bool,
}

impl FieldDef {
    /// A field with nothing set yet, and no id.
    pub fn new(key: impl Into<String>, kind: FieldKind, category: CategoryId) -> Self {
        Self {
            id: FieldId::new(0),
            key: key.into(),
            label: String::new(),
            kind,
            column: None,
            category,
            position: 0,
            standard: false,
            internal: None,
            required: false,
            matching: false,
            profiling: false,
            tagging: false,
            default_value: None,
            help: String::new(),
            options: Vec::new(),
            locked: false,
        }
    }

    /// The name on the screen: the given one, else that of the standard or internal field in the reader's language.
    pub fn label(&self, lang: Lang) -> &str {
        if !self.label.is_empty() {
            return &self.label;
        }
        let own = self.internal.map(Internal::label).or_else(|| StandardField::of(&self.key).map(|field| field.label));
        own.map_or(self.key.as_str(), |text| text.get(lang))
    }

    /// The option with this id.
    pub fn option(&self, id: OptionId) -> Option<&ChoiceOption> {
        self.options.iter().find(|option| option.id == id)
    }

    /// Whether a person, an import or REST may write it.
    pub fn writable(&self) -> bool {
        !self.locked && self.internal.is_none_or(Internal::writable_by_hand)
    }

    /// What a person or a program gives it: a required field never gets no value.
    ///
    /// # Errors
    /// `Problem::Required`.
    pub fn accept(&self, value: Option<Value>) -> Result<Option<Value>, Problem> {
        if self.required && value.is_none() { Err(Problem::Required) } else { Ok(value) }
    }

    /// Whether a search may look into it. The marks that the system sets on nearly every profile alike (persona,
    /// unsubscribed, tracking, bounces) are no words that anybody searches for; filters find them.
    pub fn searchable(&self) -> bool {
        !(self.kind == FieldKind::Boolean && self.internal.is_some()) && self.internal != Some(Internal::HardBounces)
    }
}

#[cfg(test)]
mod tests;
