//! The tables themselves, read once when first asked.

use std::{collections::HashMap, sync::LazyLock};

use super::Choice;
use crate::{field::FieldKind, lang::Lang};

/// One line of a table: its code, its names and the further names by which it is found.
pub(super) struct Entry {
    pub(super) code: &'static str,
    pub(super) de: &'static str,
    pub(super) en: &'static str,
    /// Other codes and names.
    pub(super) others: Vec<&'static str>,
}

impl Entry {
    fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::De => self.de,
            Lang::En => self.en,
        }
    }
}

pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    by_code: HashMap<&'static str, usize>,
    de: Vec<Choice>,
    en: Vec<Choice>,
}

impl Table {
    fn new(entries: Vec<Entry>, sorted: bool) -> Self {
        let by_code = entries.iter().enumerate().map(|(i, e)| (e.code, i)).collect();
        let choices = |lang| {
            let mut all: Vec<_> = entries.iter().map(|e| Choice { code: e.code.into(), label: e.label(lang).into() }).collect();
            if sorted {
                all.sort_by_cached_key(|c| (super::fold(&c.label), c.code.clone()));
            }
            all
        };
        Table { by_code, de: choices(Lang::De), en: choices(Lang::En), entries }
    }

    fn choices(&self, lang: Lang) -> &[Choice] {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }

    /// The code as the table has it, if it has it.
    pub(super) fn code(&self, code: &str) -> Option<&'static str> {
        self.by_code.get_key_value(code).map(|(k, _)| *k)
    }

    fn label(&self, code: &str, lang: Lang) -> Option<&'static str> {
        self.by_code.get(code).map(|&i| self.entries[i].label(lang))
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn others(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|n| !n.is_empty())
}

static CALLING: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| lines(include_str!("countries.tsv")).map(|l| (l[0], l[2])).collect());

pub(super) static COUNTRIES: LazyLock<Table> = LazyLock::new(|| {
    let entry = |l: Vec<&'static str>| Entry { code: l[0], de: l[3], en: l[4], others: [l[1]].into_iter().chain(others(l[5])).collect() };
    Table::new(lines(include_str!("countries.tsv")).map(entry).collect(), true)
});

pub(super) static STATES: LazyLock<Table> = LazyLock::new(|| {
    let entry = |l: Vec<&'static str>| Entry { code: l[0], de: l[1], en: l[2], others: others(l[3]).collect() };
    Table::new(lines(include_str!("states.tsv")).map(entry).collect(), true)
});

pub(super) static LANGUAGES: LazyLock<Table> = LazyLock::new(|| {
    let entry = |l: Vec<&'static str>| Entry { code: l[0], de: l[1], en: l[2], others: others(l[3]).collect() };
    Table::new(lines(include_str!("languages.tsv")).map(entry).collect(), true)
});

/// Country, calling code and prefix of each mobile prefix, in the order of the table.
pub(super) static PREFIX_LINES: LazyLock<Vec<(&'static str, &'static str, &'static str)>> =
    LazyLock::new(|| lines(include_str!("mobile_prefixes.tsv")).map(|l| (l[0], l[1], l[2])).collect());

pub(super) static PREFIXES: LazyLock<Table> = LazyLock::new(|| {
    let entry = |&(_, calling, prefix): &(&str, &str, &str)| {
        let code: &'static str = String::leak(format!("+{calling}{prefix}"));
        let label: &'static str = String::leak(format!("+{calling} {prefix}"));
        Entry { code, de: label, en: label, others: Vec::new() }
    };
    Table::new(PREFIX_LINES.iter().map(entry).collect(), false)
});

/// The six salutations of the subject with the spellings that address lists use for them.
pub(super) static SALUTATIONS: LazyLock<Table> = LazyLock::new(|| {
    let entry = |code, de, en, others: &[&'static str]| Entry { code, de, en, others: others.to_vec() };
    Table::new(
        vec![
            entry(
                "female",
                "Frau",
                "Ms",
                &[
                    "Fr", "Mrs", "Miss", "Madam", "Madame", "Mme", "Mlle", "Signora", "Sig.ra", "Señora", "Sra", "weiblich", "w", "f",
                    "Frau.",
                ],
            ),
            entry(
                "male",
                "Herr",
                "Mr",
                &["Hr", "Hrn", "Herrn", "Mister", "Sir", "Monsieur", "M", "Signor", "Sig", "Señor", "Sr", "männlich", "man"],
            ),
            entry("company", "Firma", "Company", &["Fa", "Organisation", "Organization", "Unternehmen", "Business"]),
            entry("family", "Familie", "Family", &["Fam", "Herr und Frau", "Frau und Herr", "Mr and Mrs", "Mr & Mrs", "Famille"]),
            entry("diverse", "Divers", "Diverse", &["d", "Mx", "nichtbinär", "non-binary", "nonbinary", "x"]),
            entry(
                "other",
                "Sonstige",
                "Other",
                &["sonstiges", "andere", "keine", "keine Angabe", "ohne", "unbekannt", "unknown", "unspecified", "none", "n/a"],
            ),
        ],
        false,
    )
});

/// All countries, sorted by name.
pub fn countries(lang: Lang) -> &'static [Choice] {
    COUNTRIES.choices(lang)
}

/// The states, cantons or provinces of a country, sorted by name; empty where the list holds none of it.
///
/// Held are DE AT CH LI LU FR IT NL BE DK PL CZ GB US ES SE (ISO 3166-2).
pub fn states(country: &str, lang: Lang) -> Vec<Choice> {
    let own = |c: &&Choice| c.code.split_once('-').is_some_and(|(prefix, _)| prefix == country);
    STATES.choices(lang).iter().filter(own).cloned().collect()
}

/// The mobile prefixes of Germany, Austria and Switzerland, labelled like `+49 151`.
pub fn mobile_prefixes() -> &'static [Choice] {
    PREFIXES.choices(Lang::En)
}

/// The salutations, in the order in which a form offers them.
pub fn salutations(lang: Lang) -> &'static [Choice] {
    SALUTATIONS.choices(lang)
}

/// The languages of ISO 639-1, sorted by name.
pub fn languages(lang: Lang) -> &'static [Choice] {
    LANGUAGES.choices(lang)
}

/// What a field of this type offers, sorted by name; nothing for a type without a fixed list. The states are those of
/// all countries, see [`states`] for one.
pub fn choices(kind: FieldKind, lang: Lang) -> &'static [Choice] {
    match kind {
        FieldKind::Salutation => SALUTATIONS.choices(lang),
        FieldKind::Country => COUNTRIES.choices(lang),
        FieldKind::State => STATES.choices(lang),
        FieldKind::MobilePrefix => PREFIXES.choices(lang),
        FieldKind::Language => LANGUAGES.choices(lang),
        _ => &[],
    }
}

/// The name of a country by its code.
pub fn country_label(code: &str, lang: Lang) -> Option<&'static str> {
    COUNTRIES.label(code, lang)
}

/// The name of a state by its code.
pub fn state_label(code: &str, lang: Lang) -> Option<&'static str> {
    STATES.label(code, lang)
}

/// How a mobile prefix is shown.
pub fn mobile_prefix_label(code: &str) -> Option<&'static str> {
    PREFIXES.label(code, Lang::En)
}

/// The name of a salutation by its code.
pub fn salutation_label(code: &str, lang: Lang) -> Option<&'static str> {
    SALUTATIONS.label(code, lang)
}

/// The name of a language by its code.
pub fn language_label(code: &str, lang: Lang) -> Option<&'static str> {
    LANGUAGES.label(code, lang)
}

/// The calling code of a country without the plus sign: `49` for `DE`.
pub fn calling_code(country: &str) -> Option<&'static str> {
    CALLING.get(country).copied().filter(|c| !c.is_empty())
}
