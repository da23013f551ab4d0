//! A list to choose from, and how something is found in it.

use std::sync::{Arc, OnceLock};

use domain::search::{Query, index_text, sort_key};

use crate::api::profiles::shapes::Choice;

/// From so many options on they are searched, not looked through.
const LONG: usize = 12;

/// A list that many fields may share.
#[derive(Clone, Debug, Default)]
pub struct Options {
    all: Arc<Vec<Choice>>,
    /// The index texts, made when somebody searches for the first time.
    texts: Arc<OnceLock<Vec<String>>>,
}

impl Options {
    /// A list; a choice without a label is called as it is stored.
    pub fn new(mut all: Vec<Choice>) -> Self {
        for choice in all.iter_mut().filter(|choice| choice.label.is_empty()) {
            choice.label.clone_from(&choice.code);
        }
        Self { all: Arc::new(all), texts: Arc::default() }
    }

    /// All of them, in their order.
    pub fn all(&self) -> &[Choice] {
        &self.all
    }

    /// Whether one searches in it.
    pub fn is_long(&self) -> bool {
        self.all.len() > LONG
    }

    /// How a stored value is called; one that the list does not have (any more) is shown as it is.
    pub fn label(&self, code: &str) -> String {
        self.all.iter().find(|choice| choice.code == code).map_or(code, |choice| &choice.label).to_owned()
    }

    /// The values that the list does not have. They stay choosable, or saving would lose them.
    pub fn unknown(&self, values: &[String]) -> Vec<String> {
        let unknown = |value: &&String| !value.is_empty() && self.all.iter().all(|choice| choice.code != **value);
        values.iter().filter(unknown).cloned().collect()
    }

    fn texts(&self) -> &[String] {
        let text = |choice: &Choice| {
            let code = (choice.code != choice.label).then_some(choice.code.as_str());
            index_text([choice.label.as_str()].into_iter().chain(code))
        };
        self.texts.get_or_init(|| self.all.iter().map(text).collect())
    }

    /// The places of what contains every typed word; first what begins with the first one.
    pub fn find(&self, typed: &str) -> Vec<usize> {
        let query = Query::parse(typed);
        if query.is_empty() {
            return (0..self.all.len()).collect();
        }
        let begins = |text: &str| {
            let first = query.words().first().map(|word| word.needles());
            first.is_some_and(|needles| needles.iter().any(|needle| text.trim_start().starts_with(needle.trim_start())))
        };
        let texts = self.texts();
        let hits = (0..texts.len()).filter(|at| query.matches(&texts[*at]));
        let (mut front, back): (Vec<usize>, Vec<usize>) = hits.partition(|at| begins(&texts[*at]));
        front.extend(back);
        front
    }

    /// The choice that a typed text names in full; case and accents do not count.
    pub fn named(&self, typed: &str) -> Option<&Choice> {
        let typed = typed.trim();
        let exact = self.all.iter().find(|choice| choice.label == typed || choice.code == typed);
        exact.or_else(|| {
            let key = sort_key(typed);
            let mut hits = self.all.iter().filter(|choice| sort_key(&choice.label) == key);
            hits.next().filter(|_| hits.next().is_none())
        })
    }
}

#[cfg(test)]
mod tests;
