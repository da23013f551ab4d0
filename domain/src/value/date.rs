//! Days and moments as people and programs write them.

use chrono::{NaiveDate, NaiveTime, SecondsFormat};

use super::{DateOrder, ParseContext};
use crate::problem::Problem;
use crate::time;

mod clock;
mod month;

/// Years of two digits below this are read as 20.., the others as 19.., as table programs do: 29 is 2029, 30 is 1930.
const PIVOT: i32 = 30;

/// Reads a day. A time behind it is read and dropped, since table programs add one (`1990-12-31 00:00:00`).
pub(super) fn day(line: &str, order: DateOrder) -> Result<i64, Problem> {
    if let Some(date) = iso(line) {
        return date.map(time::days);
    }
    let (date, clock) = split(line);
    if clock.is_some_and(|clock| clock::parse(clock).is_none()) {
        return Err(Problem::NotADate);
    }
    calendar_day(date, order).map(time::days)
}

/// Reads a moment in UTC milliseconds. Without an offset (`Z`, `+01:00`) the wall clock of the zone counts; without a
/// time the day begins.
pub(super) fn moment(line: &str, cx: &ParseContext<'_>) -> Result<i64, Problem> {
    let (date, clock) = split(line);
    let date = iso(date).unwrap_or_else(|| calendar_day(date, cx.date_order)).map_err(|problem| match problem {
        Problem::NotADate => Problem::NotADateTime,
        other => other,
    })?;
    let clock = match clock {
        Some(clock) => clock::parse(clock).ok_or(Problem::NotADateTime)?,
        None => clock::Clock { time: NaiveTime::MIN, offset: None },
    };
    let wall = date.and_time(clock.time);
    let millis = match clock.offset {
        Some(seconds) => wall.and_utc().timestamp_millis() - i64::from(seconds) * 1_000,
        None => cx.zone.moment(wall).get(),
    };
    in_calendar(millis)
}

/// A moment of the years 1 to 9999.
pub(super) fn in_calendar(millis: i64) -> Result<i64, Problem> {
    if (FIRST..=LAST).contains(&millis) { Ok(millis) } else { Err(Problem::YearOutOfRange) }
}

/// 0001-01-01T00:00:00Z and the last millisecond of 9999.
const FIRST: i64 = -62_135_596_800_000;
const LAST: i64 = 253_402_300_799_999;

/// `1990-12-31`; beyond the calendar the bare number, which nothing that was parsed can be.
pub(super) fn iso_day(days: i64) -> String {
    time::day(days).map_or_else(|| days.to_string(), |date| date.format("%Y-%m-%d").to_string())
}

/// `1990-12-31T13:30:00Z`, with milliseconds where there are some.
pub(crate) fn iso_moment(millis: i64) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(millis);
    moment.map_or_else(|| millis.to_string(), |at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// The quick way for `1990-12-31`; none if it is written otherwise.
fn iso(line: &str) -> Option<Result<NaiveDate, Problem>> {
    let bytes: &[u8; 10] = line.as_bytes().try_into().ok()?;
    let digits =
        |range: std::ops::Range<usize>| bytes[range].iter().try_fold(0i32, |n, b| b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0')));
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    Some(on_calendar(year, month, day))
}

fn on_calendar(year: i32, month: i32, day: i32) -> Result<NaiveDate, Problem> {
    let part = |n: i32| u32::try_from(n).unwrap_or(0);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Err(Problem::NoSuchDay);
    }
    if !(1..=9999).contains(&year) {
        return Err(Problem::YearOutOfRange);
    }
    NaiveDate::from_ymd_opt(year, part(month), part(day)).ok_or(Problem::NoSuchDay)
}

/// Takes the time off: it begins with the digits in front of the first colon. What is between is a space, a comma or
/// a `T`.
fn split(line: &str) -> (&str, Option<&str>) {
    let Some(colon) = line.find(':') else { return (line, None) };
    let hour = line[..colon].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let date = line[..hour].trim_end_matches([' ', ',', '\u{a0}', '\u{202f}']);
    let date = date.strip_suffix(['T', 't']).filter(|date| date.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(date);
    (date, Some(&line[hour..]))
}

/// One part of a written date.
#[derive(Clone, Copy)]
enum Part {
    Number { value: i32, digits: usize },
    Month(i32),
}

/// Reads three parts: numbers, or two numbers and the name of a month.
fn calendar_day(text: &str, order: DateOrder) -> Result<NaiveDate, Problem> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let all: i32 = text.parse().map_err(|_| Problem::NotADate)?;
        return on_calendar(all / 10_000, all / 100 % 100, all % 100);
    }
    let (parts, dotted) = parts(text).ok_or(Problem::NotADate)?;
    let (year, month, day) = match parts {
        [Part::Number { value: year, digits: 4.. }, Part::Number { value: month, .. }, Part::Number { value: day, .. }] => {
            return on_calendar(checked(year)?, month, day);
        }
        [Part::Number { value: year, digits: 4 }, Part::Month(month), Part::Number { value: day, .. }] => {
            return on_calendar(year, month, day);
        }
        [Part::Number { value: day, .. }, Part::Month(month), year] | [Part::Month(month), Part::Number { value: day, .. }, year] => {
            (year, month, day)
        }
        [first @ Part::Number { value: a, .. }, Part::Number { value: b, .. }, last @ Part::Number { value: c, .. }] => match order {
            // Whoever writes points means day, month, year, wherever the file comes from.
            DateOrder::Mdy if !dotted => (last, a, b),
            DateOrder::Ymd if !matches!(last, Part::Number { digits: 4.., .. }) => (first, b, c),
            _ => (last, b, a),
        },
        _ => return Err(Problem::NotADate),
    };
    match year {
        Part::Number { value, digits: 2 } => on_calendar(value + if value < PIVOT { 2000 } else { 1900 }, month, day),
        Part::Number { value, digits: 4.. } => on_calendar(checked(value)?, month, day),
        _ => Err(Problem::NotADate),
    }
}

/// Years of five digits and more are not even looked up.
fn checked(year: i32) -> Result<i32, Problem> {
    if year > 9999 { Err(Problem::YearOutOfRange) } else { Ok(year) }
}

/// Cuts a date into its three parts; answers too whether points are between.
fn parts(text: &str) -> Option<([Part; 3], bool)> {
    let mut parts = [Part::Month(0); 3];
    let mut dotted = false;
    let mut rest = text;
    for (i, part) in parts.iter_mut().enumerate() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = if digits > 0 { digits } else { rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()) };
        let (word, behind) = rest.split_at(length);
        *part = match digits {
            0 => Part::Month(month::by_name(word)?),
            1..=9 => Part::Number { value: word.parse().ok()?, digits },
            _ => return None,
        };
        if i == 2 {
            return behind.is_empty().then_some((parts, dotted));
        }
        let trimmed = behind.trim_start();
        let next = trimmed.strip_prefix(['.', '/', '-', ',']).unwrap_or(trimmed);
        if next.len() == behind.len() {
            return None;
        }
        dotted |= trimmed.starts_with('.');
        // A month may be shortened with a point and followed by a comma or hyphen all the same.
        rest = next.trim_start();
        rest = if trimmed.starts_with('.') { rest.strip_prefix([',', '-']).unwrap_or(rest).trim_start() } else { rest };
    }
    None
}
