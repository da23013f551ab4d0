//! Makes a moment of the parts that a text named, in the order in which PHP adds them.

use super::calendar::{self, Civil, DAY};
use super::fields::{Clock, Fields};
use super::offset::{self, Offset};
use super::relative::{Choice, Edge, Relative, Special};
use crate::time::{Millis, Zone};

/// A moment, and what happened on the way to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reckoned {
    pub(super) at: Millis,
    /// The named day is none of the named month.
    pub(super) impossible_date: bool,
    /// A month was named without a day, and has none of the reference time's number.
    pub(super) kept_day_too_large: bool,
    /// Adding months or years led to a month without such a day.
    pub(super) month_overflowed: bool,
}

/// Days of 290 million years, a little less than milliseconds of 64 bits can count.
const FARTHEST_DAY: i64 = 106_000_000_000;

/// The moment that the fields mean; none where it lies beyond what milliseconds can count.
pub(super) fn reckon(fields: &Fields, now: Millis, zone: &Zone) -> Option<Reckoned> {
    let wall = Offset::Zone(*zone).wall_seconds(now.get().div_euclid(1_000));
    let today = Civil::from_day_number(wall.div_euclid(DAY));
    let relative = &fields.relative;

    let clock = fields.clock();
    let named = [fields.year, fields.month, fields.day, clock.hour, clock.minute, clock.second];
    let micros_now = if named.iter().any(Option::is_some) { 0 } else { now.get().rem_euclid(1_000) * 1_000 };
    let time = seconds_of_day(&clock, wall.rem_euclid(DAY));

    let mut date =
        Civil { year: fields.year.unwrap_or(today.year), month: fields.month.unwrap_or(today.month), day: fields.day.unwrap_or(today.day) };
    in_reach(&date)?;
    let (impossible_date, kept_day_too_large) = overflows(&date, fields);

    let mut months = relative.months;
    match relative.special {
        Some(Special::OfMonth) => (date.day, date.month, months) = (1, date.month.checked_add(months)?, 0),
        Some(Special::FromMonthEnd) => (date.day, date.month, months) = (1, date.month.checked_add(months)?.checked_add(1)?, 0),
        _ => {}
    }
    end_of_month(&mut date, relative.edge)?;
    // A time of 24:00 is the next day already when days are named.
    let mut day = day_number(&date)? + time.div_euclid(DAY);
    day = if let Some(weekday) = relative.weekday { named_day(day, weekday, relative) } else { day };

    let date = Civil::from_day_number(day);
    let mut date = Civil { year: date.year.checked_add(relative.years)?, month: date.month.checked_add(months)?, day: date.day };
    let month_overflowed = (months != 0 || relative.years != 0) && relative.edge.is_none() && beyond_month(&date)?;
    date.day = date.day.checked_add(relative.days)?;
    end_of_month(&mut date, relative.edge)?;
    let day = day_number(&date)?;
    if day.abs() > FARTHEST_DAY {
        return None;
    }
    // Hours are moved on the wall clock, across changes of the clock too.
    let micros = clock.micros.unwrap_or(micros_now).checked_add(relative.micros)?;
    let mut reading = (day * DAY + time.rem_euclid(DAY)).checked_add(relative.seconds)?.checked_add(micros.div_euclid(1_000_000))?;
    if let Some(Special::Weekdays(count)) = relative.special {
        // Counted from the day that is reached with the hours: an hour before Monday it is Sunday.
        reading = weekdays(reading.div_euclid(DAY), count)?.checked_mul(DAY)?.checked_add(reading.rem_euclid(DAY))?;
    }
    let at = match fields.offset {
        Some(place) => offset::moment(reading, &place, true),
        None => offset::moment(reading, &Offset::Zone(*zone), false),
    }?;
    let at = at.checked_mul(1_000)?.checked_add(micros.rem_euclid(1_000_000) / 1_000)?;
    Some(Reckoned { at: Millis::new(at), impossible_date, kept_day_too_large, month_overflowed })
}

/// The seconds since the day began; more than a day for 24:00.
fn seconds_of_day(clock: &Clock, now: i64) -> i64 {
    let hour = clock.hour.unwrap_or(now / 3_600);
    let minute = clock.minute.unwrap_or(now / 60 % 60);
    let second = clock.second.unwrap_or(now % 60);
    hour * 3_600 + minute * 60 + second
}

/// Goes to the first or the last day of the month.
fn end_of_month(date: &mut Civil, edge: Option<Edge>) -> Option<()> {
    match edge {
        Some(Edge::First) => date.day = 1,
        Some(Edge::Last) => (date.month, date.day) = (date.month.checked_add(1)?, 0),
        None => {}
    }
    Some(())
}

fn in_reach(date: &Civil) -> Option<()> {
    (date.year.abs() < FARTHEST_DAY / 365).then_some(())
}

fn day_number(date: &Civil) -> Option<i64> {
    let year = date.year.checked_add((date.month - 1).div_euclid(12))?;
    let month = (date.month - 1).rem_euclid(12) + 1;
    in_reach(&Civil { year, ..*date })?;
    calendar::day_number(year, month, 0).checked_add(date.day).filter(|day| day.abs() < 2 * FARTHEST_DAY)
}

/// Whether the month, which may count on beyond December, ends before the day.
fn beyond_month(date: &Civil) -> Option<bool> {
    let first = Civil::from_day_number(day_number(&Civil { day: 1, ..*date })?);
    Some(date.day > calendar::days_in_month(first.year, first.month))
}

/// Whether a named day, or the day of the reference time, is none of the month.
fn overflows(date: &Civil, fields: &Fields) -> (bool, bool) {
    let replaced = fields.relative.edge.is_some() || matches!(fields.relative.special, Some(Special::OfMonth | Special::FromMonthEnd));
    let exists = (1..=12).contains(&date.month) && (1..=calendar::days_in_month(date.year, date.month)).contains(&date.day);
    if exists || replaced || fields.counts_from_new_year {
        return (false, false);
    }
    (fields.day.is_some() || !(1..=12).contains(&date.month), fields.day.is_none())
}

/// The day with a name that is meant from a day on.
fn named_day(day: i64, weekday: i64, relative: &Relative) -> i64 {
    let today = calendar::weekday(day);
    if relative.choice == Choice::InWeek {
        // A week ends on its Sunday.
        let today = if today == 0 { 7 } else { today };
        let weekday = if weekday == 0 { 7 } else { weekday };
        return day - today + weekday;
    }
    if weekday < 0 {
        return day - (7 + weekday + today);
    }
    let ahead = weekday - today;
    let passed = if relative.days < 0 {
        ahead < 0
    } else {
        match relative.choice {
            Choice::After => ahead <= 0,
            Choice::From | Choice::InWeek => ahead < 0,
        }
    };
    day + ahead + if passed { 7 } else { 0 }
}

/// So many days from Monday to Friday later or earlier. From a weekend, counting begins at the weekday before it, or
/// after it when counting back.
fn weekdays(day: i64, count: i64) -> Option<i64> {
    let today = calendar::weekday(day);
    let (forward, whole_weeks) = (count > 0, count / 5 * 7);
    let rest = count % 5;
    let day = day.checked_add(whole_weeks)?;
    // Monday is 0 when counting forward, Friday when counting back; the weekend is 5 and 6 in the order of walking.
    let place = if forward { (today + 6) % 7 } else { (5 - today).rem_euclid(7) };
    let walked = match (place, rest.abs()) {
        (5.., 0) => 4 - place,
        (5.., rest) => rest + 6 - place,
        (place, rest) if place + rest > 4 => rest + 2,
        (_, rest) => rest,
    };
    Some(if forward { day + walked } else { day - walked })
}
