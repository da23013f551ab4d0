//! How far a restore has come, held in the transaction that moves it on.

use domain::id::{ClientId, PoolId, RestoreId};
use domain::pool::Pool;
use domain::restore::Counts;

use super::{from_json, to_json};
use crate::error::{Result, StoreError};
use crate::statement::Statement;
use crate::tx::Tx;

/// How far a restore has come.
#[derive(Debug)]
pub(super) struct Place {
    /// Profiles up to this one have had their turn.
    pub(super) profile: i64,
    /// The pool's when the first part began.
    revision: Option<i64>,
    /// What it has changed so far.
    pub(super) counts: Counts,
    /// To which its changes belong.
    pub(super) batch: Option<i64>,
    /// In the bin, with newer profiles.
    pub(super) bin: Option<i64>,
}

impl Place {
    /// The first part notes the revision that it found.
    pub(super) fn begun(&mut self, revision: i64) {
        self.revision.get_or_insert(revision);
    }
}

impl Tx {
    /// Holds off everybody else who would change profiles of the pool; its revision.
    pub(super) async fn hold(&mut self, client: ClientId, pool: &Pool) -> Result<i64> {
        const SQL: &str = "update pools set revision = revision where client_id = $1 and id = $2 and deleted_at is null
            returning revision, forms, shape";
        let row = self.row(Statement::new(SQL).arg(client).arg(pool.id)).await?.ok_or(StoreError::NotFound)?;
        // Options may have gone, values may have another form: whoever reads the pool again knows.
        if row.int(1)? != pool.forms || row.int(2)? != pool.shape {
            return Err(StoreError::Busy);
        }
        row.int(0)
    }

    /// No new profile gets a number that a backup has given already: it may be of a later state of the installation.
    pub(super) async fn raise_ids(&mut self, client: ClientId, pool: PoolId, next: i64) -> Result<()> {
        const SQL: &str = "update pools set next_profile = $3 where client_id = $1 and id = $2 and next_profile < $3";
        self.run(Statement::new(SQL).arg(client).arg(pool).arg(next)).await?;
        Ok(())
    }

    /// How far a restore has come that was asked for.
    pub(super) async fn place(&mut self, client: ClientId, pool: PoolId, restore: RestoreId) -> Result<Place> {
        const SQL: &str = "select at_profile, revision, counts, batch_id, bin_batch from restores
            where client_id = $1 and pool_id = $2 and id = $3 and choice is not null";
        let row = self.row(Statement::new(SQL).arg(client).arg(pool).arg(restore)).await?.ok_or(StoreError::NotFound)?;
        let counts = row.opt_text(2)?.map(|text| from_json(&text)).transpose()?.unwrap_or_default();
        Ok(Place { profile: row.int(0)?, revision: row.opt_int(1)?, counts, batch: row.opt_int(3)?, bin: row.opt_int(4)? })
    }

    /// Moves it on, in the transaction that restores.
    pub(super) async fn move_to(&mut self, restore: RestoreId, at: &Place) -> Result<()> {
        const SQL: &str = "update restores set at_profile = $2, revision = $3, counts = $4, batch_id = $5, bin_batch = $6 where id = $1";
        let counts = to_json(&at.counts)?;
        self.run(Statement::new(SQL).arg(restore).arg(at.profile).arg(at.revision).arg(counts).arg(at.batch).arg(at.bin)).await?;
        Ok(())
    }
}
