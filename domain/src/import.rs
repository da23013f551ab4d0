//! Importing a file: how it is to be read, which column goes to which field, and what came of each row.

use serde::{Deserialize, Serialize};

use crate::{
    field::{FieldDef, FieldKind, Internal},
    lang::Text,
    problem::Problem,
};

mod cell;
mod format;
mod headings;
mod propose;
mod reading;
mod samples;
mod table;
mod warning;

pub use cell::{date_order, read_cell};
pub use format::Format;
pub use propose::{Proposal, propose};
pub use reading::{Asked, Encoding, Parts, Reading};
pub use table::{find_header, is_header};
pub use warning::{Warning, warnings};

#[cfg(test)]
mod tests;

/// Why an import can't be taken back yet.
pub const STILL_RUNS: Text = Text::new(
    "Der Import läuft noch. Bitte warten, bis er fertig ist, oder ihn abbrechen.",
    "The import still runs. Please wait until it is done, or cancel it.",
);

/// Why an import can't be taken back any more.
pub const STANDS: Text = Text::new(
    "Dieser Import lässt sich nicht zurücknehmen: Er hat nichts geändert oder ist länger als 14 Tage her.",
    "This import can't be taken back: it changed nothing, or it was more than 14 days ago.",
);

/// The beginning of a file as it would be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The headings; numbered ones (`Spalte 1`) are put by whoever shows them when the file has none.
    pub headings: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// Their numbers, as a table program counts.
    pub numbers: Vec<u64>,
    /// Rows among them that can't be read.
    pub problems: Vec<RowProblem>,
    /// What is strange about the file.
    pub warnings: Vec<Warning>,
}

/// Which column of a file goes to which field, and which field finds the profile that exists already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The internal name of the field for each column; none: the column is left out.
    pub columns: Vec<Option<String>>,
    /// The internal name of the field by which profiles are found. A row without a value in it makes a new profile.
    pub key: Option<String>,
}

impl Mapping {
    /// The column that goes to a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.as_deref() == Some(field))
    }

    /// The mapping that `propose` suggests, with the e-mail address as key where there is one.
    pub fn proposed(proposals: &[Proposal]) -> Self {
        let columns: Vec<_> = proposals.iter().map(|p| p.field.clone()).collect();
        let mut mapping = Mapping { columns, key: None };
        mapping.key = ["EMAIL", "PROFILEID"].into_iter().find(|key| mapping.column(key).is_some()).map(str::to_owned);
        mapping
    }
}

/// Why a row was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// As a table program counts: the headings are row 1.
    pub row: u64,
    /// The heading of the column; empty when the whole row is meant.
    pub column: String,
    /// What stands there, at most [`SHOWN`] characters.
    pub value: String,
    /// Why it was refused.
    pub reason: Problem,
}

/// How many characters of a refused value are kept.
pub const SHOWN: usize = 200;

impl RowProblem {
    /// A problem of a cell; the value is cut.
    pub fn new(row: u64, column: &str, value: &str, reason: Problem) -> Self {
        let cut = value.char_indices().nth(SHOWN).map_or(value.len(), |(i, _)| i);
        // No database takes NUL in a text.
        let value = value[..cut].replace('\0', "\u{fffd}");
        RowProblem { row, column: column.to_owned(), value, reason }
    }
}

/// What came of the rows of a file. Blank lines are no rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// All rows: the sum of the others.
    pub rows: u64,
    /// New profiles.
    pub created: u64,
    /// Profiles that got another value.
    pub updated: u64,
    /// Profiles that had all values already.
    pub unchanged: u64,
    /// Rows that could not be taken over.
    pub refused: u64,
}

impl ImportCounts {
    /// Add the counts of a further part.
    pub fn add(&mut self, other: ImportCounts) {
        self.rows += other.rows;
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.refused += other.refused;
    }
}

/// Whether a text is a heading that address lists commonly use.
pub fn is_known_heading(text: &str) -> bool {
    headings::meaning(&crate::lists::fold(text)).is_some()
}

/// Whether an import may write to a field.
///
/// What the system notes itself and what proves a consent can't come from a file: a list must not make anybody
/// mailable again who signed off.
pub fn importable(field: &FieldDef) -> bool {
    if matches!(field.kind, FieldKind::IpAddress | FieldKind::ProfileId | FieldKind::FormRef | FieldKind::Permission) {
        return false;
    }
    if field.locked {
        return false;
    }
    field
        .internal
        .is_none_or(|internal| matches!(internal, Internal::Language | Internal::ExternalId | Internal::Persona | Internal::NoTracking))
}

/// Whether an import may find profiles by a field: whatever has one comparable value, and the profile id.
pub fn matchable(field: &FieldDef) -> bool {
    match field.kind {
        FieldKind::ProfileId => true,
        FieldKind::MultiSelection | FieldKind::MultiLine | FieldKind::Boolean => false,
        _ => importable(field),
    }
}
