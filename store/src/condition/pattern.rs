//! Texts that are looked for within others, letter by letter as `domain::condition::spellings` says.
//!
//! What a database itself takes for a capital differs: SQLite's `like` knows those of ASCII only, PostgreSQL's `ilike`
//! those of its locale. Both are quick and the same where the text that is looked for is ASCII. For any other one a
//! pattern names the spellings of each letter: `[äÄ]`.

use domain::condition::spellings;

use crate::db::Engine;
use crate::dialect;
use crate::search::postgres::{escaped, pattern};
use crate::statement::Statement;

/// Appends that a text stands in the column, anywhere or at the beginning.
pub(super) fn push(out: &mut Statement, engine: Engine, at: &str, needle: &str, anywhere: bool) {
    if needle.is_ascii() {
        let pattern = if anywhere { pattern(needle) } else { format!("{}%", escaped(needle)) };
        out.push(at).push(dialect::like_any_case(engine)).bind(pattern).push(" escape '\\'");
        return;
    }
    let letters = letters(engine, needle);
    let pattern = match (engine, anywhere) {
        (Engine::Sqlite, true) => format!("*{letters}*"),
        (Engine::Sqlite, false) => format!("{letters}*"),
        (Engine::Postgres, true) => letters,
        (Engine::Postgres, false) => format!("^{letters}"),
    };
    out.push(at).push(dialect::matches_pattern(engine)).bind(pattern);
}

fn letters(engine: Engine, needle: &str) -> String {
    let mut out = String::with_capacity(needle.len() * 4);
    for letter in needle.chars() {
        if spellings(letter).nth(1).is_some() {
            out.push('[');
            out.extend(spellings(letter));
            out.push(']');
        } else {
            plain(engine, letter, &mut out);
        }
    }
    out
}

/// A letter that stands for itself, whatever it means in a pattern.
fn plain(engine: Engine, letter: char, out: &mut String) {
    match engine {
        Engine::Sqlite if matches!(letter, '*' | '?' | '[') => out.extend(['[', letter, ']']),
        Engine::Postgres if letter.is_ascii_punctuation() => out.extend(['\\', letter]),
        _ => out.push(letter),
    }
}
