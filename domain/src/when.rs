//! Text-to-Date: a point in time from words such as `first day of last month`, `+2 weeks` or `vor 5 Tagen`.
//!
//! English phrases mean what PHP's `strtotime` makes of them; `docs/text-to-date.md` has the grammar. What PHP refuses
//! is read as German. The text runs through four steps: `scan` cuts it into pieces by the formats of `grammar`, the
//! pieces fill the `fields`, `reckon` makes a moment of them, and `traps` says what may surprise.

use crate::problem::Problem;
use crate::time::{Millis, Zone};

mod abbreviations;
mod calendar;
mod cursor;
mod date;
mod fields;
mod german;
mod grammar;
mod offset;
mod pattern;
mod reckon;
mod relative;
mod scan;
mod time;
mod traps;
mod vocabulary;

pub use traps::Trap;

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The point in time.
    pub at: Millis,
    /// What may be otherwise than meant, in the order in which to tell it; each at most once.
    pub traps: Vec<Trap>,
}

/// Reads a text at a reference time. Days, months and clock times are those of the zone, unless the text names one.
/// Errors say which part was not understood, was given twice, or leads too far away.
pub fn read(text: &str, now: Millis, zone: &Zone) -> Result<Moment, Problem> {
    // PHP takes blanks, points and commas alone for the time now; whoever typed no more has not said it.
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Problem::NotAMoment { part: text.trim().to_owned() });
    }
    let english = english(text, now, zone);
    // PHP takes the `+5` of “+5 Tage” for a time zone and passes over the word behind it.
    let by_accident = english.as_ref().is_ok_and(|english| english.passed_over);
    if let Ok(english) = &english
        && !by_accident
    {
        return Ok(english.moment.clone());
    }
    let today = offset::wall(now.get().div_euclid(1_000), zone);
    match german::translate(text, &today) {
        // What can't be read now was translated word for word, so the parts of the text are to blame together.
        german::Translation::Phrase(phrase) => self::english(&phrase, now, zone).map_err(|problem| match problem {
            Problem::NotAMoment { .. } => Problem::NotAMoment { part: text.trim().to_owned() },
            other => other,
        }),
        german::Translation::Unknown(part) if !by_accident => Err(Problem::NotAMoment { part }),
        german::Translation::Unknown(_) | german::Translation::NotGerman => english,
    }
    .map(|read| read.moment)
}

/// What PHP's rules make of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct English {
    moment: Moment,
    /// A word was passed over that means nothing.
    passed_over: bool,
}

/// Reads a text by PHP's rules alone.
fn english(text: &str, now: Millis, zone: &Zone) -> Result<English, Problem> {
    let fields = scan::scan(text)?;
    let reckoned = reckon::reckon(&fields, now, zone).ok_or(Problem::MomentTooFar)?;
    let moment = Moment { at: reckoned.at, traps: traps::of(&fields, &reckoned) };
    Ok(English { moment, passed_over: fields.passed_over })
}

#[cfg(test)]
mod tests;
