//! What PostgreSQL's trigram index is asked.

use crate::pool_table::PoolTables;
use crate::search::Search;
use crate::search::sqlite::name;
use crate::statement::Statement;

/// A needle as a pattern of `like` in which it stands for itself.
pub(crate) fn pattern(needle: &str) -> String {
    let mut out = String::with_capacity(needle.len() + 2);
    out.push('%');
    for c in needle.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
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
        for (n, needle) in word.alternatives().enumerate() {
            statement.push(if n == 0 { "s.body like " } else { " or s.body like " });
            statement.bind(pattern(needle));
        }
        statement.push(")");
    }
    if let Some(filters) = filters {
        statement.push(" and ").append(filters.clone());
    }
    statement
}
