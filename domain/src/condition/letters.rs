//! When two letters count as the same: in capitals or not. One rule, which the evaluator and both engines follow to
//! the letter; what a database itself takes for a capital differs with its kind, version and language.

/// The letter and what it is in small letters and in capitals, where that is one letter: `ä` and `Ä`, but `ß` alone.
pub fn spellings(letter: char) -> impl Iterator<Item = char> + Clone {
    let small = only(letter.to_lowercase()).filter(|small| *small != letter);
    let capital = only(letter.to_uppercase()).filter(|capital| *capital != letter);
    [Some(letter), small, capital].into_iter().flatten()
}

fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    let first = letters.next()?;
    letters.next().is_none().then_some(first)
}

/// Whether the text begins with these letters.
pub(super) fn begins(text: &str, needle: &str) -> bool {
    let mut letters = text.chars();
    needle.chars().all(|wanted| letters.next().is_some_and(|letter| spellings(wanted).any(|one| one == letter)))
}

/// Whether these letters stand anywhere in the text.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    text.char_indices().any(|(at, _)| begins(&text[at..], needle))
}
