//! A value as a row carries it.

use std::borrow::Cow;

use crate::value::Value;

/// What a field of a row holds. Texts stay where they were read: most values are texts, and of a million rows none is copied.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text, as [`Value::Text`] has it.
    Text(&'a str),
    /// Anything else.
    Value(Value),
}

impl Cell<'_> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<Cow<'_, Value>> {
        match self {
            Cell::Empty => None,
            Cell::Text(text) => Some(Cow::Owned(Value::Text((*text).to_owned()))),
            Cell::Value(value) => Some(Cow::Borrowed(value)),
        }
    }

    /// Its text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            Cell::Value(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }
}

impl<'a> From<Option<&'a Value>> for Cell<'a> {
    fn from(value: Option<&'a Value>) -> Self {
        match value {
            None => Cell::Empty,
            Some(Value::Text(text)) => Cell::Text(text),
            Some(value) => Cell::Value(value.clone()),
        }
    }
}
