//! Importing a file: how it is to be read, which column goes to which field, and what came of each row.

use serde::{Deserialize, Serialize};

use crate::{
    field::{FieldDef, FieldKind, Internal},
    lang::Text,
    pool::Pool,
    problem::Problem,
};

mod cell;
mod check;
mod columns;
mod evidence;
mod format;
mod headings;
mod propose;
mod reading;
mod rules;
mod samples;
mod saved;
mod table;
mod warning;

pub use cell::{date_order, known_options, option_labels, read_cell};
pub use check::{Correction, Corrections, Fate, KEPT_ROWS, MAX_CORRECTED, MAX_CORRECTIONS};
pub use columns::{By, Goes, Layout, MAX_PARTS, Offer, offers, suits};
pub use evidence::Evidence;
pub use format::Format;
pub use propose::{Proposal, propose};
pub use reading::{Asked, Encoding, Parts, Reading};
pub use rules::{Duplicates, Empty, Existing, Filled, MAX_SOURCE, Noted, Raise, Rules, Sets, Unknown};
pub use saved::{NEAR, carry_over, fill_unknown, fingerprint, kept_reading, likeness, normal_headings};
pub use table::{find_header, is_header};
pub use warning::{Warning, warnings};

#[cfg(test)]
mod tests;

/// Why an import can't be taken back yet.
pub const STILL_RUNS: Text = Text::new(
    "Der Import läuft noch. Bitte warten, bis er fertig ist, oder ihn abbrechen.",
    "The import still runs. Please wait until it is done, or cancel it.",
);

/// Why no further cell is put right.
pub const TOO_MANY_CORRECTIONS: Text = Text::new(
    "Für diesen Import sind schon 10 000 Korrekturen gespeichert. Bitte die Datei selbst berichtigen und neu hochladen.",
    "10,000 corrections are saved for this import already. Please correct the file itself and upload it again.",
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

/// Which column of a file goes to which field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The internal name of the field for each column, or the name of an [`Evidence`], or the word of a [`Goes`] that splits or
    /// joins; none: the column is left out.
    pub columns: Vec<Option<String>>,
}

impl Mapping {
    /// The column that goes to a field, whole or with one of its parts; the first one of several that are joined.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|word| word.as_deref().is_some_and(|word| fills(word, field)))
    }

    /// All fields that are filled, from left to right. One to which several columns are joined is named once.
    pub fn fields(&self) -> Vec<String> {
        let mut fields = Vec::new();
        let mut joined: Vec<String> = Vec::new();
        for goes in self.columns.iter().flatten().map(|word| Goes::of(word)) {
            if let Goes::Join { field, .. } = &goes {
                if joined.contains(field) {
                    continue;
                }
                joined.push(field.clone());
            }
            fields.extend(goes.fields().map(str::to_owned));
        }
        fields
    }

    /// Has a column go somewhere; others that went there no longer do, unless they are joined.
    pub fn put(&mut self, column: usize, goes: &Goes) {
        let joins = |word: &str| match (goes, Goes::of(word)) {
            (Goes::Join { field, .. }, Goes::Join { field: other, .. }) => *field == other,
            _ => false,
        };
        for (at, word) in self.columns.iter_mut().enumerate() {
            word.take_if(|word| at != column && goes.fields().any(|field| fills(word, field)) && !joins(word));
        }
        if let Some(word) = self.columns.get_mut(column) {
            *word = Some(goes.to_string());
        }
    }

    /// The mapping that `propose` suggests.
    pub fn proposed(proposals: &[Proposal]) -> Self {
        Mapping { columns: proposals.iter().map(|p| p.field.clone()).collect() }
    }
}

/// Whether a word of a mapping fills a field.
fn fills(word: &str, field: &str) -> bool {
    if word.contains(':') { Goes::of(word).fields().any(|one| one == field) } else { word == field }
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
        RowProblem { row, column: column.to_owned(), value: shown(value), reason }
    }
}

/// A cell as a refusal shows it: cut, and without what no database takes in a text.
pub fn shown(cell: &str) -> String {
    let cut = cell.char_indices().nth(SHOWN).map_or(cell.len(), |(i, _)| i);
    cell[..cut].replace('\0', "\u{fffd}")
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
    /// Rows that the rules leave out.
    pub skipped: u64,
}

impl ImportCounts {
    /// Add the counts of a further part.
    pub fn add(&mut self, other: ImportCounts) {
        self.rows += other.rows;
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.refused += other.refused;
        self.skipped += other.skipped;
    }
}

/// Whether a text is a heading that address lists commonly use.
pub fn is_known_heading(text: &str) -> bool {
    headings::meaning(&crate::lists::fold(text)).is_some()
}

/// Whether an import may write to a field.
///
/// What the system notes itself and what proves a consent can't come from a file just so: a list must not make anybody
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

/// Whether somebody who sees the pool like this may have a column go to this field, or give it a value for all rows: what
/// [`importable`] says, and consent, which has rules of its own (`docs/import.md`). The profile id is only ever compared.
pub fn takes(field: &FieldDef) -> bool {
    let consent = matches!(field.internal, Some(Internal::Permission | Internal::Unsubscribed)) && !field.locked;
    consent || field.kind == FieldKind::ProfileId || importable(field)
}

/// The same for where a column can be mapped to: for each field that the word of a mapping fills.
pub fn mappable(pool: &Pool, word: &str) -> bool {
    let one = |key: &str| match Evidence::from_key(key) {
        Some(evidence) => evidence.may_be_mapped(pool),
        None => pool.field(key).is_some_and(takes),
    };
    if word.contains(':') { Goes::of(word).fields().all(one) } else { one(word) }
}

/// Whether an import may find profiles by a field: whatever has one comparable value, and the profile id.
pub fn matchable(field: &FieldDef) -> bool {
    match field.kind {
        FieldKind::ProfileId => true,
        FieldKind::MultiSelection | FieldKind::MultiLine | FieldKind::Boolean => false,
        _ => importable(field),
    }
}
