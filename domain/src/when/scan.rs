//! Cuts a text into pieces and has each of them fill its fields.

use super::cursor::Cursor;
use super::date::{self, Part};
use super::fields::{Fields, Refusal};
use super::grammar::{self, Format};
use super::offset;
use super::relative::{self, Edge};
use super::time;
use super::vocabulary;
use crate::problem::Problem;

/// How much of a piece that was not understood is shown.
const SHOWN: usize = 60;

/// Reads a text by the formats of the grammar.
pub(super) fn scan(text: &str) -> Result<Fields, Problem> {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}');
    if text.is_empty() {
        return Err(Problem::Required);
    }
    let mut fields = Fields::default();
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let Some((format, end)) = grammar::longest(bytes, at).filter(|(_, end)| *end > at) else {
            at += match byte {
                // What follows blanks need not be tried once for each of them.
                b' ' | b'\t' => bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count(),
                b'.' | b',' | b'\n' | 0 => 1,
                _ => return Err(Problem::NotAMoment { part: word(text, at) }),
            };
            continue;
        };
        piece(&mut fields, format, &bytes[at..end]).map_err(|refusal| match refusal {
            Refusal::Unknown => Problem::NotAMoment { part: word(text, at) },
            Refusal::Twice => Problem::MomentGivenTwice { part: word(text, at) },
        })?;
        at = end;
    }
    Ok(fields)
}

/// The word that a place of a text lies in; behind `next` and its like the word that it belongs to as well.
fn word(text: &str, at: usize) -> String {
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let at = at + text[at..].len() - text[at..].trim_start().len();
    let begin = text[..at].char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(blank, c)| blank + c.len_utf8());
    let mut words = text[begin..].split_whitespace();
    let first = words.next().unwrap_or(text);
    let second = words.next().filter(|_| vocabulary::amount(&first.to_ascii_lowercase()).is_some());
    let part = second.map_or_else(|| first.to_owned(), |second| format!("{first} {second}"));
    part.chars().take(SHOWN).collect()
}

fn piece(fields: &mut Fields, format: Format, piece: &[u8]) -> Result<(), Refusal> {
    let cursor = &mut Cursor::new(piece);
    match format {
        Format::Now => Ok(()),
        Format::Midnight => {
            fields.reset_time();
            Ok(())
        }
        Format::Yesterday | Format::Tomorrow => {
            fields.reset_time();
            fields.relative.days = if format == Format::Tomorrow { 1 } else { -1 };
            Ok(())
        }
        Format::Noon => time::noon(fields),
        Format::BackOrFrontOf => time::back_or_front(fields, cursor),
        Format::Clock12 | Format::ClockMssql => time::clock12(fields, cursor),
        Format::Clock24 => time::clock24(fields, cursor),
        Format::ClockDigits => time::digits(fields, piece),
        Format::ClockLongDigits => time::long_digits(fields, cursor),

        Format::American => date::american(fields, cursor),
        Format::YearMonthDay if matches!(piece, [b'+' | b'-', ..]) => {
            date::read(fields, cursor, &[Part::SignedYear, Part::Month, Part::Day])
        }
        Format::YearMonthDay => date::read(fields, cursor, &[Part::Year, Part::Month, Part::Day]),
        Format::YearMonth => date::read(fields, cursor, &[Part::Year, Part::Month, Part::FirstDay]),
        Format::DayTextYear => date::read(fields, cursor, &[Part::DayNth, Part::MonthName, Part::Year]),
        Format::DayMonthYear => date::read(fields, cursor, &[Part::Day, Part::Month, Part::Year]),
        Format::TextYear => date::read(fields, cursor, &[Part::MonthName, Part::Year, Part::FirstDay]),
        Format::YearText => date::read(fields, cursor, &[Part::Year, Part::MonthName, Part::FirstDay]),
        Format::TextDayYear | Format::TextDayShortYear => date::read(fields, cursor, &[Part::MonthName, Part::Day, Part::Year]),
        Format::DayText => date::read(fields, cursor, &[Part::DayNth, Part::MonthName]),
        Format::YearTextDay => date::read(fields, cursor, &[Part::Year, Part::MonthName, Part::Day]),
        Format::YearDay => date::year_day(fields, cursor),
        Format::IsoWeek => date::iso_week(fields, cursor),
        Format::Month => date::read(fields, cursor, &[Part::MonthName]),
        Format::Year => {
            fields.year = cursor.number(4).map(|number| number.value);
            Ok(())
        }

        Format::DateAndTime => {
            fields.begin_time()?;
            date::read(fields, cursor, &[Part::Year, Part::Month, Part::Day])?;
            time::behind_date(fields, cursor)
        }
        Format::LogLine => {
            fields.begin_time()?;
            date::read(fields, cursor, &[Part::Day, Part::MonthName, Part::Year])?;
            time::behind_date(fields, cursor)
        }
        Format::TextDayClock12 | Format::TextDayClock24 => {
            date::read(fields, cursor, &[Part::MonthName, Part::Day])?;
            if format == Format::TextDayClock12 { time::clock12(fields, cursor) } else { time::clock24_behind_day(fields, cursor) }
        }

        Format::Timestamp => timestamp(fields, cursor),
        Format::Offset => {
            if fields.begin_zone()? {
                fields.offset = Some(offset::parse(piece).ok_or(Refusal::Unknown)?);
            } else {
                fields.passed_over |= offset::parse(piece).is_none();
            }
            Ok(())
        }

        Format::FirstOrLastDayOf => {
            let first = matches!(cursor.peek(), Some(b'f' | b'F'));
            fields.relative.edge = Some(if first { Edge::First } else { Edge::Last });
            Ok(())
        }
        Format::WeekdayOf => {
            relative::weekday_of(fields, cursor);
            Ok(())
        }
        Format::Weekday => relative::weekday(fields, cursor),
        Format::TextWeek => {
            relative::text_week(fields, cursor);
            Ok(())
        }
        Format::TextUnit => {
            relative::text_unit(fields, cursor);
            Ok(())
        }
        Format::NumberUnit => relative::number_unit(fields, cursor),
        Format::Ago => {
            relative::ago(&mut fields.relative);
            Ok(())
        }
    }
}

/// `@86400`: seconds since 1970 in UTC.
fn timestamp(fields: &mut Fields, cursor: &mut Cursor<'_>) -> Result<(), Refusal> {
    fields.reset_date();
    fields.reset_time();
    if !fields.begin_zone()? {
        return Ok(());
    }
    let minus = matches!(cursor.rest(), [_, b'-', ..]);
    let seconds = cursor.signed(24).ok_or(Refusal::Unknown)?;
    (fields.year, fields.month, fields.day) = (Some(1970), Some(1), Some(1));
    fields.relative.seconds = fields.relative.seconds.saturating_add(seconds);
    if cursor.peek() == Some(b'.') {
        if cursor.rest().len() == 1 {
            return Err(Refusal::Unknown);
        }
        let micros = cursor.micros();
        fields.relative.micros = if minus { -micros } else { micros };
    }
    fields.offset = Some(offset::Offset::Fixed(0));
    Ok(())
}
