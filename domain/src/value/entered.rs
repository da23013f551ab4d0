//! What somebody enters into a form: more is understood there than in a file, since what it came to is shown at once.

use chrono::Datelike;

use super::{ParseContext, Value, date, parse};
use crate::field::{FieldDef, FieldKind};
use crate::problem::Problem;
use crate::text;
use crate::time::{Millis, days};
use crate::when::{self, Trap};

/// A value, and what may be otherwise than meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// What will be stored.
    pub value: Option<Value>,
    /// It was reckoned from the time now.
    pub reckoned: bool,
    /// The traps that a text for a point in time ran into.
    pub traps: Vec<Trap>,
}

/// Reads what somebody entered by hand: as [`parse`] does, and besides
/// - a date or a date with time as Text-to-Date (`today - 5 days`, `nächsten Montag`), reckoned from `now` in the zone;
/// - a postcode by the rule of the profile's country.
///
/// # Errors
/// It can't be such a value.
pub fn entered(field: &FieldDef, typed: &str, now: Millis, cx: &ParseContext<'_>) -> Result<Entered, Problem> {
    let of = |value| Entered { value, ..Entered::default() };
    match (field.kind, parse(field, typed, cx)) {
        (FieldKind::Date | FieldKind::DateTime, Err(Problem::NotADate | Problem::NotADateTime)) => moment(field.kind, typed, now, cx),
        #[cfg(feature = "lists")]
        (FieldKind::Postcode, Ok(Some(Value::Text(postcode)))) => {
            let masks = cx.country_hint.and_then(crate::postcode::Masks::of);
            Ok(of(Some(Value::Text(masks.map_or(Ok(postcode.clone()), |masks| masks.fit(&postcode))?))))
        }
        (_, read) => read.map(of),
    }
}

fn moment(kind: FieldKind, typed: &str, now: Millis, cx: &ParseContext<'_>) -> Result<Entered, Problem> {
    let line = text::cleaned(typed);
    let at_day = kind == FieldKind::Date;
    // Digits and points alone name a time of the day at most; whoever fills in a day has slipped.
    if at_day && !line.contains(|c: char| c.is_alphabetic() || matches!(c, '+' | '@')) && !line.starts_with('-') {
        return Err(Problem::NotADate);
    }
    let moment = when::read(&line, now, cx.zone)?;
    let wall = cx.zone.wall(moment.at).filter(|wall| (1..=9999).contains(&wall.year())).ok_or(Problem::YearOutOfRange)?;
    // To the second, as a reader sees it; what is reckoned from now on has milliseconds that nobody meant.
    let value = if at_day { days(wall.date_naive()) } else { date::in_calendar(moment.at.get().div_euclid(1_000) * 1_000)? };
    Ok(Entered { value: Some(Value::Int(value)), reckoned: true, traps: moment.traps })
}
