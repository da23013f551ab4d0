//! Pieces that name a time of day.

use super::cursor::Cursor;
use super::fields::{Clock, Fields, Refusal};
use super::offset;

/// `7pm`, `7:30 p.m.`, `4:08:37`.
pub(super) fn clock12(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    fields.begin_time()?;
    hands(fields, cursor)?;
    half(fields, cursor)
}

/// `19:30`, `t19:30:15.5`, perhaps with a zone behind.
pub(super) fn clock24(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    fields.begin_time()?;
    hands(fields, cursor)?;
    zone_behind(fields, cursor)
}

/// `19:30:15` behind the name of a month and a day, where PHP refuses a point in front of the seconds.
pub(super) fn clock24_behind_day(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    // What stands between the day and the hour may be a point as well.
    let clock = cursor.rest().iter().copied().skip_while(|byte| !byte.is_ascii_digit());
    let second_mark = clock.filter(|byte| matches!(byte, b':' | b'.')).nth(1);
    if second_mark == Some(b'.') { Err(Refusal::Unknown) } else { clock24(fields, cursor) }
}

/// Hours, and what follows of minutes, seconds and their fraction.
fn hands(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    fields.clock.hour = Some(number(cursor)?);
    for hand in [&mut fields.clock.minute, &mut fields.clock.second] {
        if !matches!(cursor.peek(), Some(b':' | b'.')) {
            return Ok(());
        }
        // `7p.m.` has a point behind its hour as well, and no digits behind the point.
        let Some(number) = cursor.number(2) else { return Ok(()) };
        *hand = Some(number.value);
    }
    if matches!(cursor.peek(), Some(b':' | b'.')) && cursor.rest().get(1).is_some_and(u8::is_ascii_digit) {
        fields.clock.micros = Some(cursor.micros());
    }
    Ok(())
}

/// `am` and `pm`.
fn half(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    cursor.skip(|byte| !matches!(byte, b'A' | b'a' | b'P' | b'p'));
    let hour = fields.clock.hour.ok_or(Refusal::Unknown)?;
    fields.clock.hour = Some(match cursor.peek() {
        Some(b'a' | b'A') if hour == 12 => 0,
        Some(b'p' | b'P') if hour != 12 => hour + 12,
        _ => hour,
    });
    Ok(())
}

/// A zone behind a time belongs to it; it is not counted as one that stands alone.
fn zone_behind(fields: &mut Fields, cursor: &Cursor<'_>) -> Result<(), Refusal> {
    if cursor.peek().is_some() {
        fields.offset = Some(offset::parse(cursor.rest()).ok_or(Refusal::Unknown)?);
    }
    Ok(())
}

/// `1930`: a time, and behind a time a year.
pub(super) fn digits(fields: &mut Fields, piece: &[u8]) -> Result<(), Refusal> {
    let mut cursor = Cursor::new(piece);
    match fields.times() {
        0 => {
            fields.clock.hour = Some(number(&mut cursor)?);
            fields.clock.minute = Some(number(&mut cursor)?);
            fields.clock.second = Some(0);
            fields.digits_as_clock = piece.len() == 4;
        }
        1 => {
            fields.year = cursor.number(4).map(|number| number.value);
            fields.digits_as_clock = false;
        }
        _ => return Err(Refusal::Twice),
    }
    fields.count_time();
    Ok(())
}

/// `193015`.
pub(super) fn long_digits(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    fields.begin_time()?;
    fields.clock = Clock::at(number(cursor)?, number(cursor)?, number(cursor)?, 0);
    zone_behind(fields, cursor)
}

/// The time in a format that has both: hours, minutes, seconds and, if there are any, fraction and zone.
pub(super) fn behind_date(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    fields.clock = Clock::at(number(cursor)?, number(cursor)?, number(cursor)?, 0);
    if cursor.peek() == Some(b'.') {
        fields.clock.micros = Some(cursor.micros());
    }
    zone_behind(fields, cursor)
}

/// `noon`.
pub(super) fn noon(fields: &mut Fields) -> Result<(), Refusal> {
    fields.reset_time();
    fields.begin_time()?;
    fields.clock.hour = Some(12);
    Ok(())
}

/// `back of 7pm` is a quarter past, `front of 7pm` a quarter to, and so is `Back of` with a capital in PHP.
pub(super) fn back_or_front(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    let back = cursor.peek() == Some(b'b');
    fields.reset_time();
    fields.begin_time()?;
    let hour = number(cursor)?;
    let (hour, minute) = if back { (hour, 15) } else { (hour - 1, 45) };
    (fields.clock.hour, fields.clock.minute) = (Some(hour), Some(minute));
    if cursor.peek().is_some() { half(fields, cursor) } else { Ok(()) }
}

fn number(cursor: &mut Cursor<'_>) -> Result<i64, Refusal> {
    cursor.number(2).map(|number| number.value).ok_or(Refusal::Unknown)
}
