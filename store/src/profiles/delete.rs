//! Profiles go into the bin.

use domain::history::{Action, Actor};
use domain::pool::Pool;
use domain::time::Millis;

use crate::error::Result;
use crate::history;
use crate::pool_table::PoolTables;
use crate::profiles::many::changed;
use crate::profiles::read::one_of;
use crate::profiles::stamp::Stamp;
use crate::search::candidates::signed;
use crate::search::write;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

impl Store {
    /// Moves some profiles to the bin; how many were not there yet.
    pub(crate) async fn delete_part(&self, reach: &Reach, pool: &Pool, batch: i64, ids: &[i64], actor: &Actor, now: Millis) -> Result<u64> {
        let mut tx = self.write().await?;
        let stamp = tx.stamp(reach.client(), pool, 0, now).await?;
        let gone = tx.delete(reach, pool, (batch, stamp), ids, actor, now).await?;
        tx.commit().await?;
        Ok(gone.len() as u64)
    }
}

impl Tx {
    /// Moves some profiles to the bin; gives back those that were not there yet.
    pub(crate) async fn delete(
        &mut self,
        reach: &Reach,
        pool: &Pool,
        (batch, stamp): (i64, Stamp),
        ids: &[i64],
        actor: &Actor,
        now: Millis,
    ) -> Result<Vec<i64>> {
        let tx = self;
        let client = reach.client();
        let table = PoolTables::of(tx.engine(), client, pool.id);
        let gone = move_to_bin(tx, reach, pool, ids, batch, stamp.revision, now).await?;
        write::remove(tx, &table, &table.search_main(), &gone).await?;
        write::remove(tx, &table, &table.search_more(), &gone).await?;
        history::write_many(tx, client, pool.id, &gone, now, actor, Action::Deleted).await?;
        tx.count_in(batch, gone.len() as u64).await?;
        tx.add_to_count(client, pool.id, -signed(gone.len() as u64)).await?;
        tx.notify(changed(client, pool, stamp.revision, &gone));
        Ok(gone)
    }
}

/// The living ones within reach among these profiles, which are in the bin from now on.
async fn move_to_bin(tx: &mut Tx, reach: &Reach, pool: &Pool, ids: &[i64], batch: i64, revision: i64, now: Millis) -> Result<Vec<i64>> {
    let table = PoolTables::of(tx.engine(), pool.client, pool.id);
    let mut statement = Statement::new(format!("update {} as p set deleted_at = ", table.profiles()));
    statement.bind(now.get()).push(", delete_batch = ").bind(batch).push(", revision = ").bind(revision);
    statement.push(" where p.deleted_at is null and p.profile_id");
    one_of(&mut statement, &table, ids);
    reach.narrow(&mut statement, tx.engine(), pool);
    statement.push(" returning profile_id");
    tx.rows(statement).await?.iter().map(|row| row.int(0)).collect()
}
