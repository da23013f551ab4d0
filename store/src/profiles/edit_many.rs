//! One field of many profiles changes, and goes back to what it was.

use std::collections::BTreeMap;

use domain::bulk::Edit;
use domain::field::{FieldDef, FieldKind, SqlType};
use domain::history::{Action, Actor, FieldChange};
use domain::pool::Pool;
use domain::time::Millis;
use domain::value::Value;

use crate::error::{Conflict, Result, StoreError};
use crate::history;
use crate::pool_table::PoolTables;
use crate::profiles::many::changed as word_of;
use crate::profiles::read::{one_of, these};
use crate::profiles::stamp::Stamp;
use crate::profiles::update::{note_unsubscribing, real_changes};
use crate::profiles::update_many::{self, Changed, Source};
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

impl Store {
    /// Changes a field of some profiles; how many were not so already. One that would lie outside afterwards refuses all.
    pub(crate) async fn edit_part(
        &self,
        reach: &Reach,
        pool: &Pool,
        batch: i64,
        (field, edit): (&FieldDef, &Edit),
        ids: &[i64],
        actor: &Actor,
        now: Millis,
    ) -> Result<u64> {
        let client = reach.client();
        let table = PoolTables::of(self.engine(), client, pool.id);
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool, 0, now).await?;
        let mut changed: Vec<Changed> = Vec::new();
        // An option that goes has to go from the bin too.
        let with_bin = matches!(edit, Edit::Replace { .. });
        let bounds = reach.bounds(pool);
        for profile in these(&mut tx, reach, pool, ids, with_bin).await? {
            if !fits(field, edit) {
                return Err(StoreError::NotFound);
            }
            let wanted = [(field.id, edit.apply(profile.value(field.id)))];
            let mut changes = real_changes(pool, &profile, &wanted);
            note_unsubscribing(pool, &mut changes, now);
            if changes.is_empty() {
                continue;
            }
            let changes: BTreeMap<_, _> = changes.into_iter().map(|(field, value)| (field.id, value)).collect();
            if !bounds.hold(pool, &profile, &changes) {
                return Err(StoreError::Conflict(Conflict::OutOfReach));
            }
            changed.push((profile, changes));
        }
        if changed.is_empty() {
            return Ok(0);
        }
        let lines = update_many::all(&mut tx, &table, pool, Source::Hand(now), stamp, changed).await?;
        let ids: Vec<i64> = lines.iter().map(|(id, _)| *id).collect();
        history::write_lines(&mut tx, client, pool.id, lines, Some(batch), now, actor, Action::Edited).await?;
        tx.count_in(batch, ids.len() as u64).await?;
        tx.notify(word_of(client, pool, stamp.revision, &ids));
        tx.commit().await?;
        Ok(ids.len() as u64)
    }
}

impl Tx {
    /// Sets back what a batch changed in some profiles, where it stands as the batch left it. One that would lie outside
    /// afterwards stays as it is. Gives back those that it has set back, and those that stay.
    pub(crate) async fn set_back(
        &mut self,
        reach: &Reach,
        pool: &Pool,
        (batch, with_bin, stamp): (i64, bool, Stamp),
        ids: &[i64],
        actor: &Actor,
        now: Millis,
    ) -> Result<(Vec<i64>, Vec<i64>)> {
        let tx = self;
        let client = reach.client();
        let table = PoolTables::of(tx.engine(), client, pool.id);
        let mut lines = lines_of(tx, &table, batch, ids).await?;
        let converted = converted_since(tx, pool, batch).await?;
        let bounds = reach.bounds(pool);
        let mut kept = Vec::new();
        let mut changed: Vec<Changed> = Vec::new();
        for profile in these(tx, reach, pool, ids, with_bin).await? {
            let line = lines.remove(&profile.id.get()).unwrap_or_default();
            let known = || line.iter().filter_map(|change| Some((pool.field(&change.key)?, change)));
            let later = known().any(|(field, change)| {
                let stands = profile.value(field.id);
                converted.contains(&field.id.get()) || (stands != change.after.as_ref() && stands != change.before.as_ref())
            });
            let back: BTreeMap<_, _> = known()
                .filter(|(field, change)| profile.value(field.id) == change.after.as_ref())
                .map(|(field, change)| (field.id, change.before.clone()))
                .collect();
            if later || !bounds.hold(pool, &profile, &back) {
                kept.push(profile.id.get());
            } else if !back.is_empty() {
                changed.push((profile, back));
            }
        }
        // What is left lies in the bin.
        kept.extend(lines.into_keys());
        if changed.is_empty() {
            return Ok((Vec::new(), kept));
        }
        let lines = update_many::all(tx, &table, pool, Source::Hand(now), stamp, changed).await?;
        let ids: Vec<i64> = lines.iter().map(|(id, _)| *id).collect();
        history::write_lines(tx, client, pool.id, lines, None, now, actor, Action::Edited).await?;
        tx.notify(word_of(client, pool, stamp.revision, &ids));
        Ok((ids, kept))
    }
}

/// Whether the field can have what it would be given: a job may have been asked for before the field was converted.
fn fits(field: &FieldDef, edit: &Edit) -> bool {
    match edit {
        Edit::Set(None) => true,
        Edit::Set(Some(value)) => matches!(
            (field.kind.sql(), value),
            (SqlType::Text, Value::Text(_))
                | (SqlType::Integer, Value::Int(_))
                | (SqlType::Boolean, Value::Bool(_))
                | (SqlType::Set, Value::Set(_))
        ),
        Edit::Add(_) | Edit::Remove(_) => field.kind == FieldKind::MultiSelection,
        Edit::Replace { .. } => field.kind.has_options(),
    }
}

/// The fields that have had another type since a batch was made: what they had then is no value of theirs.
async fn converted_since(tx: &mut Tx, pool: &Pool, batch: i64) -> Result<Vec<i64>> {
    const SQL: &str = "select c.field_id from conversions c join batches b on b.pool_id = c.pool_id
        where c.pool_id = $1 and b.id = $2 and c.swapped_at >= b.at";
    let rows = tx.rows(Statement::new(SQL).arg(pool.id).arg(batch)).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// What a batch changed in each of these profiles.
async fn lines_of(tx: &mut Tx, table: &PoolTables, batch: i64, ids: &[i64]) -> Result<BTreeMap<i64, Vec<FieldChange>>> {
    let mut statement = Statement::new("select profile_id, changes from history where batch_id = ");
    statement.bind(batch).push(" and profile_id");
    one_of(&mut statement, table, ids);
    statement.push(" order by id");
    let mut lines: BTreeMap<i64, Vec<FieldChange>> = BTreeMap::new();
    for row in tx.rows(statement).await? {
        let changes: Vec<FieldChange> = serde_json::from_str(&row.text(1)?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let line = lines.entry(row.int(0)?).or_default();
        // A file may name somebody twice: from before the first change to after the last.
        for change in changes {
            match line.iter_mut().find(|known| known.key == change.key) {
                Some(known) => known.after = change.after,
                None => line.push(change),
            }
        }
    }
    Ok(lines)
}
