//! Why an import can't begin.

use std::fmt;

use domain::{
    lang::{Lang, Text, fill},
    problem::Problem,
};
use store::StoreError;

use crate::{backup::BackupError, tabular::TabularError};

/// Found before anything is changed.
#[derive(Debug)]
pub enum ImportError {
    /// The file has no column for the field by which profiles are found.
    MissingKeyColumn {
        /// The field.
        field: String,
        /// What the file has.
        headings: Vec<String>,
    },
    /// Profiles can't be found by this field.
    NoKey(String),
    /// No such field in the pool.
    UnknownField(String),
    /// The field is filled by the system.
    NotImportable(String),
    /// Two columns go to one field.
    FieldTwice(String),
    /// The value that all rows are to have can't be read.
    Constant {
        /// Of which field.
        field: String,
        /// Why.
        reason: Problem,
    },
    /// Permissions are to rise without a word about where the consent was given, or by somebody who may not change them.
    NoSource,
    /// No column goes to any field.
    NothingMapped {
        /// What the file has.
        headings: Vec<String>,
    },
    /// The file can't be read.
    File(TabularError),
    /// The pool could not be saved before.
    Backup(BackupError),
    /// The database.
    Store(StoreError),
}

impl ImportError {
    /// A sentence that says what to do.
    pub fn message(&self, lang: Lang) -> String {
        let say = |de, en, pairs: &[(&str, &str)]| fill(Text::new(de, en).get(lang), pairs);
        match self {
            ImportError::MissingKeyColumn { field, headings } => say(
                "Die Datei hat keine Spalte für „{field}“, woran vorhandene Profile erkannt werden sollen. Ihre Spalten: {headings}.",
                "The file has no column for “{field}”, by which existing profiles are to be found. Its columns: {headings}.",
                &[("field", field), ("headings", &listed(headings))],
            ),
            ImportError::NoKey(field) => say(
                "An „{field}“ lassen sich Profile nicht erkennen. Bitte ein Feld mit einem eindeutigen Wert wählen, etwa E-Mail.",
                "Profiles can't be found by “{field}”. Please choose a field with one distinct value, such as e-mail.",
                &[("field", field)],
            ),
            ImportError::UnknownField(field) => say(
                "Der Pool hat kein Feld „{field}“. Bitte den internen Namen prüfen, zum Beispiel EMAIL.",
                "The pool has no field “{field}”. Please check the internal name, for example EMAIL.",
                &[("field", field)],
            ),
            ImportError::NotImportable(field) => say(
                "„{field}“ füllt Lagune selbst und nimmt es aus keiner Datei. Bitte die Spalte weglassen.",
                "“{field}” is filled by Lagune itself and never taken from a file. Please leave the column out.",
                &[("field", field)],
            ),
            ImportError::FieldTwice(field) => say(
                "Zwei Spalten sind „{field}“ zugeordnet. Bitte eine davon weglassen.",
                "Two columns go to “{field}”. Please leave one of them out.",
                &[("field", field)],
            ),
            ImportError::Constant { field, reason } => say(
                "Der Wert für alle Zeilen im Feld „{field}“ passt nicht. {reason}",
                "The value for all rows in the field “{field}” does not fit. {reason}",
                &[("field", field), ("reason", &reason.message(lang))],
            ),
            ImportError::NoSource => say(
                "Permissions steigen nur, wenn gesagt ist, woher die Einwilligung stammt, zum Beispiel „Messe Köln 2026“, und nur mit dem Recht, Einwilligungen zu ändern.",
                "Permissions only rise when it is said where the consent comes from, for example “fair in Cologne 2026”, and only with the right to change consent.",
                &[],
            ),
            ImportError::NothingMapped { headings } => say(
                "Keine Spalte ist einem Feld zugeordnet. Gefunden wurden: {headings}. Bitte Trennzeichen und Überschriften prüfen oder die Spalten zuordnen.",
                "No column goes to any field. Found were: {headings}. Please check delimiter and headings, or assign the columns.",
                &[("headings", &listed(headings))],
            ),
            ImportError::File(error) => error.message(lang),
            ImportError::Backup(error) => error.message(lang).to_owned(),
            ImportError::Store(StoreError::NotFound) => say("Diesen Pool gibt es nicht (mehr).", "There is no such pool (any more).", &[]),
            ImportError::Store(_) => say(
                "Die Datenbank antwortet gerade nicht. Bitte gleich noch einmal versuchen.",
                "The database does not answer just now. Please try again in a moment.",
                &[],
            ),
        }
    }

    /// A sentence for an import that will go on by itself.
    pub(crate) fn waits(error: &StoreError, lang: Lang) -> String {
        let why = match error {
            StoreError::Full => Text::new(
                "Auf der Platte der Datenbank ist kein Platz mehr. Was eingelesen ist, bleibt; der Import geht von selbst weiter, sobald Platz ist.",
                "The disk of the database has no room left. What was read in stays; the import goes on by itself as soon as there is room.",
            ),
            _ => Text::new(
                "Die Datenbank antwortet gerade nicht. Was eingelesen ist, bleibt; der Import geht von selbst weiter.",
                "The database does not answer just now. What was read in stays; the import goes on by itself.",
            ),
        };
        why.get(lang).to_owned()
    }

    /// The fixed name of this error, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            ImportError::MissingKeyColumn { .. } => "missing_key_column",
            ImportError::NoKey(_) => "no_key",
            ImportError::UnknownField(_) => "unknown_field",
            ImportError::NotImportable(_) => "not_importable",
            ImportError::FieldTwice(_) => "field_twice",
            ImportError::Constant { .. } => "constant",
            ImportError::NoSource => "consent_source",
            ImportError::NothingMapped { .. } => "nothing_mapped",
            ImportError::File(error) => error.code(),
            ImportError::Backup(_) => "not_saved",
            ImportError::Store(_) => "store",
        }
    }
}

/// At most twelve headings, each cut.
fn listed(headings: &[String]) -> String {
    let shown: Vec<String> = headings.iter().take(12).map(|h| h.chars().take(40).collect()).collect();
    shown.join(", ") + if headings.len() > 12 { " …" } else { "" }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ImportError::File(inner) => Some(inner),
            ImportError::Backup(inner) => Some(inner),
            ImportError::Store(inner) => Some(inner),
            _ => None,
        }
    }
}

impl From<TabularError> for ImportError {
    fn from(error: TabularError) -> Self {
        ImportError::File(error)
    }
}

impl From<BackupError> for ImportError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => ImportError::Store(error),
            error => ImportError::Backup(error),
        }
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        ImportError::Store(error)
    }
}
