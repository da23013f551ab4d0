//! The fixed lists that fields choose from: countries, federal states, mobile prefixes, salutations, languages.
//!
//! The tables are written by `scripts/make-lists.py` from maintained packages. They weigh some 85 kB, so the browser
//! build leaves the cargo feature `lists` off and gets the choices as data; the type [`Choice`] is there in both.

use serde::{Deserialize, Serialize};

#[cfg(feature = "lists")]
mod find;
#[cfg(feature = "lists")]
mod table;

#[cfg(feature = "lists")]
pub use find::{find_country, find_language, find_mobile_prefix, find_salutation, find_state};
#[cfg(feature = "lists")]
pub use table::{
    calling_code, choices, countries, country_label, language_label, languages, mobile_prefix_label, mobile_prefixes, salutation_label,
    salutations, state_label, states,
};

#[cfg(all(test, feature = "lists"))]
mod tests;

/// One entry of a fixed list: what is stored, and what a person reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The stored form: `DE`, `DE-BY`, `female`, `+49151`, `de`.
    pub code: String,
    /// The name in the asked language.
    pub label: String,
}

/// The form under which names are compared: accents, case, spaces and punctuation do not count.
///
/// Appends to `out` so that a caller on a hot path can keep its buffer.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    if text.is_ascii() {
        out.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ı' => out.push('i'),
            'þ' | 'Þ' => out.push_str("th"),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
}

/// [`fold_into`] a new string.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The folded spelling with ae, oe, ue for umlauts, where it differs from [`fold`].
pub(crate) fn fold_digraphs(text: &str) -> Option<String> {
    if !text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']) {
        return None;
    }
    let spelled = text.replace(['ä', 'Ä'], "ae").replace(['ö', 'Ö'], "oe").replace(['ü', 'Ü'], "ue");
    Some(fold(&spelled))
}
