//! The word rule of the search: what is indexed, what is looked for, and what is marked.

use std::cmp::Ordering;
use std::ops::Range;

/// The most words of a query that are used.
pub const MAX_WORDS: usize = 10;

/// The most characters of a query that are used.
pub const MAX_QUERY: usize = 200;

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    needles: Vec<String>,
}

impl Word {
    /// The alternatives, one of which must occur in the index text as it stands.
    pub fn needles(&self) -> &[String] {
        &self.needles
    }
}

/// What somebody searches for: every word must occur.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
}

impl Query {
    /// Reads the search box.
    pub fn parse(typed: &str) -> Self {
        let used: String = typed.chars().take(MAX_QUERY).collect();
        let words = used.split_whitespace().take(MAX_WORDS);
        Self { words: words.map(|word| Word { needles: vec![index_text([word].into_iter()).trim().to_owned()] }).collect() }
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether a profile with this index text is a hit.
    pub fn matches(&self, index_text: &str) -> bool {
        self.words.iter().all(|word| word.needles.iter().any(|needle| index_text.contains(needle.as_str())))
    }

    /// Where the words are in a shown text: byte ranges, in order, not overlapping.
    pub fn marks(&self, _original: &str) -> Vec<Range<usize>> {
        Vec::new()
    }
}

/// The normalised text by which a profile is found.
pub fn index_text<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    parts.for_each(|part| push_index_text(&mut out, part));
    out
}

/// Appends one field's text to an index text.
pub fn push_index_text(out: &mut String, part: &str) {
    for word in part.split_whitespace() {
        out.push_str("  ");
        out.push_str(&word.to_lowercase());
    }
}

/// The text folded, umlauts spelled with an e.
pub(crate) fn fold_umlauts_long(text: &str) -> String {
    text.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

/// The order of texts: case and accents do not count, unless nothing else differs.
pub fn sort_key_cmp(a: &str, b: &str) -> Ordering {
    a.to_lowercase().cmp(&b.to_lowercase()).then_with(|| a.cmp(b))
}
