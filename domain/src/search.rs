//! The word rule of the search: what is indexed, what is looked for, and what is marked.
//!
//! Texts are folded (compatibility decomposition, accents dropped, lower case, `ß` as `ss`) and cut into words at
//! whitespace. In the index text every word, and every letter or digit behind a sign, has two spaces in front, and
//! there is no other space: `Hans-Peter` becomes `␣␣hans-␣␣peter`. So "at the beginning of a word" is a plain
//! substring, which the trigram indexes of both databases answer. A word with ä, ö, ü, å or ø is there in both of
//! its spellings: `Müller` is found by `muller` and by `mueller`.

use std::ops::Range;

mod fold;
mod index;
mod marks;
mod order;

pub(crate) use fold::fold_umlauts_long;
pub use index::{index_text, push_index_text};
pub(crate) use order::same_but_for_case;
pub use order::{sort_key, sort_key_cmp};

/// The most words of a query that are used.
pub const MAX_WORDS: usize = 10;

/// The most characters of a query that are used.
pub const MAX_QUERY: usize = 200;

/// A word of fewer characters is only found at the beginning of a word, a longer one everywhere.
const ANYWHERE: usize = 3;

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    needles: Vec<String>,
}

impl Word {
    /// The spellings, one of which must occur in the index text as it stands; each has at least three characters.
    pub fn needles(&self) -> &[String] {
        &self.needles
    }

    /// Nothing is left of a word that consists of accents or control characters only.
    fn parse(token: &str) -> Option<Self> {
        let (short, long) = index::spellings(token);
        let length = short.chars().filter(|c| *c != ' ').count();
        let needle = |padded: String| if length < ANYWHERE { padded } else { padded.trim_start().to_owned() };
        (length > 0).then(|| Self { needles: [Some(short), long].into_iter().flatten().map(needle).collect() })
    }
}

/// What somebody searches for: every word must occur, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
}

impl Query {
    /// Reads the search box: at most [`MAX_WORDS`] words within the first [`MAX_QUERY`] characters.
    pub fn parse(typed: &str) -> Self {
        let end = typed.char_indices().nth(MAX_QUERY).map_or(typed.len(), |(end, _)| end);
        let mut words: Vec<Word> = Vec::new();
        for word in typed[..end].split_whitespace().filter_map(Word::parse) {
            if words.len() < MAX_WORDS && !words.contains(&word) {
                words.push(word);
            }
        }
        Self { words }
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words, each once.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether a profile with this index text is a hit.
    pub fn matches(&self, index_text: &str) -> bool {
        self.words.iter().all(|word| word.needles.iter().any(|needle| index_text.contains(needle.as_str())))
    }

    /// Where the words are in a shown text: byte ranges of whole characters, in order, not touching each other.
    pub fn marks(&self, original: &str) -> Vec<Range<usize>> {
        if self.is_empty() { Vec::new() } else { marks::marks(&self.words, original) }
    }
}

#[cfg(test)]
mod tests;
