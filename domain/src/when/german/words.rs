//! The German words; umlauts are written as two letters here, and people may write either.

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Workday,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    /// So many of the unit in English, with a sign.
    pub(super) fn times(self, amount: i64) -> String {
        let (name, each) = match self {
            Self::Second => ("seconds", 1),
            Self::Minute => ("minutes", 1),
            Self::Hour => ("hours", 1),
            Self::Day => ("days", 1),
            Self::Workday => ("weekdays", 1),
            Self::Week => ("weeks", 1),
            Self::Month => ("months", 1),
            Self::Quarter => ("months", 3),
            Self::Year => ("years", 1),
        };
        format!("{:+} {name}", amount.saturating_mul(each))
    }

    /// Half of the unit, as so many of another.
    pub(super) fn half(self) -> Option<(Self, i64)> {
        match self {
            Self::Minute => Some((Self::Second, 30)),
            Self::Hour => Some((Self::Minute, 30)),
            Self::Day => Some((Self::Hour, 12)),
            Self::Year => Some((Self::Month, 6)),
            _ => None,
        }
    }
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "sekunde" | "sekunden" | "sek" => Unit::Second,
        "minute" | "minuten" | "min" => Unit::Minute,
        "stunde" | "stunden" | "std" => Unit::Hour,
        "tag" | "tage" | "tagen" | "tages" | "tags" => Unit::Day,
        "werktag" | "werktage" | "werktagen" | "werktages" | "werktags" | "arbeitstag" | "arbeitstage" | "arbeitstagen"
        | "arbeitstages" => Unit::Workday,
        "woche" | "wochen" => Unit::Week,
        "monat" | "monate" | "monaten" | "monats" | "monates" => Unit::Month,
        "quartal" | "quartale" | "quartalen" | "quartals" | "vierteljahr" | "vierteljahre" | "vierteljahren" => Unit::Quarter,
        "jahr" | "jahre" | "jahren" | "jahres" | "jahrs" => Unit::Year,
        _ => return None,
    })
}

/// The English name of a day of the week.
pub(super) fn weekday(word: &str) -> Option<&'static str> {
    Some(match word {
        "montag" | "montags" | "mo" => "monday",
        "dienstag" | "dienstags" | "di" => "tuesday",
        "mittwoch" | "mittwochs" | "mi" => "wednesday",
        "donnerstag" | "donnerstags" | "do" => "thursday",
        "freitag" | "freitags" | "fr" => "friday",
        "samstag" | "samstags" | "sonnabend" | "sonnabends" | "sa" => "saturday",
        "sonntag" | "sonntags" | "so" => "sunday",
        _ => return None,
    })
}

/// The English names of the months.
pub(super) const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The number of a month, from 1 to 12.
pub(super) fn month(word: &str) -> Option<i64> {
    Some(match word {
        "januar" | "jaenner" | "jan" | "jaen" | "januars" => 1,
        "februar" | "feber" | "feb" | "februars" => 2,
        "maerz" | "mrz" | "maer" => 3,
        "april" | "apr" => 4,
        "mai" => 5,
        "juni" | "jun" | "juno" => 6,
        "juli" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "oktober" | "okt" => 10,
        "november" | "nov" => 11,
        "dezember" | "dez" => 12,
        _ => return None,
    })
}

/// How many a word means.
pub(super) fn amount(word: &str) -> Option<i64> {
    const AMOUNTS: [&str; 11] = ["zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf"];
    match word {
        "ein" | "eine" | "einem" | "einen" | "einer" | "eines" | "eins" => Some(1),
        "vierzehn" => Some(14),
        _ => (2..).zip(AMOUNTS).find(|(_, name)| *name == word).map(|(n, _)| n),
    }
}

/// Takes off the ending of an adjective.
fn stem(word: &str) -> Option<&str> {
    ["er", "en", "es", "em", "e"].into_iter().find_map(|ending| word.strip_suffix(ending))
}

/// Half of something.
pub(super) fn is_half(word: &str) -> bool {
    stem(word) == Some("halb")
}

/// `nächster` is 1, `letzter` -1, `dieser` 0, `übernächster` 2, `vorletzter` -2.
pub(super) fn direction(word: &str) -> Option<i64> {
    match stem(word)? {
        "naechst" | "kommend" | "folgend" => Some(1),
        "uebernaechst" => Some(2),
        "letzt" | "vorig" | "vorherig" | "vergangen" => Some(-1),
        "vorletzt" => Some(-2),
        "dies" | "aktuell" | "laufend" => Some(0),
        _ => None,
    }
}

/// A part of the day in which hours are counted from noon (`true`) or from midnight.
pub(super) fn is_after_noon(word: &str) -> Option<bool> {
    match word {
        "frueh" | "morgens" | "vormittag" | "vormittags" | "nachts" | "mittags" => Some(false),
        "nachmittag" | "nachmittags" | "abend" | "abends" => Some(true),
        _ => None,
    }
}

/// `erster` is 1, `zwölfter` 12.
pub(super) fn nth(word: &str) -> Option<i64> {
    const NTH: [&str; 12] = ["erst", "zweit", "dritt", "viert", "fuenft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwoelft"];
    let stem = stem(word)?;
    let stem = if stem == "siebent" { "siebt" } else { stem };
    (1..).zip(NTH).find(|(_, name)| *name == stem).map(|(n, _)| n)
}

/// The English words for which `first`, `second` stand.
pub(super) const NTH_ENGLISH: [&str; 12] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

/// Where in a month, year or week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    Middle,
    End,
}

pub(super) fn place(word: &str) -> Option<Place> {
    match word {
        "anfang" | "beginn" | "start" => Some(Place::Start),
        "mitte" => Some(Place::Middle),
        "ende" | "schluss" => Some(Place::End),
        _ => None,
    }
}

/// `Monatsanfang`, `Jahresende`, `Monatsletzter` and their like.
pub(super) fn compound(word: &str) -> Option<(Place, Unit)> {
    let spans =
        [("monats", Unit::Month), ("jahres", Unit::Year), ("wochen", Unit::Week), ("quartals", Unit::Quarter), ("tages", Unit::Day)];
    // In the genitive too: “am Tag des Monatsanfangs”.
    spans.into_iter().find_map(|(span, unit)| {
        let rest = word.strip_prefix(span)?;
        let edge = match stem(rest) {
            Some("erst") => Some(Place::Start),
            Some("letzt") => Some(Place::End),
            _ => None,
        };
        Some((place(rest).or(edge).or_else(|| place(rest.strip_suffix('s')?))?, unit))
    })
}

/// Words between the others that say nothing themselves.
pub(super) fn says_nothing(word: &str) -> bool {
    matches!(
        word,
        "am" | "an"
            | "im"
            | "in"
            | "den"
            | "der"
            | "die"
            | "das"
            | "dem"
            | "des"
            | "von"
            | "vom"
            | "zum"
            | "zur"
            | "ab"
            | "und"
            | "genau"
            | "punkt"
            | "bis"
    )
}

/// English words that may stand between German ones.
pub(super) fn is_english(word: &str) -> bool {
    matches!(word, "today" | "now" | "tomorrow" | "yesterday" | "utc" | "gmt" | "cet" | "cest" | "z")
        || matches!(crate::when::vocabulary::unit(word), Some(crate::when::vocabulary::Unit::Weekday(_)))
}
