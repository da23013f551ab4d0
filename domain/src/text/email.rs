//! E-mail addresses.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::text::clean_line;

/// The longest address, in bytes (RFC 5321, 4.5.3.1.3, less the brackets around it).
const MAX_ADDRESS: usize = 254;
/// The longest part before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL: usize = 64;
/// The longest part between two dots of a domain, in bytes (RFC 1035, 2.3.4).
const MAX_LABEL: usize = 63;

/// A usable address: trimmed, lower-cased, with a dot in the domain. Quoted local parts, comments and addresses of
/// bare machines are refused, since no customer has them; international domains and names are accepted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Reads an address. `<a@b.de>`, `mailto:a@b.de` and `Anna <a@b.de>` are understood too.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if well_formed(text) {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        let cleaned = clean_line(bare(text));
        let address = if cleaned.is_ascii() { cleaned.to_ascii_lowercase() } else { lower(&cleaned) };
        if !well_formed(&address) && (address.is_ascii() || !well_formed_international(&address)) {
            return Err(Problem::NotAnEmail);
        }
        Ok(Self(address))
    }

    /// Reads an address by which somebody signs in: ASCII alone, as it is typed and before any folding, so that no two
    /// accounts look alike (`anna` with a Cyrillic а) and none is reached by letters that fold to another's (the Kelvin
    /// sign to k). International domains have their ASCII form.
    pub fn of_account(text: &str) -> Result<Self, Problem> {
        if !text.trim().is_ascii() {
            return Err(Problem::NotAPlainEmail);
        }
        Self::parse(text)
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Lower case, composed again: lower-casing can take a character apart.
fn lower(text: &str) -> String {
    clean_line(&text.to_lowercase())
}

/// Takes an address out of what mail programs put around it.
fn bare(text: &str) -> &str {
    let inner = match (text.rfind('<'), text.ends_with('>')) {
        (Some(open), true) => &text[open + 1..text.len() - 1],
        _ => text,
    };
    let scheme = inner.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    if scheme { inner[7..].trim() } else { inner.trim() }
}

/// The characters of RFC 5322's `atext`, and the dot.
const LOCAL: [bool; 256] = {
    let mut allowed = [false; 256];
    let marks = b"!#$%&'*+-/=?^_`{|}~.";
    let mut i = 0;
    while i < marks.len() {
        allowed[marks[i] as usize] = true;
        i += 1;
    }
    let mut b = 0usize;
    while b < 128 {
        if (b as u8).is_ascii_alphanumeric() {
            allowed[b] = true;
        }
        b += 1;
    }
    allowed
};

/// The fast check, for the addresses that nearly everybody has: ASCII only.
fn well_formed(text: &str) -> bool {
    if text.len() > MAX_ADDRESS {
        return false;
    }
    let bytes = text.as_bytes();
    let Some(at) = bytes.iter().position(|b| *b == b'@') else { return false };
    local_part(&bytes[..at]) && domain(&bytes[at + 1..])
}

fn local_part(local: &[u8]) -> bool {
    if local.is_empty() || local.len() > MAX_LOCAL {
        return false;
    }
    let mut previous = b'.';
    for &b in local {
        if !LOCAL[b as usize] || (b == b'.' && previous == b'.') {
            return false;
        }
        previous = b;
    }
    previous != b'.'
}

/// Labels of letters, digits and inner hyphens; at least two; the last one is not a number.
fn domain(domain: &[u8]) -> bool {
    let mut labels = 0;
    let mut last: &[u8] = &[];
    for label in domain.split(|b| *b == b'.') {
        let inner = label.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
        if !inner || label.is_empty() || label.len() > MAX_LABEL || label.starts_with(b"-") || label.ends_with(b"-") {
            return false;
        }
        labels += 1;
        last = label;
    }
    labels >= 2 && last.len() >= 2 && !last.iter().all(u8::is_ascii_digit)
}

/// The thorough check, for addresses with letters beyond ASCII: the syntax of RFC 6531, within the same limits.
fn well_formed_international(text: &str) -> bool {
    use email_address::{EmailAddress, Options};
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let Ok(address) = EmailAddress::parse_with_options(text, options) else { return false };
    let host = address.domain();
    let letters = |c: char| c.is_alphanumeric() || c == '-' || unicode_normalization::char::is_combining_mark(c);
    text.len() <= MAX_ADDRESS
        && !address.local_part().starts_with('"')
        && address.local_part().chars().all(|c| if c.is_ascii() { LOCAL[c as usize] } else { letters(c) })
        && host.split('.').count() >= 2
        && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(letters))
        && host.rsplit('.').next().is_some_and(|last| last.chars().count() >= 2 && !last.bytes().all(|b| b.is_ascii_digit()))
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Email {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Email {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.0
    }
}

#[cfg(test)]
mod tests;
