//! Columns and rules of an import as a program or the command line says them.

use domain::{
    import::{Duplicates, Empty, Existing, Filled, Goes, Mapping, Preview, Raise, Rules, Sets, Unknown},
    pool::Pool,
    problem::{Invalid, Problem},
};

use serde::{Deserialize, Serialize};

use crate::errors::Refusal;

/// What was said; nothing of it need be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The fields by which profiles are found, with commas between; `none`: not at all.
    pub key: Option<String>,
    /// `create`, `update` or `both`.
    pub existing: Option<String>,
    /// `merge` or `replace`.
    pub filled: Option<String>,
    /// `add`, `replace` or `remove`.
    pub sets: Option<String>,
    /// `keep`, `clear` or `default`.
    pub empty: Option<String>,
    /// `refuse`, `skip` or `create`.
    pub unknown: Option<String>,
    /// `first`, `last` or `merge`.
    pub duplicates: Option<String>,
    /// Headings, or numbers of columns from 1, and the fields that they go to, or how they are split or joined, as the words
    /// of a mapping say it; an empty field leaves one out.
    pub columns: Vec<(String, String)>,
    /// Fields and their values for all rows.
    pub constants: Vec<(String, String)>,
    /// That permissions may rise, and where the consent was given.
    pub source: Option<String>,
    /// Whether the DNS is asked for mail domains.
    pub dns: Option<bool>,
}

impl Asked {
    /// Puts the columns that were named where they were told to go.
    pub(super) fn place(&self, mapping: &mut Mapping, preview: &Preview) -> Result<(), Refusal> {
        for (heading, field) in &self.columns {
            let named = preview.headings.iter().position(|known| known.trim() == heading.trim());
            let numbered = || heading.trim().parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < preview.headings.len());
            let Some(at) = named.or_else(numbered) else {
                return Err(Invalid::one("columns", Problem::UnknownChoice { value: heading.clone() }).into());
            };
            // What was said goes before what was guessed.
            match field.trim().is_empty() {
                true => mapping.columns[at] = None,
                false => mapping.put(at, &Goes::typed(field)),
            }
        }
        Ok(())
    }

    /// The rules: as said, the rest as usual, and the key is there.
    pub(super) fn rules(&self, pool: &Pool, mapping: &Mapping, usual: Rules) -> Result<Rules, Refusal> {
        let rules = self.over(usual)?;
        for key in &rules.key {
            if pool.field(key).is_none() {
                return Err(Invalid::one("key", Problem::UnknownField { field: key.clone() }).into());
            }
            if mapping.column(key).is_none() && rules.constant(key).is_none() {
                return Err(Refusal::key_column_missing(key));
            }
        }
        Ok(rules)
    }

    /// The rules: as said, the rest as usual. Permissions rise only where it was said.
    pub(crate) fn over(&self, usual: Rules) -> Result<Rules, Invalid> {
        let constants = match self.constants.as_slice() {
            [] => usual.constants,
            said => said.iter().map(|(field, value)| (field.trim().to_uppercase(), value.clone())).collect(),
        };
        let key = match self.key.as_deref().map(str::trim).filter(|key| !key.is_empty()) {
            None => usual.key,
            Some("none") => Vec::new(),
            Some(key) => key.split(',').map(|key| key.trim().to_uppercase()).filter(|key| !key.is_empty()).collect(),
        };
        Ok(Rules {
            key,
            existing: choice("existing", self.existing.as_deref(), usual.existing, Existing::from_code)?,
            filled: choice("filled", self.filled.as_deref(), usual.filled, Filled::from_code)?,
            sets: choice("sets", self.sets.as_deref(), usual.sets, Sets::from_code)?,
            empty: choice("empty", self.empty.as_deref(), usual.empty, Empty::from_code)?,
            unknown: choice("unknown", self.unknown.as_deref(), usual.unknown, Unknown::from_code)?,
            duplicates: choice("duplicates", self.duplicates.as_deref(), usual.duplicates, Duplicates::from_code)?,
            constants,
            consent: self.source.as_ref().map(|source| Raise { source: source.trim().to_owned() }),
            dns: self.dns.unwrap_or(usual.dns),
        })
    }
}

fn choice<T>(name: &str, said: Option<&str>, usual: T, read: fn(&str) -> Option<T>) -> Result<T, Invalid> {
    match said.map(str::trim).filter(|said| !said.is_empty()) {
        None => Ok(usual),
        Some(said) => read(said).ok_or_else(|| Invalid::one(name, Problem::UnknownChoice { value: said.to_owned() })),
    }
}
