//! Where the hits are in a shown text.

use std::ops::Range;

use super::Word;
use super::fold::{Spelling, fold};
use super::index::Words;

/// A text as the index has it, and where each of its bytes comes from.
struct Traced {
    text: String,
    /// For each byte of `text` the bytes of the original; none for the spaces in front of words.
    origin: Vec<Option<Range<usize>>>,
    two_spellings: bool,
}

impl Traced {
    fn new(original: &str, spelling: Spelling) -> Self {
        let mut text = String::with_capacity(original.len() * 2);
        let mut origin = Vec::with_capacity(original.len() * 2);
        let mut words = Words::start();
        let two_spellings = fold(original, spelling, |c, at| {
            let Some(begins) = words.step(c) else { return };
            if begins {
                text.push_str("  ");
                origin.extend([None, None]);
            }
            text.push(c);
            origin.resize(text.len(), Some(at));
        });
        Self { text, origin, two_spellings }
    }

    /// Appends the original's bytes for every place where the needle is.
    fn find(&self, needle: &str, hits: &mut Vec<Range<usize>>) {
        let mut from = 0;
        while let Some(start) = self.text[from..].find(needle).map(|found| from + found) {
            let mut bytes = self.origin[start..start + needle.len()].iter().flatten();
            if let Some(first) = bytes.next() {
                let end = bytes.next_back().map_or(first.end, |last| last.end.max(first.end));
                hits.push(first.start..end);
            }
            // The next one may overlap this one.
            from = start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

pub(super) fn marks(words: &[Word], original: &str) -> Vec<Range<usize>> {
    let needles = || words.iter().flat_map(|word| word.needles());
    let mut hits = Vec::new();
    let short = Traced::new(original, Spelling::Short);
    needles().for_each(|needle| short.find(needle, &mut hits));
    if short.two_spellings {
        let long = Traced::new(original, Spelling::Long);
        needles().for_each(|needle| long.find(needle, &mut hits));
    }
    joined(hits)
}

/// In order, overlapping and touching ones made one.
fn joined(mut hits: Vec<Range<usize>>) -> Vec<Range<usize>> {
    hits.sort_unstable_by_key(|hit| (hit.start, hit.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(hits.len());
    for hit in hits {
        match out.last_mut() {
            Some(last) if hit.start <= last.end => last.end = last.end.max(hit.end),
            _ => out.push(hit),
        }
    }
    out
}
