//! What can go wrong while a file is made.

use std::io;

use domain::lang::Text;
use rust_xlsxwriter::XlsxError;
use store::StoreError;

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The profiles could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written.
    #[error("the file of an export: {0}")]
    File(#[from] io::Error),
    /// The table for Excel could not be written.
    #[error("the table of an export: {0}")]
    Table(XlsxError),
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::File(error),
            error => Self::Table(error),
        }
    }
}

impl ExportError {
    /// Whether it may succeed later without anybody changing it: the database is occupied, or a disk is full.
    pub fn passes(&self) -> bool {
        match self {
            Self::Store(error) => error.passes(),
            Self::File(error) => matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded),
            Self::Table(_) => false,
        }
    }

    /// What whoever waits for the file reads while it can't be gone on with.
    pub fn waits(&self) -> Text {
        match self {
            Self::Store(StoreError::Busy | StoreError::Db(_)) => Text::new(
                "Die Datenbank antwortet gerade nicht. Es geht von selbst weiter.",
                "The database does not answer just now. It goes on by itself.",
            ),
            _ => Text::new(
                "Auf der Platte des Servers ist kein Platz mehr. Sobald Platz da ist, geht es von selbst weiter.",
                "The server's disk has no room left. It goes on by itself as soon as there is room.",
            ),
        }
    }
}
