//! Texts as they are stored: cleaned, within their limits, and the few that have a form of their own.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::problem::Problem;

mod email;
mod names;

pub use email::Email;
pub use names::{internal_name, is_internal_name};

/// The longest name of a thing, in characters.
pub const MAX_NAME: usize = 200;

/// One line: composed (NFC), without control characters, whitespace at the ends removed. A line break or tab within
/// becomes a space.
pub fn clean_line(text: &str) -> String {
    cleaned(text).into_owned()
}

/// [`clean_line`] that borrows what is clean already, as nearly every cell of a file is.
pub fn cleaned(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    if !text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(compose(text.to_owned())) };
    }
    let spaced = text.chars().filter_map(|c| match c {
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    });
    Cow::Owned(compose(spaced.collect()))
}

/// Several lines: as [`clean_line`], but line breaks and tabs stay; every line break becomes `\n`.
pub fn clean_lines(text: &str) -> String {
    let text = text.trim();
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control() && b != b'\n') {
        return text.to_owned();
    }
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    compose(unified.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
}

/// Composes, and trims once more: what a removed control character kept inside may be at the end now.
fn compose(text: String) -> String {
    let text = if is_nfc(&text) { text } else { text.nfc().collect() };
    if text.trim().len() == text.len() { text } else { text.trim().to_owned() }
}

/// A part of a text as texts are stored, whose blanks at the ends count: composed, without control characters but for line
/// breaks and tabs.
pub(crate) fn composed(part: &str) -> String {
    part.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).nfc().collect()
}

/// Refuses a text of more than `max` characters.
pub(crate) fn at_most(text: &str, max: usize) -> Result<(), Problem> {
    // A character takes at least one byte: most texts need no counting.
    if text.len() > max && text.chars().count() > max {
        return Err(Problem::TooLong { max: max as u64 });
    }
    Ok(())
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Cleans the text and checks its length: 1 to [`MAX_NAME`] characters.
            pub fn parse(text: &str) -> Result<Self, Problem> {
                let name = clean_line(text);
                if name.is_empty() {
                    return Err(Problem::Required);
                }
                at_most(&name, MAX_NAME)?;
                Ok(Self(name))
            }

            /// The name itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Problem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Problem;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }
    )*};
}

names! {
    /// The name of a person, client, category or token.
    Name
    /// The name of a pool.
    PoolName
}

#[cfg(test)]
mod tests;
