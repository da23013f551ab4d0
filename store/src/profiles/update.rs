//! A change of one profile.

use std::collections::BTreeMap;

use domain::field::{FieldDef, Internal};
use domain::history::{Action, Actor};
use domain::id::{FieldId, ProfileId};
use domain::pool::Pool;
use domain::profile::Profile;
use domain::time::Millis;
use domain::value::Value;

use crate::changes::{Change, ChangeKind};
use crate::error::{Conflict, Result, StoreError};
use crate::history;
use crate::pool_table::PoolTables;
use crate::profiles::read::{owned, these};
use crate::profiles::update_many::{self, Source};
use crate::{Reach, Store};

impl Store {
    /// Changes fields of a profile; `None` empties a field, fields that are not named stay. A
    /// change that changes nothing leaves no trace. The time of the last change through a form is
    /// not touched: this is a change by hand or by a program.
    ///
    /// # Errors
    /// `NotFound`; `Stale` with the present profile when its revision is another than `base_revision`;
    /// `Conflict(OutOfReach)` when the profile would lie outside afterwards. Then nothing is written.
    pub async fn update_profile(
        &self,
        reach: &Reach,
        pool: &Pool,
        id: ProfileId,
        base_revision: Option<i64>,
        changes: &[(FieldId, Option<Value>)],
        actor: &Actor,
        now: Millis,
    ) -> Result<Profile> {
        let client = reach.client();
        owned(client, pool)?;
        let (shown, pool) = (pool, &*self.whole(pool).await?);
        let table = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool, 0, now).await?;
        let profile = these(&mut tx, reach, pool, &[id.get()], false).await?.pop().ok_or(StoreError::NotFound)?;
        if base_revision.is_some_and(|base| base != profile.revision) {
            return Err(StoreError::Stale(Box::new(profile)));
        }
        let mut changed = real_changes(pool, &profile, changes);
        note_unsubscribing(pool, &mut changed, now);
        if changed.is_empty() {
            return Ok(profile);
        }
        let changes = changed.into_iter().map(|(field, value)| (field.id, value)).collect();
        if !reach.bounds(pool).hold(pool, &profile, &changes) {
            return Err(StoreError::Conflict(Conflict::OutOfReach));
        }
        let lines = update_many::all(&mut tx, &table, pool, Source::Hand(now), stamp, vec![(profile, changes)]).await?;
        history::write_lines(&mut tx, client, pool.id, lines, None, now, actor, Action::Edited).await?;
        tx.notify(Change { client, pool: Some(pool.id), revision: stamp.revision, kind: ChangeKind::Profiles(vec![id]) });
        tx.commit().await?;
        self.profile(reach, shown, id).await
    }
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
