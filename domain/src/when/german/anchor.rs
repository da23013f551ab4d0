//! Beginnings and ends of months, years, weeks and quarters, and days counted in a month, in German.

use super::super::calendar::{self, Civil};
use super::parse::Parser;
use super::token::Kind;
use super::words::{self, Place, Unit};

/// A span of time that has a beginning and an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    /// So many units from today's.
    From(Unit, i64),
    /// A month of a year, or of this one.
    Month(i64, Option<i64>),
    /// A year.
    Year(i64),
}

impl Parser {
    /// `Monatsanfang`, `nächstes Quartalsende`, `Ende letzten Monats`, `Anfang 2027`, `Wochenende`, `im Jahr 2027`.
    pub(super) fn anchor(&mut self) -> bool {
        let Some(first) = self.next_word() else { return false };
        let (directed, word) = match words::direction(&first) {
            Some(direction) => match self.next_word() {
                Some(word) => (Some(direction), word),
                None => return false,
            },
            None => (None, first),
        };
        if let Some((place, unit)) = words::compound(&word) {
            let year = if unit == Unit::Year && directed.is_none() { self.year() } else { None };
            let weekend = word.starts_with("wochenende");
            let span = year.map_or(Span::From(unit, directed.unwrap_or(0)), Span::Year);
            let Some((from, to)) = bounds(span, &self.today) else { return false };
            return self.push_day(if weekend { to - 1 } else { in_span(place, from, to) });
        }
        if directed.is_some() {
            return false;
        }
        if words::unit(&word) == Some(Unit::Year) {
            return match self.year() {
                Some(year) => self.push_day(calendar::day_number(year, 1, 1)),
                None => false,
            };
        }
        let Some(place) = words::place(&word) else { return false };
        let Some((from, to)) = self.span().and_then(|span| bounds(span, &self.today)) else { return false };
        self.push_day(in_span(place, from, to))
    }

    /// `erster Tag des nächsten Monats`, `letzter Freitag im Monat`, `zweiter Dienstag im Januar 2027`,
    /// `letzter Werktag des Monats`.
    pub(super) fn nth_of(&mut self) -> bool {
        let begun = self.position();
        let understood = self.nth_of_span();
        if !understood {
            self.back_to(begun);
        }
        understood
    }

    fn nth_of_span(&mut self) -> bool {
        let nth = match self.peek() {
            Some(Kind::Nth(n @ 1..=12)) => Some(*n),
            Some(Kind::Word(word)) => words::nth(word).or_else(|| words::direction(word).filter(|direction| *direction < 0)),
            _ => None,
        };
        let Some(nth) = nth else { return false };
        self.step();
        let behind = self.position();
        let Some(word) = self.next_word() else { return false };
        let (weekday, unit) = (words::weekday(&word), words::unit(&word));
        if weekday.is_none() && unit.is_none() {
            // “am Ersten des Monats”, “Letzter im Februar”.
            self.back_to(behind);
            let in_month = self.span().filter(|span| matches!(span, Span::From(Unit::Month, _) | Span::Month(..)));
            return match in_month.and_then(|span| bounds(span, &self.today)) {
                Some((from, to)) => self.push_day(if nth > 0 { from + nth - 1 } else { to + nth + 1 }),
                None => false,
            };
        }
        let Some(span) = self.span() else {
            // “erster Montag” without a month is the next one, as in English.
            return match weekday {
                Some(day) if nth > 0 => {
                    self.days.push(format!("{} {day}", english(nth)));
                    true
                }
                _ => false,
            };
        };
        let Some((from, to)) = bounds(span, &self.today) else { return false };
        match (weekday, unit) {
            (Some(day), _) => {
                // The day is named in the first or last month of the span.
                let Civil { year, month, .. } = Civil::from_day_number(if nth > 0 { from } else { to });
                self.days.push(format!("{} {day} of {} {year:04}", english(nth), words::MONTHS[usize::try_from(month - 1).unwrap_or(0)]));
                if nth < -1 {
                    self.added.push(Unit::Week.times(nth + 1));
                }
                !matches!(span, Span::From(Unit::Week | Unit::Day, _))
            }
            (None, Some(Unit::Day)) => match (span, nth) {
                // As in English the time of day stays.
                (Span::From(Unit::Month, months), 1 | -1) => {
                    let edge = if nth == 1 { "first day of" } else { "last day of" };
                    self.days.push(format!("{edge} {}", Unit::Month.times(months)));
                    true
                }
                _ => self.push_day(if nth > 0 { from + nth - 1 } else { to + nth + 1 }),
            },
            (None, Some(Unit::Workday)) => {
                self.added.push(Unit::Workday.times(nth));
                self.push_day(if nth > 0 { from - 1 } else { to + 1 })
            }
            _ => false,
        }
    }

    /// `15. des nächsten Monats`, and `15.` for the one of this month.
    pub(super) fn day_of_month(&mut self) -> bool {
        let Some(&Kind::Nth(day @ 1..=31)) = self.peek() else { return false };
        self.step();
        let begun = self.position();
        let span = self.span().filter(|span| matches!(span, Span::From(Unit::Month, _)));
        if span.is_none() {
            self.back_to(begun);
        }
        let Some((from, _)) = bounds(span.unwrap_or(Span::From(Unit::Month, 0)), &self.today) else { return false };
        let Civil { year, month, .. } = Civil::from_day_number(from);
        self.days.push(format!("{year:04}-{month:02}-{day:02}"));
        (0..=9_999).contains(&year)
    }

    /// `des nächsten Monats`, `im Januar 2027`, `dieser Woche`, `2027`.
    fn span(&mut self) -> Option<Span> {
        while matches!(self.peek_word(), Some("des" | "der" | "im" | "in" | "vom" | "von" | "dem" | "diesem")) {
            self.step();
        }
        if let Some(year) = self.year() {
            return Some(Span::Year(year));
        }
        let word = self.next_word()?;
        if let Some(direction) = words::direction(&word) {
            return words::unit(&self.next_word()?).map(|unit| Span::From(unit, direction));
        }
        if let Some(month) = words::month(&word) {
            return Some(Span::Month(month, self.year()));
        }
        match words::unit(&word)? {
            Unit::Year => Some(self.year().map_or(Span::From(Unit::Year, 0), Span::Year)),
            unit => Some(Span::From(unit, 0)),
        }
    }

    /// A day as a date; at most the year 9999 can be written.
    fn push_day(&mut self, day: i64) -> bool {
        let Civil { year, month, day } = Civil::from_day_number(day);
        self.days.push(format!("{year:04}-{month:02}-{day:02}"));
        (0..=9_999).contains(&year)
    }
}

fn english(nth: i64) -> &'static str {
    if nth < 0 { "last" } else { words::NTH_ENGLISH[usize::try_from(nth - 1).unwrap_or(0).min(11)] }
}

fn in_span(place: Place, from: i64, to: i64) -> i64 {
    match place {
        Place::Start => from,
        // The middle of a month is its fifteenth, however many days it has.
        Place::Middle if (27..31).contains(&(to - from)) => from + 14,
        Place::Middle => from + (to - from) / 2,
        Place::End => to,
    }
}

/// The first and the last day of a span, as days since 1970.
fn bounds(span: Span, today: &Civil) -> Option<(i64, i64)> {
    let Civil { year, month, day } = *today;
    let (year, month, months) = match span {
        Span::From(Unit::Month, n) => (year, month + n, 1),
        Span::From(Unit::Quarter, n) => (year, (month - 1) / 3 * 3 + 1 + n * 3, 3),
        Span::From(Unit::Year, n) => (year + n, 1, 12),
        Span::From(Unit::Week, n) => {
            let today = calendar::day_number(year, month, day);
            let monday = today - (calendar::weekday(today) + 6) % 7 + n * 7;
            return Some((monday, monday + 6));
        }
        Span::From(Unit::Day, n) => {
            let day = calendar::day_number(year, month, day + n);
            return Some((day, day));
        }
        Span::From(..) => return None,
        Span::Month(month, of) => (of.unwrap_or(year), month, 1),
        Span::Year(year) => (year, 1, 12),
    };
    Some((calendar::day_number(year, month, 1), calendar::day_number(year, month + months, 0)))
}
