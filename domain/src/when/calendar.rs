//! The Gregorian calendar, counted in days and without an end.

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;
/// Days of four centuries, after which the calendar repeats.
const CENTURIES: i64 = 146_097;
/// Days from the first of January of the year 1 to 1970.
const EPOCH: i64 = 719_162;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

impl Civil {
    /// The day so many days after 1970-01-01.
    pub(super) fn from_day_number(days: i64) -> Self {
        let since = days + EPOCH;
        let mut year = since.div_euclid(CENTURIES) * 400 + 1;
        let mut left = since.rem_euclid(CENTURIES);
        // A good guess of the year is at most one too high or too low.
        let guess = (left / 366).min(399);
        year += guess;
        left = since - (day_number(year, 1, 1) + EPOCH);
        while left >= days_in_year(year) {
            left -= days_in_year(year);
            year += 1;
        }
        let mut month = 1;
        while left >= days_in_month(year, month) {
            left -= days_in_month(year, month);
            month += 1;
        }
        Self { year, month, day: left + 1 }
    }
}

/// Days from 1970-01-01 to a day; months and days beyond their ends count on.
pub(super) fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let before = year - 1;
    let years = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months: i64 = (1..month).map(|month| days_in_month(year, month)).sum();
    years + months + day - 1 - EPOCH
}

/// The day of the week, Sunday being 0.
pub(super) fn weekday(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}

/// How many days a month has, counted from 1 to 12.
pub(super) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(days_in_year(year) == 366),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How many days a year has.
pub(super) fn days_in_year(year: i64) -> i64 {
    let leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    365 + i64::from(leap)
}
