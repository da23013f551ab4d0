//! The state of a profile list: what is searched, filtered, sorted and which page; it lives in the URL.

use serde::{Deserialize, Serialize};

use crate::field::Internal;
use crate::id::ProfileId;

pub(crate) mod url;

/// The page sizes to choose from.
pub const PAGE_SIZES: [u64; 7] = [10, 25, 30, 50, 100, 250, 500];

/// The page size of a list that nobody has arranged.
pub const DEFAULT_PAGE_SIZE: u64 = 50;

/// The most characters of a search text that are kept; fewer are used, see [`crate::search::MAX_QUERY`].
pub const MAX_Q: usize = 10_000;

/// The key under which the status can be filtered and sorted; no field has this internal name.
pub const STATUS: &str = "STATUS";

/// The page size to choose from that is nearest; the larger of two.
pub fn nearest_page_size(asked: u64) -> u64 {
    PAGE_SIZES.into_iter().rev().min_by_key(|size| size.abs_diff(asked)).unwrap_or(DEFAULT_PAGE_SIZE)
}

/// How a field is compared with the value of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Equal; for a multi-selection: the option is among them.
    Is,
    /// Not equal, or empty.
    IsNot,
    /// Smaller, earlier.
    Less,
    /// Greater, later.
    Greater,
    /// The text occurs within.
    Contains,
    /// Has no value; the filter's value does not count.
    Empty,
    /// Has a value; the filter's value does not count.
    Filled,
}

impl Op {
    /// Every comparison.
    pub const ALL: [Op; 7] = [Op::Is, Op::IsNot, Op::Less, Op::Greater, Op::Contains, Op::Empty, Op::Filled];

    /// The name in the URL.
    pub const fn code(self) -> &'static str {
        match self {
            Op::Is => "is",
            Op::IsNot => "is_not",
            Op::Less => "less",
            Op::Greater => "greater",
            Op::Contains => "contains",
            Op::Empty => "empty",
            Op::Filled => "filled",
        }
    }

    /// The comparison with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.code() == code)
    }

    /// Whether the value of the filter counts.
    pub const fn needs_value(self) -> bool {
        !matches!(self, Op::Empty | Op::Filled)
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// Internal name of the field, or [`STATUS`].
    pub field: String,
    /// The comparison.
    pub op: Op,
    /// In the form that `value::plain` writes; the code of a status.
    pub value: String,
}

/// One key of the order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    /// Internal name of the field, or [`STATUS`]. The store passes over names that the pool does not have.
    pub field: String,
    /// Largest first.
    pub descending: bool,
}

/// Which profiles of a list are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of them.
    #[default]
    All,
    /// These, whether the list shows them or not, in its order.
    Only(Vec<ProfileId>),
    /// All but these.
    Except(Vec<ProfileId>),
}

/// What a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    /// The search text as typed, at most [`MAX_Q`] characters.
    pub q: String,
    /// Internal names of the fields that are searched; none means the default ones.
    pub search_in: Vec<String>,
    /// All must hold.
    pub filters: Vec<Filter>,
    /// The order; never empty when it comes from a URL.
    pub sort: Vec<Sort>,
    /// From 1 on.
    pub page: u64,
    /// One of [`PAGE_SIZES`].
    pub page_size: u64,
}

impl ListQuery {
    /// The order of a list that nobody has sorted: newest profiles first.
    pub fn default_sort() -> Vec<Sort> {
        vec![Sort { field: Internal::ProfileId.key().to_owned(), descending: true }]
    }
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            q: String::new(),
            search_in: Vec::new(),
            filters: Vec::new(),
            sort: Self::default_sort(),
            page: 1,
            page_size: DEFAULT_PAGE_SIZE,
        }
    }
}

#[cfg(test)]
mod tests;
