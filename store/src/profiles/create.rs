//! A new profile.

use std::collections::BTreeMap;

use domain::field::{FieldDef, Internal, SqlType};
use domain::history::{Action, Actor, FieldChange};
use domain::id::{FieldId, ProfileId};
use domain::permission::Permission;
use domain::pool::Pool;
use domain::profile::{Draft, Profile};
use domain::time::Millis;
use domain::value::Value;

use crate::changes::{Change, ChangeKind};
use crate::error::{Conflict, Result, StoreError};
use crate::history;
use crate::pool_table::{PoolTables, column};
use crate::profiles::columns::{options, to_arg};
use crate::profiles::read::{owned, these};
use crate::search::text::Indexer;
use crate::search::write;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

impl Store {
    /// Makes a profile of checked values. Fields that are not named get their default, the
    /// permission is opt-out unless given, the entry time is now.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; `Conflict(OutOfReach)` when the profile would lie outside.
    pub async fn create_profile(&self, reach: &Reach, pool: &Pool, draft: Draft, actor: &Actor, now: Millis) -> Result<Profile> {
        let client = reach.client();
        owned(client, pool)?;
        let (shown, pool) = (pool, &*self.whole(pool).await?);
        let table = PoolTables::of(self.engine(), pool.client, pool.id);
        let values = with_defaults(pool, draft.values, now);
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool, 1, now).await?;
        let id = stamp.first_id;
        insert(&mut tx, &table, pool, id, stamp.revision, &values, now).await?;
        set_choices(&mut tx, &table, pool, id, &values).await?;
        if !reach.is_whole() && these(&mut tx, reach, pool, &[id], false).await?.is_empty() {
            return Err(StoreError::Conflict(Conflict::OutOfReach));
        }
        let indexer = Indexer::of(pool);
        let own_id = Value::Int(id);
        let id_field = pool.internal(Internal::ProfileId).map(|field| field.id);
        let value = |field: FieldId| {
            if Some(field) == id_field { Some(&own_id) } else { values.get(&field) }
        };
        write::add(&mut tx, &table, &table.search_main(), vec![(id, indexer.main(value))]).await?;
        if stamp.indexed_to + 1 == id {
            write::add(&mut tx, &table, &table.search_more(), vec![(id, indexer.all(value))]).await?;
            const SQL: &str = "update pools set indexed_to = $3 where client_id = $1 and id = $2";
            tx.run(Statement::new(SQL).arg(client.get()).arg(pool.id.get()).arg(id)).await?;
        }
        let written: Vec<FieldChange> = pool
            .fields
            .iter()
            .filter(|field| field.internal.is_none())
            .filter_map(|field| Some(change(field, None, Some(values.get(&field.id)?.clone()))))
            .collect();
        history::write(&mut tx, client, pool.id, ProfileId::new(id), now, actor, Action::Created, &written).await?;
        tx.add_to_count(client, pool.id, 1).await?;
        tx.notify(Change { client, pool: Some(pool.id), revision: stamp.revision, kind: ChangeKind::Profiles(vec![ProfileId::new(id)]) });
        tx.commit().await?;
        self.profile(reach, shown, ProfileId::new(id)).await
    }
}

/// One field of a history line.
pub(crate) fn change(field: &FieldDef, before: Option<Value>, after: Option<Value>) -> FieldChange {
    FieldChange { key: field.key.clone(), label: field.label.clone(), before, after }
}

/// The values of a new profile: those given, defaults, and what the system itself writes.
pub(crate) fn with_defaults(pool: &Pool, given: Vec<(FieldId, Value)>, now: Millis) -> BTreeMap<FieldId, Value> {
    let mut values: BTreeMap<FieldId, Value> = defaults(pool, now).into_iter().collect();
    values.extend(
        given.into_iter().filter(|(field, _)| pool.field_by_id(*field).is_some_and(|field| field.internal != Some(Internal::ProfileId))),
    );
    let of = |internal| pool.internal(internal).map(|field| field.id);
    if let (Some(unsubscribed), Some(at)) = (of(Internal::Unsubscribed), of(Internal::UnsubscribeDate))
        && values.get(&unsubscribed) == Some(&Value::Bool(true))
    {
        values.entry(at).or_insert(Value::Int(now.get()));
    }
    values
}

/// What a new profile has before anything is known of it.
pub(crate) fn defaults(pool: &Pool, now: Millis) -> Vec<(FieldId, Value)> {
    let mut values: Vec<(FieldId, Value)> =
        pool.fields.iter().filter_map(|field| Some((field.id, domain::config::default::value(field, now, &pool.zone)?))).collect();
    let mut set = |internal, value| {
        if let Some(field) = pool.internal(internal) {
            values.retain(|(id, _)| *id != field.id);
            values.push((field.id, value));
        }
    };
    set(Internal::Permission, Value::Int(Permission::OptOut.number()));
    set(Internal::EntryDate, Value::Int(now.get()));
    values
}

async fn insert(
    tx: &mut Tx,
    table: &PoolTables,
    pool: &Pool,
    id: i64,
    revision: i64,
    values: &BTreeMap<FieldId, Value>,
    now: Millis,
) -> Result<()> {
    let mut names = String::new();
    let mut statement = Statement::default();
    for field in &pool.fields {
        if field.internal == Some(Internal::ProfileId) {
            continue;
        }
        if let Some(value) = values.get(&field.id) {
            names.push_str(", ");
            names.push_str(&column(field));
            statement.push(", ").bind(to_arg(field.kind, Some(value)));
        }
    }
    let mut insert = Statement::new(format!("insert into {} (profile_id, revision, updated_at{names}) values (", table.profiles()));
    insert.bind(id).push(", ").bind(revision).push(", ").bind(now.get());
    insert.append(statement).push(")");
    tx.run(insert).await?;
    Ok(())
}

/// Writes the options of a profile's multi-selections; those named are all it has of that field.
async fn set_choices(tx: &mut Tx, table: &PoolTables, pool: &Pool, id: i64, values: &BTreeMap<FieldId, Value>) -> Result<()> {
    for (field, value) in values {
        if !pool.field_by_id(*field).is_some_and(|field| field.kind.sql() == SqlType::Set) {
            continue;
        }
        for option in options(Some(value)) {
            let sql = format!("insert into {} (field_id, option_id, profile_id) values ($1, $2, $3)", table.choices());
            tx.run(Statement::new(sql).arg(field.get()).arg(option.get()).arg(id)).await?;
        }
    }
    Ok(())
}
