//! The order of texts in a list.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The order of texts: letters by the alphabet, ä with a, capitals with small letters; only between texts that are
/// the same in this regard the exact characters decide. So different texts are never equal, as a collation of the
/// database needs it. An index calls this millions of times: nothing is allocated, ASCII is compared byte by byte.
pub fn sort_key_cmp(a: &str, b: &str) -> Ordering {
    let (left, right) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    let folded = loop {
        match (left.get(i), right.get(i)) {
            (Some(x), Some(y)) if x == y => i += 1,
            (Some(x), Some(y)) if x.is_ascii() && y.is_ascii() => {
                let order = x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase());
                if order.is_ne() {
                    break order;
                }
                i += 1;
            }
            (None, None) => break Ordering::Equal,
            _ => break fold_from(a, b, i),
        }
    };
    folded.then_with(|| a.cmp(b))
}

/// Compares what is behind the common beginning. What differs may be in the middle of a character: its beginning is
/// the same on both sides.
fn fold_from(a: &str, b: &str, differs: usize) -> Ordering {
    let mut start = differs;
    while !a.is_char_boundary(start) || !b.is_char_boundary(start) {
        start -= 1;
    }
    folded(&a[start..]).cmp(folded(&b[start..]))
}

/// A text whose bytes are in the order of [`sort_key_cmp`], but for texts that differ in case and accents only.
pub fn sort_key(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { folded(text).collect() }
}

/// Whether two texts differ in case and accents at most.
pub(crate) fn same_but_for_case(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { folded(a).eq(folded(b)) }
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| c.is_ascii() || !is_combining_mark(*c)).flat_map(lowered)
}

/// Lower case of one character, with the few letters spelled out that do not decompose.
fn lowered(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' | 'ẞ' => ('s', Some('s')),
        'æ' | 'Æ' => ('a', Some('e')),
        'œ' | 'Œ' => ('o', Some('e')),
        'þ' | 'Þ' => ('t', Some('h')),
        'ø' | 'Ø' => ('o', None),
        'ł' | 'Ł' => ('l', None),
        'đ' | 'Đ' => ('d', None),
        'ı' => ('i', None),
        'ς' => ('σ', None),
        // No other lower case has several characters that are no accents.
        _ => (c.to_lowercase().next().unwrap_or(c), None),
    };
    std::iter::once(first).chain(second)
}
