//! One field of many profiles changes, and goes back to what it was.

use std::collections::BTreeMap;

use domain::bulk::Edit;
use domain::field::FieldDef;
use domain::history::{Action, Actor, FieldChange};
use domain::id::ClientId;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::time::Millis;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::history;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::many::{Undone, changed as word_of, count_in};
use crate::profiles::read::{by_ids, one_of};
use crate::profiles::update::{note_unsubscribing, real_changes};
use crate::profiles::update_many::{self, Changed, Source};
use crate::statement::Statement;
use crate::tx::Tx;

impl Store {
    /// Changes a field of some profiles; how many were not so already.
    pub(crate) async fn edit_part(
        &self,
        client: ClientId,
        pool: &Pool,
        batch: i64,
        (field, edit): (&FieldDef, &Edit),
        ids: &[i64],
        actor: &Actor,
        now: Millis,
    ) -> Result<u64> {
        let table = PoolTables::of(self.engine(), client, pool.id);
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool.id, 0, now).await?;
        let mut changed: Vec<Changed> = Vec::new();
        for profile in living(&mut tx, &table, pool, ids).await? {
            let wanted = [(field.id, edit.apply(profile.value(field.id)))];
            let mut changes = real_changes(pool, &profile, &wanted);
            note_unsubscribing(pool, &mut changes, now);
            if !changes.is_empty() {
                changed.push((profile, changes.into_iter().map(|(field, value)| (field.id, value)).collect()));
            }
        }
        if changed.is_empty() {
            return Ok(0);
        }
        let lines = update_many::all(&mut tx, &table, pool, Source::Hand(now), stamp, changed).await?;
        let ids: Vec<i64> = lines.iter().map(|(id, _)| *id).collect();
        history::write_lines(&mut tx, client, pool.id, lines, Some(batch), now, actor, Action::Edited).await?;
        count_in(&mut tx, batch, ids.len()).await?;
        tx.notify(word_of(client, pool, stamp.revision, &ids));
        tx.commit().await?;
        Ok(ids.len() as u64)
    }

    /// Sets back what a batch changed in some profiles, where it stands as the batch left it.
    pub(crate) async fn set_back_part(
        &self,
        client: ClientId,
        pool: &Pool,
        batch: i64,
        ids: &[i64],
        actor: &Actor,
        now: Millis,
    ) -> Result<Undone> {
        let table = PoolTables::of(self.engine(), client, pool.id);
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool.id, 0, now).await?;
        let mut lines = lines_of(&mut tx, &table, batch, ids).await?;
        let mut kept = 0;
        let mut changed: Vec<Changed> = Vec::new();
        for profile in living(&mut tx, &table, pool, ids).await? {
            let line = lines.remove(&profile.id.get()).unwrap_or_default();
            let known = || line.iter().filter_map(|change| Some((pool.field(&change.key)?, change)));
            let later = known().any(|(field, change)| {
                let stands = profile.value(field.id);
                stands != change.after.as_ref() && stands != change.before.as_ref()
            });
            let back: BTreeMap<_, _> = known()
                .filter(|(field, change)| profile.value(field.id) == change.after.as_ref())
                .map(|(field, change)| (field.id, change.before.clone()))
                .collect();
            if later {
                kept += 1;
            } else if !back.is_empty() {
                changed.push((profile, back));
            }
        }
        // What is left lies in the bin.
        kept += lines.len() as u64;
        if changed.is_empty() {
            return Ok(Undone { n: 0, kept });
        }
        let lines = update_many::all(&mut tx, &table, pool, Source::Hand(now), stamp, changed).await?;
        let ids: Vec<i64> = lines.iter().map(|(id, _)| *id).collect();
        history::write_lines(&mut tx, client, pool.id, lines, None, now, actor, Action::Edited).await?;
        tx.notify(word_of(client, pool, stamp.revision, &ids));
        tx.commit().await?;
        Ok(Undone { n: ids.len() as u64, kept })
    }
}

async fn living(tx: &mut Tx, table: &PoolTables, pool: &Pool, ids: &[i64]) -> Result<Vec<Profile>> {
    let reading = Reading::all(pool);
    let rows = tx.rows(by_ids(table, &reading, ids)).await?;
    rows.iter().map(|row| reading.profile(row)).collect()
}

/// What a batch changed in each of these profiles.
async fn lines_of(tx: &mut Tx, table: &PoolTables, batch: i64, ids: &[i64]) -> Result<BTreeMap<i64, Vec<FieldChange>>> {
    let mut statement = Statement::new("select profile_id, changes from history where batch_id = ");
    statement.bind(batch).push(" and profile_id");
    one_of(&mut statement, table, ids);
    let mut lines = BTreeMap::new();
    for row in tx.rows(statement).await? {
        let changes = serde_json::from_str(&row.text(1)?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        lines.insert(row.int(0)?, changes);
    }
    Ok(lines)
}
