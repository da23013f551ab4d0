//! The kinds of file that an import reads.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Text};

/// What kind of file it is, whatever its name says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Lines with delimiters: CSV, TSV.
    #[default]
    Text,
    /// Excel since 2007.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument: LibreOffice, Google.
    Ods,
    /// A page with a table.
    Html,
    /// A list of objects.
    Json,
    /// An object on each line.
    Ndjson,
    /// Address cards.
    Vcard,
    /// An element for each row.
    Xml,
}

impl Format {
    /// All kinds.
    pub const ALL: [Format; 9] =
        [Format::Text, Format::Xlsx, Format::Xls, Format::Ods, Format::Html, Format::Json, Format::Ndjson, Format::Vcard, Format::Xml];

    /// The name in addresses and interfaces.
    pub const fn code(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Html => "html",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Vcard => "vcard",
            Format::Xml => "xml",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Format> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The name for people.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Format::Text => "CSV",
            Format::Xlsx => "Excel (XLSX)",
            Format::Xls => "Excel 97–2003 (XLS)",
            Format::Ods => "OpenDocument (ODS)",
            Format::Html => Text::new("HTML-Tabelle", "HTML table").get(lang),
            Format::Json => "JSON",
            Format::Ndjson => "NDJSON",
            Format::Vcard => "vCard",
            Format::Xml => "XML",
        }
    }

    /// Whether its rows stand below each other as on paper, so that a row of headings and notes above it can be told.
    pub const fn has_rows(self) -> bool {
        matches!(self, Format::Text | Format::Xlsx | Format::Xls | Format::Ods | Format::Html)
    }

    /// Whether the encoding of its letters may have to be said.
    pub const fn has_encoding(self) -> bool {
        matches!(self, Format::Text | Format::Html | Format::Vcard)
    }
}
