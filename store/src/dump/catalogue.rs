//! Which tables there are, asked of the engine.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::field::{FieldKind, Internal, SqlType};

use super::{CellKind, Column, MARKER};
use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::statement::Statement;
use crate::tx::Tx;

/// Schema, table, column, type, place in the key from 1. Virtual tables among them, so that one that nobody has thought of
/// is an error instead of missing.
const SQLITE: &str = "select '', t.name, c.name, lower(c.type), c.pk
    from pragma_table_list t, pragma_table_info(t.name) c
    where t.schema = 'main' and t.type in ('table', 'virtual') and t.name not like 'sqlite\\_%' escape '\\'
    order by t.name, c.cid";
const POSTGRES: &str = "select n.nspname::text, t.relname::text, c.attname::text, format_type(c.atttypid, c.atttypmod)::text,
        coalesce(array_position(k.conkey, c.attnum), 0)::bigint
    from pg_class t
    join pg_namespace n on n.oid = t.relnamespace
    join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
    left join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
    where t.relkind in ('r', 'p') and not t.relispartition
        and (n.nspname = current_schema() or n.nspname ~ '^client_[0-9]+$')
        and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = t.oid and d.deptype = 'e')
    order by n.nspname, t.relname, c.attnum";

/// A table, and one that it refers to.
const SQLITE_REFERENCES: &str = "select m.name, f.\"table\" from pragma_table_list m, pragma_foreign_key_list(m.name) f
    where m.schema = 'main' and m.type = 'table'";
const POSTGRES_REFERENCES: &str = "select t.relname::text, r.relname::text from pg_constraint k
    join pg_class t on t.oid = k.conrelid join pg_class r on r.oid = k.confrelid where k.contype = 'f'";

/// A table of the database.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Empty on SQLite.
    pub(super) schema: String,
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The places of the columns of its key, in the key's order.
    pub(super) key: Vec<usize>,
}

impl Found {
    /// As it stands in a statement.
    pub(super) fn quoted(&self) -> String {
        if self.schema.is_empty() { quoted(&self.name) } else { format!("{}.{}", quoted(&self.schema), quoted(&self.name)) }
    }
}

/// A name of the catalogue, or one that was held against it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The number of the pool to which a table belongs: `pool_7`, `choices_7`; none for shared tables.
pub(super) fn pool_of(table: &str) -> Option<i64> {
    let number = table.strip_prefix("pool_").or_else(|| table.strip_prefix("choices_"))?;
    numeral(number)
}

fn numeral(text: &str) -> Option<i64> {
    // As Lagune writes it and in no other way.
    text.parse().ok().filter(|n: &i64| *n > 0 && n.to_string() == text)
}

/// What is not read, because it is made anew: search tables, which steps have run, that a restore has begun.
fn is_made_anew(table: &str) -> bool {
    let pool = table.strip_prefix("search_").or_else(|| table.strip_prefix("more_"));
    ["_sqlx_migrations", "search_audit", MARKER].contains(&table) || pool.and_then(numeral).is_some()
}

/// All tables to be read or filled, each behind those that it refers to; those of pools last.
pub(super) async fn tables(tx: &mut Tx) -> Result<Vec<Found>> {
    let (columns, references) = match tx.engine() {
        Engine::Sqlite => (SQLITE, SQLITE_REFERENCES),
        Engine::Postgres => (POSTGRES, POSTGRES_REFERENCES),
    };
    let mut found: Vec<Found> = Vec::new();
    let mut keys: Vec<(usize, i64)> = Vec::new();
    for row in tx.rows(Statement::new(columns)).await? {
        let (schema, name, column) = (row.text(0)?, row.text(1)?, row.text(2)?);
        if is_made_anew(&name) {
            continue;
        }
        if found.last().is_none_or(|last| last.name != name || last.schema != schema) {
            settle_key(&mut found, &mut keys);
            found.push(Found { schema, name: name.clone(), columns: Vec::new(), key: Vec::new() });
        }
        let Some(table) = found.last_mut() else { continue };
        let place = row.int(4)?;
        if place > 0 {
            keys.push((table.columns.len(), place));
        }
        let kind = kind(&row.text(3)?).ok_or_else(|| StoreError::Corrupt(format!("the type of {name}.{column}")))?;
        table.columns.push(Column { name: column, kind });
    }
    settle_key(&mut found, &mut keys);
    if tx.engine() == Engine::Sqlite {
        mark_booleans(tx, &mut found).await?;
    }
    let references = tx.rows(Statement::new(references)).await?;
    let references = references.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect::<Result<Vec<_>>>()?;
    Ok(ordered(found, &references))
}

fn settle_key(found: &mut [Found], keys: &mut Vec<(usize, i64)>) {
    keys.sort_by_key(|(_, place)| *place);
    if let Some(table) = found.last_mut() {
        table.key = keys.iter().map(|(column, _)| *column).collect();
    }
    keys.clear();
}

fn kind(sql: &str) -> Option<CellKind> {
    Some(match sql {
        "integer" | "bigint" => CellKind::Integer,
        "boolean" => CellKind::Boolean,
        "text" => CellKind::Text,
        "blob" | "bytea" => CellKind::Bytes,
        _ => return None,
    })
}

/// SQLite has no type for true and false. PostgreSQL has, and makes the columns of pools by what is said here; those of the
/// shared tables it knows by itself.
async fn mark_booleans(tx: &mut Tx, found: &mut [Found]) -> Result<()> {
    const FIELDS: &str = "select pool_id, 'f' || id from fields where kind = $1";
    const CONVERTED: &str = "select pool_id, 'c' || id from conversions where to_kind = $1";
    // The first column of a field that was converted has the type from before.
    const BEFORE: &str = "select pool_id, 'f' || field_id, from_kind = $1 from conversions where from_column is null";
    let has = |name: &str| found.iter().any(|table| table.name == name);
    let boolean = FieldKind::Boolean.code();
    let mut marked: HashSet<(i64, String)> = HashSet::new();
    let (fields, conversions) = (has("fields"), has("conversions"));
    for sql in [fields.then_some(FIELDS), conversions.then_some(CONVERTED)].into_iter().flatten() {
        for row in tx.rows(Statement::new(sql).arg(boolean)).await? {
            marked.insert((row.int(0)?, row.text(1)?));
        }
    }
    if conversions {
        for row in tx.rows(Statement::new(BEFORE).arg(boolean)).await? {
            let column = (row.int(0)?, row.text(1)?);
            if row.bool(2)? {
                marked.insert(column)
            } else {
                marked.remove(&column)
            };
        }
    }
    let internal = Internal::ALL.into_iter().filter(|one| one.kind().sql() == SqlType::Boolean).map(Internal::column);
    let internal: HashSet<&str> = internal.collect();
    for table in found.iter_mut().filter(|table| table.name.starts_with("pool_")) {
        let Some(pool) = pool_of(&table.name) else { continue };
        for column in &mut table.columns {
            if internal.contains(column.name.as_str()) || marked.contains(&(pool, column.name.clone())) {
                column.kind = CellKind::Boolean;
            }
        }
    }
    Ok(())
}

fn ordered(mut found: Vec<Found>, references: &[(String, String)]) -> Vec<Found> {
    found.sort_by(|a, b| (pool_of(&a.name), &a.name).cmp(&(pool_of(&b.name), &b.name)));
    let mut needs: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (table, other) in references.iter().filter(|(table, other)| table != other) {
        needs.entry(table).or_default().insert(other);
    }
    let mut done: HashSet<String> = HashSet::new();
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    while !found.is_empty() {
        let is_ready = |table: &Found| needs.get(table.name.as_str()).is_none_or(|needs| needs.iter().all(|other| done.contains(*other)));
        // Tables that refer to each other in a circle come as they are.
        let at = found.iter().position(is_ready).unwrap_or(0);
        let table = found.remove(at);
        done.insert(table.name.clone());
        out.push(table);
    }
    out
}

/// The highest ids ever given, by schema and table.
pub(super) async fn last_ids(tx: &mut Tx) -> Result<HashMap<(String, String), i64>> {
    const SQLITE: &str = "select '', name, seq from sqlite_sequence";
    const POSTGRES: &str = "select n.nspname::text, t.relname::text,
            pg_sequence_last_value(pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(t.relname), c.attname)::regclass)
        from pg_attribute c join pg_class t on t.oid = c.attrelid join pg_namespace n on n.oid = t.relnamespace
        where c.attidentity <> '' and (n.nspname = current_schema() or n.nspname ~ '^client_[0-9]+$')";
    let sql = match tx.engine() {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let mut last = HashMap::new();
    for row in tx.rows(Statement::new(sql)).await? {
        if let Some(id) = row.opt_int(2)? {
            last.insert((row.text(0)?, row.text(1)?), id);
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::{Found, is_made_anew, ordered, pool_of};

    #[test]
    fn tables_of_pools_are_told_by_their_number() {
        assert_eq!((pool_of("pool_7"), pool_of("choices_12")), (Some(7), Some(12)));
        assert_eq!([pool_of("pools"), pool_of("pool_changes"), pool_of("pool_07"), pool_of("pool_-1")], [None; 4]);
        assert!(is_made_anew("search_7") && is_made_anew("more_7") && !is_made_anew("search_words"));
    }

    #[test]
    fn each_table_comes_behind_those_that_it_refers_to() {
        let found = |name: &str| Found { schema: String::new(), name: name.to_owned(), columns: Vec::new(), key: Vec::new() };
        let refers = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let tables = ["a", "pool_2", "b", "c"].map(found).to_vec();
        let order = ordered(tables, &[refers("a", "b"), refers("b", "c"), refers("c", "c")]);
        assert_eq!(order.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["c", "b", "a", "pool_2"]);
    }
}
