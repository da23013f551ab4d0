//! Regular imports: where their files come from, when they are looked for, and when somebody is to hear of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::{MappingId, UserId};
use crate::lang::{Lang, Text, fill};
use crate::problem::{Invalid, Problem};
use crate::text::{Name, at_most, clean_line};
use crate::time::{Millis, Zone, day, day_of};

mod source;

pub use source::{Place, Source, matches};

/// The longest secret, in bytes: a private key of SSH has some 400, one that was made for other times 3 000.
pub const MAX_SECRET: usize = 16_000;
/// The longest name by which Lagune signs in elsewhere, in characters.
pub const MAX_LOGIN: usize = 200;

/// When a regular import looks for files; days and hours are those of the client's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timing {
    /// Every so many minutes.
    Minutes(u16),
    /// Each day at a minute of the day.
    Daily(u16),
    /// Each week on a day, 1 is Monday, at a minute of the day.
    Weekly(u8, u16),
}

impl Timing {
    /// The minutes that a form offers.
    pub const MINUTES: [u16; 5] = [5, 15, 30, 60, 240];
    /// The shortest pause, in minutes.
    pub const LEAST: u16 = 1;
    const DAY: u16 = 24 * 60;

    /// The first time after a moment. In the hour that spring leaves out it is as much later; of the two in autumn it is the
    /// first.
    pub fn next(self, after: Millis, zone: &Zone) -> Millis {
        let (weekday, minute) = match self {
            Timing::Minutes(n) => return after.plus(i64::from(n.max(Self::LEAST)) * 60_000),
            Timing::Daily(minute) => (None, minute),
            Timing::Weekly(weekday, minute) => (Some(weekday), minute),
        };
        let today = day_of(after, zone);
        let at = |date: i64| {
            use chrono::Datelike as _;
            let date = day(date)?;
            let wanted = weekday.is_none_or(|weekday| date.weekday().number_from_monday() == u32::from(weekday));
            let wall = date.and_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0)?;
            Some(zone.moment(wall)).filter(|at| wanted && *at > after)
        };
        // Eight days: today may be the day, and over.
        (today..=today + 8).find_map(at).unwrap_or(after.plus(7 * 86_400_000))
    }

    /// As people say it: `täglich um 06:30`.
    pub fn label(self, lang: Lang) -> String {
        const MINUTES: Text = Text::new("alle {n} Minuten", "every {n} minutes");
        const HOURLY: Text = Text::new("stündlich", "hourly");
        const HOURS: Text = Text::new("alle {n} Stunden", "every {n} hours");
        const DAILY: Text = Text::new("täglich um {at}", "daily at {at}");
        const WEEKLY: Text = Text::new("{day} um {at}", "{day} at {at}");
        match self {
            Timing::Minutes(60) => HOURLY.get(lang).to_owned(),
            Timing::Minutes(n) if n % 60 == 0 => fill(HOURS.get(lang), &[("n", &(n / 60).to_string())]),
            Timing::Minutes(n) => fill(MINUTES.get(lang), &[("n", &n.to_string())]),
            Timing::Daily(minute) => fill(DAILY.get(lang), &[("at", &clock(minute))]),
            Timing::Weekly(day, minute) => fill(WEEKLY.get(lang), &[("day", weekday(day).get(lang)), ("at", &clock(minute))]),
        }
    }
}

/// A minute of the day on the clock: `06:30`.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A day of the week, 1 is Monday, as in "montags".
pub fn weekday(day: u8) -> Text {
    match day {
        1 => Text::new("montags", "Mondays"),
        2 => Text::new("dienstags", "Tuesdays"),
        3 => Text::new("mittwochs", "Wednesdays"),
        4 => Text::new("donnerstags", "Thursdays"),
        5 => Text::new("freitags", "Fridays"),
        6 => Text::new("samstags", "Saturdays"),
        _ => Text::new("sonntags", "Sundays"),
    }
}

impl fmt::Display for Timing {
    /// As it is stored, and as REST has it: `15m`, `daily 06:30`, `weekly 1 06:30`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Timing::Minutes(n) => write!(out, "{n}m"),
            Timing::Daily(minute) => write!(out, "daily {}", clock(minute)),
            Timing::Weekly(day, minute) => write!(out, "weekly {day} {}", clock(minute)),
        }
    }
}

impl FromStr for Timing {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let wrong = || Problem::NotATiming;
        let minute = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            let two =
                |text: &str| text.parse::<u16>().ok().filter(|_| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()));
            let (hour, minute) = (two(hour)?, two(minute)?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["daily", at] => minute(at).map(Timing::Daily).ok_or_else(wrong),
            ["weekly", day, at] => {
                let day = day.parse::<u8>().ok().filter(|day| (1..=7).contains(day)).ok_or_else(wrong)?;
                minute(at).map(|minute| Timing::Weekly(day, minute)).ok_or_else(wrong)
            }
            [minutes] => {
                let n = minutes.strip_suffix('m').and_then(|n| n.parse::<u16>().ok());
                n.filter(|n| (Self::LEAST..=Self::DAY).contains(n)).map(Timing::Minutes).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }
}

/// Whether so many refused rows are worth a mail: more than so many per cent of all.
pub fn is_alarming(refused: u64, rows: u64, percent: u8) -> bool {
    u128::from(refused) * 100 > u128::from(rows) * u128::from(percent)
}

/// What somebody says of a regular import, word for word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// What people call it.
    pub name: String,
    /// Where the files come from, as [`Source`] is written.
    pub source: String,
    /// By which name Lagune signs in there.
    pub login: String,
    /// With which password, token or private key; empty: with the one that it has.
    pub secret: String,
    /// The id of the kept mapping; empty: columns are recognised.
    pub mapping: String,
    /// When, as [`Timing`] is written.
    pub timing: String,
    /// From how many per cent of refused rows on somebody hears of it; empty: 0.
    pub percent: String,
    /// The id of whom hears of it; empty: whoever says all this.
    pub alarm_to: String,
    /// Whether it rests.
    pub paused: bool,
}

/// The same understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What people call it.
    pub name: Name,
    /// Where the files come from.
    pub source: Source,
    /// By which name Lagune signs in there; may be empty.
    pub login: String,
    /// With which password, token or private key; empty: with the one that it has.
    pub secret: String,
    /// The kept mapping; none: columns are recognised.
    pub mapping: Option<MappingId>,
    /// When.
    pub timing: Timing,
    /// From how many per cent of refused rows on somebody hears of it.
    pub percent: u8,
    /// Who hears of it; none: whoever says all this.
    pub alarm_to: Option<UserId>,
    /// Whether it rests.
    pub paused: bool,
}

impl Typed {
    /// Reads all of it.
    ///
    /// # Errors
    /// Everything that can't stay so, each with the name of its field.
    pub fn read(self) -> Result<Wanted, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.take("name", Name::parse(&self.name));
        let source = invalid.take("source", self.source.parse::<Source>());
        let timing = invalid.take("timing", self.timing.parse::<Timing>());
        let login = invalid.take("login", login(&self.login));
        let secret = invalid.take("secret", secret(&self.secret));
        let mapping = invalid.take("mapping", number(&self.mapping).map(|id| id.map(MappingId::new)));
        let alarm_to = invalid.take("alarm_to", number(&self.alarm_to).map(|id| id.map(UserId::new)));
        let percent = invalid.take("percent", percent(&self.percent));
        let suits = source.as_ref().zip(login.as_ref()).map_or(Ok(()), |(source, login)| source.suits(login));
        let login = invalid.take("login", suits).and(login);
        match (name, source, timing, login, secret, mapping, alarm_to, percent) {
            (Some(name), Some(source), Some(timing), Some(login), Some(secret), Some(mapping), Some(alarm_to), Some(percent)) => {
                Ok(Wanted { name, source, login, secret, mapping, timing, percent, alarm_to, paused: self.paused })
            }
            _ => Err(invalid),
        }
    }
}

fn login(text: &str) -> Result<String, Problem> {
    let text = clean_line(text);
    at_most(&text, MAX_LOGIN)?;
    // RFC 7617, 2: what stands behind the first colon is the password.
    if text.contains(':') { Err(Problem::UnknownChoice { value: text }) } else { Ok(text) }
}

fn secret(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.len() > MAX_SECRET { Err(Problem::TooLong { max: MAX_SECRET as u64 }) } else { Ok(text.replace("\r\n", "\n")) }
}

fn number(text: &str) -> Result<Option<i64>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::UnknownChoice { value: text.to_owned() }),
    }
}

fn percent(text: &str) -> Result<u8, Problem> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if text.is_empty() {
        return Ok(0);
    }
    text.parse().ok().filter(|percent| *percent <= 100).ok_or(Problem::OutOfRange { min: 0, max: 100 })
}

#[cfg(test)]
mod tests;
