//! What is strange about a file without being wrong.

use serde::{Deserialize, Serialize};

use super::{cell::is_rounded, is_known_heading};
use crate::lang::{Lang, Text, fill, number};

/// Said above the preview, or beside the result; nothing is refused for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// Rows above the headings are not read.
    Notes {
        /// How many rows, empty ones counted.
        rows: u64,
    },
    /// A spreadsheet has shortened long numbers (`1,23E+11`).
    Rounded {
        /// The headings.
        columns: Vec<String>,
    },
    /// Postcodes of four and of five digits in one column: a table program has dropped zeros.
    LostZeros {
        /// The headings.
        columns: Vec<String>,
    },
    /// Names that appear only behind the records that make up the columns; their values are not taken.
    LateNames {
        /// The names.
        names: Vec<String>,
    },
}

/// How many names a sentence has.
const NAMED: usize = 12;

impl Warning {
    /// A sentence that says what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Warning::Notes { rows } => {
                let text = if *rows == 1 {
                    Text::new("Die Zeile über den Überschriften wird nicht gelesen.", "The row above the headings is not read.")
                } else {
                    Text::new(
                        "Die {n} Zeilen über den Überschriften werden nicht gelesen.",
                        "The {n} rows above the headings are not read.",
                    )
                };
                fill(text.get(lang), &[("n", &number(i64::try_from(*rows).unwrap_or(i64::MAX), lang))])
            }
            Warning::Rounded { columns } => say(
                "In {columns} hat die Tabellenkalkulation lange Nummern gekürzt (wie 1,23E+11). Wo es auf jede Ziffer ankommt, werden diese Zeilen abgelehnt. Bitte die Spalte dort als Text formatieren und die Nummern neu eintragen.",
                "In {columns} the spreadsheet program has shortened long numbers (like 1.23E+11). Where each digit counts these rows are refused. Please format the column as text there and enter the numbers anew.",
                columns,
                lang,
            ),
            Warning::LostZeros { columns } => say(
                "In {columns} fehlen manchen Postleitzahlen wohl die führenden Nullen. Für Deutschland ergänzt Lagune sie, wenn das Land in derselben Zeile steht.",
                "In {columns} some postcodes have probably lost their leading zeros. For Germany Lagune puts them back when the country stands in the same row.",
                columns,
                lang,
            ),
            Warning::LateNames { names } => say(
                "Weit hinten in der Datei kamen Angaben vor, die es vorn nicht gab und die nicht eingelesen wurden: {columns}.",
                "Far back in the file there were entries that its beginning did not have and that were not read in: {columns}.",
                names,
                lang,
            ),
        }
    }
}

fn say(de: &'static str, en: &'static str, names: &[String], lang: Lang) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| name.chars().take(40).collect()).collect();
    let more = if names.len() > NAMED { " …" } else { "" };
    fill(Text::new(de, en).get(lang), &[("columns", &(shown.join(", ") + more))])
}

/// What the first rows give away.
pub fn warnings(headings: &[String], rows: &[Vec<String>]) -> Vec<Warning> {
    let values = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let named = |find: &dyn Fn(usize, &str) -> bool| -> Vec<String> {
        headings.iter().enumerate().filter(|(at, heading)| find(*at, heading)).map(|(_, heading)| heading.clone()).collect()
    };
    let rounded = named(&|at, _| values(at).any(is_rounded));
    let lost = named(&|at, heading| {
        let digits = |n: usize| values(at).any(|cell| cell.len() == n && cell.bytes().all(|b| b.is_ascii_digit()));
        is_postcode(heading) && digits(4) && digits(5)
    });
    let mut found = Vec::new();
    if !rounded.is_empty() {
        found.push(Warning::Rounded { columns: rounded });
    }
    if !lost.is_empty() {
        found.push(Warning::LostZeros { columns: lost });
    }
    found
}

fn is_postcode(heading: &str) -> bool {
    is_known_heading(heading) && super::headings::meaning(&crate::lists::fold(heading)).is_some_and(|(key, ..)| key == "ZIP")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(heading: &str, cells: &[&str]) -> Vec<Warning> {
        warnings(&[heading.to_owned()], &cells.iter().map(|cell| vec![(*cell).to_owned()]).collect::<Vec<_>>())
    }

    #[test]
    fn shortened_numbers_and_lost_zeros_are_told_by_their_column() {
        assert_eq!(found("Telefon", &["0301", "4,91512E+12"]), [Warning::Rounded { columns: vec!["Telefon".to_owned()] }]);
        assert_eq!(found("PLZ", &["10115", "1067"]), [Warning::LostZeros { columns: vec!["PLZ".to_owned()] }]);
        assert_eq!(found("PLZ", &["1010", "8010"]), []);
        assert_eq!(found("Menge", &["10115", "1067"]), []);
    }

    #[test]
    fn each_warning_is_a_sentence_in_both_languages() {
        let names = || vec!["Telefon".to_owned(), "PLZ".to_owned()];
        let all = [
            Warning::Notes { rows: 1 },
            Warning::Notes { rows: 3 },
            Warning::Rounded { columns: names() },
            Warning::LostZeros { columns: names() },
            Warning::LateNames { names: names() },
        ];
        for warning in all {
            for lang in Lang::ALL {
                let message = warning.message(lang);
                assert!(message.ends_with('.') && !message.contains(['{', '}']), "{message}");
            }
        }
    }
}
