//! What can be wrong with a file, in sentences that say where and what to do.

use crate::lang::{Lang, Text, fill, number};
use crate::problem::Problem;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// In which line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// At which name: `categories[2].fields[3].kind`; empty for the file as a whole.
    pub place: String,
    /// What it is.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Too many bytes.
    TooLarge {
        /// The most.
        max: u64,
    },
    /// Not UTF-8.
    NotText,
    /// Nothing in it.
    Empty,
    /// Neither JSON nor YAML.
    Syntax,
    /// More than one document.
    Several,
    /// An anchor, alias or tag of YAML.
    Reference,
    /// A name that stands there already: of an entry, a field, or a category.
    Twice {
        /// The name.
        what: String,
    },
    /// A name that the format does not have.
    UnknownName {
        /// As written.
        name: String,
        /// What may stand there.
        known: String,
    },
    /// Something that must be there.
    Missing {
        /// Its name.
        name: String,
    },
    /// A list was expected.
    NotAList,
    /// Entries with names were expected.
    NotAMap,
    /// A word was expected.
    NotAWord,
    /// Neither `true` nor `false`.
    NotATruth,
    /// Another version of the format.
    OtherFormat {
        /// As written.
        found: String,
    },
    /// Not one of the words that may stand there.
    UnknownWord {
        /// As written.
        found: String,
        /// Which may.
        known: String,
    },
    /// More than the format carries.
    TooMany {
        /// The most.
        max: u64,
    },
    /// A text that can't stand there.
    Wrong(Problem),
}

impl Unreadable {
    /// A fault at a line.
    pub(super) fn at(line: usize, fault: Fault) -> Self {
        Self { line, place: String::new(), fault }
    }

    /// A sentence that says where, what, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        let line = self.line.to_string();
        let at = match (self.line, self.place.as_str()) {
            (0, _) => return self.fault.message(lang),
            (_, "") => AT_LINE,
            _ => AT_PLACE,
        };
        fill(at.get(lang), &[("line", &line), ("place", &self.place), ("fault", &self.fault.message(lang))])
    }
}

const AT_LINE: Text = Text::new("Zeile {line}: {fault}", "Line {line}: {fault}");
const AT_PLACE: Text = Text::new("Zeile {line}, {place}: {fault}", "Line {line}, {place}: {fault}");

impl Fault {
    /// A sentence that says what to do.
    pub fn message(&self, lang: Lang) -> String {
        let count = |n: &u64| number(i64::try_from(*n).unwrap_or(i64::MAX), lang);
        let text = self.text().get(lang);
        match self {
            Fault::TooLarge { max } | Fault::TooMany { max } => fill(text, &[("max", &count(max))]),
            Fault::Twice { what: name } | Fault::Missing { name } | Fault::OtherFormat { found: name } => fill(text, &[("name", name)]),
            Fault::UnknownName { name, known } | Fault::UnknownWord { found: name, known } => {
                fill(text, &[("name", name), ("known", known)])
            }
            Fault::Wrong(problem) => problem.message(lang),
            _ => text.to_owned(),
        }
    }

    const fn text(&self) -> Text {
        match self {
            Fault::TooLarge { .. } => Text::new(
                "Die Datei ist zu groß. Eine Konfiguration hat höchstens {max} Bytes; bitte die richtige Datei wählen.",
                "The file is too large. A layout has at most {max} bytes; please choose the right file.",
            ),
            Fault::NotText => Text::new(
                "Hier steht kein UTF-8. Bitte die Datei als Text in UTF-8 speichern.",
                "This is not UTF-8. Please save the file as text in UTF-8.",
            ),
            Fault::Empty => Text::new(
                "Die Datei ist leer. Bitte eine Konfiguration als JSON oder YAML angeben.",
                "The file is empty. Please give a layout as JSON or YAML.",
            ),
            Fault::Syntax => Text::new(
                "Das ist weder gültiges JSON noch YAML. Bitte Einrückung, Klammern und Anführungszeichen prüfen.",
                "This is neither valid JSON nor YAML. Please check indentation, brackets and quotes.",
            ),
            Fault::Several => Text::new(
                "Hier beginnt ein zweites Dokument. Bitte für jeden Pool eine eigene Datei anlegen.",
                "A second document begins here. Please make a file of its own for each pool.",
            ),
            Fault::Reference => Text::new(
                "Anker, Verweise und Typangaben von YAML (&, *, !) sind hier nicht möglich. Bitte den Wert ausschreiben.",
                "Anchors, aliases and tags of YAML (&, *, !) can't be used here. Please write the value out.",
            ),
            Fault::Twice { .. } => {
                Text::new("„{name}“ kommt zweimal vor. Bitte eines davon entfernen.", "“{name}” comes twice. Please remove one of them.")
            }
            Fault::UnknownName { .. } => {
                Text::new("„{name}“ gibt es hier nicht. Möglich sind: {known}.", "There is no “{name}” here. Possible are: {known}.")
            }
            Fault::Missing { .. } => Text::new("„{name}“ fehlt. Bitte ergänzen.", "“{name}” is missing. Please add it."),
            Fault::NotAList => Text::new("Erwartet wird eine Liste.", "A list is expected."),
            Fault::NotAMap => {
                Text::new("Erwartet werden benannte Einträge, etwa „format: 1“.", "Entries with names are expected, such as “format: 1”.")
            }
            Fault::NotAWord => Text::new("Erwartet wird ein einzelner Wert.", "A single value is expected."),
            Fault::NotATruth => Text::new("Erwartet wird true oder false.", "true or false is expected."),
            Fault::OtherFormat { .. } => Text::new(
                "Das Format „{name}“ ist unbekannt. Diese Version liest „format: 1“.",
                "The format “{name}” is not known. This version reads “format: 1”.",
            ),
            Fault::UnknownWord { .. } => Text::new(
                "„{name}“ steht hier nicht zur Wahl. Möglich sind: {known}.",
                "“{name}” is not a possible choice here. Possible are: {known}.",
            ),
            Fault::TooMany { .. } => Text::new(
                "Das sind mehr, als ein Pool haben kann. Bitte auf höchstens {max} kürzen.",
                "These are more than a pool can have. Please reduce them to at most {max}.",
            ),
            Fault::Wrong(_) => Text::new("", ""),
        }
    }
}
