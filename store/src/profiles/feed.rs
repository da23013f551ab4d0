//! What has changed since: for open lists and for programs that keep up with a pool.

use domain::id::{ClientId, ProfileId};
use domain::pool::Pool;

use crate::Store;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::read::owned;
use crate::search::candidates::signed;
use crate::statement::Statement;

/// A profile that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedProfile {
    /// Which.
    pub id: ProfileId,
    /// Its revision now.
    pub revision: i64,
    /// Whether it is in the bin.
    pub deleted: bool,
}

impl Store {
    /// The profiles whose revision is above this one, oldest change first, at most `limit`.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn changed_since(&self, client: ClientId, pool: &Pool, revision: i64, limit: u64) -> Result<Vec<ChangedProfile>> {
        owned(client, pool)?;
        self.state(client, pool.id).await?;
        let sql = format!(
            "select profile_id, revision, deleted_at is not null from {} where revision > $1 order by revision, profile_id limit $2",
            PoolTables::of(self.engine(), client, pool.id).profiles()
        );
        let rows = self.db().rows(Statement::new(sql).arg(revision).arg(signed(limit))).await?;
        rows.iter()
            .map(|row| Ok(ChangedProfile { id: ProfileId::new(row.int(0)?), revision: row.int(1)?, deleted: row.bool(2)? }))
            .collect()
    }
}
