//! Times of day.

use chrono::NaiveTime;

/// A time of day, and how many seconds it is ahead of UTC if that is written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    pub(super) offset: Option<i32>,
}

/// Reads `14:30`, `14:30:15`, `14:30:15.250`, `2:30 PM`, `14:30 Uhr`, each with `Z`, `UTC` or `+01:00` behind it.
pub(super) fn parse(text: &str) -> Option<Clock> {
    let (hour, rest) = number(text, 1..=2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2..=2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest, 2..=2)?,
        None => (0, rest),
    };
    let (millis, rest) = match rest.strip_prefix(['.', ',']) {
        Some(rest) => fraction(rest)?,
        None => (0, rest),
    };
    let (hour, rest) = half_of_day(hour, rest.trim_start())?;
    let time = NaiveTime::from_hms_milli_opt(hour, minute, second, millis)?;
    Some(Clock { time, offset: offset(rest)? })
}

/// Digits in front, as many as allowed.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(u32, &str)> {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = digits.contains(&n).then(|| text.split_at(n))?;
    Some((number.parse().ok()?, rest))
}

/// A part of a second in milliseconds; what is finer is dropped.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = (1..=9).contains(&n).then(|| text.split_at(n))?;
    let millis = digits.bytes().chain(*b"00").take(3).fold(0, |n, b| n * 10 + u32::from(b - b'0'));
    Some((millis, rest))
}

/// `AM`, `PM` and `Uhr` behind the digits.
fn half_of_day(hour: u32, rest: &str) -> Option<(u32, &str)> {
    let ends = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let behind = |word: &str| rest[word.len()..].trim_start();
    for (word, noon) in [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)] {
        if ends(word) {
            return (1..=12).contains(&hour).then(|| (hour % 12 + noon, behind(word)));
        }
    }
    Some((hour, if ends("uhr") { behind("uhr") } else { rest }))
}

/// Seconds ahead of UTC; the outer none means that it is not readable.
fn offset(text: &str) -> Option<Option<i32>> {
    if text.is_empty() {
        return Some(None);
    }
    if ["z", "utc", "gmt"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(Some(0));
    }
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = number(&text[1..], 2..=4)?;
    let (hours, minutes) = match (text.len(), rest.strip_prefix(':')) {
        (3, _) => (hours, 0),
        (5, None) => (hours / 100, hours % 100),
        (6, Some(rest)) => (hours, number(rest, 2..=2)?.0),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    (hours <= 14 && minutes < 60).then_some(Some(sign * seconds))
}
