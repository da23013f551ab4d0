//! What somebody chose for the columns of a file.

use domain::import::Mapping;

use crate::api::imports::ColumnLine;

/// The choice for one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The field's internal name; empty: none.
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
            pick.used = !field.is_empty();
            pick.field = field;
        }
    }

    /// Whether a column goes to a field.
    pub fn is_used(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|pick| pick.used && !pick.field.is_empty())
    }

    /// Whether another column further left goes to the same field.
    pub fn is_twice(&self, at: usize) -> bool {
        self.is_used(at) && (0..at).any(|other| self.is_used(other) && self.columns[other].field == self.columns[at].field)
    }

    /// How many columns will be imported.
    pub fn n_used(&self) -> usize {
        (0..self.columns.len()).filter(|at| self.is_used(*at)).count()
    }

    /// Whether a field is the key and comes from a column.
    pub fn is_key(&self, at: usize) -> bool {
        self.is_used(at) && !self.key.is_empty() && self.columns[at].field == self.key
    }

    /// What is sent to the server.
    pub fn mapping(&self) -> Mapping {
        let columns = (0..self.columns.len()).map(|at| self.is_used(at).then(|| self.columns[at].field.clone())).collect();
        Mapping { columns, key: Some(self.key.clone()).filter(|key| !key.is_empty()) }
    }
}

#[cfg(test)]
mod tests;
