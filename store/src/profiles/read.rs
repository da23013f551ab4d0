//! Reading profiles by their ids.

use std::collections::{HashMap, HashSet};

use domain::id::{ClientId, PoolId, ProfileId};
use domain::pool::Pool;
use domain::profile::Profile;

use crate::dialect;
use crate::error::{Result, StoreError};
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

/// How many ids are asked for in one statement.
const CHUNK: usize = 1_000;

/// The state of a pool's data at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Rises with every change.
    pub(crate) revision: i64,
    /// Without those in the bin.
    pub(crate) n_profiles: i64,
    /// The highest id given so far; 0 before the first.
    pub(crate) newest: i64,
    /// Profiles up to this id are in the index of all fields.
    pub(crate) indexed_to: i64,
}

impl Store {
    /// A profile with all its fields; one in the bin is not found.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn profile(&self, reach: &Reach, pool: &Pool, id: ProfileId) -> Result<Profile> {
        owned(reach.client(), pool)?;
        self.state(reach.client(), pool.id).await?;
        self.read_profiles(reach, pool, &Reading::all(pool), &[id.get()]).await?.pop().ok_or(StoreError::NotFound)
    }

    /// These profiles, in this order; missing ones, those in the bin and those out of reach are left out.
    pub(crate) async fn read_profiles(&self, reach: &Reach, pool: &Pool, reading: &Reading<'_>, ids: &[i64]) -> Result<Vec<Profile>> {
        let table = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut found = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(CHUNK) {
            let mut statement = by_ids(&table, reading, ids);
            reach.narrow(&mut statement, self.engine(), pool);
            let rows = self.db().rows(statement).await?;
            for row in &rows {
                let profile = reading.profile(row)?;
                found.insert(profile.id.get(), profile);
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// Those of the profiles that are within reach, in this order; also those in the bin.
    pub(crate) async fn reached(&self, reach: &Reach, pool: &Pool, ids: Vec<ProfileId>) -> Result<Vec<ProfileId>> {
        if reach.is_whole() {
            return Ok(ids);
        }
        let table = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut found = HashSet::with_capacity(ids.len());
        for ids in ids.chunks(CHUNK) {
            let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
            let mut statement = Statement::new(format!("select p.profile_id from {} p where p.profile_id", table.profiles()));
            one_of(&mut statement, &table, &ids);
            reach.narrow(&mut statement, self.engine(), pool);
            for row in self.db().rows(statement).await? {
                found.insert(row.int(0)?);
            }
        }
        Ok(ids.into_iter().filter(|id| found.contains(&id.get())).collect())
    }

    /// The state of a pool; `NotFound` when it is another client's.
    pub(crate) async fn state(&self, client: ClientId, pool: PoolId) -> Result<State> {
        const SQL: &str = "select revision, n_profiles, next_profile - 1, indexed_to from pools \
                           where client_id = $1 and id = $2 and deleted_at is null";
        let row = self.db().row(Statement::new(SQL).arg(client.get()).arg(pool.get())).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        Ok(State { revision: row.int(0)?, n_profiles: row.int(1)?, newest: row.int(2)?, indexed_to: row.int(3)? })
    }
}

/// Refuses the pool of another client before anything is read.
pub(crate) fn owned(client: ClientId, pool: &Pool) -> Result<()> {
    if pool.client == client { Ok(()) } else { Err(StoreError::NotFound) }
}

/// The statement that reads living profiles by id.
pub(crate) fn by_ids(table: &PoolTables, reading: &Reading<'_>, ids: &[i64]) -> Statement {
    let mut statement =
        Statement::new(format!("select {} from {} p where p.deleted_at is null and p.profile_id", reading.columns(), table.profiles()));
    one_of(&mut statement, table, ids);
    statement
}

/// Appends ` in (…)` with all ids bound as one argument.
pub(crate) fn one_of(statement: &mut Statement, table: &PoolTables, ids: &[i64]) {
    let place = format!("${}", statement.args.len() + 1);
    statement.push(&dialect::is_one_of(table.engine(), &place));
    statement.args.push(ids.to_vec().into());
}

/// Profiles within reach with all their fields, as a transaction sees them; those in the bin if they are wanted. In no
/// order.
pub(crate) async fn these(tx: &mut Tx, reach: &Reach, pool: &Pool, ids: &[i64], with_bin: bool) -> Result<Vec<Profile>> {
    let table = &PoolTables::of(tx.engine(), pool.client, pool.id);
    let reading = Reading::all(pool);
    let mut statement = if with_bin {
        let mut all = Statement::new(format!("select {} from {} p where p.profile_id", reading.columns(), table.profiles()));
        one_of(&mut all, table, ids);
        all
    } else {
        by_ids(table, &reading, ids)
    };
    reach.narrow(&mut statement, tx.engine(), pool);
    let rows = tx.rows(statement).await?;
    rows.iter().map(|row| reading.profile(row)).collect()
}
