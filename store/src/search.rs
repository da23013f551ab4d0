//! Finding profiles by words: what is indexed, and what a search box asks of the index.
//!
//! Two indexes of trigrams belong to each pool: `search_<pool>` over name, first name, e-mail and
//! company, `more_<pool>` over all fields. Their text is the one of `domain::search`, in which a
//! word of a query is a plain substring; so both engines answer by the same rule. An option of the
//! pool's own selections is indexed as a token made of its id: renaming it touches no profile, and
//! a query asks for the tokens of the options whose label it matches.

pub(crate) mod candidates;
pub(crate) mod catch_up;
pub(crate) mod postgres;
pub(crate) mod sqlite;
pub(crate) mod tables;
pub(crate) mod text;
pub(crate) mod write;

use domain::field::FieldDef;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::search::{Query, index_text};

use text::{option_token, push_field};

/// Which of the two indexes has the candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    /// Name, first name, e-mail, company.
    Main,
    /// All fields.
    All,
}

/// One word of a search.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// One of them must be part of what is shown.
    needles: Vec<String>,
    /// Or one of these options must be chosen; as tokens of the index.
    options: Vec<String>,
}

impl Wanted {
    /// Everything by which the index finds the word.
    pub(crate) fn alternatives(&self) -> impl Iterator<Item = &str> {
        self.needles.iter().chain(&self.options).map(String::as_str)
    }
}

/// A search, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Search<'a> {
    /// Where the candidates are.
    pub(crate) index: Index,
    /// All of them must occur.
    pub(crate) words: Vec<Wanted>,
    /// The fields that count.
    pub(crate) fields: Vec<&'a FieldDef>,
    /// Whether the index covers more fields than count, so that each candidate is looked at.
    pub(crate) inexact: bool,
}

impl<'a> Search<'a> {
    /// What a query searches for; none when it searches for nothing.
    pub(crate) fn of(pool: &'a Pool, query: &ListQuery) -> Option<Self> {
        let parsed = Query::parse(&query.q);
        if parsed.is_empty() {
            return None;
        }
        let main = pool.default_search();
        let chosen: Vec<&FieldDef> = query.search_in.iter().filter_map(|key| pool.field(key)).filter(|field| field.searchable()).collect();
        let fields = if chosen.is_empty() { main.clone() } else { chosen };
        let within_main = fields.iter().all(|field| main.iter().any(|other| other.id == field.id));
        let inexact = !(within_main && fields.len() == main.len());
        let labelled: Vec<(String, String)> = fields
            .iter()
            .flat_map(|field| &field.options)
            .map(|option| (index_text([option.label.as_str()].into_iter()), option_token(option.id)))
            .collect();
        let words = parsed.words().iter().map(|word| {
            let needles = word.needles().to_vec();
            let hit = |label: &str| needles.iter().any(|needle| label.contains(needle.as_str()));
            let options = labelled.iter().filter(|(label, _)| hit(label)).map(|(_, token)| token.clone()).collect();
            Wanted { needles, options }
        });
        Some(Self { index: if within_main { Index::Main } else { Index::All }, words: words.collect(), fields, inexact })
    }

    /// Whether a profile, read with the fields that count, is a hit.
    pub(crate) fn matches(&self, profile: &Profile) -> bool {
        // Apart, so that nobody finds an option by its token.
        let (mut text, mut options) = (String::new(), String::new());
        for field in &self.fields {
            if let Some(value) = profile.value(field.id) {
                push_field(if field.kind.has_options() { &mut options } else { &mut text }, field, value);
            }
        }
        self.words.iter().all(|word| {
            word.needles.iter().any(|needle| text.contains(needle.as_str()))
                || word.options.iter().any(|token| options.contains(token.as_str()))
        })
    }
}
