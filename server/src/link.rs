//! Addresses with something typed in them.

use std::fmt::Write as _;

/// The text as part of a query: everything but letters, digits and `-._~/` is escaped.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A path with the parts of a query that are there.
pub(crate) fn with_query(path: &str, parts: &[(&str, Option<&str>)]) -> String {
    let parts = parts.iter().filter_map(|(name, value)| value.map(|value| format!("{name}={}", encode(value))));
    let query = parts.collect::<Vec<_>>().join("&");
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The decoded pairs of a query.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    app::pages::profiles::place::pairs_of(query)
}
