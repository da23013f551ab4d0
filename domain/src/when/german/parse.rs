//! Goes through the pieces of a German text and collects English words.

use super::super::calendar::Civil;
use super::token::{Kind, Token};
use super::words::{self, Unit};

/// Reads from the front to the back; what a word means may depend on the next ones.
pub(super) struct Parser {
    tokens: Vec<Token>,
    at: usize,
    pub(super) today: Civil,
    pub(super) days: Vec<String>,
    pub(super) added: Vec<String>,
    pub(super) clock: Vec<String>,
    zone: Vec<String>,
    german: bool,
}

/// The most pieces of a text that are shown as one part.
const LONGEST_PART: usize = 5;

/// A part that was not understood, as it was written.
pub(super) type Part = String;

impl Parser {
    pub(super) fn new(tokens: Vec<Token>, today: Civil) -> Self {
        Self { tokens, at: 0, today, days: Vec::new(), added: Vec::new(), clock: Vec::new(), zone: Vec::new(), german: false }
    }

    /// Whether any word was German.
    pub(super) fn found_german(&self) -> bool {
        self.german
    }

    /// All that was collected, with commas, which no date of the grammar reaches across: `5 january -2 days` were a year.
    pub(super) fn english(&self) -> String {
        [&self.days, &self.added, &self.clock, &self.zone].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Reads everything, to the end or to the first part that was not understood.
    pub(super) fn parse(&mut self) -> Result<(), Part> {
        while let Some(token) = self.tokens.get(self.at).cloned() {
            let before = self.at;
            let understood = match &token.kind {
                Kind::Word(word) => self.word(word, &token.written),
                Kind::Number(_) => self.clock_time() || self.day_and_month() || self.amount(1),
                Kind::Nth(_) => self.day_and_month() || self.nth_of() || self.day_of_month(),
                Kind::Date { .. } => self.date(),
                Kind::Clock(_) => self.clock_time(),
                Kind::Sign(sign) => {
                    self.at += 1;
                    self.amount(*sign)
                }
                Kind::Plain => {
                    self.at += 1;
                    let bucket = if token.written.starts_with(|c: char| c.is_ascii_digit()) { &mut self.days } else { &mut self.zone };
                    bucket.push(token.written.clone());
                    true
                }
                Kind::Strange => false,
            };
            if !understood || self.at == before {
                // A word further on may be the first German one, and then it is this part that is to blame.
                self.german |= self.tokens.iter().any(|token| matches!(&token.kind, Kind::Word(word) if known(word)));
                return Err(self.part_from(before));
            }
            let german = |token: &Token| matches!(&token.kind, Kind::Word(word) if !words::is_english(word));
            self.german |= self.tokens.get(before..self.at).unwrap_or_default().iter().any(german);
        }
        Ok(())
    }

    /// What is to blame from a piece on: with it what belongs to it, up to the first word that is not known.
    fn part_from(&self, at: usize) -> Part {
        let strange = |token: &Token| matches!(&token.kind, Kind::Word(word) if !known(word) && !words::says_nothing(word));
        let behind = self.tokens.get(at..).unwrap_or_default();
        let length = behind.iter().take(LONGEST_PART).position(strange).map_or(1, |last| last + 1);
        behind[..length].iter().map(|token| token.written.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn word(&mut self, word: &str, written: &str) -> bool {
        let begun = self.at;
        let mut try_one = |read: fn(&mut Self) -> bool| {
            self.at = begun;
            read(self)
        };
        // What needs the words behind it comes before what a word means alone.
        if [Self::before_or_in, Self::clock_time, Self::nth_of, Self::anchor, Self::direction, Self::any_amount]
            .into_iter()
            .any(&mut try_one)
        {
            return true;
        }
        self.at = begun + 1;
        if self.single(word) {
            return true;
        }
        if words::says_nothing(word) {
            return true;
        }
        if words::is_english(word) {
            let zone = matches!(word, "utc" | "gmt" | "cet" | "cest" | "z");
            let bucket = if zone { &mut self.zone } else { &mut self.days };
            bucket.push(written.to_owned());
            return true;
        }
        false
    }

    /// Words that mean something alone.
    fn single(&mut self, word: &str) -> bool {
        let english = match word {
            "jetzt" | "nun" | "sofort" => "now",
            "heute" => "today",
            "gestern" => "yesterday",
            "morgen" => "tomorrow",
            "vorgestern" => "today -2 days",
            "vorvorgestern" => "today -3 days",
            "uebermorgen" => "today +2 days",
            "ueberuebermorgen" => "today +3 days",
            "mez" | "mesz" => {
                self.zone.push(if word == "mez" { "CET" } else { "CEST" }.to_owned());
                return true;
            }
            _ => {
                if let Some(day) = words::weekday(word) {
                    day
                } else if let Some(month) = words::month(word) {
                    let year = self.year();
                    let name = words::MONTHS[usize::try_from(month - 1).unwrap_or(0)];
                    self.days.push(year.map_or_else(|| name.to_owned(), |year| format!("{year:04}-{month:02}-01")));
                    return true;
                } else {
                    return false;
                }
            }
        };
        self.days.push(english.to_owned());
        true
    }

    /// `vor 5 Tagen`, `in 2 Wochen`, `plus einen Monat`; `vor 1 Woche und 2 Tagen`.
    fn before_or_in(&mut self) -> bool {
        let sign = match self.next_word().as_deref() {
            Some("vor" | "minus" | "abzueglich") => -1,
            Some("in" | "nach" | "plus" | "zuzueglich") => 1,
            _ => return false,
        };
        if !self.amount(sign) {
            return false;
        }
        loop {
            let begun = self.at;
            if self.peek_word() == Some("und") {
                self.at += 1;
            }
            // A number with a time of day or a month behind it is none of this.
            if matches!(self.peek(), Some(Kind::Sign(_))) || !self.amount(sign) {
                self.at = begun;
                return true;
            }
        }
    }

    fn any_amount(&mut self) -> bool {
        self.amount(1)
    }

    /// `5 Tage`, `eine halbe Stunde`, `2 Wochen später`, `3 Tage vor`.
    fn amount(&mut self, sign: i64) -> bool {
        let begun = self.at;
        let Some((unit, amount)) = self.amount_of_unit() else {
            self.at = begun;
            return false;
        };
        let behind = self.at;
        let turned = match self.next_word().as_deref() {
            Some("spaeter" | "danach") => Some(1),
            Some("frueher" | "zuvor" | "vorher" | "davor" | "her") => Some(-1),
            // “2 Tage vor Monatsende”; “2 Tage vor 3 Wochen” is two expressions.
            Some(word @ ("vor" | "nach")) if !self.amount_follows() => Some(if word == "vor" { -1 } else { 1 }),
            _ => None,
        };
        if turned.is_none() {
            self.at = behind;
        }
        self.added.push(unit.times(amount.saturating_mul(turned.unwrap_or(sign))));
        true
    }

    fn amount_of_unit(&mut self) -> Option<(Unit, i64)> {
        let token = self.tokens.get(self.at)?.kind.clone();
        self.at += 1;
        let amount = match token {
            Kind::Number(n) => n,
            Kind::Word(word) => words::amount(&word)?,
            _ => return None,
        };
        let word = self.next_word()?;
        if words::is_half(&word) && amount == 1 {
            return words::unit(&self.next_word()?)?.half();
        }
        Some((words::unit(&word)?, amount))
    }

    fn amount_follows(&mut self) -> bool {
        let begun = self.at;
        let follows = self.amount_of_unit().is_some();
        self.at = begun;
        follows
    }

    /// `nächsten Monat`, `letzten Freitag`, `die letzten 30 Tage`.
    fn direction(&mut self) -> bool {
        let Some(direction) = self.next_word().as_deref().and_then(words::direction) else { return false };
        if let Some((unit, amount)) = self.amount_of_unit_here().filter(|_| direction.abs() == 1) {
            self.added.push(unit.times(amount.saturating_mul(direction)));
            return true;
        }
        let Some(word) = self.next_word() else { return false };
        let name = ["last", "this", "next"][usize::try_from(direction.signum() + 1).unwrap_or(1)];
        // What lies beyond the next one is a week further.
        let further = direction - direction.signum();
        if let Some(day) = words::weekday(&word) {
            self.days.push(format!("{name} {day}"));
        } else {
            match words::unit(&word) {
                Some(Unit::Week) => self.days.push(format!("{name} week")),
                Some(unit) => {
                    self.added.push(unit.times(direction));
                    return true;
                }
                None => return false,
            }
        }
        if further != 0 {
            self.added.push(Unit::Week.times(further));
        }
        true
    }

    fn amount_of_unit_here(&mut self) -> Option<(Unit, i64)> {
        let begun = self.at;
        let found = self.amount_of_unit();
        if found.is_none() {
            self.at = begun;
        }
        found
    }

    pub(super) fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    pub(super) fn peek_word(&self) -> Option<&str> {
        if let Some(Kind::Word(word)) = self.peek() { Some(word) } else { None }
    }

    /// The next piece, if it is a word; goes on behind it.
    pub(super) fn next_word(&mut self) -> Option<String> {
        let word = self.peek_word().map(str::to_owned);
        self.at += usize::from(word.is_some());
        word
    }

    /// Goes on behind the next piece.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Where reading goes on.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes back.
    pub(super) fn back_to(&mut self, position: usize) {
        self.at = position;
    }
}

fn known(word: &str) -> bool {
    words::unit(word).is_some()
        || words::weekday(word).is_some()
        || words::month(word).is_some()
        || words::direction(word).is_some()
        || words::compound(word).is_some()
        || matches!(word, "vor" | "heute" | "gestern" | "morgen" | "uhr" | "um" | "jetzt" | "vorgestern" | "uebermorgen")
}
