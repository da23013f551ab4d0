//! Every change of a pool's data takes a revision, and new profiles take their ids, from one row.

use domain::id::{ClientId, PoolId};
use domain::pool::Pool;
use domain::time::Millis;

use crate::error::{Result, StoreError};
use crate::statement::Statement;
use crate::tx::Tx;

/// The id of a pool's first profile.
pub(crate) const FIRST_ID: i64 = 1;

/// What a transaction that changes profiles was given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    /// The revision of everything that it writes.
    pub(crate) revision: i64,
    /// The first of the ids that it asked for.
    pub(crate) first_id: i64,
    /// Profiles up to this id are in the index of all fields.
    pub(crate) indexed_to: i64,
}

impl Tx {
    /// Takes the next revision of a pool and ids for `n_new` profiles. Until the end of the
    /// transaction nobody else writes to the pool.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's or deleted; `Busy` when a field was converted since the pool was read,
    /// so that the values at hand may have its older form.
    pub(crate) async fn stamp(&mut self, client: ClientId, pool: &Pool, n_new: i64, now: Millis) -> Result<Stamp> {
        const SQL: &str = "update pools set revision = revision + 1, next_profile = next_profile + $3, \
                           last_activity_at = $4 \
                           where client_id = $1 and id = $2 and deleted_at is null \
                           returning revision, next_profile, indexed_to, forms";
        let statement = Statement::new(SQL).arg(client.get()).arg(pool.id.get()).arg(n_new).arg(now.get());
        let row = self.row(statement).await?.ok_or(StoreError::NotFound)?;
        if row.int(3)? != pool.forms {
            return Err(StoreError::Busy);
        }
        Ok(Stamp { revision: row.int(0)?, first_id: row.int(1)? - n_new, indexed_to: row.int(2)? })
    }

    /// Takes ids for `n` new profiles; gives the first one.
    pub(crate) async fn give_ids(&mut self, client: ClientId, pool: PoolId, n: i64) -> Result<i64> {
        const SQL: &str = "update pools set next_profile = next_profile + $3 where client_id = $1 and id = $2 \
                           returning next_profile";
        let statement = Statement::new(SQL).arg(client.get()).arg(pool.get()).arg(n);
        Ok(self.row(statement).await?.ok_or(StoreError::NotFound)?.int(0)? - n)
    }

    /// Adds to the number of a pool's profiles.
    pub(crate) async fn add_to_count(&mut self, client: ClientId, pool: PoolId, n: i64) -> Result<()> {
        const SQL: &str = "update pools set n_profiles = n_profiles + $3 where client_id = $1 and id = $2";
        if n != 0 {
            self.run(Statement::new(SQL).arg(client.get()).arg(pool.get()).arg(n)).await?;
        }
        Ok(())
    }
}
