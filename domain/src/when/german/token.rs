//! Cuts a German text into words, numbers, dates and times.

use unicode_normalization::UnicodeNormalization as _;

/// A piece of a German text and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) written: String,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word in small letters, umlauts as two of them: `naechster`.
    Word(String),
    /// `5`, `2027`.
    Number(i64),
    /// `5.`
    Nth(i64),
    /// `5.1.2027`, and `5.1.` without a year.
    Date { day: i64, month: i64, year: Option<i64> },
    /// `9:30`, `9.30`, `9:30:15`.
    Clock([i64; 3]),
    /// `+` is 1, `-` is -1.
    Sign(i64),
    /// Something that needs no translation, such as `2027-01-05` or `Europe/Berlin`.
    Plain,
    /// Nothing that is known.
    Strange,
}

/// The pieces of a text; blanks, commas and points between words are left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text: String = text.nfc().collect();
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_alphabetic() => length_of(rest, |c| c.is_alphabetic()),
            c if c.is_ascii_digit() => length_of(rest, |c| c.is_ascii_digit() || c == '.' || c == ':'),
            c => c.len_utf8(),
        };
        let (written, behind) = rest.split_at(length);
        let plain = if first.is_alphabetic() { behind.starts_with('/') } else { written.len() == 4 && behind.starts_with(['-', '/']) };
        if first.is_alphanumeric() && plain {
            let whole = length_of(rest, |c| !c.is_whitespace() && c != ',');
            tokens.push(Token { kind: Kind::Plain, written: rest[..whole].to_owned() });
            rest = &rest[whole..];
            continue;
        }
        rest = behind;
        if first.is_whitespace() || matches!(first, ',' | ';' | '.') {
            continue;
        }
        let kind = match first {
            '+' => Kind::Sign(1),
            '-' | '−' | '–' => Kind::Sign(-1),
            c if c.is_alphabetic() => Kind::Word(folded(written)),
            c if c.is_ascii_digit() => digits(written),
            _ => Kind::Strange,
        };
        tokens.push(Token { kind, written: written.to_owned() });
    }
    tokens
}

fn length_of(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

/// Small letters, with umlauts as two of them.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 2);
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c => folded.push(c),
        }
    }
    folded
}

/// Digits with points and colons between.
fn digits(written: &str) -> Kind {
    let numbers: Option<Vec<i64>> = written
        .trim_end_matches(['.', ':'])
        .split(['.', ':'])
        .map(|number| number.parse().ok().filter(|n| *n < 1_000_000_000_000))
        .collect();
    let (dots, colons) = (written.matches('.').count(), written.matches(':').count());
    match (numbers.as_deref(), dots, colons) {
        (Some(&[n]), 0, 0) => Kind::Number(n),
        (Some(&[n]), 1, 0) => Kind::Nth(n),
        (Some(&[day, month]), 2, 0) => Kind::Date { day, month, year: None },
        (Some(&[day, month, year]), 2.., 0) => {
            let short = written.rsplit('.').find(|part| !part.is_empty()).is_some_and(|part| part.len() == 2);
            Kind::Date { day, month, year: Some(if short { year + if year < 70 { 2_000 } else { 1_900 } } else { year }) }
        }
        (Some(&[hour, minute]), 1, 0) | (Some(&[hour, minute]), 0..2, 1) => Kind::Clock([hour, minute, 0]),
        (Some(&[hour, minute, second]), 0..2, 2) => Kind::Clock([hour, minute, second]),
        _ => Kind::Strange,
    }
}
