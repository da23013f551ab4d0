//! What is strange about a file without being wrong.

use serde::{Deserialize, Serialize};

use super::cell::is_rounded;
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
        /// So many cells among the rows that were looked at.
        n: u64,
    },
    /// Postcodes of four and of five digits in one column, or of four in rows from Germany: a table program has dropped zeros.
    LostZeros {
        /// The headings.
        columns: Vec<String>,
        /// So many cells among the rows that were looked at.
        n: u64,
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
            Warning::Rounded { columns, n } => say_seen(
                "In {columns} hat die Tabellenkalkulation lange Nummern gekürzt (wie 1,23E+11). Wo es auf jede Ziffer ankommt, werden diese Zeilen abgelehnt. Bitte die Spalte dort als Text formatieren und die Nummern neu eintragen.",
                "In {columns} the spreadsheet program has shortened long numbers (like 1.23E+11). Where each digit counts these rows are refused. Please format the column as text there and enter the numbers anew.",
                columns,
                *n,
                lang,
            ),
            Warning::LostZeros { columns, n } => say_seen(
                "In {columns} fehlen manchen Postleitzahlen wohl die führenden Nullen. Lagune ergänzt sie nach dem Land, das in derselben Zeile oder als fester Wert für alle Zeilen steht: in Deutschland auf fünf Stellen, in Österreich und der Schweiz bleiben es vier.",
                "In {columns} some postcodes have probably lost their leading zeros. Lagune puts them back by the country in the same row, or by that for all rows: five digits in Germany, while in Austria and Switzerland it stays at four.",
                columns,
                *n,
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

/// The same, and in how many cells of the rows that were looked at.
fn say_seen(de: &'static str, en: &'static str, names: &[String], n: u64, lang: Lang) -> String {
    const SEEN: Text = Text::new("Solche Zellen in den ersten Zeilen: {n}.", "Such cells in the first rows: {n}.");
    let n = number(i64::try_from(n).unwrap_or(i64::MAX), lang);
    [say(de, en, names, lang), fill(SEEN.get(lang), &[("n", &n)])].join(" ")
}

/// What the first rows give away.
pub fn warnings(headings: &[String], rows: &[Vec<String>]) -> Vec<Warning> {
    let digits = |cell: &str, n: usize| cell.len() == n && cell.bytes().all(|b| b.is_ascii_digit());
    let country = headings.iter().position(|heading| means(heading, "COUNTRY"));
    let is_german = |row: &[String]| country.map(|at| cell(row, at)).filter(|country| !country.is_empty()).map(of_germany);
    let rounded = |at: usize| rows.iter().filter(|row| is_rounded(cell(row, at))).count();
    let lost = |at: usize| {
        let long = rows.iter().any(|row| digits(cell(row, at), 5));
        // Where the country stands beside it, it decides; else the longer ones in the same column do.
        rows.iter().filter(|row| digits(cell(row, at), 4) && is_german(row).unwrap_or(long)).count()
    };
    let seen = |count: &dyn Fn(usize) -> usize, asked: &dyn Fn(&str) -> bool| {
        let asked = headings.iter().enumerate().filter(|(_, heading)| asked(heading));
        let found: Vec<(String, usize)> = asked.map(|(at, heading)| (heading.clone(), count(at))).filter(|(_, n)| *n > 0).collect();
        let n = found.iter().map(|(_, n)| *n as u64).sum::<u64>();
        (found.into_iter().map(|(heading, _)| heading).collect::<Vec<_>>(), n)
    };
    let mut found = Vec::new();
    let (columns, n) = seen(&rounded, &|_| true);
    if n > 0 {
        found.push(Warning::Rounded { columns, n });
    }
    let (columns, n) = seen(&lost, &|heading| means(heading, "ZIP"));
    if n > 0 {
        found.push(Warning::LostZeros { columns, n });
    }
    found
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map(|cell| cell.trim()).unwrap_or_default()
}

fn means(heading: &str, field: &str) -> bool {
    super::headings::meaning(&crate::lists::fold(heading)).is_some_and(|(key, ..)| key == field)
}

#[cfg(feature = "lists")]
fn of_germany(country: &str) -> bool {
    crate::lists::find_country(country) == Some("DE")
}

/// The browser looks at no file.
#[cfg(not(feature = "lists"))]
fn of_germany(_country: &str) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(heading: &str, cells: &[&str]) -> Vec<Warning> {
        warnings(&[heading.to_owned()], &cells.iter().map(|cell| vec![(*cell).to_owned()]).collect::<Vec<_>>())
    }

    #[test]
    fn shortened_numbers_and_lost_zeros_are_told_by_their_column() {
        assert_eq!(found("Telefon", &["0301", "4,91512E+12"]), [Warning::Rounded { columns: vec!["Telefon".to_owned()], n: 1 }]);
        assert_eq!(found("PLZ", &["10115", "1067"]), [Warning::LostZeros { columns: vec!["PLZ".to_owned()], n: 1 }]);
        assert_eq!(found("PLZ", &["1010", "8010"]), []);
        assert_eq!(found("Menge", &["10115", "1067"]), []);
    }

    #[test]
    fn the_country_beside_a_postcode_says_whether_a_zero_is_lost() {
        let rows = [["1067", "Deutschland"], ["1010", "Österreich"], ["8001", "CH"], ["10115", "D"]];
        let rows: Vec<Vec<String>> = rows.map(|row| row.map(str::to_owned).to_vec()).to_vec();
        let headings = ["PLZ", "Land"].map(str::to_owned);
        assert_eq!(warnings(&headings, &rows), [Warning::LostZeros { columns: vec!["PLZ".to_owned()], n: 1 }]);
        assert_eq!(warnings(&headings, &rows[1..]), []);
    }

    #[test]
    fn each_warning_is_a_sentence_in_both_languages() {
        let names = || vec!["Telefon".to_owned(), "PLZ".to_owned()];
        let all = [
            Warning::Notes { rows: 1 },
            Warning::Notes { rows: 3 },
            Warning::Rounded { columns: names(), n: 3 },
            Warning::LostZeros { columns: names(), n: 1200 },
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
