//! The bin: deleted profiles, which can be brought back for some days.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::history::Actor;
use domain::id::ClientId;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::time::Millis;

use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::read::owned;
use crate::search::candidates::limit;
use crate::statement::Statement;
use crate::{Reach, Store};

/// For so long what was deleted can be brought back, in milliseconds.
pub const KEPT: i64 = 14 * 86_400_000;

/// A page of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub rows: Vec<T>,
    /// The page; the last one when a later one was asked for.
    pub page: u64,
    /// How many fit on it.
    pub page_size: u64,
    /// How many there are in all.
    pub total: u64,
}

/// A deleted profile.
#[derive(Clone, Debug, PartialEq)]
pub struct BinRow {
    /// The profile as it was.
    pub profile: Profile,
    /// When it was deleted.
    pub deleted_at: Millis,
    /// What was deleted with it: [`Store::undo_batch`] brings all of that back.
    pub batch: i64,
    /// Who deleted it; empty for the program itself.
    pub deleted_by: String,
}

impl Store {
    /// A page of the bin, last deleted first; only what is within reach.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn bin(&self, reach: &Reach, pool: &Pool, page: u64, page_size: u64) -> Result<Page<BinRow>> {
        let client = reach.client();
        owned(client, pool)?;
        self.state(client, pool.id).await?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let mut count = Statement::new(format!("select count(*) from {} p where p.deleted_at is not null", tables.profiles()));
        reach.narrow(&mut count, self.engine(), pool);
        let total = self.db().row(count).await?.map_or(Ok(0), |row| row.int(0))?.unsigned_abs();
        let page_size = page_size.max(1);
        let page = page.clamp(1, total.div_ceil(page_size).max(1));
        let reading = Reading::all(pool);
        let mut statement = Statement::new(format!(
            "select {}, p.deleted_at, coalesce(p.delete_batch, 0) from {} p where p.deleted_at is not null",
            reading.columns(),
            tables.profiles()
        ));
        reach.narrow(&mut statement, self.engine(), pool);
        statement.push(" order by p.deleted_at desc, p.profile_id desc");
        limit(&mut statement, (page - 1) * page_size, page_size);
        let mut rows = Vec::new();
        for row in self.db().rows(statement).await? {
            rows.push(BinRow {
                profile: reading.profile(&row)?,
                deleted_at: Millis::new(row.int(reading.width())?),
                batch: row.int(reading.width() + 1)?,
                deleted_by: String::new(),
            });
        }
        self.name_deleters(client, &mut rows).await?;
        Ok(Page { rows, page, page_size, total })
    }

    async fn name_deleters(&self, client: ClientId, rows: &mut [BinRow]) -> Result<()> {
        const SQL: &str = "select actor_kind, actor_id from batches where client_id = $1 and id = $2";
        let mut names: HashMap<i64, String> = HashMap::new();
        for row in rows {
            if let Entry::Vacant(unknown) = names.entry(row.batch) {
                let found = self.db().row(Statement::new(SQL).arg(client).arg(row.batch)).await?;
                unknown.insert(match found {
                    Some(found) => self.actor_name(client, Actor::from_parts(&found.text(0)?, found.opt_int(1)?)).await?,
                    None => String::new(),
                });
            }
            row.deleted_by = names.get(&row.batch).cloned().unwrap_or_default();
        }
        Ok(())
    }
}
