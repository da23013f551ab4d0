//! What would come of a file before anything changes, and what somebody puts right in it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{ImportCounts, shown};

/// So many rows of each fate are kept to be looked at.
pub const KEPT_ROWS: u64 = 1_000;

/// So many cells of a file can be put right one by one; beyond that the file itself is the better place.
pub const MAX_CORRECTIONS: usize = 10_000;

/// So many characters has a corrected cell at most.
pub const MAX_CORRECTED: usize = 10_000;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It makes a profile.
    Created,
    /// It changes one.
    Updated,
    /// Its profile has all of it already.
    Unchanged,
    /// It can't be taken over.
    Refused,
    /// The rules leave it out.
    Skipped,
}

impl Fate {
    /// All of them.
    pub const ALL: [Fate; 5] = [Fate::Created, Fate::Updated, Fate::Unchanged, Fate::Refused, Fate::Skipped];

    /// The name in the database, in addresses and in REST.
    pub const fn code(self) -> &'static str {
        match self {
            Fate::Created => "created",
            Fate::Updated => "updated",
            Fate::Unchanged => "unchanged",
            Fate::Refused => "refused",
            Fate::Skipped => "skipped",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.code() == code)
    }

    /// How many rows have it.
    pub const fn of(self, counts: &ImportCounts) -> u64 {
        match self {
            Fate::Created => counts.created,
            Fate::Updated => counts.updated,
            Fate::Unchanged => counts.unchanged,
            Fate::Refused => counts.refused,
            Fate::Skipped => counts.skipped,
        }
    }

    /// Counts a row of it.
    pub fn count(self, counts: &mut ImportCounts) {
        counts.rows += 1;
        match self {
            Fate::Created => counts.created += 1,
            Fate::Updated => counts.updated += 1,
            Fate::Unchanged => counts.unchanged += 1,
            Fate::Refused => counts.refused += 1,
            Fate::Skipped => counts.skipped += 1,
        }
    }
}

/// A cell that somebody has put right before its import. The file stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Correction {
    /// Its row, as a table program counts; none: every row in which the column says the same.
    pub row: Option<u64>,
    /// The heading of its column, as refusals name it.
    pub column: String,
    /// What stands there, as refusals show it.
    pub was: String,
    /// What is read instead.
    pub value: String,
}

/// The corrections of a file, to be found by cell. That of one row goes before that of all.
#[derive(Clone, Debug, Default)]
pub struct Corrections(HashMap<String, HashMap<(u64, String), String>>);

impl Corrections {
    /// Those of a list; of several for the same cell the last one counts.
    pub fn of(list: impl IntoIterator<Item = Correction>) -> Self {
        let mut all: HashMap<String, HashMap<(u64, String), String>> = HashMap::new();
        for Correction { row, column, was, value } in list {
            all.entry(column).or_default().insert((row.unwrap_or(0), was), value);
        }
        Corrections(all)
    }

    /// What a cell is read as.
    pub fn cell<'c>(&'c self, row: u64, column: &str, cell: &'c str) -> &'c str {
        let Some(known) = self.0.get(column) else { return cell };
        let mut key = (row, shown(cell));
        if let Some(value) = known.get(&key) {
            return value;
        }
        key.0 = 0;
        known.get(&key).map_or(cell, String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_correction_of_a_row_goes_before_that_of_all() {
        let correction = |row, value: &str| Correction { row, column: "PLZ".into(), was: "1,2E+4".into(), value: value.into() };
        let all = Corrections::of([correction(None, "12000"), correction(Some(7), "12345"), correction(Some(7), "12346")]);
        assert_eq!(all.cell(7, "PLZ", "1,2E+4"), "12346");
        assert_eq!(all.cell(8, "PLZ", "1,2E+4"), "12000");
        assert_eq!(all.cell(7, "Ort", "1,2E+4"), "1,2E+4");
        assert_eq!(all.cell(7, "PLZ", "80331"), "80331");
    }

    #[test]
    fn a_long_cell_is_found_by_what_its_refusal_shows() {
        let long = "ü".repeat(300);
        let all = Corrections::of([Correction { row: None, column: "Ort".into(), was: shown(&long), value: "Ulm".into() }]);
        assert_eq!(all.cell(2, "Ort", &long), "Ulm");
    }

    #[test]
    fn fates_add_up() {
        let mut counts = ImportCounts::default();
        Fate::ALL.into_iter().for_each(|fate| fate.count(&mut counts));
        assert!(Fate::ALL.into_iter().all(|fate| fate.of(&counts) == 1 && Fate::from_code(fate.code()) == Some(fate)));
        assert_eq!(counts.rows, 5);
    }
}
