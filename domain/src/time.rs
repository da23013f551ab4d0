//! Moments, days and time zones, and how they are shown. The clock itself is an argument everywhere.

use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, Offset, SecondsFormat, TimeZone, Timelike};
use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::problem::Problem;

/// A moment: UTC milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(i64);

impl Millis {
    /// The moment this many milliseconds after 1970-01-01T00:00:00Z.
    pub const fn new(millis: i64) -> Self {
        Self(millis)
    }

    /// The milliseconds, as the database stores them.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The moment this many milliseconds later (earlier if negative), without overflow.
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// The time zone in which a client's moments are shown and typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(chrono_tz::UTC);

    /// The IANA name, `Europe/Berlin`.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The zone of an IANA name in any case, `europe/berlin`.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name)).copied().map(Self)
    }

    /// The wall clock at a moment, if the calendar reaches that far.
    pub(crate) fn wall(&self, at: Millis) -> Option<DateTime<chrono_tz::Tz>> {
        DateTime::from_timestamp_millis(at.get()).map(|utc| utc.with_timezone(&self.0))
    }

    /// The moment at which the wall clock shows this. Of the two in autumn the earlier one; in the hour that spring
    /// leaves out, the moment reckoned with the offset from before.
    pub(crate) fn moment(&self, wall: chrono::NaiveDateTime) -> Millis {
        let local = self.0.from_local_datetime(&wall).earliest().map(|at| at.timestamp_millis());
        Millis(local.unwrap_or_else(|| {
            let before = wall - chrono::Duration::hours(3);
            let offset = self.0.offset_from_local_datetime(&before).earliest().map_or(0, |o| o.fix().local_minus_utc());
            wall.and_utc().timestamp_millis() - i64::from(offset) * 1_000
        }))
    }
}

impl Default for Zone {
    fn default() -> Self {
        Zone(chrono_tz::Europe::Berlin)
    }
}

impl FromStr for Zone {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Zone).map_err(|_| Problem::UnknownZone)
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(|_| serde::de::Error::custom("unknown time zone"))
    }
}

/// Days between year 1 and 1970, as chrono counts them.
const EPOCH_FROM_CE: i64 = 719_163;

/// The day this many days after 1970-01-01; none outside the calendar.
pub(crate) fn day(days: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(days.checked_add(EPOCH_FROM_CE)?).ok()?)
}

/// The days between 1970-01-01 and a day.
pub(crate) fn days(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) - EPOCH_FROM_CE
}

/// The day that a moment belongs to in a zone, as days since 1970-01-01.
pub fn day_of(at: Millis, zone: &Zone) -> i64 {
    zone.wall(at).map_or(at.get().div_euclid(86_400_000), |wall| days(wall.date_naive()))
}

const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn date_words(date: impl Datelike, lang: Lang) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match lang {
        Lang::De => format!("{day:02}.{month:02}.{year:04}"),
        Lang::En => format!("{day} {} {year:04}", MONTHS_EN[date.month0() as usize]),
    }
}

/// A day given as days since 1970-01-01: `22.11.2026` or `22 Nov 2026`. Beyond the calendar it shows nothing.
pub fn show_date(days: i64, lang: Lang) -> String {
    day(days).map_or_else(String::new, |date| date_words(date, lang))
}

/// A moment on the wall clock of a zone, to the minute: `22.11.2026 10:30` or `22 Nov 2026, 10:30`.
pub fn show_time(at: Millis, lang: Lang, zone: &Zone) -> String {
    let Some(wall) = zone.wall(at) else { return String::new() };
    let comma = match lang {
        Lang::De => "",
        Lang::En => ",",
    };
    format!("{}{comma} {:02}:{:02}", date_words(wall.naive_local(), lang), wall.hour(), wall.minute())
}

/// A moment on the wall clock of a zone, to the second: `22.11.2026 10:30:05` or `22 Nov 2026, 10:30:05`.
pub fn show_seconds(at: Millis, lang: Lang, zone: &Zone) -> String {
    let Some(wall) = zone.wall(at) else { return String::new() };
    format!("{}:{:02}", show_time(at, lang, zone), wall.second())
}

/// A moment as RFC 3339 writes it, on the wall clock of a zone: `2026-03-31T14:25:36+02:00`, with milliseconds where
/// there are some. None beyond the calendar.
pub fn rfc3339(at: Millis, zone: &Zone) -> Option<String> {
    zone.wall(at).map(|wall| wall.to_rfc3339_opts(SecondsFormat::AutoSi, false))
}

/// A moment in UTC to the millisecond, always in the same form: `2026-03-31T12:25:36.000Z`. Beyond the calendar it is the
/// bare number.
pub fn utc(at: Millis) -> String {
    DateTime::from_timestamp_millis(at.get()).map_or_else(|| at.get().to_string(), |utc| utc.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// What the wall clock of a zone shows at a moment, as milliseconds since its 1970-01-01T00:00. None where reading that clock
/// would give another moment: in the second of the two hours of autumn that look alike, and beyond the calendar.
pub fn wall_clock(at: Millis, zone: &Zone) -> Option<i64> {
    let wall = zone.wall(at)?.naive_local();
    (zone.moment(wall) == at).then(|| wall.and_utc().timestamp_millis())
}

/// The moment at which a day begins in a zone; none outside the calendar.
pub fn start_of(days: i64, zone: &Zone) -> Option<Millis> {
    day(days)?.and_hms_opt(0, 0, 0).map(|wall| zone.moment(wall))
}

#[cfg(test)]
mod tests;
