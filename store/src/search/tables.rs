//! The search tables of a pool, and their indexes.

use crate::db::Engine;
use crate::pool_table::PoolTables;

/// How many parts the text lies in on PostgreSQL. The trigram index of one part is built by one
/// process, so two parts take half the time on two cores.
pub(crate) const PARTS: usize = 2;

/// Memory in which SQLite gathers trigrams before it writes them, in bytes. The built-in 1 MB makes
/// a load of a million profiles take half again as long.
const GATHERED: usize = 16 * 1024 * 1024;

/// SQL that makes the search tables of a new pool.
pub(crate) fn create(table: &PoolTables) -> String {
    match table.engine() {
        Engine::Sqlite => create_bare(table),
        Engine::Postgres => {
            create_bare(table)
                + &create_indexes(&table.search_main()).join(";\n")
                + ";\n"
                + &create_indexes(&table.search_more()).join(";\n")
                + ";\n"
        }
    }
}

/// The same without what PostgreSQL finds their texts by.
pub(crate) fn create_bare(table: &PoolTables) -> String {
    let make = match table.engine() {
        Engine::Sqlite => fts5,
        Engine::Postgres => parts,
    };
    [table.search_main(), table.search_more()].map(|name| make(&name)).concat()
}

/// Holds no text, only trigrams; our text is folded already, so the tokenizer need not fold again.
fn fts5(name: &str) -> String {
    format!(
        "create virtual table {name} using fts5(body, content = '', contentless_delete = 1, \
         tokenize = 'trigram case_sensitive 1');\n\
         insert into {name}({name}, rank) values ('hashsize', {GATHERED});\n"
    )
}

/// A narrow table beside the profiles: eighty texts fit where six profiles do, so that the hits of
/// a word lie on fewer pages and the newest thousands can be looked through in a few milliseconds.
fn parts(name: &str) -> String {
    let mut out = format!("create table {name} (profile_id bigint primary key, body text not null) partition by hash (profile_id);\n");
    for part in 0..PARTS {
        out.push_str(&format!("create table {name}_{part} partition of {name} for values with (modulus {PARTS}, remainder {part});\n"));
    }
    out
}

/// PostgreSQL: the statements that make the trigram indexes of a search table, one a part. Pending
/// lists are off: they make a reader pay for what a writer left behind.
pub(crate) fn create_indexes(name: &str) -> Vec<String> {
    let bare = name.rsplit('.').next().unwrap_or(name);
    (0..PARTS)
        .map(|part| {
            format!(
                "create index if not exists {bare}_{part}_trigrams on {name}_{part} \
                 using gin (body gin_trgm_ops) with (fastupdate = off)"
            )
        })
        .collect()
}

/// PostgreSQL: the statements that drop the trigram indexes of a search table.
pub(crate) fn drop_indexes(name: &str) -> Vec<String> {
    (0..PARTS).map(|part| format!("drop index if exists {name}_{part}_trigrams")).collect()
}
