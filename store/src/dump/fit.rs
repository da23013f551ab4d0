//! Whether a backup fits into a database: nothing may be there, and all that it names must have its place.

use std::collections::{HashMap, HashSet};

use super::catalogue::{self, Found, pool_of};
use super::load::Restored;
use super::{Contents, RestoreError};
use crate::statement::Statement;
use crate::tx::Tx;

/// All tables, none of which has a row.
pub(super) async fn empty(tx: &mut Tx) -> Restored<Vec<Found>> {
    let tables = catalogue::tables(tx).await?;
    for table in &tables {
        if tx.row(Statement::new(format!("select 1 from {} limit 1", table.quoted()))).await?.is_some() {
            return Err(RestoreError::NotEmpty(table.name.clone()));
        }
    }
    Ok(tables)
}

/// Whether everything that the backup names has its place here. Names are held against the catalogue, those of pools
/// against the form that Lagune gives them: they become part of statements.
pub(super) fn check(contents: &Contents, found: &HashMap<String, Found>) -> Restored<()> {
    let unfit = |what: String| Err(RestoreError::Unfit(what));
    let mut names = HashSet::new();
    for table in &contents.tables {
        if !names.insert(&table.name) {
            return unfit(format!("the table {:?} twice", table.name));
        }
        let columns: HashSet<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        if columns.len() < table.columns.len() || columns.is_empty() {
            return unfit(format!("the columns of {:?}", table.name));
        }
        let known = match (pool_of(&table.name), found.get(&table.name)) {
            (Some(_), _) => table.client.is_some() && columns.iter().all(|name| is_plain(name)),
            (None, Some(here)) => columns.iter().all(|name| here.columns.iter().any(|column| column.name == *name)),
            (None, None) => false,
        };
        if !known {
            return unfit(format!("the table {:?} or its columns", table.name));
        }
    }
    Ok(())
}

/// A name as Lagune gives them to columns of pools.
fn is_plain(name: &str) -> bool {
    name.len() < 60
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
