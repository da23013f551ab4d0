//! Deleted pools, which can be brought back for some days.

use domain::id::{ClientId, PoolId};
use domain::time::Millis;

use crate::Store;
use crate::bin::KEPT;
use crate::error::Result;
use crate::row::Row;
use crate::statement::Statement;

/// A deleted pool; its profiles are still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedPool {
    /// Its id.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// How many profiles come back with it.
    pub n_profiles: i64,
    /// When it was deleted.
    pub at: Millis,
    /// Until then it can be brought back.
    pub until: Millis,
}

impl Store {
    /// The deleted pools of a client that can be brought back, last deleted first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn deleted_pools(&self, client: ClientId) -> Result<Vec<DeletedPool>> {
        // What is being purged has 0 there.
        const SQL: &str = "select id, name, n_profiles, deleted_at
            from pools
            where client_id = $1 and deleted_at > 0
            order by deleted_at desc, id desc";
        self.db().rows(Statement::new(SQL).arg(client)).await?.iter().map(deleted).collect()
    }
}

fn deleted(row: &Row) -> Result<DeletedPool> {
    let at = Millis::new(row.int(3)?);
    Ok(DeletedPool { id: PoolId::new(row.int(0)?), name: row.text(1)?, n_profiles: row.int(2)?, at, until: at.plus(KEPT) })
}
