//! The formats that a piece of text may have, as PHP's manual lists them. At each place the longest one counts, and of
//! several equally long ones the first in this list.

use std::sync::OnceLock;

use super::pattern::{Pattern, Set};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Yesterday,
    Now,
    Noon,
    Midnight,
    Tomorrow,
    Timestamp,
    FirstOrLastDayOf,
    BackOrFrontOf,
    WeekdayOf,
    Clock12,
    ClockMssql,
    Clock24,
    ClockDigits,
    ClockLongDigits,
    American,
    YearMonthDay,
    YearMonth,
    DayTextYear,
    DayMonthYear,
    TextYear,
    YearText,
    TextDayYear,
    DayText,
    DateAndTime,
    YearDay,
    IsoWeek,
    TextDayShortYear,
    YearTextDay,
    LogLine,
    Year,
    Ago,
    Weekday,
    TextWeek,
    TextUnit,
    Month,
    Offset,
    TextDayClock12,
    TextDayClock24,
    NumberUnit,
}

/// The pieces that the formats are made of.
const PARTS: &[(&str, &str)] = &[
    ("sp", "[ \\t]+"),
    ("gap", "[ .\\t-]*"),
    ("h24", "([01]?[0-9]|2[0-4])"),
    ("hh", "([01][0-9]|2[0-4])"),
    ("h12", "(0?[1-9]|1[0-2])"),
    ("i", "[0-5]?[0-9]"),
    ("ii", "[0-5][0-9]"),
    ("s", "([0-5]?[0-9]|60)"),
    ("ss", "([0-5][0-9]|60)"),
    ("frac", "[.][0-9]+"),
    ("half", "([AaPp][.]?[Mm][.]?[\\0\\t ])"),
    ("zone", "([(]?[A-Za-z]{1,6}[)]?|[A-Z][a-z]+([_/-][A-Za-z]+)+)"),
    ("offset", "(GMT)?[+-](<h24>(:?<i>)?|<hh><ii><ss>|<hh>:<ii>:<ss>)"),
    ("m", "(0?[0-9]|1[0-2])"),
    ("mm", "(0[0-9]|1[0-2])"),
    ("d", "([0-2]?[0-9]|3[01])(<nth>)?"),
    ("dd", "(0[0-9]|[1-2][0-9]|3[01])"),
    ("nth", "([s][t]|[n][d]|[r][d]|[t][h])"),
    ("y", "[0-9]{1,4}"),
    ("yyyy", "[0-9]{4}"),
    ("yearday", "(00[1-9]|0[1-9][0-9]|[12][0-9][0-9]|3[0-5][0-9]|36[0-6])"),
    ("week", "(0[1-9]|[1-4][0-9]|5[0-3])"),
    ("day", "(<days>|mon|tue|wed|thu|fri|sat|sun)"),
    ("days", "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"),
    ("mon", "(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"),
    ("month", "(january|february|march|april|may|june|july|august|september|october|november|december|<mon>)"),
    ("Month", "(<month>|I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)"),
    ("nr", "(first|second|third|fourth|fifth|sixth|seventh|eighth?|ninth|tenth|eleventh|twelfth)"),
    ("this", "(next|last|previous|this)"),
    (
        "unit",
        "(ms|µs|(msec|millisecond|µsec|microsecond|usec|sec|second|min|minute|hour|day|fortnight|forthnight|month|year)s?|weeks|weekdays?|<day>)",
    ),
    ("textday", "<Month><gap><d>([,.stndrh\\t ]+|\\0)"),
    ("clock12", "<h12>([:.]<ii>|[:.]<i>[:.]<ss>)(<sp>)?<half>"),
];

const FORMATS: &[(Format, &str)] = &[
    (Format::Yesterday, "yesterday"),
    (Format::Now, "now"),
    (Format::Noon, "noon"),
    (Format::Midnight, "midnight|today"),
    (Format::Tomorrow, "tomorrow"),
    (Format::Timestamp, "@-?[0-9]+([.][0-9]{0,6})?"),
    (Format::FirstOrLastDayOf, "(first|last) day of"),
    (Format::BackOrFrontOf, "(back|front) of <h24>((<sp>)?<half>)?"),
    (Format::WeekdayOf, "(<nr>|<this>)<sp><day><sp>of"),
    (Format::Clock12, "<h12>([:.]<ii>)?(<sp>)?<half>|<h12>[:.]<i>[:.]<ss>(<sp>)?<half>"),
    (Format::ClockMssql, "<h12>:<ii>:<ss>[:.][0-9]+<half>"),
    (Format::Clock24, "t<h24>|t?<h24>[:.]<i>([:.]<s>(<frac>)?)?"),
    (Format::ClockDigits, "t?<hh><ii>"),
    (Format::ClockLongDigits, "t?<hh><ii><ss>"),
    (Format::American, "<m>/<d>(/<y>)?"),
    (Format::YearMonthDay, "[+-]?<yyyy>-<mm>-<dd>|<yyyy>/<mm>/<dd>/?|<yyyy>/<m>/<d>|[0-9]{2}-<mm>-<dd>|[+-][0-9]{5,19}-<mm>-<dd>"),
    (Format::YearMonth, "<yyyy>-<m>"),
    (Format::YearMonthDay, "<y>-<m>-<d>"),
    (Format::DayTextYear, "<d><gap><Month><gap><y>"),
    (Format::DayMonthYear, "<d>[.\\t-]<m>[.-]<yyyy>"),
    (Format::DayMonthYear, "<d>[.\\t]<m>[.][0-9]{2}"),
    (Format::TextYear, "<Month><gap><yyyy>"),
    (Format::YearText, "<yyyy><gap><Month>"),
    (Format::TextDayYear, "<Month><gap><d>[,.stndrh\\t ]+<y>|<textday>"),
    (Format::DayText, "<d><gap><Month>"),
    (Format::YearMonthDay, "<yyyy><mm><dd>"),
    (
        Format::DateAndTime,
        "<yyyy><mm><dd>T<h24>:<ii>:<ss>|<yyyy><mm><dd>t<h24><ii><ss>|<yyyy>-<mm>-<dd>T<hh>:<ii>:<ss><frac>(<offset>)?\
         |<yyyy>-<m>-<d>T<h24>:<i>:<s>|<yyyy>:<mm>:<dd> <hh>:<ii>:<ss>",
    ),
    (Format::YearDay, "<yyyy>[.-]?<yearday>"),
    (Format::IsoWeek, "<yyyy>-?W<week>(-?[0-7])?"),
    (Format::TextDayShortYear, "<mon>-<dd>-<y>"),
    (Format::YearTextDay, "<y>-<mon>-<dd>"),
    (Format::LogLine, "<d>/<mon>/<yyyy>:<hh>:<ii>:<ss><sp><offset>"),
    (Format::Year, "<yyyy>"),
    (Format::Ago, "ago"),
    (Format::Weekday, "<day>|weekdays?"),
    (Format::TextWeek, "<this><sp>week"),
    (Format::TextUnit, "(<nr>|<this>)<sp><unit>"),
    (Format::Month, "<month>"),
    (Format::Offset, "<offset>|<zone>"),
    (Format::TextDayClock12, "<textday><clock12>"),
    (Format::TextDayClock24, "<textday>t?<h24>[:.]<i>([:.]<s>)?|<textday>t?<h24>[:.]<i>[:.]<ss>(<sp>)?(<offset>|<zone>)"),
    (Format::NumberUnit, "[+-]*[ \\t]*[0-9]{1,13}(<sp>)?(<unit>|week)"),
];

fn part(name: &str) -> Pattern {
    let source = PARTS.iter().find(|(known, _)| *known == name).map_or("", |(_, source)| source);
    Pattern::compile(source, &part)
}

/// A format, the bytes that it may begin with, and its pattern.
type Compiled = (Format, Set, Pattern);

fn compiled() -> &'static [Compiled] {
    static COMPILED: OnceLock<Vec<Compiled>> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let compile = |(format, source): &(Format, &str)| {
            let pattern = Pattern::compile(source, &part);
            (*format, pattern.beginnings().0, pattern)
        };
        FORMATS.iter().map(compile).collect()
    })
}

/// The format of the piece that begins here, and where the piece ends.
pub(super) fn longest(text: &[u8], from: usize) -> Option<(Format, usize)> {
    let first = *text.get(from)?;
    let mut best: Option<(Format, usize)> = None;
    for (format, beginnings, pattern) in compiled() {
        if beginnings.contains(first)
            && let Some(end) = pattern.longest(text, from)
            && best.is_none_or(|(_, longest)| end > longest)
        {
            best = Some((*format, end));
        }
    }
    best.map(|(format, end)| (format, end.min(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_part_exists() {
        for source in PARTS.iter().map(|(_, source)| source).chain(FORMATS.iter().map(|(_, source)| source)) {
            for name in source.split('<').skip(1) {
                let name = name.split_once('>').expect("a name is closed").0;
                assert!(PARTS.iter().any(|(known, _)| *known == name), "{name}");
            }
        }
    }
}
