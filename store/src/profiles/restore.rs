//! Profiles come back from the bin.

use domain::history::{Action, Actor};
use domain::id::ProfileId;
use domain::pool::Pool;
use domain::time::Millis;

use crate::error::Result;
use crate::history;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::many::{PART, changed};
use crate::profiles::read::{by_ids, one_of, owned};
use crate::profiles::stamp::Stamp;
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
    pub async fn restore_profiles(&self, reach: &Reach, pool: &Pool, ids: &[ProfileId], actor: &Actor, now: Millis) -> Result<u64> {
        owned(reach.client(), pool)?;
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        let mut n = 0;
        for part in ids.chunks(PART) {
            n += self.restore_part(reach, pool, part, actor, now).await?;
        }
        Ok(n)
    }

    /// Brings some profiles back; how many were in the bin.
    pub(crate) async fn restore_part(&self, reach: &Reach, pool: &Pool, ids: &[i64], actor: &Actor, now: Millis) -> Result<u64> {
        let client = reach.client();
        let table = PoolTables::of(self.engine(), client, pool.id);
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool, 0, now).await?;
        let back = take_out(&mut tx, reach, pool, ids, stamp.revision).await?;
        index(&mut tx, &table, pool, &back, stamp).await?;
        history::write_many(&mut tx, client, pool.id, &back, now, actor, Action::Restored).await?;
        tx.add_to_count(client, pool.id, signed(back.len() as u64)).await?;
        tx.notify(changed(client, pool, stamp.revision, &back));
        tx.commit().await?;
        Ok(back.len() as u64)
    }
}

async fn take_out(tx: &mut Tx, reach: &Reach, pool: &Pool, ids: &[i64], revision: i64) -> Result<Vec<i64>> {
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
