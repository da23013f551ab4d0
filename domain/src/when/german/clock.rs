//! Times of day and dates in German.

use super::parse::Parser;
use super::token::Kind;
use super::words;

impl Parser {
    /// `9 Uhr`, `um 9:30`, `9 Uhr 30`, `halb zehn`, `Mitternacht`, `8 Uhr abends`, `morgen früh um 7`.
    pub(super) fn clock_time(&mut self) -> bool {
        let begun = self.position();
        // “morgen früh um 7”, “8 Uhr abends”.
        let before = if self.peek_word() == Some("mittags") { None } else { self.part_of_day() };
        let Some((hour, minute, second)) = self.hands() else {
            self.back_to(begun);
            return false;
        };
        let after_noon = before.or_else(|| self.part_of_day()).unwrap_or(false);
        let hour = if after_noon && hour < 12 { hour + 12 } else { hour };
        if !(0..=24).contains(&hour) || !(0..60).contains(&minute) || !(0..=60).contains(&second) {
            self.back_to(begun);
            return false;
        }
        self.clock.push(format!("{hour:02}:{minute:02}:{second:02}"));
        true
    }

    fn part_of_day(&mut self) -> Option<bool> {
        let after_noon = self.peek_word().and_then(words::is_after_noon);
        if after_noon.is_some() {
            self.step();
        }
        after_noon
    }

    fn hands(&mut self) -> Option<(i64, i64, i64)> {
        match self.peek_word() {
            Some("mitternacht") => {
                self.step();
                return Some((0, 0, 0));
            }
            Some("mittag" | "mittags") => {
                self.step();
                return Some((12, 0, 0));
            }
            _ => {}
        }
        let after_um = self.peek_word() == Some("um");
        if after_um {
            self.step();
            if let Some("mitternacht" | "mittag") = self.peek_word() {
                return self.hands();
            }
        }
        // Said as a part of the hour that follows, or after one.
        let part = match self.peek_word() {
            Some("halb") => Some((-1, 30)),
            Some("viertel") => {
                self.step();
                match self.peek_word() {
                    Some("nach") => Some((0, 15)),
                    Some("vor") => Some((-1, 45)),
                    _ => return None,
                }
            }
            _ => None,
        };
        if let Some((hours, minute)) = part {
            self.step();
            let hour = self.hour()? + hours;
            self.uhr();
            return Some((hour, minute, 0));
        }
        if let Some(Kind::Clock([hour, minute, second])) = self.peek().cloned() {
            self.step();
            self.uhr();
            return Some((hour, minute, second));
        }
        let hour = self.hour()?;
        if !self.uhr() {
            return after_um.then_some((hour, 0, 0));
        }
        let minute = if let Some(Kind::Number(minute @ 0..60)) = self.peek() { Some(*minute) } else { None };
        // “9 Uhr 5 Tage” names days behind the hour.
        let begun = self.position();
        if minute.is_some() {
            self.step();
            if self.peek_word().is_some_and(|word| words::unit(word).is_some() || words::month(word).is_some()) {
                self.back_to(begun);
                return Some((hour, 0, 0));
            }
        }
        Some((hour, minute.unwrap_or(0), 0))
    }

    fn hour(&mut self) -> Option<i64> {
        let hour = match self.peek()? {
            Kind::Number(n) | Kind::Nth(n) => *n,
            Kind::Word(word) => words::amount(word)?,
            _ => return None,
        };
        self.step();
        (0..=24).contains(&hour).then_some(hour)
    }

    fn uhr(&mut self) -> bool {
        let uhr = matches!(self.peek_word(), Some("uhr" | "h"));
        if uhr {
            self.step();
        }
        uhr
    }

    /// `5.1.2027` and `5.1.`
    pub(super) fn date(&mut self) -> bool {
        let Some(Kind::Date { day, month, year }) = self.peek().cloned() else { return false };
        self.step();
        let year = year.or_else(|| self.year());
        self.push_date(day, month, year)
    }

    /// `5. Januar 2027`, `5. Januar`, `5. 1. 2027`.
    pub(super) fn day_and_month(&mut self) -> bool {
        let begun = self.position();
        let Some(&(Kind::Nth(day) | Kind::Number(day))) = self.peek() else { return false };
        self.step();
        let month = match self.peek() {
            Some(Kind::Word(word)) => words::month(word),
            Some(Kind::Nth(month)) => Some(*month),
            _ => None,
        };
        if let Some(month) = month {
            self.step();
            let year = self.year();
            if self.push_date(day, month, year) {
                return true;
            }
        }
        self.back_to(begun);
        false
    }

    /// A number of four digits is a year, unless something is counted by it.
    pub(super) fn year(&mut self) -> Option<i64> {
        let Some(&Kind::Number(year @ 1_000..=9_999)) = self.peek() else { return None };
        let begun = self.position();
        self.step();
        if self.peek_word().is_some_and(|word| words::unit(word).is_some() || word == "uhr") {
            self.back_to(begun);
            return None;
        }
        Some(year)
    }

    fn push_date(&mut self, day: i64, month: i64, year: Option<i64>) -> bool {
        if !(1..=12).contains(&month) || !(0..=31).contains(&day) || year.is_some_and(|year| !(0..=9_999).contains(&year)) {
            return false;
        }
        let name = words::MONTHS[usize::try_from(month - 1).unwrap_or(0)];
        self.days.push(year.map_or_else(|| format!("{day} {name}"), |year| format!("{year:04}-{month:02}-{day:02}")));
        true
    }
}
