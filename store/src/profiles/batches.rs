//! What was done in one go: the rows by which it is taken back.

use domain::bulk::{Bulk, Edit};
use domain::history::Actor;
use domain::id::{ClientId, PoolId, ProfileId};
use domain::pool::Pool;
use domain::time::Millis;

use crate::error::{Result, StoreError};
use crate::profiles::told::told;
use crate::profiles::wish::Wish;
use crate::search::candidates::signed;
use crate::statement::Statement;
use crate::tx::Tx;

/// Profiles went into the bin.
pub(crate) const DELETE: &str = "delete";
/// A field of them was changed.
pub(crate) const EDIT: &str = "edit";
/// Two options became one.
pub(crate) const MERGE: &str = "merge";
/// A file was imported.
pub(crate) const IMPORT: &str = "import";
/// A backup was restored.
pub(crate) const RESTORE: &str = "restore";

impl Tx {
    /// Begins a batch that has changed nothing yet.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub(crate) async fn new_batch(&mut self, client: ClientId, pool: PoolId, kind: &str, actor: &Actor, now: Millis) -> Result<i64> {
        const SQL: &str = "insert into batches (client_id, pool_id, kind, at, actor_kind, actor_id, n_profiles)
            select client_id, id, $3, $4, $5, $6, 0 from pools where client_id = $1 and id = $2 and deleted_at is null
            returning id";
        let insert = Statement::new(SQL).arg(client).arg(pool).arg(kind).arg(now).arg(actor.kind()).arg(actor.id());
        self.row(insert).await?.ok_or(StoreError::NotFound)?.int(0)
    }

    /// Begins a batch that has changed nothing yet, and notes it for the audit log.
    pub(crate) async fn begin_batch(&mut self, client: ClientId, pool: &Pool, bulk: &Bulk, ids: &[ProfileId], wish: &Wish) -> Result<i64> {
        let kind = match bulk {
            Bulk::Delete => DELETE,
            Bulk::Edit { edit: Edit::Replace { .. }, .. } => MERGE,
            Bulk::Edit { .. } => EDIT,
        };
        let batch = self.new_batch(client, pool.id, kind, &wish.actor, wish.now).await?;
        self.audit(client, wish, told(pool, bulk, ids, batch));
        Ok(batch)
    }

    /// Counts profiles into a batch.
    pub(crate) async fn count_in(&mut self, batch: i64, n: u64) -> Result<()> {
        const SQL: &str = "update batches set n_profiles = n_profiles + $2 where id = $1";
        self.run(Statement::new(SQL).arg(batch).arg(signed(n))).await?;
        Ok(())
    }
}
