//! Time zones: as they stand in a text, and between wall clock and time line.

use chrono::Offset as _;
use chrono_tz::OffsetComponents as _;

use super::abbreviations;
use super::calendar::{self, Civil, DAY};
use super::cursor::{Cursor, lower};
use crate::time::{Millis, Zone};

/// Where a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offset {
    /// Always so many seconds east of Greenwich.
    Fixed(i64),
    /// A place with rules.
    Zone(Zone),
}

impl Offset {
    /// What a clock here shows at a moment in seconds: seconds since 1970 as if it stood in Greenwich.
    pub(super) fn wall_seconds(&self, at: i64) -> i64 {
        at.saturating_add(match self {
            Self::Fixed(seconds) => *seconds,
            Self::Zone(zone) => seconds_east(at, zone),
        })
    }
}

/// Reads `+02:00`, `GMT+2`, `CEST`, `(CET)`, `Europe/Berlin`.
pub(super) fn parse(piece: &[u8]) -> Option<Offset> {
    let mut cursor = Cursor::new(piece);
    cursor.skip(|byte| matches!(byte, b' ' | b'\t' | b'('));
    if matches!(cursor.rest(), [b'G', b'M', b'T', b'+' | b'-', ..]) {
        cursor.take(3, |_| true);
    }
    if let Some(sign @ (b'+' | b'-')) = cursor.peek() {
        cursor.take(1, |_| true);
        let seconds = clock_seconds(cursor.rest())?;
        return Some(Offset::Fixed(if sign == b'-' { -seconds } else { seconds }));
    }
    let word = lower(cursor.take(usize::MAX, |byte| !matches!(byte, b' ' | b')' | 0)));
    let fixed = abbreviations::seconds(&word).map(Offset::Fixed);
    fixed.or_else(|| Zone::by_name(&word).map(Offset::Zone))
}

/// `2`, `02`, `230`, `0230`, `02:30`, `023015`, `02:30:15` as seconds.
fn clock_seconds(written: &[u8]) -> Option<i64> {
    let digits = Cursor::new(written).take(6, |byte| byte.is_ascii_digit()).len();
    let mut cursor = Cursor::new(written);
    // Three digits are an hour and minutes, although the format takes them otherwise.
    let mut parts = [0; 3];
    let first = if digits == 3 { 1 } else { 2 };
    for (i, part) in parts.iter_mut().enumerate() {
        match cursor.number(if i == 0 { first } else { 2 }) {
            Some(number) => *part = number.value,
            None if i == 0 => return None,
            None => break,
        }
    }
    Some(parts[0] * 3_600 + parts[1] * 60 + parts[2])
}

/// The day on the wall clock of a zone at a moment in seconds.
pub(super) fn wall(at: i64, zone: &Zone) -> Civil {
    Civil::from_day_number(Offset::Zone(*zone).wall_seconds(at).div_euclid(DAY))
}

/// The moment in seconds at which the clock shows this. `named` if the text itself names the zone.
pub(super) fn moment(wall: i64, offset: &Offset, named: bool) -> Option<i64> {
    let east = match offset {
        Offset::Fixed(seconds) => *seconds,
        Offset::Zone(zone) => east_at_wall(wall, zone, named),
    };
    wall.checked_sub(east)
}

/// Which offset holds when the wall clock shows this, in hours that exist twice or not at all just as PHP chooses it:
/// from the offset at this reading taken as UTC, corrected once, unless the corrected one does not hold there itself.
fn east_at_wall(wall: i64, zone: &Zone, named: bool) -> i64 {
    let guess = seconds_east(wall, zone);
    let corrected = seconds_east(wall.saturating_sub(guess), zone);
    if guess == corrected {
        if named && guess >= 0 && !summer_time(wall, zone) {
            let earlier = seconds_east(wall.saturating_sub(guess + 7_200), zone);
            if earlier > guess && seconds_east(wall.saturating_sub(earlier), zone) == earlier {
                return earlier;
            }
        }
        return guess;
    }
    if corrected < guess || seconds_east(wall.saturating_sub(corrected), zone) == corrected { corrected } else { guess }
}

/// The first year after those whose changes of the clock are known one by one.
const KNOWN_UNTIL: i32 = 2098;
/// After so many years the weekdays come back in the same order, as long as no century is between.
const CYCLE: i64 = 28;

/// Seconds east of Greenwich at a moment in seconds.
fn seconds_east(at: i64, zone: &Zone) -> i64 {
    zone.wall(known(at)).map_or(0, |wall| i64::from(wall.offset().fix().local_minus_utc()))
}

/// Whether the clock is moved from the zone's standard time at a moment in seconds.
fn summer_time(at: i64, zone: &Zone) -> bool {
    zone.wall(known(at)).is_some_and(|wall| !wall.offset().dst_offset().is_zero())
}

/// A moment with the same rules among those whose changes of the clock are known.
fn known(at: i64) -> Millis {
    let year = Civil::from_day_number(at.div_euclid(DAY)).year;
    let at = match year {
        ..1800 => calendar::day_number(1800, 1, 1) * DAY,
        year if year >= i64::from(KNOWN_UNTIL) => {
            at - calendar::day_number(year, 1, 1) * DAY + calendar::day_number(alike(year), 1, 1) * DAY
        }
        _ => at,
    };
    Millis::new(at * 1_000)
}

/// A year with known changes of the clock that has the same calendar.
fn alike(year: i64) -> i64 {
    let first = |year| calendar::weekday(calendar::day_number(year, 1, 1));
    let known = i64::from(KNOWN_UNTIL);
    (known - CYCLE..known)
        .find(|candidate| first(*candidate) == first(year) && calendar::days_in_year(*candidate) == calendar::days_in_year(year))
        .unwrap_or(known - 1)
}
