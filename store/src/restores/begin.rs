//! Before a large restore: what would slow it down is left for later.

use domain::id::ClientId;
use domain::pool::Pool;

use crate::Store;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::read::owned;
use crate::search::write;
use crate::statement::Statement;

/// With so many profiles to come the index of all fields is made behind them, as after an import, if few are in it.
const LARGE: u64 = 50_000;
const FEW: i64 = 20_000;

impl Store {
    /// Gets a pool ready for so many profiles that come back. May be called again at any time; [`end_load`](Self::end_load)
    /// belongs behind it.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn begin_restore(&self, client: ClientId, pool: &Pool, back: u64) -> Result<()> {
        const HOLD: &str = "update pools set indexed_to = indexed_to where client_id = $1 and id = $2 returning n_profiles, indexed_to";
        const LATER: &str = "update pools set indexed_to = 0 where client_id = $1 and id = $2";
        owned(client, pool)?;
        self.begin_load(client, pool, back).await?;
        if back < LARGE {
            return Ok(());
        }
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let mut tx = self.write().await?;
        let Some(row) = tx.row(Statement::new(HOLD).arg(client).arg(pool.id)).await? else { return Ok(()) };
        let indexed_to = row.int(1)?;
        if row.int(0)? > FEW || indexed_to == 0 {
            return Ok(());
        }
        let living = format!("select profile_id from {} where deleted_at is null and profile_id <= $1", tables.profiles());
        let living = tx.rows(Statement::new(living).arg(indexed_to)).await?;
        let living = living.iter().map(|row| row.int(0)).collect::<Result<Vec<i64>>>()?;
        write::remove(&mut tx, &tables, &tables.search_more(), &living).await?;
        tx.run(Statement::new(LATER).arg(client).arg(pool.id)).await?;
        tx.commit().await
    }
}
