//! From what somebody typed to the code of a fixed list, in one look-up: it runs once per cell of an import.

use std::{cell::RefCell, collections::HashMap, sync::LazyLock};

use super::{
    fold, fold_digraphs, fold_into,
    table::{COUNTRIES, Entry, LANGUAGES, PREFIX_LINES, PREFIXES, SALUTATIONS, STATES, Table},
};

type Names = HashMap<String, &'static str>;

/// Every folded name and code. The first to claim a name keeps it: labels before other names, tables in their order.
fn names(table: &'static Table) -> Names {
    let mut all = Names::new();
    let mut add = |name: &str, code| {
        for key in [Some(fold(name)), fold_digraphs(name)].into_iter().flatten().filter(|k| !k.is_empty()) {
            all.entry(key).or_insert(code);
        }
    };
    for e in &table.entries {
        add(e.code, e.code);
    }
    for e in &table.entries {
        add(e.de, e.code);
        add(e.en, e.code);
    }
    for e in &table.entries {
        e.others.iter().for_each(|n| add(n, e.code));
    }
    all
}

static COUNTRY_NAMES: LazyLock<Names> = LazyLock::new(|| names(&COUNTRIES));
static LANGUAGE_NAMES: LazyLock<Names> = LazyLock::new(|| names(&LANGUAGES));
static SALUTATION_NAMES: LazyLock<Names> = LazyLock::new(|| names(&SALUTATIONS));

/// Names of states twice: as `DE-bayern` for when the country is known, and as `bayern` for when it is not.
static STATE_NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut all = Names::new();
    let folded = |name: &str| [Some(fold(name)), fold_digraphs(name)].into_iter().flatten().filter(|k| !k.is_empty());
    let country = |e: &Entry| e.code.split('-').next().unwrap_or_default();
    let passes: [fn(&Entry) -> Vec<&str>; 2] = [|e| vec![e.de, e.en], |e| e.others.clone()];
    for pass in passes {
        for e in &STATES.entries {
            for key in pass(e).into_iter().flat_map(folded) {
                all.entry(format!("{}-{key}", country(e))).or_insert(e.code);
                all.entry(key).or_insert(e.code);
            }
        }
    }
    for e in &STATES.entries {
        let short = e.code.split('-').nth(1).unwrap_or_default();
        all.entry(format!("{}-{}", country(e), fold(short))).or_insert(e.code);
        all.entry(fold(e.code)).or_insert(e.code);
    }
    all
});

/// Digits with calling code → code.
static PREFIX_DIGITS: LazyLock<Names> =
    LazyLock::new(|| PREFIXES.entries.iter().map(|e| (e.code.trim_start_matches('+').to_owned(), e.code)).collect());

fn look_up(names: &Names, typed: &str) -> Option<&'static str> {
    with_key(|key| {
        fold_into(typed, key);
        names.get(key.as_str()).copied()
    })
}

/// Lend out a buffer that stays allocated from cell to cell.
fn with_key<T>(f: impl FnOnce(&mut String) -> T) -> T {
    thread_local!(static KEY: RefCell<String> = const { RefCell::new(String::new()) });
    KEY.with_borrow_mut(|key| {
        key.clear();
        f(key)
    })
}

/// The code of a country by ISO 3166 code of two or three letters or by its name in German, English or another large language.
pub fn find_country(typed: &str) -> Option<&'static str> {
    COUNTRIES.code(typed).or_else(|| look_up(&COUNTRY_NAMES, typed))
}

/// The code of a language by its ISO 639 code or name; of `de-AT` and `en_GB` the language counts.
pub fn find_language(typed: &str) -> Option<&'static str> {
    if let Some(code) = LANGUAGES.code(typed).or_else(|| look_up(&LANGUAGE_NAMES, typed)) {
        return Some(code);
    }
    let (language, _) = typed.trim().split_once(['-', '_'])?;
    if (2..=3).contains(&language.len()) { look_up(&LANGUAGE_NAMES, language) } else { None }
}

/// The code of a salutation by any of its usual spellings.
pub fn find_salutation(typed: &str) -> Option<&'static str> {
    SALUTATIONS.code(typed).or_else(|| look_up(&SALUTATION_NAMES, typed))
}

/// The code of a state by ISO 3166-2 code or name. The country of the same profile decides between states of one
/// name and makes short codes (`BY`, `ZH`, `CA`) readable; without it Germany, Austria and Switzerland come first.
pub fn find_state(typed: &str, country: Option<&str>) -> Option<&'static str> {
    if let Some(code) = STATES.code(typed) {
        return Some(code);
    }
    with_key(|key| {
        if let Some(country) = country {
            key.push_str(country);
            key.push('-');
            fold_into(typed, key);
            if let Some(code) = STATE_NAMES.get(key.as_str()) {
                return Some(*code);
            }
            key.clear();
        }
        fold_into(typed, key);
        STATE_NAMES.get(key.as_str()).copied()
    })
}

/// The code of a mobile prefix: `0151`, `151`, `+49 151`, `0049151`, `+49 (0)151`. A prefix without calling code is
/// looked for in the given country, else in Germany, Austria and Switzerland, in this order.
pub fn find_mobile_prefix(typed: &str, country: Option<&str>) -> Option<&'static str> {
    if let Some(code) = PREFIXES.code(typed) {
        return Some(code);
    }
    if typed.chars().any(|c| !c.is_ascii_digit() && !"+()/-. \u{a0}".contains(c)) {
        return None;
    }
    let digits: String = typed.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let international = if typed.trim_start().starts_with('+') { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    if let Some(digits) = international {
        return PREFIX_DIGITS.get(digits).copied();
    }
    let national = digits.strip_prefix('0').unwrap_or(&digits);
    let own = |&&(c, _, prefix): &&(&str, &str, &str)| country.is_none_or(|own| own == c) && prefix == national;
    let (_, calling, prefix) = PREFIX_LINES.iter().find(own).or_else(|| PREFIX_LINES.iter().find(|l| l.2 == national))?;
    with_key(|key| {
        key.push_str(calling);
        key.push_str(prefix);
        PREFIX_DIGITS.get(key.as_str()).copied()
    })
}
