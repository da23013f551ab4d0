//! A change of one profile.

use std::collections::BTreeMap;

use domain::field::{FieldDef, Internal, SqlType};
use domain::history::{Action, Actor, FieldChange};
use domain::id::{ClientId, FieldId, ProfileId};
use domain::pool::Pool;
use domain::profile::Profile;
use domain::time::Millis;
use domain::value::Value;

use crate::Store;
use crate::changes::{Change, ChangeKind};
use crate::error::{Result, StoreError};
use crate::history;
use crate::pool_table::{PoolTables, column};
use crate::profiles::columns::{Reading, to_arg};
use crate::profiles::create::{change, set_choices};
use crate::profiles::read::{by_ids, owned};
use crate::profiles::stamp::Stamp;
use crate::search::text::Indexer;
use crate::search::write;
use crate::statement::Statement;
use crate::tx::Tx;

impl Store {
    /// Changes fields of a profile; `None` empties a field, fields that are not named stay. A
    /// change that changes nothing leaves no trace. The time of the last change through a form is
    /// not touched: this is a change by hand or by a program.
    ///
    /// # Errors
    /// `NotFound`; `Stale` with the present profile when its revision is another than `base_revision`:
    /// then nothing is written.
    pub async fn update_profile(
        &self,
        client: ClientId,
        pool: &Pool,
        id: ProfileId,
        base_revision: Option<i64>,
        changes: &[(FieldId, Option<Value>)],
        actor: &Actor,
        now: Millis,
    ) -> Result<Profile> {
        owned(client, pool)?;
        let table = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool.id, 0, now).await?;
        let mut profile = read_in(&mut tx, &table, pool, id).await?.ok_or(StoreError::NotFound)?;
        if base_revision.is_some_and(|base| base != profile.revision) {
            return Err(StoreError::Stale(Box::new(profile)));
        }
        let mut changed = real_changes(pool, &profile, changes);
        note_unsubscribing(pool, &mut changed, now);
        if changed.is_empty() {
            return Ok(profile);
        }
        write_columns(&mut tx, &table, id, stamp.revision, &changed, now).await?;
        write_choices(&mut tx, &table, pool, id, &changed).await?;
        let mut line: Vec<FieldChange> = Vec::with_capacity(changed.len());
        for (field, after) in &changed {
            let before = match after {
                Some(value) => profile.values.insert(field.id, value.clone()),
                None => profile.values.remove(&field.id),
            };
            line.push(change(field, before, after.clone()));
        }
        reindex(&mut tx, &table, pool, &profile, &changed, stamp).await?;
        history::write(&mut tx, client, pool.id, id, now, actor, Action::Edited, &line).await?;
        tx.notify(Change { client, pool: Some(pool.id), revision: stamp.revision, kind: ChangeKind::Profiles(vec![id]) });
        tx.commit().await?;
        self.profile(client, pool, id).await
    }
}

/// A living profile as this transaction sees it.
async fn read_in(tx: &mut Tx, table: &PoolTables, pool: &Pool, id: ProfileId) -> Result<Option<Profile>> {
    let reading = Reading::all(pool);
    let Some(row) = tx.row(by_ids(table, &reading, &[id.get()])).await? else { return Ok(None) };
    Ok(Some(reading.profile(&row)?))
}

/// What stands in an internal field that is "emptied" but always has a value.
pub(crate) fn never_empty(field: &FieldDef) -> Option<Value> {
    match field.internal? {
        Internal::Permission | Internal::HardBounces | Internal::UserState => Some(Value::Int(0)),
        Internal::Unsubscribed | Internal::Persona | Internal::NoTracking => Some(Value::Bool(false)),
        _ => None,
    }
}

/// Those changes that make a difference, the last one of each field.
pub(crate) fn real_changes<'a>(
    pool: &'a Pool,
    profile: &Profile,
    changes: &[(FieldId, Option<Value>)],
) -> Vec<(&'a FieldDef, Option<Value>)> {
    let last: BTreeMap<FieldId, &Option<Value>> = changes.iter().map(|(field, value)| (*field, value)).collect();
    last.into_iter()
        .filter_map(|(field, value)| {
            let field = pool.field_by_id(field)?;
            Some((field, value.clone().or_else(|| never_empty(field))))
        })
        .filter(|(field, value)| profile.value(field.id) != value.as_ref())
        .filter(|(field, _)| !matches!(field.internal, Some(Internal::ProfileId | Internal::EntryDate)))
        .collect()
}

/// Whoever is unsubscribed is so since a moment.
pub(crate) fn note_unsubscribing<'a>(pool: &'a Pool, changed: &mut Vec<(&'a FieldDef, Option<Value>)>, now: Millis) {
    let turned = changed.iter().find(|(field, _)| field.internal == Some(Internal::Unsubscribed)).map(|(_, value)| value.clone());
    if let (Some(turned), Some(at)) = (turned, pool.internal(Internal::UnsubscribeDate)) {
        changed.retain(|(field, _)| field.id != at.id);
        changed.push((at, (turned == Some(Value::Bool(true))).then_some(Value::Int(now.get()))));
    }
}

async fn write_columns(
    tx: &mut Tx,
    table: &PoolTables,
    id: ProfileId,
    revision: i64,
    changed: &[(&FieldDef, Option<Value>)],
    now: Millis,
) -> Result<()> {
    let mut statement = Statement::new(format!("update {} set revision = ", table.profiles()));
    statement.bind(revision).push(", updated_at = ").bind(now.get());
    for (field, value) in changed {
        statement.push(&format!(", {} = ", column(field)));
        statement.bind(to_arg(field.kind, value.as_ref()));
    }
    statement.push(" where profile_id = ").bind(id.get());
    tx.run(statement).await?;
    Ok(())
}

async fn write_choices(tx: &mut Tx, table: &PoolTables, pool: &Pool, id: ProfileId, changed: &[(&FieldDef, Option<Value>)]) -> Result<()> {
    let mut values = BTreeMap::new();
    for (field, value) in changed.iter().filter(|(field, _)| field.kind.sql() == SqlType::Set) {
        let sql = format!("delete from {} where field_id = $1 and profile_id = $2", table.choices());
        tx.run(Statement::new(sql).arg(field.id.get()).arg(id.get())).await?;
        values.extend(value.clone().map(|value| (field.id, value)));
    }
    set_choices(tx, table, pool, id.get(), &values).await
}

/// Exchanges the texts of a changed profile in the search tables.
async fn reindex(
    tx: &mut Tx,
    table: &PoolTables,
    pool: &Pool,
    profile: &Profile,
    changed: &[(&FieldDef, Option<Value>)],
    stamp: Stamp,
) -> Result<()> {
    let indexer = Indexer::of(pool);
    let id = profile.id.get();
    if changed.iter().any(|(field, _)| indexer.in_main(field.id)) {
        let text = indexer.main(|field| profile.value(field));
        write::replace(tx, table, &table.search_main(), vec![(id, text)]).await?;
    }
    if id <= stamp.indexed_to {
        let text = indexer.all(|field| profile.value(field));
        write::replace(tx, table, &table.search_more(), vec![(id, text)]).await?;
    }
    Ok(())
}
