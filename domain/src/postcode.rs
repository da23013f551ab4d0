//! How each country writes its postcodes.
//!
//! A mask says it character by character: `#` is a digit, `@` a letter, `*` either, anything else itself. The masks of
//! all countries are written by `scripts/make-postcodes.py`; like the other lists they stay on the server, and a form
//! gets those of its country.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// The postcodes of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masks {
    /// Code of the country.
    pub country: String,
    /// The usual one first.
    pub masks: Vec<String>,
    /// A postcode that exists.
    pub example: String,
}

impl Masks {
    /// The masks of a country, by its code; none where it has no postcodes or no rule for them.
    #[cfg(feature = "lists")]
    pub fn of(country: &str) -> Option<Self> {
        let mut lines = include_str!("lists/postcodes.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.find_map(|line| {
            let mut cells = line.split('\t');
            if cells.next() != Some(country) {
                return None;
            }
            let masks = cells.next()?.split('|').map(str::to_owned).collect();
            Some(Self { country: country.to_owned(), masks, example: cells.next().unwrap_or_default().to_owned() })
        })
    }

    /// The postcode as the country writes it: capitals, and spaces and hyphens where they belong. The country's code
    /// may stand in front (`NL-1234 AB`).
    ///
    /// # Errors
    /// The country has no such postcodes.
    pub fn fit(&self, typed: &str) -> Result<String, Problem> {
        let upper = typed.trim().to_ascii_uppercase();
        let abroad = upper.strip_prefix(&self.country).and_then(|rest| rest.trim_start().strip_prefix('-'));
        let fitted =
            [Some(upper.as_str()), abroad].into_iter().flatten().find_map(|typed| self.masks.iter().find_map(|mask| fit(mask, typed)));
        fitted.ok_or_else(|| Problem::NotAPostcodeOf { example: self.example.clone() })
    }

    /// The most characters that a postcode of this country has.
    pub fn longest(&self) -> usize {
        self.masks.iter().map(String::len).max().unwrap_or_default()
    }

    /// Whether digits are all that is typed.
    pub fn digits_only(&self) -> bool {
        self.masks.iter().all(|mask| mask.bytes().all(|b| b == b'#' || b.is_ascii_digit() || is_separator(b)))
    }

    /// The masks as the regular expression of an input; spaces and hyphens may be left out.
    pub fn pattern(&self) -> String {
        let one = |mask: &String| {
            let part = |c| match c {
                '#' => "[0-9]".to_owned(),
                '@' => "[A-Za-z]".to_owned(),
                '*' => "[0-9A-Za-z]".to_owned(),
                ' ' | '-' => "[ \\-]?".to_owned(),
                other if other.is_ascii_alphabetic() => format!("[{}{}]", other, other.to_ascii_lowercase()),
                other => other.to_string(),
            };
            mask.chars().map(part).collect::<String>()
        };
        self.masks.iter().map(one).collect::<Vec<_>>().join("|")
    }
}

fn is_separator(b: u8) -> bool {
    matches!(b, b' ' | b'-')
}

/// The typed characters in the places of a mask, if they have them all.
fn fit(mask: &str, typed: &str) -> Option<String> {
    let mut characters = typed.chars().filter(|c| !matches!(c, ' ' | '-'));
    let mut out = String::with_capacity(mask.len());
    for place in mask.chars() {
        if matches!(place, ' ' | '-') {
            out.push(place);
            continue;
        }
        let c = characters.next()?;
        let fits = match place {
            '#' => c.is_ascii_digit(),
            '@' => c.is_ascii_alphabetic(),
            '*' => c.is_ascii_alphanumeric(),
            fixed => fixed == c,
        };
        if !fits {
            return None;
        }
        out.push(c);
    }
    characters.next().is_none().then_some(out)
}

#[cfg(all(test, feature = "lists"))]
mod tests;
