//! Profiles come back from the bin.

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::history::{Action, Actor};
use domain::id::{JobId, ProfileId};
use domain::pool::Pool;
use domain::time::Millis;
use serde_json::json;

use crate::error::Result;
use crate::history;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::many::{PART, changed};
use crate::profiles::read::{by_ids, one_of, owned};
use crate::profiles::stamp::Stamp;
use crate::profiles::wish::Wish;
use crate::search::candidates::signed;
use crate::search::text::Indexer;
use crate::search::write;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

impl Store {
    /// Brings these profiles back from the bin. Returns how many came back.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; profiles that are not in the bin or out of reach are passed over.
    pub async fn restore_profiles(&self, reach: &Reach, pool: &Pool, ids: &[ProfileId], wish: &Wish) -> Result<u64> {
        owned(reach.client(), pool)?;
        let pool = &*self.whole(pool).await?;
        let mut n = 0;
        let mut note = Some(told(pool, ids)).filter(|_| !ids.is_empty());
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        for part in ids.chunks(PART) {
            let mut tx = self.write().await?;
            if let Some(note) = note.take() {
                tx.audit(reach.client(), wish, note);
            }
            let stamp = tx.stamp(reach.client(), pool, 0, wish.now).await?;
            n += tx.restore(reach, pool, part, stamp, &wish.actor, wish.now).await?;
            tx.commit().await?;
        }
        Ok(n)
    }

    /// Brings some profiles back, without a word in the audit log: a part of something that is told there, and of what the
    /// job does if one is named. How many were in the bin.
    ///
    /// # Errors
    /// As [`restore_profiles`](Self::restore_profiles). Nothing of the part stands then.
    pub async fn restore_part(
        &self,
        reach: &Reach,
        pool: &Pool,
        ids: &[ProfileId],
        actor: &Actor,
        now: Millis,
        job: Option<JobId>,
    ) -> Result<u64> {
        owned(reach.client(), pool)?;
        let pool = &*self.whole(pool).await?;
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        let mut tx = self.write().await?;
        let stamp = tx.stamp(reach.client(), pool, 0, now).await?;
        let n = tx.restore(reach, pool, &ids, stamp, actor, now).await?;
        if let Some(job) = job {
            let tally = tx.tally(job).await?;
            tx.note_tally(job, tally.and(n, 0)).await?;
        }
        tx.commit().await?;
        Ok(n)
    }
}

/// What the audit log tells: how many were meant.
pub(crate) fn told(pool: &Pool, ids: &[ProfileId]) -> Note {
    match ids {
        [one] => Note::new(Deed::ProfileRestored, Object::new(ObjectKind::Profile, one.get(), "").within(pool.id)),
        ids => Note::new(Deed::BulkRestored, Object::pool(pool.id, pool.name.as_str())).after(json!({ "profiles": ids.len() })),
    }
}

impl Tx {
    pub(crate) async fn restore(
        &mut self,
        reach: &Reach,
        pool: &Pool,
        ids: &[i64],
        stamp: Stamp,
        actor: &Actor,
        now: Millis,
    ) -> Result<u64> {
        let tx = self;
        let client = reach.client();
        let table = PoolTables::of(tx.engine(), client, pool.id);
        let back = take_out(tx, reach, pool, ids, stamp.revision).await?;
        index(tx, &table, pool, &back, stamp).await?;
        history::write_many(tx, client, pool.id, &back, now, actor, Action::Restored).await?;
        tx.add_to_count(client, pool.id, signed(back.len() as u64)).await?;
        tx.notify(changed(client, pool, stamp.revision, &back));
        Ok(back.len() as u64)
    }
}

/// Those of these profiles that lay in the bin and live again.
pub(crate) async fn take_out(tx: &mut Tx, reach: &Reach, pool: &Pool, ids: &[i64], revision: i64) -> Result<Vec<i64>> {
    let table = PoolTables::of(tx.engine(), pool.client, pool.id);
    let mut statement = Statement::new(format!("update {} as p set deleted_at = null, delete_batch = null, revision = ", table.profiles()));
    statement.bind(revision).push(" where p.deleted_at is not null and p.profile_id");
    one_of(&mut statement, &table, ids);
    reach.narrow(&mut statement, tx.engine(), pool);
    statement.push(" returning profile_id");
    tx.rows(statement).await?.iter().map(|row| row.int(0)).collect()
}

/// Puts the texts of profiles that came back into the search tables.
async fn index(tx: &mut Tx, table: &PoolTables, pool: &Pool, ids: &[i64], stamp: Stamp) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let reading = Reading::all(pool);
    let rows = tx.rows(by_ids(table, &reading, ids)).await?;
    let profiles = rows.iter().map(|row| reading.profile(row)).collect::<Result<Vec<_>>>()?;
    let indexer = Indexer::of(pool);
    let main = profiles.iter().map(|p| (p.id.get(), indexer.main(|field| p.value(field)))).collect();
    write::replace(tx, table, &table.search_main(), main).await?;
    let covered = profiles.iter().filter(|p| p.id.get() <= stamp.indexed_to);
    let all = covered.map(|p| (p.id.get(), indexer.all(|field| p.value(field)))).collect();
    write::replace(tx, table, &table.search_more(), all).await
}
