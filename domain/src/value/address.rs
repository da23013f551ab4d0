//! Postcodes and IP addresses.

use std::net::IpAddr;

use crate::problem::Problem;

/// The longest postcode, in characters; the longest in use have ten.
const MAX_POSTCODE: usize = 12;

/// Countries whose postcodes are digits alone, so many of them, and may begin with a zero (`lists/postcodes.tsv`). Austria,
/// Switzerland and Liechtenstein have none that begin so.
const ZEROS: [(&str, usize); 17] = [
    ("DE", 5),
    ("FR", 5),
    ("IT", 5),
    ("ES", 5),
    ("US", 5),
    ("FI", 5),
    ("TR", 5),
    ("MX", 5),
    ("KR", 5),
    ("UA", 5),
    ("MY", 5),
    ("NO", 4),
    ("AU", 4),
    ("NZ", 4),
    ("RO", 6),
    ("CN", 6),
    ("SG", 6),
];

/// Reads a postcode: letters, digits, inner spaces and hyphens, at least one of them a digit or two of them letters.
/// A country in front (`D-10115`) is cut off; the zero that table programs drop is put back where the profile's country tells
/// that there must have been one. Typed and imported ones are read alike, so that an export comes back as it was.
pub(super) fn postcode(line: &str, country: Option<&str>) -> Result<String, Problem> {
    let bare = without_country(line);
    if bare.len() > MAX_POSTCODE || !bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-')) {
        return Err(Problem::NotAPostcode);
    }
    let ends = [bare.bytes().next(), bare.bytes().next_back()];
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let whole = ZEROS.iter().find(|(code, _)| country == Some(code)).map(|(_, whole)| *whole);
    if !ends.iter().all(|b| b.is_some_and(|b| b.is_ascii_alphanumeric())) || digits == 0 {
        return Err(Problem::NotAPostcode);
    }
    if digits == bare.len() && whole == Some(digits + 1) {
        return Ok(format!("0{bare}"));
    }
    Ok(bare.to_ascii_uppercase())
}

/// `D-10115`, `DE-10115`, `A-1010`, `AT-1010`, `CH-8001`: an old habit in front of otherwise bare digits.
fn without_country(line: &str) -> &str {
    let Some((country, rest)) = line.split_once('-') else { return line };
    let habit = ["D", "DE", "A", "AT", "CH", "FL"].iter().any(|code| country.trim().eq_ignore_ascii_case(code));
    let rest = rest.trim();
    let bare = (4..=5).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit());
    if habit && bare { rest } else { line }
}

/// Reads an IPv4 or IPv6 address; IPv6 in its shortest form.
pub(super) fn ip(line: &str) -> Result<String, Problem> {
    line.parse::<IpAddr>().map(|ip| ip.to_string()).map_err(|_| Problem::NotAnIpAddress)
}
