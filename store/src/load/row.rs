//! A row of a file on its way to a profile, and what rules need to know of it beside its values.

use domain::id::{FieldId, OptionId};
use domain::value::Value;

/// A checked row of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// As a table program counts.
    pub number: u64,
    /// Its filled cells, each field at most once.
    pub values: Vec<(FieldId, Value)>,
    /// What more the rules of its import ask of it.
    pub more: Option<Box<More>>,
}

/// What only some rules need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct More {
    /// The fields whose cells are empty, where that says something.
    pub empty: Vec<FieldId>,
    /// Tells rows of the same key from others, where only the first or the last of them counts: [`mark`].
    pub mark: Option<String>,
    /// What proves the row's consent.
    pub proof: Proof,
    /// Options that were left out because the field doesn't have them.
    pub left_out: u64,
    /// Options that come here for the first time.
    pub options: Vec<NewLabel>,
}

/// Where, when and from which address a consent was given, as far as the file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Where.
    pub source: Option<String>,
    /// When.
    pub at: Option<i64>,
    /// From which internet address.
    pub address: Option<String>,
}

/// An option that a field is to get. Until then its values name it by a number below zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLabel {
    /// The field.
    pub field: FieldId,
    /// How the values of this load name it.
    pub stands_for: OptionId,
    /// What people read.
    pub label: String,
}

/// The mark of a key, from its values as [`plain`](domain::value::plain) writes them: long ones are no key of an index.
#[must_use]
pub fn mark<'v>(values: impl Iterator<Item = &'v str>) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for value in values {
        hash.update((value.len() as u64).to_le_bytes());
        hash.update(value.as_bytes());
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
