//! What somebody chose for the columns of a file.

use domain::import::{Goes, Mapping};

use crate::api::imports::ColumnLine;

/// What is chosen for a column that is to be split or joined in a way of its own; until that is said it is left out.
pub const WAY: &str = "?way";
/// What is chosen for a column of which a field is to be made; until it is there the column is left out.
pub const MAKE: &str = "?make";

/// The choice for one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The field's internal name, or the word by which the column is split or joined; empty: none.
    pub field: String,
    /// Whether the column is imported.
    pub used: bool,
}

/// The choices for all columns, and the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picks {
    /// One a column.
    pub columns: Vec<Pick>,
    /// The field by which profiles are found; empty: none.
    pub key: String,
}

impl Picks {
    /// What was proposed.
    pub fn proposed(columns: &[ColumnLine], key: Option<&str>) -> Self {
        let pick = |column: &ColumnLine| Pick { field: column.field.clone().unwrap_or_default(), used: column.field.is_some() };
        Self { columns: columns.iter().map(pick).collect(), key: key.unwrap_or_default().to_owned() }
    }

    /// A field for a column; with one it is imported, without it isn't.
    pub fn choose(&mut self, at: usize, field: String) {
        if let Some(pick) = self.columns.get_mut(at) {
            pick.used = goes_somewhere(&field);
            pick.field = field;
        }
    }

    /// Whether a column goes to a field.
    pub fn is_used(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|pick| pick.used && goes_somewhere(&pick.field))
    }

    /// Whether another column further left goes to the same field.
    pub fn is_twice(&self, at: usize) -> bool {
        if !self.is_used(at) {
            return false;
        }
        let goes = Goes::of(&self.columns[at].field);
        let clashes = |other: Goes| match (&goes, &other) {
            (Goes::Join { field, .. }, Goes::Join { field: other, .. }) if field == other => false,
            _ => other.fields().any(|field| goes.fields().any(|one| one == field)),
        };
        (0..at).any(|other| self.is_used(other) && clashes(Goes::of(&self.columns[other].field)))
    }

    /// How many columns will be imported.
    pub fn n_used(&self) -> usize {
        (0..self.columns.len()).filter(|at| self.is_used(*at)).count()
    }

    /// Whether a field is the key and comes from a column.
    pub fn is_key(&self, at: usize) -> bool {
        self.is_used(at) && !self.key.is_empty() && Goes::of(&self.columns[at].field).fields().any(|field| field == self.key)
    }

    /// What is sent to the server.
    pub fn mapping(&self) -> Mapping {
        let columns = (0..self.columns.len()).map(|at| self.is_used(at).then(|| self.columns[at].field.clone())).collect();
        Mapping { columns }
    }
}

/// Whether a choice names a field, or several.
fn goes_somewhere(word: &str) -> bool {
    !word.is_empty() && word != WAY && word != MAKE
}

#[cfg(test)]
mod tests;
