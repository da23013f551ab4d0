//! Phrases to try: chosen ones and composed ones.

/// Phrases that were chosen, one a line.
pub(super) const FIXED: &str = include_str!("phrases.txt");

/// Composes phrases of the parts of the grammar; the same seed composes the same phrases.
pub(super) struct Generator(u64);

impl Generator {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(n).unwrap()).unwrap()
    }

    pub(super) fn one(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }

    fn number(&mut self, n: usize) -> String {
        self.below(n).to_string()
    }

    fn unit(&mut self) -> String {
        self.one(&[
            "sec",
            "seconds",
            "min",
            "minutes",
            "hour",
            "hours",
            "day",
            "days",
            "week",
            "weeks",
            "fortnight",
            "month",
            "months",
            "year",
            "years",
            "weekday",
            "weekdays",
            "mon",
            "tuesday",
            "wed",
            "thursdays",
            "fri",
            "saturday",
            "sun",
            "sunday",
            "msec",
            "µs",
        ])
    }

    fn day_name(&mut self) -> String {
        self.one(&["monday", "Tue", "wednesday", "THU", "friday", "sat", "Sunday", "sundays"])
    }

    fn month(&mut self) -> String {
        self.one(&[
            "jan", "February", "march", "apr", "May", "june", "jul", "AUGUST", "sept", "sep", "october", "nov", "december", "II", "VI",
            "IX",
        ])
    }

    fn relative(&mut self) -> String {
        let amount = self.one(&["next", "last", "previous", "this", "first", "third", "sixth", "eighth", "twelfth"]);
        match self.below(11) {
            0..3 => format!("{}{}{}{}", self.one(&["+", "-", "", "- ", "--", "+-"]), self.number(40), self.one(&[" ", ""]), self.unit()),
            3 => format!("{} {} ago", self.number(20), self.unit()),
            4..6 => format!("{amount} {}", self.unit()),
            6 => format!("{amount} week"),
            7 => format!("{amount} {} of", self.day_name()),
            8 => self.one(&["first day of", "last day of", "first day of next month", "last day of last month", "last day of"]),
            _ => self.day_name(),
        }
    }

    fn date(&mut self) -> String {
        let (y, m, d) = (1890 + self.below(260), self.below(13), self.below(32));
        let name = self.month();
        match self.below(22) {
            0 => format!("{y}-{m:02}-{d:02}"),
            1 => format!("{d}.{m}.{y}"),
            2 => format!("{d:02}.{m:02}.{:02}", y % 100),
            3 => format!("{m}/{d}/{y}"),
            4 => format!("{m}/{d}"),
            5 => format!("{d} {name} {y}"),
            6 => format!("{d}{}{name}", self.one(&["", " ", "st ", "th ", ". ", "-"])),
            7 => format!("{name}{}{d}{}", self.one(&[" ", "", ".", "-"]), self.one(&["", ",", "th", "nd "])),
            8 => format!("{name} {d}{}{y}", self.one(&[" ", ", ", "th, ", "-"])),
            9 => format!("{name} {y}"),
            10 => format!("{y}{}{name}", self.one(&["", " ", "-"])),
            11 => name,
            12 => format!("{y}W{:02}{}", 1 + self.below(53), self.one(&["", "-3", "7", "-0"])),
            13 => format!("{y}{}{:03}", self.one(&["", ".", "-"]), 1 + self.below(366)),
            14 => format!("{y}-{m}"),
            15 => format!("{y}{m:02}{d:02}"),
            16 => y.to_string(),
            17 => format!("{:02}-{m}-{d}", y % 100),
            18 => format!("{y}/{m}/{d}"),
            19 => format!("{d}-{m}-{y}"),
            20 => format!(
                "{y}-{m:02}-{d:02}T{:02}:{:02}:{:02}{}",
                self.below(25),
                self.below(60),
                self.below(61),
                self.one(&["", "Z", ".5", ".25+02:00", "+0100"])
            ),
            _ => format!("@{}", self.below(3_000_000_000)),
        }
    }

    fn time(&mut self) -> String {
        let (h, m, s) = (self.below(25), self.below(60), self.below(61));
        match self.below(12) {
            0..2 => format!("{h:02}:{m:02}"),
            2 => format!("{h}:{m:02}:{s:02}"),
            3 => format!("{h}.{m:02}"),
            4 => format!("{}{}{}", h % 13, self.one(&["", " ", ":30", ".15 "]), self.one(&["am", "pm", "a.m.", "P.M.", "AM"])),
            5 => format!("t{h:02}{m:02}"),
            6 => format!("{h:02}{m:02}"),
            7 => format!("{h:02}{m:02}{s:02}"),
            8 => format!("{h}:{m:02}:{s:02}.{}", self.number(100_000)),
            9 => format!("{} of {h}{}", self.one(&["back", "front"]), self.one(&["", "am", "pm", " pm"])),
            10 => "noon".to_owned(),
            _ => self.one(&["midnight", "today", "tomorrow", "yesterday", "now"]),
        }
    }

    fn zone(&mut self) -> String {
        self.one(&[
            "UTC",
            "Z",
            "CET",
            "CEST",
            "EST",
            "pdt",
            "(MSK)",
            "+02:00",
            "-0530",
            "+2",
            "GMT+1",
            "-13:45:30",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "A",
            "y",
        ])
    }

    /// One phrase of one to four parts, now and then with a slip of the pen.
    pub(super) fn phrase(&mut self) -> String {
        let mut phrase = String::new();
        for i in 0..=self.below(4) {
            if i > 0 {
                let between = self.one(&[" ", " ", " ", " ", ", ", "", "  ", "."]);
                phrase.push_str(&between);
            }
            let part = match self.below(11) {
                0..5 => self.relative(),
                5..8 => self.date(),
                8..10 => self.time(),
                _ => self.zone(),
            };
            phrase.push_str(&part);
        }
        if self.below(12) == 0 { self.slip(phrase) } else { phrase }
    }

    /// Two of the chosen phrases one behind the other, with slips of the pen.
    pub(super) fn mixture(&mut self) -> String {
        let chosen: Vec<&str> = FIXED.lines().filter(|line| !line.starts_with('#')).collect();
        let between = self.one(&[" ", "", ", "]);
        let mut phrase = format!("{}{between}{}", self.one(&chosen), self.one(&chosen));
        for _ in 0..self.below(3) {
            phrase = self.slip(phrase);
        }
        phrase
    }

    /// A character too many or too few.
    fn slip(&mut self, mut phrase: String) -> String {
        let places: Vec<usize> = phrase.char_indices().map(|(place, _)| place).collect();
        if places.is_empty() {
            return phrase;
        }
        let place = places[self.below(places.len())];
        match self.below(4) {
            0 => drop(phrase.remove(place)),
            1 => phrase.insert_str(place, &self.one(&[" ", ".", "-", ":", "/", "+", "t", "T", "\t", "s"])),
            2 => phrase.truncate(place),
            _ => phrase.insert_str(place, &self.number(10)),
        }
        phrase
    }
}
