//! Splitting, joining and making fields of columns, as forms send it.

use domain::import::{By, Goes, Mapping};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::text::import as t;

/// So many fields a column is split into on the page; REST and the command line know more.
pub const N_FIELDS: usize = 4;
/// So many columns are joined on the page.
pub const N_JOINED: usize = 4;
/// How columns are joined, in a form; the other ways are those of [`By`].
pub const JOIN: &str = "join";

/// A column that is to be split, or several that are to be joined.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DivideForm {
    /// The code of a [`By`], or [`JOIN`].
    pub how: String,
    /// The numbers of the columns, from 0; empty: none. Only the first is split.
    pub columns: Vec<String>,
    /// The internal names of the fields; empty: none. Only to the first is joined.
    pub fields: Vec<String>,
    /// The text between the parts; empty: spaces.
    pub text: String,
}

impl DivideForm {
    /// Puts into a mapping what is wanted.
    ///
    /// # Errors
    /// `Refused` when columns or fields are missing.
    pub fn put_into(&self, mapping: &mut Mapping) -> Result<(), AppError> {
        let mut columns: Vec<usize> =
            self.columns.iter().filter_map(|at| at.parse().ok()).filter(|at| *at < mapping.columns.len()).collect();
        let Some(first) = columns.first().copied() else { return Err(AppError::refused(t::DIVIDE_NO_COLUMN)) };
        let mut fields = self.fields.clone();
        while fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        let text = if self.text.is_empty() { " ".to_owned() } else { self.text.clone() };
        if let Some(by) = By::from_code(&self.how) {
            let at = if by == By::Text { text } else { String::new() };
            let split = Goes::Split { by, fields, at };
            // Too few fields, or too many, make no split.
            if Goes::of(&split.to_string()) != split {
                return Err(AppError::refused(t::DIVIDE_FIELDS));
            }
            mapping.put(first, &split);
            return Ok(());
        }
        columns.sort_unstable();
        columns.dedup();
        let Some(field) = fields.into_iter().next().filter(|field| !field.is_empty() && columns.len() > 1) else {
            return Err(AppError::refused(t::DIVIDE_JOIN));
        };
        let goes = Goes::Join { field, with: text };
        // Columns that were joined to it before are not, if they aren't named again.
        mapping.put(first, &Goes::Field(goes.fields().next().unwrap_or_default().to_owned()));
        for column in columns {
            mapping.put(column, &goes);
        }
        Ok(())
    }
}

/// A field that is to be made of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewFieldForm {
    /// The number of the column, from 0.
    pub column: String,
    /// What it is called; empty: as the column.
    pub label: String,
    /// The code of its type; empty: what fits the values.
    pub kind: String,
    /// The id of its category.
    pub category: String,
}

#[cfg(test)]
mod tests;
