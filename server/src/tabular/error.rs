//! Why a file as a whole can't be read.

use std::{fmt, io};

use domain::{
    import::Format,
    lang::{Lang, Text, fill, number},
};

use super::{MAX_COLUMNS, limits};

/// Why a file as a whole can't be read.
#[derive(Debug)]
pub enum TabularError {
    /// Nothing in it.
    Empty,
    /// No text, though it may be called `.csv`.
    Binary,
    /// A kind of file that is not read: a PDF, a text document, another kind of archive.
    Unsupported,
    /// Encrypted with a password.
    Encrypted,
    /// Excel up to 95.
    TooOld,
    /// More columns than [`MAX_COLUMNS`].
    TooManyColumns(usize),
    /// The line of headings has an unclosed quotation mark or no end.
    BrokenHeader,
    /// Cut off, or not as its format demands.
    Damaged(Format),
    /// An archive that is cut off or damaged, or packed in a way of its own.
    DamagedArchive,
    /// No file in the archive, or no table in the file.
    NoTable,
    /// Nothing on the sheet that was asked for.
    EmptySheet,
    /// The sheet, table, list or file that was asked for is not there.
    NoSuchPart,
    /// Larger than a format can be read that is read as a whole.
    TooLarge {
        /// The kind of file.
        format: Format,
        /// The most bytes.
        max: u64,
    },
    /// Unpacked it would be far larger than any table is.
    Bomb,
    /// A single piece of it is larger than memory allows.
    TooLargePiece,
    /// Its parts stand too deep within each other.
    TooDeep,
    /// It declares entities of its own.
    Entities,
    /// More files than an archive of tables has.
    TooManyFiles,
    /// The disk.
    Io(io::Error),
}

impl TabularError {
    /// A sentence that says what to do.
    pub fn message(&self, lang: Lang) -> String {
        let count = |n: u64| number(i64::try_from(n).unwrap_or(i64::MAX), lang);
        let text = self.words().1.get(lang);
        match self {
            TabularError::TooManyColumns(n) => fill(text, &[("n", &count(*n as u64)), ("max", &count(MAX_COLUMNS as u64))]),
            TabularError::Damaged(format) => fill(text, &[("format", format.label(lang))]),
            TabularError::TooLarge { format, max } => fill(text, &[("format", format.label(lang)), ("max", &count(*max >> 20))]),
            TabularError::TooDeep => fill(text, &[("max", &count(limits::MAX_DEPTH as u64))]),
            TabularError::TooManyFiles => fill(text, &[("max", &count(limits::MAX_FILES as u64))]),
            _ => text.to_owned(),
        }
    }

    /// The fixed name of this error, for programs.
    pub const fn code(&self) -> &'static str {
        self.words().0
    }

    const fn words(&self) -> (&'static str, Text) {
        match self {
            TabularError::Empty => (
                "empty_file",
                Text::new(
                    "Die Datei ist leer. Bitte eine Datei mit einer Zeile Überschriften und mindestens einem Kontakt wählen.",
                    "The file is empty. Please choose a file with a line of headings and at least one contact.",
                ),
            ),
            TabularError::Binary => (
                "binary_file",
                Text::new(
                    "Das ist keine Textdatei und keine Tabelle, auch wenn sie so heißen mag. Bitte als CSV oder XLSX speichern und diese Datei wählen.",
                    "This is no text file and no table, whatever its name says. Please save it as CSV or XLSX and choose that file.",
                ),
            ),
            TabularError::Unsupported => (
                "unsupported_file",
                Text::new(
                    "Diese Art von Datei liest Lagune nicht. Möglich sind CSV, XLSX, XLS, ODS, HTML-Tabellen, JSON, NDJSON, vCard und XML, auch als ZIP oder GZIP.",
                    "Lagune doesn't read this kind of file. Possible are CSV, XLSX, XLS, ODS, HTML tables, JSON, NDJSON, vCard and XML, also as ZIP or GZIP.",
                ),
            ),
            TabularError::Encrypted => (
                "encrypted_file",
                Text::new(
                    "Die Datei ist mit einem Passwort geschützt. Bitte ohne Passwort speichern und diese Datei wählen.",
                    "The file is protected by a password. Please save it without one and choose that file.",
                ),
            ),
            TabularError::TooOld => (
                "old_workbook",
                Text::new(
                    "Das ist eine Arbeitsmappe aus der Zeit vor Excel 97. Bitte in einer Tabellenkalkulation öffnen und als XLSX speichern.",
                    "This is a workbook from before Excel 97. Please open it in a spreadsheet program and save it as XLSX.",
                ),
            ),
            TabularError::TooManyColumns(_) => (
                "too_many_columns",
                Text::new(
                    "Die Datei hat {n} Spalten, höchstens {max} sind möglich. Bitte prüfen, ob das Trennzeichen stimmt, oder Spalten entfernen.",
                    "The file has {n} columns, at most {max} are possible. Please check the delimiter or remove columns.",
                ),
            ),
            TabularError::BrokenHeader => (
                "broken_header",
                Text::new(
                    "Die Zeile mit den Überschriften ist nicht lesbar: Ein Anführungszeichen wird nicht geschlossen, oder eine Überschrift ist viel zu lang.",
                    "The line of headings can't be read: a quotation mark is never closed, or a heading is far too long.",
                ),
            ),
            TabularError::Damaged(_) => (
                "damaged_file",
                Text::new(
                    "Die Datei ist beschädigt oder unvollständig: Sie sieht nach {format} aus, lässt sich so aber nicht lesen. Bitte im Programm, aus dem sie stammt, öffnen und noch einmal speichern.",
                    "The file is damaged or incomplete: it looks like {format} but can't be read as such. Please open it in the program that it comes from and save it again.",
                ),
            ),
            TabularError::DamagedArchive => (
                "damaged_archive",
                Text::new(
                    "Das Archiv ist beschädigt, unvollständig oder auf ungewöhnliche Weise gepackt. Bitte die Datei noch einmal packen oder ungepackt wählen.",
                    "The archive is damaged, incomplete or packed in an unusual way. Please pack the file again, or choose it unpacked.",
                ),
            ),
            TabularError::NoTable => (
                "no_table",
                Text::new(
                    "In der Datei steht keine Tabelle. Bitte eine Datei mit einer Zeile Überschriften und mindestens einem Kontakt wählen.",
                    "There is no table in the file. Please choose a file with a line of headings and at least one contact.",
                ),
            ),
            TabularError::EmptySheet => (
                "empty_sheet",
                Text::new("Dieses Blatt ist leer. Bitte ein anderes wählen.", "This sheet is empty. Please choose another one."),
            ),
            TabularError::NoSuchPart => (
                "no_such_part",
                Text::new(
                    "Dieses Blatt oder diese Datei gibt es darin nicht. Bitte ein anderes Blatt wählen.",
                    "There is no such sheet or file in it. Please choose another sheet.",
                ),
            ),
            TabularError::TooLarge { .. } => (
                "too_large_for_format",
                Text::new(
                    "Dateien der Art {format} können höchstens {max} MB groß sein. Bitte als XLSX oder CSV speichern und diese Datei wählen.",
                    "Files of the kind {format} can have at most {max} MB. Please save it as XLSX or CSV and choose that file.",
                ),
            ),
            TabularError::Bomb => (
                "unpacks_too_large",
                Text::new(
                    "Ausgepackt wäre die Datei ungewöhnlich groß, so wie es keine Tabelle ist. Sie wird deshalb nicht gelesen. Bitte als CSV speichern und diese Datei wählen.",
                    "Unpacked the file would be unusually large, as no table is. It is therefore not read. Please save it as CSV and choose that file.",
                ),
            ),
            TabularError::TooLargePiece => (
                "too_large_piece",
                Text::new(
                    "Ein einzelner Eintrag in der Datei ist viel zu groß. Bitte die Datei im Programm, aus dem sie stammt, prüfen und noch einmal speichern.",
                    "A single entry of the file is far too large. Please check the file in the program that it comes from and save it again.",
                ),
            ),
            TabularError::TooDeep => (
                "too_deep",
                Text::new(
                    "Die Datei ist tiefer verschachtelt als {max} Ebenen. Bitte flacher ausgeben, mit einem Eintrag je Kontakt.",
                    "The file is nested deeper than {max} levels. Please write it flatter, with one entry for each contact.",
                ),
            ),
            TabularError::Entities => (
                "declares_entities",
                Text::new(
                    "Die Datei erklärt eigene Kürzel (DOCTYPE). Solche Dateien werden zur Sicherheit nicht gelesen. Bitte ohne DOCTYPE speichern.",
                    "The file declares entities of its own (DOCTYPE). Such files are not read, for safety. Please save it without a DOCTYPE.",
                ),
            ),
            TabularError::TooManyFiles => (
                "too_many_files",
                Text::new(
                    "Das Archiv enthält mehr als {max} Dateien. Bitte nur die Tabelle selbst packen.",
                    "The archive holds more than {max} files. Please pack the table alone.",
                ),
            ),
            TabularError::Io(_) => (
                "unreadable_file",
                Text::new(
                    "Die Datei konnte nicht gelesen werden. Bitte noch einmal hochladen.",
                    "The file could not be read. Please upload it again.",
                ),
            ),
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
    /// Limits and damages come through the libraries as errors of reading.
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<limits::Exceeded>()) {
            Some(limits::Exceeded::Ratio) => TabularError::Bomb,
            Some(limits::Exceeded::Piece) => TabularError::TooLargePiece,
            Some(limits::Exceeded::Checksum) => TabularError::DamagedArchive,
            None => match error.kind() {
                // What the decoders of deflate and gzip say of their input; a file that ends too early, too.
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => TabularError::DamagedArchive,
                _ => TabularError::Io(error),
            },
        }
    }
}
