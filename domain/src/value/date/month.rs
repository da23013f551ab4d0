//! Names of months.

use crate::lists::fold;

/// German and English names, folded, and what else Austria and table programs write.
const NAMES: [(&str, i32); 25] = [
    ("januar", 1),
    ("january", 1),
    ("janner", 1),
    ("jaenner", 1),
    ("februar", 2),
    ("february", 2),
    ("marz", 3),
    ("maerz", 3),
    ("mrz", 3),
    ("march", 3),
    ("april", 4),
    ("mai", 5),
    ("may", 5),
    ("juni", 6),
    ("june", 6),
    ("juli", 7),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("sept", 9),
    ("oktober", 10),
    ("october", 10),
    ("november", 11),
    ("dezember", 12),
    ("december", 12),
];

/// The number of a month by its German or English name, or by three letters of it and more.
pub(super) fn by_name(word: &str) -> Option<i32> {
    let word = fold(word);
    if word.len() < 3 {
        return None;
    }
    NAMES.iter().find(|(name, _)| name.starts_with(&word)).map(|(_, month)| *month)
}
