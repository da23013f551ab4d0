//! One field compared with values.

use serde::{Deserialize, Serialize};

use crate::field::{FieldKind, SqlType};
use crate::problem::Problem;

/// A field compared with values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Internal name of the field, or [`STATUS`](crate::list::STATUS).
    pub field: String,
    /// How.
    pub op: Op,
    /// In the form that [`plain`](crate::value::plain) writes: codes, labels of options, days as `1990-12-31`.
    #[serde(default)]
    pub values: Vec<String>,
}

/// How a field is compared. An empty field is neither equal to anything nor less nor greater; so it is among those for
/// whom "is not" and "none of" hold, and never among those before or after a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Equal.
    Is,
    /// Not equal, or empty.
    IsNot,
    /// Smaller, earlier.
    Less,
    /// Not greater, not later.
    AtMost,
    /// Greater, later.
    Greater,
    /// Not smaller, not earlier.
    AtLeast,
    /// From the first value to the second, both included.
    Between,
    /// The text occurs within; capitals do not count.
    Contains,
    /// The text stands at the beginning; capitals do not count.
    Begins,
    /// Equal to one of them; of a multi-selection: one of them is chosen.
    AnyOf,
    /// Of a multi-selection: each of them is chosen.
    AllOf,
    /// Equal to none of them, or empty; of a multi-selection: none of them is chosen.
    NoneOf,
    /// Has no value.
    Empty,
    /// Has a value.
    Filled,
}

/// Types that are compared alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// Texts that people write.
    Words,
    /// One of a list.
    Choice,
    /// Numbers, days, moments.
    Size,
    /// True or false.
    Truth,
    /// Several of a list.
    Set,
}

impl Likeness {
    fn of(kind: Option<FieldKind>) -> Self {
        let Some(kind) = kind else { return Self::Choice };
        match kind.sql() {
            SqlType::Set => Self::Set,
            SqlType::Boolean => Self::Truth,
            _ if kind.has_fixed_list() || kind.has_options() => Self::Choice,
            SqlType::Text => Self::Words,
            SqlType::Integer => Self::Size,
        }
    }
}

impl Op {
    /// Every comparison.
    pub const ALL: [Op; 14] = [
        Op::Is,
        Op::IsNot,
        Op::Less,
        Op::AtMost,
        Op::Greater,
        Op::AtLeast,
        Op::Between,
        Op::Contains,
        Op::Begins,
        Op::AnyOf,
        Op::AllOf,
        Op::NoneOf,
        Op::Empty,
        Op::Filled,
    ];

    /// Whether fields of this type can be compared so; without a type the status is meant.
    pub fn fits(self, kind: Option<FieldKind>) -> bool {
        let like = Likeness::of(kind);
        match self {
            Op::Empty | Op::Filled => kind.is_some(),
            Op::Is | Op::IsNot => like != Likeness::Set,
            Op::AnyOf | Op::NoneOf => like != Likeness::Truth,
            Op::AllOf => like == Likeness::Set,
            Op::Contains | Op::Begins => like == Likeness::Words,
            Op::Less | Op::AtMost | Op::Greater | Op::AtLeast | Op::Between => like == Likeness::Size,
        }
    }

    /// Whether its values are whole values of the field, not parts or bounds.
    pub(super) const fn names_whole_values(self) -> bool {
        matches!(self, Op::Is | Op::IsNot | Op::AnyOf | Op::AllOf | Op::NoneOf)
    }

    /// The fewest and the most values.
    const fn takes(self) -> (usize, usize) {
        match self {
            Op::Empty | Op::Filled => (0, 0),
            Op::Between => (2, 2),
            Op::AnyOf | Op::AllOf | Op::NoneOf => (1, usize::MAX),
            _ => (1, 1),
        }
    }
}

impl Comparison {
    pub(super) fn sound(&self) -> Result<(), Problem> {
        let name = self.field.as_bytes();
        let of_a_name = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
        if !name.first().is_some_and(u8::is_ascii_uppercase) || !name.iter().all(of_a_name) {
            return Err(Problem::UnknownField { field: self.field.clone() });
        }
        let (fewest, most) = self.op.takes();
        if (fewest..=most).contains(&self.values.len()) {
            return Ok(());
        }
        Err(Problem::WrongValueCount { expected: fewest as u64, found: self.values.len() as u64 })
    }
}
