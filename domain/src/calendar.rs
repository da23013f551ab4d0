//! Days by their place in the calendar, and the names of months and weekdays. A day is counted from 1970-01-01.

use chrono::{Datelike, Months, NaiveDate};

use crate::lang::{Lang, Text};
use crate::time::{self, Millis, Zone};

/// The months, January first.
pub const MONTHS: [Text; 12] = [
    Text::new("Januar", "January"),
    Text::new("Februar", "February"),
    Text::new("März", "March"),
    Text::new("April", "April"),
    Text::new("Mai", "May"),
    Text::new("Juni", "June"),
    Text::new("Juli", "July"),
    Text::new("August", "August"),
    Text::new("September", "September"),
    Text::new("Oktober", "October"),
    Text::new("November", "November"),
    Text::new("Dezember", "December"),
];

/// The days of a week, Monday first: in full and short.
pub const WEEKDAYS: [(Text, Text); 7] = [
    (Text::new("Montag", "Monday"), Text::new("Mo", "Mo")),
    (Text::new("Dienstag", "Tuesday"), Text::new("Di", "Tu")),
    (Text::new("Mittwoch", "Wednesday"), Text::new("Mi", "We")),
    (Text::new("Donnerstag", "Thursday"), Text::new("Do", "Th")),
    (Text::new("Freitag", "Friday"), Text::new("Fr", "Fr")),
    (Text::new("Samstag", "Saturday"), Text::new("Sa", "Sa")),
    (Text::new("Sonntag", "Sunday"), Text::new("So", "Su")),
];

/// The time of day in a zone, `09:30`; empty outside the calendar.
pub fn clock_of(at: Millis, zone: &Zone) -> String {
    zone.wall(at).map_or_else(String::new, |wall| wall.format("%H:%M").to_string())
}

/// How many days after Monday.
pub fn weekday(day: i64) -> usize {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7) as usize
}

/// The same day of a month so many months later; the last day where that month is shorter. It stays where the calendar ends.
pub fn months_later(day: i64, months: i32) -> i64 {
    let Some(date) = time::day(day) else { return day };
    let step = Months::new(months.unsigned_abs());
    let moved = if months < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) };
    moved.filter(|date| (1..=9999).contains(&date.year())).map_or(day, time::days)
}

/// The first day of the month in which a day lies, and how many days the month has.
pub fn month_of(day: i64) -> (i64, i64) {
    let Some(first) = time::day(day).and_then(|date| date.with_day(1)) else { return (day, 1) };
    let next = first.checked_add_months(Months::new(1)).map_or_else(|| time::days(first) + 31, time::days);
    (time::days(first), next - time::days(first))
}

/// The month of a day in words: `November 2026`.
pub fn month_words(day: i64, lang: Lang) -> String {
    time::day(day).map_or_else(String::new, |date| format!("{} {}", name(&date).get(lang), date.year()))
}

/// A day in words: `Freitag, 4. Dezember 2026` or `Friday, 4 December 2026`.
pub fn day_words(day: i64, lang: Lang) -> String {
    let Some(date) = time::day(day) else { return String::new() };
    let point = if lang == Lang::De { "." } else { "" };
    format!("{}, {}{point} {} {}", WEEKDAYS[weekday(day)].0.get(lang), date.day(), name(&date).get(lang), date.year())
}

fn name(date: &NaiveDate) -> Text {
    MONTHS[date.month0() as usize]
}

#[cfg(test)]
mod tests;
