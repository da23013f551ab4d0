//! Internal names: what a field is called in files, in REST and in mails.

use crate::search::fold_umlauts_long;

/// The longest internal name, in characters.
const MAX_INTERNAL_NAME: usize = 60;

/// Proposes an internal name for a label: capital letters and digits, umlauts spelled out, beginning with a letter;
/// `Straße 2` becomes `STRASSE2`. A label without any Latin letter or digit becomes `FIELD`.
pub fn internal_name(label: &str) -> String {
    let mut name: String = fold_umlauts_long(label)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .take(MAX_INTERNAL_NAME)
        .collect();
    match name.chars().next() {
        None => "FIELD".to_owned(),
        Some(first) if first.is_ascii_digit() => {
            name.insert(0, 'F');
            name.truncate(MAX_INTERNAL_NAME);
            name
        }
        Some(_) => name,
    }
}

/// Whether this may be an internal name: capital letters, digits and the underscore of the system's own names,
/// beginning with a letter.
pub fn is_internal_name(name: &str) -> bool {
    name.len() <= MAX_INTERNAL_NAME
        && name.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}
