//! How a file is read: what the server recognises and a person may correct.

use serde::{Deserialize, Serialize};

use super::Format;
use crate::{
    lang::{Lang, Text},
    value::DateOrder,
};

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
    /// What stands between two cells of a text: `,` `;` tab or `|`.
    pub delimiter: char,
    /// What stands around cells that contain the delimiter or a line break, if anything does.
    pub quote: Option<char>,
    /// Whether the first row of the table names the columns.
    pub has_header: bool,
    /// What kind of file it is. What was stored before there were others is a text.
    #[serde(default)]
    pub format: Format,
    /// Which file of an archive, from 0.
    #[serde(default)]
    pub file: u16,
    /// Which sheet, table or list of the file, from 0.
    #[serde(default)]
    pub sheet: u16,
    /// The row in which the table begins, as a table program counts; what stands above it are notes. 0: the first
    /// that is filled.
    #[serde(default)]
    pub first_row: u32,
    /// Whose way of grouping numbers the file follows; none: as files of this kind usually do.
    #[serde(default)]
    pub numbers: Option<Lang>,
    /// The order of dates with slashes; none: learned from the dates themselves.
    #[serde(default)]
    pub dates: Option<DateOrder>,
}

impl Reading {
    /// The delimiters that are recognised and offered.
    pub const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

    /// Whose way of grouping numbers counts. Lists with commas between cells don't write decimal commas into them, and
    /// what programs write for programs has points.
    pub fn numbers(&self) -> Lang {
        self.numbers.unwrap_or(match self.format {
            Format::Text if self.delimiter == ',' => Lang::En,
            Format::Json | Format::Ndjson | Format::Xml => Lang::En,
            _ => Lang::De,
        })
    }
}

impl Default for Reading {
    /// UTF-8, comma, double quotes, with headings.
    fn default() -> Self {
        Reading {
            encoding: Encoding::Utf8,
            delimiter: ',',
            quote: Some('"'),
            has_header: true,
            format: Format::Text,
            file: 0,
            sheet: 0,
            first_row: 0,
            numbers: None,
            dates: None,
        }
    }
}

/// What somebody says about how a file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Everything.
    Whole(Reading),
    /// Another file of an archive, or another sheet; the rest is recognised there.
    Part {
        /// Which file, from 0.
        file: u16,
        /// Which sheet, from 0; none: the one that is most likely meant.
        sheet: Option<u16>,
    },
}

/// What a file consists of, by name; a choice where it is more than one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The files of an archive; none outside of one.
    pub files: Vec<String>,
    /// The sheets of a workbook, the tables of a page, the lists of a JSON or XML file.
    pub sheets: Vec<String>,
}
