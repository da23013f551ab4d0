//! Numbers of workbooks as texts: what a spreadsheet would show, without what it adds for the eye.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::lang::Lang;

/// What the format of a cell makes of its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number.
    #[default]
    Plain,
    /// A day, perhaps with a time.
    Date,
    /// A share.
    Percent,
    /// At least so many digits: `00000` keeps the zeros of postcodes.
    Digits(u8),
}

impl Shape {
    /// The shape of a built-in format (ECMA-376, 18.8.30). Those from 27 on belong to East Asian offices.
    pub(super) const fn built_in(id: u32) -> Shape {
        match id {
            9 | 10 => Shape::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Shape::Date,
            _ => Shape::Plain,
        }
    }

    /// The shape of a format as it is written: `dd.mm.yyyy`, `0.0%`, `00000`.
    pub(super) fn of(format: &str) -> Shape {
        let bare = bare(format);
        if bare.contains('%') {
            return Shape::Percent;
        }
        if bare.len() > 1 && bare.len() <= 20 && bare.bytes().all(|b| b == b'0') {
            return Shape::Digits(u8::try_from(bare.len()).unwrap_or(0));
        }
        // Elapsed hours are no time of day.
        let whole = format.to_ascii_lowercase();
        if ["[h", "[m]", "[mm", "[s"].iter().any(|elapsed| whole.contains(elapsed)) {
            return Shape::Plain;
        }
        let lower = bare.to_ascii_lowercase();
        if lower != "general" && lower.contains(['y', 'm', 'd', 'h', 's']) { Shape::Date } else { Shape::Plain }
    }
}

/// The part of a format for positive numbers, without quoted letters, colours, conditions and escaped signs.
fn bare(format: &str) -> String {
    let mut out = String::new();
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => while signs.next().is_some_and(|c| c != '"') {},
            '[' => while signs.next().is_some_and(|c| c != ']') {},
            '\\' | '_' | '*' => {
                signs.next();
            }
            '@' => return String::new(),
            other => out.push(other),
        }
    }
    out
}

/// How numbers are written so that they are read back to the same value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writer {
    /// Days are counted from 1904 instead of 1900.
    pub(super) since_1904: bool,
    /// Whose decimal sign.
    pub(super) lang: Lang,
}

impl Writer {
    /// The text of a cell.
    pub(super) fn write(self, value: f64, shape: Shape) -> String {
        match shape {
            Shape::Date => self.date(value).unwrap_or_else(|| self.plain(value)),
            // What is one third as a share would have an endless tail.
            Shape::Percent => self.plain((value * 1e10).round() / 1e8) + "%",
            Shape::Digits(n) if (0.0..1e15).contains(&value) && value.fract() == 0.0 => format!("{value:0>width$}", width = usize::from(n)),
            Shape::Plain | Shape::Digits(_) => self.plain(value),
        }
    }

    /// Whole numbers without a point and without an exponent: telephone numbers stay what they are. A spreadsheet
    /// holds 15 digits; what follows them is the noise of its arithmetic (`0.1 + 0.2`).
    pub(super) fn plain(self, value: f64) -> String {
        if !value.is_finite() {
            return "#NUM!".to_owned();
        }
        let text = if value.fract() == 0.0 {
            // Without the sign of a negative zero.
            format!("{:.0}", value + 0.0)
        } else {
            let magnitude = value.abs().log10().floor();
            let decimals = (14.0 - magnitude).clamp(0.0, 20.0);
            let text = format!("{value:.0$}", decimals as usize);
            if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
        };
        match self.lang {
            Lang::De => text.replace('.', ","),
            Lang::En => text,
        }
    }

    /// `2026-11-22`, with a time behind it where it has one; a mere time as `10:30:00`. None beyond the calendar.
    fn date(self, serial: f64) -> Option<String> {
        if !(0.0..2_958_466.0).contains(&serial) {
            return None;
        }
        let seconds = (serial.fract() * 86_400.0).round() as u64;
        let days = serial.trunc() as u64 + seconds / 86_400;
        let seconds = u32::try_from(seconds % 86_400).ok()?;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
        if days == 0 && !self.since_1904 {
            return Some(time.format("%H:%M:%S").to_string());
        }
        // Excel counts a 29th of February 1900, which there never was, because Lotus did.
        let (first, days) = match (self.since_1904, days) {
            (true, days) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
            (false, 60..) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
            (false, days) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        };
        let day = first.checked_add_days(Days::new(days))?;
        Some(if seconds == 0 { day.format("%Y-%m-%d").to_string() } else { day.and_time(time).format("%Y-%m-%d %H:%M:%S").to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: Writer = Writer { since_1904: false, lang: Lang::De };

    #[test]
    fn numbers_are_written_without_what_a_spreadsheet_adds() {
        for (value, expected) in [
            (42.0, "42"),
            (-0.0, "0"),
            (4_915_112_345_678.0, "4915112345678"),
            (1234.5, "1234,5"),
            (0.1 + 0.2, "0,3"),
            (-1.25, "-1,25"),
            (1e15, "1000000000000000"),
            (0.000_125, "0,000125"),
        ] {
            assert_eq!(GERMAN.plain(value), expected);
        }
        assert_eq!(Writer { lang: Lang::En, ..GERMAN }.plain(1234.5), "1234.5");
        assert_eq!(GERMAN.write(0.255, Shape::Percent), "25,5%");
        assert_eq!(GERMAN.write(1067.0, Shape::Digits(5)), "01067");
    }

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        for (serial, expected) in [
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (33_238.0, "1990-12-31"),
            (45_000.5, "2023-03-15 12:00:00"),
            (45_000.999_999_99, "2023-03-16"),
            (0.4375, "10:30:00"),
        ] {
            assert_eq!(GERMAN.write(serial, Shape::Date), expected);
        }
        let mac = Writer { since_1904: true, ..GERMAN };
        assert_eq!(mac.write(0.0, Shape::Date), "1904-01-01");
        assert_eq!(mac.write(31_776.0, Shape::Date), "1990-12-31");
        assert_eq!(GERMAN.write(3e9, Shape::Date), "3000000000");
    }

    #[test]
    fn formats_tell_dates_shares_and_leading_zeros() {
        for (format, expected) in [
            ("General", Shape::Plain),
            ("0.00", Shape::Plain),
            ("#,##0.00 \"Stück pro Tag\"", Shape::Plain),
            ("[Red]0.0", Shape::Plain),
            ("0.00E+00", Shape::Plain),
            ("[h]:mm", Shape::Plain),
            ("dd.mm.yyyy", Shape::Date),
            ("[$-407]d. mmmm yyyy;@", Shape::Date),
            ("0.0%", Shape::Percent),
            ("00000", Shape::Digits(5)),
            ("@", Shape::Plain),
            ("_-* #,##0.00\\ \"€\"_-;-* #,##0.00", Shape::Plain),
        ] {
            assert_eq!(Shape::of(format), expected, "{format}");
        }
    }
}
