//! Reading tables out of files: encoding, dialect, records.
//!
//! [`sniff`] looks at the beginning of a file and says how it is written, [`preview`] shows what that gives, and
//! [`Reader`] reads all of it in constant memory. A row that can't be read is refused with a reason and the next one
//! goes on; only what makes the whole file unreadable is an error.

use std::{fmt, io, path::Path};

use domain::{
    import::{Preview, Reading},
    lang::{Lang, Text, fill, number},
};

mod decode;
mod reader;
mod sniff;
mod source;
mod split;

pub use reader::{Next, Position, Reader, Record};
pub use sniff::sniff;

/// The most columns a file may have.
pub const MAX_COLUMNS: usize = 2_000;
/// The most bytes of one cell.
pub const MAX_CELL: usize = 1 << 20;
/// The most lines of one row; more means that a quotation mark was never closed. As many as the longest text can have.
pub const MAX_LINES: u32 = 100_000;
/// How much of the beginning [`sniff`] wants to see.
pub const SAMPLE: usize = 256 * 1024;

/// Why a file as a whole can't be read.
#[derive(Debug)]
pub enum TabularError {
    /// Nothing in it.
    Empty,
    /// No text, though it may be called `.csv`.
    Binary,
    /// An Excel, OpenDocument or other packed file.
    Workbook,
    /// More columns than [`MAX_COLUMNS`].
    TooManyColumns(usize),
    /// The line of headings has an unclosed quotation mark or no end.
    BrokenHeader,
    /// The disk.
    Io(io::Error),
}

impl TabularError {
    /// A sentence that says what to do.
    pub fn message(&self, lang: Lang) -> String {
        let count = |n: &usize| number(i64::try_from(*n).unwrap_or(i64::MAX), lang);
        match self {
            TabularError::Empty => Text::new(
                "Die Datei ist leer. Bitte eine Datei mit einer Zeile Überschriften und mindestens einem Kontakt wählen.",
                "The file is empty. Please choose a file with a line of headings and at least one contact.",
            )
            .get(lang)
            .to_owned(),
            TabularError::Binary => Text::new(
                "Das ist keine Textdatei, auch wenn sie so heißen mag. Bitte als CSV speichern und diese Datei wählen.",
                "This is not a text file, whatever its name says. Please save it as CSV and choose that file.",
            )
            .get(lang)
            .to_owned(),
            TabularError::Workbook => Text::new(
                "Das ist eine Arbeitsmappe oder ein Archiv. Bitte in der Tabellenkalkulation als „CSV UTF-8“ speichern und diese Datei wählen.",
                "This is a workbook or an archive. Please save it as “CSV UTF-8” in the spreadsheet program and choose that file.",
            )
            .get(lang)
            .to_owned(),
            TabularError::TooManyColumns(n) => {
                let text = Text::new(
                    "Die Datei hat {n} Spalten, höchstens {max} sind möglich. Bitte prüfen, ob das Trennzeichen stimmt, oder Spalten entfernen.",
                    "The file has {n} columns, at most {max} are possible. Please check the delimiter or remove columns.",
                );
                fill(text.get(lang), &[("n", &count(n)), ("max", &count(&MAX_COLUMNS))])
            }
            TabularError::BrokenHeader => Text::new(
                "Die Zeile mit den Überschriften ist nicht lesbar: Ein Anführungszeichen wird nicht geschlossen, oder eine Überschrift ist viel zu lang.",
                "The line of headings can't be read: a quotation mark is never closed, or a heading is far too long.",
            )
            .get(lang)
            .to_owned(),
            TabularError::Io(_) => Text::new(
                "Die Datei konnte nicht gelesen werden. Bitte noch einmal hochladen.",
                "The file could not be read. Please upload it again.",
            )
            .get(lang)
            .to_owned(),
        }
    }

    /// The fixed name of this error, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            TabularError::Empty => "empty_file",
            TabularError::Binary => "binary_file",
            TabularError::Workbook => "workbook",
            TabularError::TooManyColumns(_) => "too_many_columns",
            TabularError::BrokenHeader => "broken_header",
            TabularError::Io(_) => "unreadable_file",
        }
    }
}

impl fmt::Display for TabularError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))?;
        if let TabularError::Io(inner) = self { write!(f, " ({inner})") } else { Ok(()) }
    }
}

impl std::error::Error for TabularError {}

impl From<io::Error> for TabularError {
    fn from(error: io::Error) -> Self {
        TabularError::Io(error)
    }
}

/// How a file is probably written, from its first [`SAMPLE`] bytes.
pub fn sniff_file(path: &Path) -> Result<Reading, TabularError> {
    use io::Read;
    let mut sample = Vec::with_capacity(SAMPLE);
    std::fs::File::open(path)?.take(SAMPLE as u64).read_to_end(&mut sample)?;
    sniff(&sample)
}

/// The headings and the first rows as they would be read; rows that can't be read are among the problems.
pub fn preview(path: &Path, reading: &Reading, n_rows: usize) -> Result<Preview, TabularError> {
    let mut reader = Reader::open(path, reading)?;
    let mut preview = Preview { headings: reader.headings().to_vec(), ..Preview::default() };
    let mut record = Record::default();
    while preview.rows.len() + preview.problems.len() < n_rows {
        match reader.read(&mut record)? {
            Next::Row => preview.rows.push(record.cells().map(str::to_owned).collect()),
            Next::Refused(problem) => preview.problems.push(problem),
            Next::End => break,
        }
    }
    Ok(preview)
}

#[cfg(test)]
mod tests;
