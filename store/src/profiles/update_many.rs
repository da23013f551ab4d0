//! Many profiles get other values, each its own: from a file, or by hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::field::{FieldDef, SqlType};
use domain::history::FieldChange;
use domain::id::{FieldId, ImportId};
use domain::pool::Pool;
use domain::profile::Profile;
use domain::time::Millis;
use domain::value::Value;

use crate::error::{Result, StoreError};
use crate::load::insert::{MOST_VALUES, write_choices};
use crate::pool_table::{PoolTables, column};
use crate::profiles::columns::{Reading, options, to_arg};
use crate::profiles::create::change;
use crate::profiles::read::{by_ids, one_of};
use crate::profiles::stamp::Stamp;
use crate::search::text::Indexer;
use crate::search::write as texts;
use crate::statement::Statement;
use crate::tx::Tx;

/// A profile as it was, with the values that differ; none for a field that is emptied.
pub(crate) type Changed = (Profile, BTreeMap<FieldId, Option<Value>>);

/// Where the values come from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    /// A file.
    Import(ImportId),
    /// A person or a program, now.
    Hand(Millis),
}

/// Writes what differs; gives back the lines for the history.
pub(crate) async fn all(
    tx: &mut Tx,
    tables: &PoolTables,
    pool: &Pool,
    source: Source,
    stamp: Stamp,
    changed: Vec<Changed>,
) -> Result<Vec<(i64, String)>> {
    let lines = write(tx, tables, pool, source, stamp, &changed).await?;
    reindex(tx, tables, pool, stamp, &changed).await?;
    Ok(lines)
}

/// The same without the search tables, which are the caller's then.
pub(crate) async fn write(
    tx: &mut Tx,
    tables: &PoolTables,
    pool: &Pool,
    source: Source,
    stamp: Stamp,
    changed: &[Changed],
) -> Result<Vec<(i64, String)>> {
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let touched: BTreeSet<FieldId> = changed.iter().flat_map(|(_, changes)| changes.keys().copied()).collect();
    let fields: Vec<&FieldDef> = touched.iter().filter_map(|field| pool.field_by_id(*field)).collect();
    write_columns(tx, tables, source, stamp.revision, &fields, changed).await?;
    replace_choices(tx, tables, &fields, changed).await?;
    changed.iter().map(|(profile, changes)| Ok((profile.id.get(), line(pool, profile, changes)?))).collect()
}

/// One statement for many profiles: the columns that any of them changes get each one's own value.
async fn write_columns(
    tx: &mut Tx,
    tables: &PoolTables,
    source: Source,
    revision: i64,
    fields: &[&FieldDef],
    changed: &[Changed],
) -> Result<()> {
    let mut sets = String::new();
    for (n, field) in fields.iter().enumerate() {
        sets.push_str(&format!(", {} = v.column{}", column(field), n + 2));
    }
    for part in changed.chunks((MOST_VALUES / (fields.len() + 1)).clamp(1, 1_000)) {
        let mut statement = Statement::new(format!("update {} set revision = ", tables.profiles()));
        statement.number(revision);
        match source {
            Source::Import(import) => statement.push(", updated_import = ").number(import.get()),
            Source::Hand(now) => statement.push(", updated_at = ").number(now.get()),
        };
        statement.push(&sets).push(" from (values ");
        let rows = part.iter().map(|(profile, changes)| {
            let value = |field: &&FieldDef| to_arg(field.kind, after(profile, changes, field.id));
            std::iter::once(profile.id.into()).chain(fields.iter().map(value))
        });
        statement.bind_rows(tables.engine(), rows);
        statement.push(") as v where profile_id = v.column1");
        tx.run(statement).await?;
    }
    Ok(())
}

async fn replace_choices(tx: &mut Tx, tables: &PoolTables, fields: &[&FieldDef], changed: &[Changed]) -> Result<()> {
    for field in fields.iter().filter(|field| field.kind.sql() == SqlType::Set) {
        let of_field = changed.iter().filter_map(|(profile, changes)| Some((profile.id.get(), changes.get(&field.id)?.as_ref())));
        let ids: Vec<i64> = of_field.clone().map(|(id, _)| id).collect();
        let mut statement = Statement::new(format!("delete from {} where field_id = {} and profile_id", tables.choices(), field.id));
        one_of(&mut statement, tables, &ids);
        tx.run(statement).await?;
        let chosen: Vec<(i64, i64, i64)> =
            of_field.flat_map(|(id, value)| options(value).iter().map(move |option| (field.id.get(), option.get(), id))).collect();
        write_choices(tx, tables, &chosen).await?;
    }
    Ok(())
}

async fn reindex(tx: &mut Tx, tables: &PoolTables, pool: &Pool, stamp: Stamp, changed: &[Changed]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let indexer = Indexer::of(pool);
    let main = changed
        .iter()
        .filter(|(_, changes)| changes.keys().any(|field| indexer.in_main(*field)))
        .map(|(profile, changes)| {
            let text = indexer.main(|field| after(profile, changes, field));
            (profile.id.get(), text)
        })
        .collect();
    texts::replace(tx, tables, &tables.search_main(), main).await?;
    let covered: Vec<i64> = changed.iter().map(|(profile, _)| profile.id.get()).filter(|id| *id <= stamp.indexed_to).collect();
    if covered.is_empty() {
        return Ok(());
    }
    let reading = Reading::all(pool);
    let rows = tx.rows(by_ids(tables, &reading, &covered)).await?;
    let mut more = Vec::with_capacity(rows.len());
    for row in &rows {
        let profile = reading.profile(row)?;
        more.push((profile.id.get(), indexer.all(|field| profile.value(field))));
    }
    texts::replace(tx, tables, &tables.search_more(), more).await
}

/// A field's value once the changes are made.
pub(crate) fn after<'a>(profile: &'a Profile, changes: &'a BTreeMap<FieldId, Option<Value>>, field: FieldId) -> Option<&'a Value> {
    match changes.get(&field) {
        Some(after) => after.as_ref(),
        None => profile.value(field),
    }
}

fn line(pool: &Pool, profile: &Profile, changes: &BTreeMap<FieldId, Option<Value>>) -> Result<String> {
    let fields: Vec<FieldChange> = changes
        .iter()
        .filter_map(|(id, after)| {
            let field = pool.field_by_id(*id)?;
            Some(change(field, profile.value(*id).cloned(), after.clone()))
        })
        .collect();
    serde_json::to_string(&fields).map_err(|error| StoreError::Corrupt(error.to_string()))
}
