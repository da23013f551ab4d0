//! New profiles, as many as possible in one statement.

use std::sync::Arc;

use domain::field::{FieldDef, Internal, SqlType};
use domain::id::{FieldId, ImportId};
use domain::pool::Pool;
use domain::time::Millis;
use domain::value::Value;

use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::load::copy;
use crate::pool_table::{PoolTables, column};
use crate::profiles::columns::{options, to_arg};
use crate::profiles::create::defaults;
use crate::search::text::Indexer;
use crate::search::write;
use crate::statement::Statement;
use crate::tx::Tx;

/// How many values SQLite binds in one statement.
const MOST_VALUES: usize = 32_000;

/// What the new profiles of a batch have been given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids {
    /// The first one's id; the others follow.
    pub(crate) first: i64,
    /// Their revision.
    pub(crate) revision: i64,
}

/// The rows of a batch as the tables want them.
#[derive(Debug)]
pub(crate) struct NewRows<'a> {
    /// Columns that at least one of them fills, or that have a default.
    pub(crate) fields: Vec<&'a FieldDef>,
    /// What stands where a row says nothing.
    pub(crate) defaults: Vec<Option<Value>>,
    /// Each with the places of its values in `fields`.
    pub(crate) rows: Arc<Vec<Vec<(FieldId, Value)>>>,
    pub(crate) ids: Ids,
    pub(crate) import: ImportId,
    pub(crate) now: Millis,
}

impl<'a> NewRows<'a> {
    fn of(pool: &'a Pool, import: ImportId, ids: Ids, rows: Vec<Vec<(FieldId, Value)>>, now: Millis) -> Self {
        let defaults = defaults(pool, now);
        let mut filled: std::collections::HashSet<FieldId> = defaults.iter().map(|(field, _)| *field).collect();
        filled.extend(rows.iter().flatten().map(|(field, _)| *field));
        let fields: Vec<&FieldDef> =
            pool.fields.iter().filter(|f| filled.contains(&f.id) && f.internal != Some(Internal::ProfileId)).collect();
        let default = |field: &&FieldDef| defaults.iter().find(|(known, _)| *known == field.id).map(|(_, value)| value.clone());
        let defaults = fields.iter().map(|field| default(field).or_else(|| never_empty(field))).collect();
        Self { fields, defaults, rows: Arc::new(rows), ids, import, now }
    }

    /// The columns in front of the fields' and theirs.
    pub(crate) fn columns(&self) -> String {
        let mut out = String::from("profile_id, revision, updated_at, created_import");
        for field in &self.fields {
            out.push_str(", ");
            out.push_str(&column(field));
        }
        out
    }

    /// The id of a row.
    pub(crate) fn id(&self, n: usize) -> i64 {
        self.ids.first + i64::try_from(n).unwrap_or(i64::MAX)
    }

    /// The values of a row in the order of the fields.
    pub(crate) fn values<'r>(&'r self, row: &'r [(FieldId, Value)]) -> impl Iterator<Item = Option<&'r Value>> {
        self.fields
            .iter()
            .zip(&self.defaults)
            .map(move |(field, default)| row.iter().find(|(known, _)| *known == field.id).map(|(_, value)| value).or(default.as_ref()))
    }
}

/// What stands where nothing is said, in the columns that are never empty.
fn never_empty(field: &FieldDef) -> Option<Value> {
    match field.internal? {
        Internal::Unsubscribed | Internal::Persona | Internal::NoTracking => Some(Value::Bool(false)),
        Internal::HardBounces | Internal::UserState => Some(Value::Int(0)),
        _ => None,
    }
}

/// Writes new profiles, their options and their texts.
pub(crate) async fn all(
    tx: &mut Tx,
    tables: &PoolTables,
    pool: &Pool,
    import: ImportId,
    ids: Ids,
    rows: Vec<Vec<(FieldId, Value)>>,
    now: Millis,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let new = NewRows::of(pool, import, ids, rows, now);
    // The texts are made by another core while the database takes the rows.
    let (shared, indexer) = (Arc::clone(&new.rows), Indexer::of(pool));
    let texts = tokio::task::spawn_blocking(move || texts(&indexer, ids.first, &shared));
    match tables.engine() {
        Engine::Sqlite => insert(tx, tables, &new).await?,
        Engine::Postgres => copy::copy_rows(tx, &tables.profiles(), &new).await?,
    }
    insert_choices(tx, tables, pool, &new).await?;
    let texts = texts.await.map_err(|error| StoreError::Corrupt(error.to_string()))?;
    match tables.engine() {
        Engine::Sqlite => write::add(tx, tables, &tables.search_main(), texts).await,
        Engine::Postgres => copy::copy_texts(tx, &tables.search_main(), texts).await,
    }
}

fn texts(indexer: &Indexer, first: i64, rows: &[Vec<(FieldId, Value)>]) -> Vec<(i64, String)> {
    let text = |row: &Vec<(FieldId, Value)>| indexer.main(|field| row.iter().find(|(known, _)| *known == field).map(|(_, value)| value));
    (first..).zip(rows).map(|(id, row)| (id, text(row))).collect()
}

async fn insert(tx: &mut Tx, tables: &PoolTables, new: &NewRows<'_>) -> Result<()> {
    let width = 4 + new.fields.len();
    let most = (MOST_VALUES / width).max(1);
    let head = format!("insert into {} ({}) values ", tables.profiles(), new.columns());
    let mut text = String::new();
    let mut texts_for = 0;
    for (part, rows) in new.rows.chunks(most).enumerate() {
        if texts_for != rows.len() {
            text = placeholders(&head, rows.len(), width);
            texts_for = rows.len();
        }
        let mut statement = Statement::new(text.clone());
        statement.args.reserve(rows.len() * width);
        for (n, row) in rows.iter().enumerate() {
            statement.args.push(new.id(part * most + n).into());
            statement.args.push(new.ids.revision.into());
            statement.args.push(new.now.into());
            statement.args.push(new.import.into());
            for (field, value) in new.fields.iter().zip(new.values(row)) {
                statement.args.push(to_arg(field.kind, value));
            }
        }
        tx.run(statement).await?;
    }
    Ok(())
}

/// `insert … values (?, ?), (?, ?)`: bare question marks, which are numbered as they come.
fn placeholders(head: &str, rows: usize, width: usize) -> String {
    let row = format!("({})", vec!["?"; width].join(","));
    let mut out = String::with_capacity(head.len() + rows * (row.len() + 1));
    out.push_str(head);
    for n in 0..rows {
        if n > 0 {
            out.push(',');
        }
        out.push_str(&row);
    }
    out
}

async fn insert_choices(tx: &mut Tx, tables: &PoolTables, pool: &Pool, new: &NewRows<'_>) -> Result<()> {
    let is_set = |field: &FieldId| pool.field_by_id(*field).is_some_and(|field| field.kind.sql() == SqlType::Set);
    let mut chosen: Vec<(i64, i64, i64)> = Vec::new();
    for (n, row) in new.rows.iter().enumerate() {
        for (field, value) in row.iter().filter(|(field, _)| is_set(field)) {
            chosen.extend(options(Some(value)).iter().map(|option| (field.get(), option.get(), new.id(n))));
        }
    }
    // In the order of the table's key.
    chosen.sort_unstable();
    write_choices(tx, tables, &chosen).await
}

/// Writes `(field, option, profile)`.
pub(crate) async fn write_choices(tx: &mut Tx, tables: &PoolTables, chosen: &[(i64, i64, i64)]) -> Result<()> {
    for chosen in chosen.chunks(2_000) {
        let mut statement = Statement::new(format!("insert into {} (field_id, option_id, profile_id) values ", tables.choices()));
        for (n, (field, option, profile)) in chosen.iter().enumerate() {
            statement.push(if n == 0 { "(" } else { ", (" });
            statement.number(*field).push(", ").number(*option).push(", ").bind(*profile).push(")");
        }
        tx.run(statement).await?;
    }
    Ok(())
}
