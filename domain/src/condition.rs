//! Which profiles are meant: comparisons of fields, joined by and, or, not. A row rule is one; target groups grow from it.
//!
//! Fields are called by their internal names and options by their labels, as in files and in REST: so one condition
//! speaks of every pool of a client, whose numbers differ. A pool that can't answer it, because a field or an option
//! is missing there, has nobody for whom it holds.

mod compare;
mod evaluate;
mod letters;
mod parse;
mod print;
mod ready;
mod wire;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

pub use compare::{Comparison, Op};
pub use letters::spellings;
pub use ready::{Ask, Ready, Side, Subject, Test, needle};

/// How deep conditions may stand within each other.
pub const MAX_DEPTH: usize = 20;

/// The most groups, negations and comparisons of one condition.
pub const MAX_NODES: usize = 500;

/// The most values that all its comparisons have together.
pub const MAX_VALUES: usize = 10_000;

/// The longest text that is looked for within another, in characters.
pub const MAX_NEEDLE: usize = 1_000;

/// Which profiles are meant.
///
/// In JSON a tree: `{"all": […]}`, `{"any": […]}`, `{"not": …}`,
/// `{"compare": {"field": "COUNTRY", "op": "is", "values": ["AT"]}}`. Its text form is described at
/// [`parse`](str::parse); formats that don't describe themselves carry that, because a tree of any depth could be
/// hidden in a few bytes of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Condition {
    /// Every one holds; without any, every profile is meant.
    All(Vec<Condition>),
    /// At least one holds; without any, no profile is meant.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A field is compared.
    Compare(Comparison),
}

impl Condition {
    /// A comparison with one value.
    pub fn compare_one(field: impl Into<String>, op: Op, value: impl Into<String>) -> Self {
        Self::Compare(Comparison { field: field.into(), op, values: vec![value.into()] })
    }

    /// A comparison with several values, or with none.
    pub fn compare<V: Into<String>>(field: impl Into<String>, op: Op, values: impl IntoIterator<Item = V>) -> Self {
        Self::Compare(Comparison { field: field.into(), op, values: values.into_iter().map(Into::into).collect() })
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Whether it keeps the limits and each comparison has a field and as many values as it takes: what must hold
    /// whatever the pool.
    ///
    /// # Errors
    /// `TooDeep`, `TooManyConditions`, `TooManyValues`, `UnknownField`, `WrongValueCount`.
    pub fn sound(&self) -> Result<(), Problem> {
        let (mut nodes, mut values) = (0, 0);
        self.count(1, &mut nodes, &mut values)
    }

    fn count(&self, depth: usize, nodes: &mut usize, values: &mut usize) -> Result<(), Problem> {
        *nodes += 1;
        if depth > MAX_DEPTH {
            return Err(Problem::TooDeep { max: MAX_DEPTH as u64 });
        }
        if *nodes > MAX_NODES {
            return Err(Problem::TooManyConditions { max: MAX_NODES as u64 });
        }
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().try_for_each(|part| part.count(depth + 1, nodes, values)),
            Self::Not(part) => part.count(depth + 1, nodes, values),
            Self::Compare(one) => {
                *values += one.values.len();
                if *values > MAX_VALUES {
                    return Err(Problem::TooManyValues { max: MAX_VALUES as u64 });
                }
                one.sound()
            }
        }
    }

    /// Every comparison in it.
    pub fn comparisons(&self) -> Vec<&Comparison> {
        let mut found = Vec::new();
        self.gather(&mut found);
        found
    }

    fn gather<'c>(&'c self, found: &mut Vec<&'c Comparison>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.gather(found)),
            Self::Not(part) => part.gather(found),
            Self::Compare(one) => found.push(one),
        }
    }

    /// The internal names of the fields that it names.
    pub fn fields(&self) -> BTreeSet<&str> {
        self.comparisons().into_iter().map(|one| one.field.as_str()).collect()
    }

    /// Field and value wherever a whole value is named: where the field is a selection, the labels of its options.
    pub fn options(&self) -> BTreeSet<(&str, &str)> {
        let whole = self.comparisons().into_iter().filter(|one| one.op.names_whole_values());
        whole.flat_map(|one| one.values.iter().map(|value| (one.field.as_str(), value.as_str()))).collect()
    }
}

#[cfg(test)]
mod tests;
