//! What SQLite's full text index is asked.

use crate::pool_table::PoolTables;
use crate::search::{Index, Search, Wanted};
use crate::statement::Statement;

/// The name of the index that a search asks.
pub(crate) fn name(table: &PoolTables, index: Index) -> String {
    match index {
        Index::Main => table.search_main(),
        Index::All => table.search_more(),
    }
}

/// The words in the language of FTS5: every needle a phrase in quotes, in which only the quote
/// itself means something; so nothing that a person typed is an operator.
pub(crate) fn expression(search: &Search<'_>) -> String {
    let word = |word: &Wanted| {
        let phrases: Vec<String> = word.alternatives().map(phrase).collect();
        format!("({})", phrases.join(" OR "))
    };
    search.words.iter().map(word).collect::<Vec<_>>().join(" AND ")
}

/// A needle as FTS5 takes it: in quotes nothing is an operator.
pub(crate) fn phrase(needle: &str) -> String {
    format!("\"{}\"", needle.replace('"', "\"\""))
}

/// `from …  where …` of the hits; `s.rowid` is the profile, and `p` too when there are filters.
pub(crate) fn hits(table: &PoolTables, search: &Search<'_>, filters: Option<&Statement>) -> Statement {
    let name = name(table, search.index);
    let mut statement = Statement::new(format!("from {name} s "));
    if filters.is_some() {
        // Cross join: the index leads, however few profiles the planner expects of the filters.
        statement.push(&format!("cross join {} p on p.profile_id = s.rowid ", table.profiles()));
    }
    statement.push(&format!("where s.{name} match ")).bind(expression(search));
    if let Some(filters) = filters {
        statement.push(" and ").append(filters.clone());
    }
    statement
}
