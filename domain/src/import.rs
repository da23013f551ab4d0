//! Importing a file: how it is to be read, which column goes to which field, and what came of each row.

use serde::{Deserialize, Serialize};

use crate::{
    field::{FieldDef, FieldKind, Internal},
    lang::{Lang, Text},
    problem::Problem,
};

mod cell;
mod headings;
mod propose;
mod samples;

pub use cell::{date_order, read_cell};
pub use propose::{Proposal, propose};

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

/// How the bytes of a file become letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, low byte first; Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Western European Windows; Excel's "CSV" in Germany.
    Windows1252,
    /// Latin 1.
    #[serde(rename = "iso-8859-1")]
    Latin1,
    /// Latin 9: Latin 1 with the euro sign.
    #[serde(rename = "iso-8859-15")]
    Latin9,
}

impl Encoding {
    /// All encodings, in the order in which a form offers them.
    pub const ALL: [Encoding; 6] =
        [Encoding::Utf8, Encoding::Windows1252, Encoding::Latin1, Encoding::Latin9, Encoding::Utf16Le, Encoding::Utf16Be];

    /// The name in forms and interfaces: `utf-8`, `windows-1252` …
    pub const fn code(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf8",
            Encoding::Utf16Le => "utf16-le",
            Encoding::Utf16Be => "utf16-be",
            Encoding::Windows1252 => "windows1252",
            Encoding::Latin1 => "iso-8859-1",
            Encoding::Latin9 => "iso-8859-15",
        }
    }

    /// The encoding with this code.
    pub fn from_code(code: &str) -> Option<Encoding> {
        Self::ALL.into_iter().find(|e| e.code() == code)
    }

    /// The name for people.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => Text::new("UTF-16 (Unicode-Text von Excel)", "UTF-16 (Unicode text of Excel)").get(lang),
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Windows1252 => Text::new("Windows-1252 (CSV von Excel)", "Windows-1252 (CSV of Excel)").get(lang),
            Encoding::Latin1 => "ISO-8859-1",
            Encoding::Latin9 => "ISO-8859-15",
        }
    }
}

/// How a file is read; recognised by the server and correctable by a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// How bytes become letters.
    pub encoding: Encoding,
    /// What stands between two cells: `,` `;` tab or `|`.
    pub delimiter: char,
    /// What stands around cells that contain the delimiter or a line break, if anything does.
    pub quote: Option<char>,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

impl Reading {
    /// The delimiters that are recognised and offered.
    pub const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];
}

impl Default for Reading {
    /// UTF-8, comma, double quotes, with headings.
    fn default() -> Self {
        Reading { encoding: Encoding::Utf8, delimiter: ',', quote: Some('"'), has_header: true }
    }
}

/// The beginning of a file as it would be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The headings; numbered ones (`Spalte 1`) are put by whoever shows them when the file has none.
    pub headings: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// Rows among them that can't be read.
    pub problems: Vec<RowProblem>,
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
