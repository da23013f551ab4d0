//! The rules of an import as its page shows and sends them.

use domain::id::ImportId;
use domain::import::{Duplicates, Empty, Existing, Filled, Raise, Rules, Sets, Unknown};
use domain::problem::Problem;
use serde::{Deserialize, Serialize};

use super::FieldChoice;
use crate::error::AppError;

/// So many fields together find a profile, on the page.
pub const N_KEYS: usize = 3;

/// What the page of the rules needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSheet {
    /// The import.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// Whether it has been started, so that nothing can be changed any more.
    pub started: bool,
    /// The rules as they are.
    pub rules: Rules,
    /// The fields of its columns by which profiles can be found.
    pub keys: Vec<FieldChoice>,
    /// The fields that no column fills.
    pub others: Vec<FieldChoice>,
    /// Whether a column goes to a multi-selection.
    pub has_sets: bool,
    /// Whether a column goes to a field with options.
    pub has_options: bool,
    /// Whether a column goes to e-mail addresses.
    pub has_mail: bool,
    /// Whether a column goes to the permission.
    pub has_permission: bool,
    /// Whether its reader may let permissions rise.
    pub may_raise: bool,
    /// Whether its reader may make options.
    pub may_create: bool,
}

/// The rules as the form sends them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    /// Internal names; empty: none.
    pub key: Vec<String>,
    /// The code of an [`Existing`].
    pub existing: String,
    /// The code of an [`Empty`].
    pub empty: String,
    /// The code of a [`Sets`].
    pub sets: String,
    /// The code of an [`Unknown`].
    pub unknown: String,
    /// The code of a [`Duplicates`].
    pub duplicates: String,
    /// The fields that get a value for all rows; empty: none.
    pub fields: Vec<String>,
    /// The values, in the same order.
    pub values: Vec<String>,
    /// Whether permissions may rise.
    pub raise: Option<String>,
    /// Where the consent was given.
    pub source: String,
    /// Whether the DNS is asked for mail domains.
    pub dns: Option<String>,
    /// The name under which they are kept together with the mapping; empty: they are not.
    pub keep: String,
}

impl RuleForm {
    /// The rules that were chosen.
    ///
    /// # Errors
    /// `Invalid` for a choice that there isn't.
    pub fn rules(self) -> Result<Rules, AppError> {
        let mut key: Vec<String> = Vec::new();
        for name in self.key.into_iter().filter(|name| !name.is_empty()) {
            if !key.contains(&name) {
                key.push(name);
            }
        }
        let empty = choice("empty", &self.empty, Empty::from_code)?;
        let constants = self.fields.into_iter().zip(self.values).filter(|(field, _)| !field.is_empty()).collect();
        Ok(Rules {
            key,
            existing: choice("existing", &self.existing, Existing::from_code)?,
            filled: if empty == Empty::Clear { Filled::Replace } else { Filled::Merge },
            sets: choice("sets", &self.sets, Sets::from_code)?,
            empty,
            unknown: choice("unknown", &self.unknown, Unknown::from_code)?,
            duplicates: choice("duplicates", &self.duplicates, Duplicates::from_code)?,
            constants,
            consent: self.raise.map(|_| Raise { source: self.source.trim().to_owned() }),
            dns: self.dns.is_some(),
        })
    }
}

/// The one with this code; nothing said is the usual one.
fn choice<T: Default>(name: &str, code: &str, read: fn(&str) -> Option<T>) -> Result<T, AppError> {
    match code {
        "" => Ok(T::default()),
        code => read(code).ok_or_else(|| AppError::invalid(name, Problem::UnknownChoice { value: code.to_owned() })),
    }
}

#[cfg(test)]
mod tests;
