//! Pieces that name a date.

use super::cursor::{Cursor, Number};
use super::fields::{Fields, Refusal};
use super::vocabulary;

/// The order in which a format names its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    /// A year as it stands, never with a century added, and perhaps with a sign.
    SignedYear,
    Month,
    MonthName,
    Day,
    /// A day that is followed by `st`, `nd`, `rd` or `th`.
    DayNth,
    FirstDay,
}

/// Years of two digits below this are 20.., the others 19...
const PIVOT: i64 = 70;

/// Reads a date of these parts.
pub(super) fn read(fields: &mut Fields, cursor: &mut Cursor<'_>, parts: &[Part]) -> Result<(), Refusal> {
    fields.begin_date()?;
    for part in parts {
        match part {
            Part::Year => fields.year = cursor.number(4).map(year),
            Part::SignedYear => fields.year = Some(cursor.signed(19).ok_or(Refusal::Unknown)?),
            Part::Month => fields.month = cursor.number(2).map(|number| number.value),
            Part::MonthName => fields.month = Some(month(cursor).ok_or(Refusal::Unknown)?),
            Part::Day => fields.day = cursor.number(2).map(|number| number.value),
            Part::DayNth => {
                fields.day = cursor.number(2).map(|number| number.value);
                if matches!(cursor.rest().get(..2), Some(b"st" | b"nd" | b"rd" | b"th")) {
                    cursor.take(2, |_| true);
                }
            }
            Part::FirstDay => fields.day = Some(1),
        }
    }
    Ok(())
}

/// `7/4` and `7/4/2026`: the month comes first.
pub(super) fn american(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    read(fields, cursor, &[Part::Month, Part::Day])?;
    if cursor.peek() == Some(b'/') {
        fields.year = cursor.number(4).map(year);
    }
    Ok(())
}

/// `2008.197`: the day of the year.
pub(super) fn year_day(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    read(fields, cursor, &[Part::Year])?;
    fields.month = Some(1);
    fields.day = cursor.number(3).map(|number| number.value);
    fields.counts_from_new_year = true;
    Ok(())
}

/// `2008-W27-3`: year, week of ISO 8601 and day of the week; without a day its Monday.
pub(super) fn iso_week(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    read(fields, cursor, &[Part::Year])?;
    let week = cursor.number(2).map_or(1, |number| number.value);
    let day = cursor.number(1).map_or(1, |number| number.value);
    (fields.month, fields.day) = (Some(1), Some(1));
    // The first week is the one with the fourth of January.
    let fourth = super::calendar::weekday(super::calendar::day_number(fields.year.unwrap_or(0), 1, 4));
    let fourth = if fourth == 0 { 7 } else { fourth };
    fields.relative.days = 3 - (fourth - 1) + (week - 1) * 7 + (day - 1);
    Ok(())
}

/// The name of a month, as a number from 1 to 12.
pub(super) fn month(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.skip(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'.' | b'/'));
    vocabulary::month(&cursor.word())
}

/// Years of fewer than four digits get a century as long as they are below 100.
fn year(number: Number) -> i64 {
    match number {
        Number { digits: 4.., value } | Number { value: value @ 100.., .. } => value,
        Number { value, .. } if value < PIVOT => value + 2_000,
        Number { value, .. } => value + 1_900,
    }
}
