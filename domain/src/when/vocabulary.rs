//! The English words and what they stand for.

/// What a unit adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// So many microseconds.
    Micros(i64),
    /// So many seconds.
    Seconds(i64),
    /// So many days.
    Days(i64),
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
    /// A day with a name, Sunday being 0.
    Weekday(i64),
    /// Days from Monday to Friday.
    Weekdays,
}

/// The unit of a word in small letters.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "µs" | "µsec" | "µsecs" | "microsecond" | "microseconds" | "usec" | "usecs" => Unit::Micros(1),
        "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => Unit::Micros(1_000),
        "sec" | "secs" | "second" | "seconds" => Unit::Seconds(1),
        "min" | "mins" | "minute" | "minutes" => Unit::Seconds(60),
        "hour" | "hours" => Unit::Seconds(3_600),
        "day" | "days" => Unit::Days(1),
        "week" | "weeks" => Unit::Days(7),
        "fortnight" | "fortnights" | "forthnight" | "forthnights" => Unit::Days(14),
        "month" | "months" => Unit::Months,
        "year" | "years" => Unit::Years,
        "weekday" | "weekdays" => Unit::Weekdays,
        "sunday" | "sundays" | "sun" => Unit::Weekday(0),
        "monday" | "mondays" | "mon" => Unit::Weekday(1),
        "tuesday" | "tuesdays" | "tue" => Unit::Weekday(2),
        "wednesday" | "wednesdays" | "wed" => Unit::Weekday(3),
        "thursday" | "thursdays" | "thu" => Unit::Weekday(4),
        "friday" | "fridays" | "fri" => Unit::Weekday(5),
        "saturday" | "saturdays" | "sat" => Unit::Weekday(6),
        _ => return None,
    })
}

/// The amount of a word in small letters: `third` is 3, `last` is -1.
pub(super) fn amount(word: &str) -> Option<i64> {
    Some(match word {
        "this" => 0,
        "next" | "first" => 1,
        "last" | "previous" => -1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eight" | "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        _ => return None,
    })
}

/// The number of a month by its name in small letters, in full, short, or in Roman digits.
pub(super) fn month(word: &str) -> Option<i64> {
    Some(match word {
        "january" | "jan" | "i" => 1,
        "february" | "feb" | "ii" => 2,
        "march" | "mar" | "iii" => 3,
        "april" | "apr" | "iv" => 4,
        "may" | "v" => 5,
        "june" | "jun" | "vi" => 6,
        "july" | "jul" | "vii" => 7,
        "august" | "aug" | "viii" => 8,
        "september" | "sept" | "sep" | "ix" => 9,
        "october" | "oct" | "x" => 10,
        "november" | "nov" | "xi" => 11,
        "december" | "dec" | "xii" => 12,
        _ => return None,
    })
}
