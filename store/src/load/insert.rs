//! New profiles, as many as possible in one statement.

use std::collections::HashSet;
use std::sync::Arc;

use domain::field::{FieldDef, FieldKind, Internal, SqlType};
use domain::id::{FieldId, ImportId};
use domain::pool::Pool;
use domain::time::Millis;
use domain::value::Value;

use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::load::ahead::{Ahead, Taker};
use crate::load::copy;
use crate::load::weigh::Draft;
use crate::pool_table::{PoolTables, column};
use crate::profiles::columns::{options, to_arg};
use crate::profiles::create::defaults;
use crate::search::text::Indexer;
use crate::search::write;
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// How many values SQLite binds in one statement.
pub(crate) const MOST_VALUES: usize = 32_000;

/// Where new profiles come from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A file: they get this id and those that follow, and where it says nothing what every new profile gets.
    Import(ImportId, i64),
    /// A backup: they have their ids already, and nothing but what it says.
    Backup(Vec<i64>),
}

/// A column that is filled.
#[derive(Debug)]
pub(crate) struct Column {
    field: FieldId,
    kind: FieldKind,
    name: String,
    /// What stands where a row says nothing.
    default: Option<Value>,
}

/// The rows of a batch as the tables want them.
#[derive(Debug)]
pub(crate) struct NewRows {
    /// Those that at least one row fills, or that have a default.
    columns: Vec<Column>,
    pub(crate) rows: Vec<Draft>,
    origin: Origin,
    pub(crate) revision: i64,
    pub(crate) now: Millis,
}

impl NewRows {
    fn of(pool: &Pool, origin: Origin, revision: i64, rows: Vec<Draft>, now: Millis) -> Self {
        let defaults = match origin {
            Origin::Import(..) => defaults(pool, now),
            Origin::Backup(_) => Vec::new(),
        };
        let mut filled: HashSet<FieldId> = defaults.iter().map(|(field, _)| *field).collect();
        filled.extend(rows.iter().flat_map(|row| &row.values).map(|(field, _)| *field));
        let default = |field: &FieldDef| defaults.iter().find(|(known, _)| *known == field.id).map(|(_, value)| value.clone());
        let columns = pool
            .fields
            .iter()
            .filter(|field| filled.contains(&field.id) && field.internal != Some(Internal::ProfileId))
            .map(|field| Column {
                field: field.id,
                kind: field.kind,
                name: column(field),
                default: default(field).or_else(|| never_empty(field)),
            })
            .collect();
        Self { columns, rows, origin, revision, now }
    }

    /// The columns in front of the fields' and theirs.
    pub(crate) fn columns(&self) -> String {
        let mut out = String::from("profile_id, revision, updated_at, created_import");
        for column in &self.columns {
            out.push_str(", ");
            out.push_str(&column.name);
        }
        out
    }

    /// The id of a row.
    pub(crate) fn id(&self, n: usize) -> i64 {
        match &self.origin {
            Origin::Import(_, first) => first + i64::try_from(n).unwrap_or(i64::MAX),
            Origin::Backup(ids) => ids[n],
        }
    }

    /// The import that makes them.
    pub(crate) fn import(&self) -> Option<ImportId> {
        match self.origin {
            Origin::Import(import, _) => Some(import),
            Origin::Backup(_) => None,
        }
    }

    /// The values of a row in the order of the columns.
    pub(crate) fn values<'r>(&'r self, row: &'r Draft) -> impl Iterator<Item = (FieldKind, Option<&'r Value>)> {
        let value = |column: &Column| row.values.iter().find(|(known, _)| *known == column.field).map(|(_, value)| value);
        let default = |column: &'r Column| column.default.as_ref().filter(|_| row.bare.is_empty() || !row.bare.contains(&column.field));
        self.columns.iter().map(move |column| (column.kind, value(column).or_else(|| default(column))))
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
    origin: Origin,
    revision: i64,
    rows: Vec<Draft>,
    now: Millis,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let new = Arc::new(NewRows::of(pool, origin, revision, rows, now));
    let (indexer, shared) = (Indexer::of(pool), Arc::clone(&new));
    match tables.engine() {
        Engine::Sqlite => {
            let (tables, chosen) = (*tables, chosen(pool, &new));
            let mut ready = Ahead::make(move |taker| statements(&tables, &shared, &chosen, &indexer, taker));
            while let Some(statement) = ready.next().await? {
                tx.run(statement).await?;
            }
            Ok(())
        }
        Engine::Postgres => {
            let texts = tokio::task::spawn_blocking(move || texts(&indexer, &shared));
            copy::copy_rows(tx, &tables.profiles(), &new).await?;
            copy::copy_choices(tx, &tables.choices(), chosen(pool, &new)).await?;
            let texts = texts.await.map_err(|error| StoreError::Corrupt(error.to_string()))?;
            copy::copy_texts(tx, &tables.search_main(), texts).await
        }
    }
}

/// All that SQLite has to do for new profiles; ends early when nobody takes it any more.
fn statements(tables: &PoolTables, new: &NewRows, chosen: &[(i64, i64, i64)], indexer: &Indexer, taker: &Taker<Statement>) {
    let profiles = profiles(tables, new).chain(choices(tables, chosen));
    let search = tables.search_main();
    let indexing = std::iter::once_with(|| write::addition(&search, texts(indexer, new)));
    for statement in profiles.chain(indexing) {
        if !taker.hand(statement) {
            return;
        }
    }
}

fn texts(indexer: &Indexer, new: &NewRows) -> Vec<(i64, String)> {
    let text = |row: &Draft| indexer.main(|field| row.values.iter().find(|(known, _)| *known == field).map(|(_, value)| value));
    new.rows.iter().enumerate().map(|(n, row)| (new.id(n), text(row))).collect()
}

fn profiles(tables: &PoolTables, new: &NewRows) -> impl Iterator<Item = Statement> {
    let width = 4 + new.columns.len();
    let most = (MOST_VALUES / width).max(1);
    // Nobody goes on after an error, so no statement need be undone by itself, for which SQLite would copy each page that
    // it changes.
    let head = format!("insert or fail into {} ({}) values ", tables.profiles(), new.columns());
    new.rows.chunks(most).enumerate().map(move |(part, rows)| {
        let system = move |n: usize| [new.id(part * most + n).into(), new.revision.into(), new.now.into(), Arg::from(new.import())];
        let own = |row| new.values(row).map(|(kind, value)| to_arg(kind, value));
        let mut statement = Statement::new(head.clone());
        statement.bind_rows(tables.engine(), rows.iter().enumerate().map(|(n, row)| system(n).into_iter().chain(own(row))));
        statement
    })
}

/// The options that new profiles have, as `(field, option, profile)` in the order of the table's key.
fn chosen(pool: &Pool, new: &NewRows) -> Vec<(i64, i64, i64)> {
    let is_set = |field: &FieldId| pool.field_by_id(*field).is_some_and(|field| field.kind.sql() == SqlType::Set);
    let mut chosen: Vec<(i64, i64, i64)> = Vec::new();
    for (n, row) in new.rows.iter().enumerate() {
        for (field, value) in row.values.iter().filter(|(field, _)| is_set(field)) {
            chosen.extend(options(Some(value)).iter().map(|option| (field.get(), option.get(), new.id(n))));
        }
    }
    chosen.sort_unstable();
    chosen
}

/// Writes `(field, option, profile)`.
pub(crate) async fn write_choices(tx: &mut Tx, tables: &PoolTables, chosen: &[(i64, i64, i64)]) -> Result<()> {
    for statement in choices(tables, chosen) {
        tx.run(statement).await?;
    }
    Ok(())
}

fn choices(tables: &PoolTables, chosen: &[(i64, i64, i64)]) -> impl Iterator<Item = Statement> {
    chosen.chunks(2_000).map(|chosen| {
        let mut statement = Statement::new(format!("insert into {} (field_id, option_id, profile_id) values ", tables.choices()));
        statement.bind_rows(tables.engine(), chosen.iter().map(|(field, option, profile)| [*field, *option, *profile].map(Arg::from)));
        statement
    })
}
