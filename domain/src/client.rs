//! What a client (Mandant) sets for itself.

use serde::{Deserialize, Serialize};

use crate::lang::Text;
use crate::problem::Problem;

/// The colour of a client's mark. A few that are told apart and on which white letters can be read (WCAG 2.2, 4.5 : 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Lagune's own.
    #[default]
    Lagoon,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
    /// Red.
    Red,
    /// Orange, dark enough.
    Amber,
    /// Green.
    Green,
    /// Grey.
    Slate,
}

impl Colour {
    /// Every colour, in the order of the form.
    pub const ALL: [Colour; 7] = [Colour::Lagoon, Colour::Blue, Colour::Violet, Colour::Red, Colour::Amber, Colour::Green, Colour::Slate];

    /// The name in the database and in the style.
    pub const fn code(self) -> &'static str {
        match self {
            Colour::Lagoon => "lagoon",
            Colour::Blue => "blue",
            Colour::Violet => "violet",
            Colour::Red => "red",
            Colour::Amber => "amber",
            Colour::Green => "green",
            Colour::Slate => "slate",
        }
    }

    /// The colour with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.code() == code)
    }

    /// The name on the screen.
    pub const fn label(self) -> Text {
        match self {
            Colour::Lagoon => Text::new("Lagune", "Lagoon"),
            Colour::Blue => Text::new("Blau", "Blue"),
            Colour::Violet => Text::new("Violett", "Violet"),
            Colour::Red => Text::new("Rot", "Red"),
            Colour::Amber => Text::new("Bernstein", "Amber"),
            Colour::Green => Text::new("Grün", "Green"),
            Colour::Slate => Text::new("Schiefer", "Slate"),
        }
    }
}

/// The name of a domain in small letters, as DNS has it: labels of letters, digits and dashes, at least two (RFC 1035 2.3.1).
///
/// # Errors
/// `NotADomain`.
pub fn parse_domain(typed: &str) -> Result<String, Problem> {
    let domain = typed.trim().trim_end_matches('.').to_lowercase();
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let ends_in_letters = labels.last().is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()));
    let fits = domain.len() <= 253 && labels.len() > 1 && labels.iter().all(|one| label(one)) && ends_in_letters;
    if fits { Ok(domain) } else { Err(Problem::NotADomain) }
}

/// The fewest characters of a password, where a client asks for nothing else.
pub const PASSWORD_LENGTH: u32 = 12;
/// The fewest characters that a client may ask of passwords, and the most.
pub const PASSWORD_LENGTHS: std::ops::RangeInclusive<u32> = 8..=64;
/// Minutes without a request after which sessions may end.
pub const IDLE_MINUTES: std::ops::RangeInclusive<u32> = 5..=10_080;
/// Hours after which sessions may end in any case.
pub const SESSION_HOURS: std::ops::RangeInclusive<u32> = 1..=8_760;

/// A number that a client may set, such as one of [`PASSWORD_LENGTHS`].
///
/// # Errors
/// `OutOfRange`.
pub fn in_range(n: i64, range: &std::ops::RangeInclusive<u32>) -> Result<u32, Problem> {
    let beyond = Problem::OutOfRange { min: u64::from(*range.start()), max: u64::from(*range.end()) };
    u32::try_from(n).ok().filter(|n| range.contains(n)).ok_or(beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_what_dns_takes() {
        for (typed, domain) in [("Example.COM ", "example.com"), ("mail.xn--mller-kva.example.", "mail.xn--mller-kva.example")] {
            assert_eq!(parse_domain(typed).as_deref(), Ok(domain), "{typed:?}");
        }
        let long = format!("{}.example", "a".repeat(64));
        for typed in ["", "localhost", "1.2.3.4", "a..example", "-a.example", "a b.example", "müller.example", "https://example.com", &long]
        {
            assert_eq!(parse_domain(typed), Err(Problem::NotADomain), "{typed:?}");
        }
    }

    #[test]
    fn a_number_keeps_within_its_range() {
        assert_eq!((in_range(8, &PASSWORD_LENGTHS), in_range(64, &PASSWORD_LENGTHS)), (Ok(8), Ok(64)));
        for n in [7, 65, -1, i64::MAX, i64::MIN, 1 << 33] {
            assert_eq!(in_range(n, &PASSWORD_LENGTHS), Err(Problem::OutOfRange { min: 8, max: 64 }), "{n}");
        }
    }

    #[test]
    fn a_colour_is_found_by_its_code() {
        for colour in Colour::ALL {
            assert_eq!(Colour::from_code(colour.code()), Some(colour));
        }
        assert_eq!(Colour::from_code("#123456"), None);
    }
}
