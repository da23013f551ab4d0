//! What PostgreSQL's trigram index is asked.

use crate::pool_table::PoolTables;
use crate::search::sqlite::name;
use crate::search::{Search, Wanted};
use crate::statement::Statement;

/// The letters that a trigram needs.
const LETTERS: usize = 3;

/// So many spellings make an expression that the index still understands.
const MOST_SPELLINGS: usize = 4;

/// A needle as a pattern of `like` in which it stands for itself, anywhere.
pub(crate) fn pattern(needle: &str) -> String {
    format!("%{}%", escaped(needle))
}

/// A needle in which nothing has a meaning in patterns of `like`.
pub(crate) fn escaped(needle: &str) -> String {
    let mut out = String::with_capacity(needle.len() + 2);
    for c in needle.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The spellings of a word as one regular expression. Of conditions joined by "or" the planner leaves some out of its
/// question to the index, because it believes the other words to be rarer than they are; of a single one never.
fn one_expression(word: &Wanted) -> Option<String> {
    let spellings: Vec<&str> = word.alternatives().collect();
    let plain = |spelling: &&str| spelling.chars().all(char::is_alphanumeric) && spelling.chars().count() >= LETTERS;
    ((2..=MOST_SPELLINGS).contains(&spellings.len()) && spellings.iter().all(plain)).then(|| spellings.join("|"))
}

/// `from … where …` of the hits; `s.profile_id` is the profile, and `p` too when there are filters.
pub(crate) fn hits(table: &PoolTables, search: &Search<'_>, filters: Option<&Statement>) -> Statement {
    let mut statement = Statement::new(format!("from {} s ", name(table, search.index)));
    if filters.is_some() {
        statement.push(&format!("join {} p on p.profile_id = s.profile_id ", table.profiles()));
    }
    statement.push("where ");
    for (n, word) in search.words.iter().enumerate() {
        statement.push(if n == 0 { "(" } else { " and (" });
        match one_expression(word) {
            Some(expression) => {
                statement.push("s.body ~ ").bind(expression);
            }
            None => {
                for (n, needle) in word.alternatives().enumerate() {
                    statement.push(if n == 0 { "s.body like " } else { " or s.body like " });
                    statement.bind(pattern(needle));
                }
            }
        }
        statement.push(")");
    }
    if let Some(filters) = filters {
        // Who is in the index is not in the bin; said for the indexes that have only those.
        statement.push(" and p.deleted_at is null and ").append(filters.clone());
    }
    statement
}
