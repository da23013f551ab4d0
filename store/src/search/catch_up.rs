//! The index of all fields is brought up to date behind a bulk load.
//!
//! It is three times as large as the first one, and hardly anybody asks it in the seconds after an
//! import: so a load leaves it out and moves `pools.next_profile` ahead of `pools.indexed_to`.
//! Searches look at the profiles in between one by one until this has caught up; it may be killed
//! at any time and goes on where it was, and two processes can't do the same part.

use domain::id::{ClientId, PoolId};
use domain::pool::Pool;

use crate::Store;
use crate::db::Engine;
use crate::error::Result;
use crate::load::copy::copy_texts;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::read::State;
use crate::search::text::Indexer;
use crate::search::{tables, write};
use crate::statement::Statement;
use crate::tx::Tx;

/// Profiles of one transaction: half a second in which on SQLite nobody else writes.
const PART: i64 = 4_000;

/// With more profiles than this to come, SQLite only gathers and makes one piece of it at the end; PostgreSQL builds
/// its indexes anew then, when they are also more than are there already.
const WORTH_A_REBUILD: i64 = 50_000;

impl Store {
    /// Brings the index of all fields of every pool up to date; to be called by a worker now and then.
    /// While an import or a restore runs it leaves the database to that.
    ///
    /// # Errors
    /// Those of the engine. What was taken in stays.
    pub async fn catch_up_pending(&self) -> Result<u64> {
        const SQL: &str = "select client_id, id from pools
            where indexed_to < next_profile - 1 and deleted_at is null
                and not exists (select 1 from jobs where kind in ('import', 'restore') and state = 'running')
            order by id";
        let mut n = 0;
        for row in self.db().rows(Statement::new(SQL)).await? {
            let (client, pool) = (ClientId::new(row.int(0)?), PoolId::new(row.int(1)?));
            n += self.catch_up(client, &self.pool(client, pool).await?).await?;
        }
        Ok(n)
    }

    /// Brings the index of all fields up to date; returns how many profiles were taken in.
    ///
    /// # Errors
    /// `NotFound`; those of the engine. What was taken in stays.
    pub async fn catch_up(&self, client: ClientId, pool: &Pool) -> Result<u64> {
        let table = PoolTables::of(self.engine(), pool.client, pool.id);
        let indexer = Indexer::of(pool);
        let State { newest, indexed_to, .. } = self.state(client, pool.id).await?;
        let pending = newest - indexed_to;
        let rebuild = self.engine() == Engine::Postgres && pending > WORTH_A_REBUILD && pending > indexed_to;
        if rebuild {
            for statement in tables::drop_indexes(&table.search_more()) {
                self.db().run(Statement::new(statement)).await?;
            }
        }
        let gather = self.engine() == Engine::Sqlite && pending > WORTH_A_REBUILD;
        if gather {
            self.settle(&table.search_main()).await?;
            self.gather(&table.search_more(), true).await?;
        }
        let mut n = 0;
        while let Some(part) = self.catch_up_part(client, pool, &table, &indexer).await? {
            n += part;
        }
        self.ensure_indexes(&table.search_more()).await?;
        if rebuild {
            // All this has filled the server's memory with what hardly anybody asks for; the texts that searches look at
            // come back before somebody waits for them.
            let sql = format!("select sum(length(body)) from {}", table.search_main());
            self.db().row(Statement::new(sql)).await?;
        }
        if gather {
            self.gather(&table.search_more(), false).await?;
            self.settle(&table.search_more()).await?;
        }
        Ok(n)
    }

    /// Takes in the next profiles; none when there are none.
    async fn catch_up_part(&self, client: ClientId, pool: &Pool, table: &PoolTables, indexer: &Indexer) -> Result<Option<u64>> {
        const LOCK: &str = "update pools set indexed_to = indexed_to \
                            where client_id = $1 and id = $2 and deleted_at is null \
                            returning indexed_to, next_profile - 1";
        let mut tx = self.write().await?;
        let row = tx.row(Statement::new(LOCK).arg(client.get()).arg(pool.id.get())).await?;
        let Some(row) = row else { return Ok(None) };
        let (from, newest) = (row.int(0)?, row.int(1)?);
        if from >= newest {
            return Ok(None);
        }
        let to = newest.min(from + PART);
        let texts = texts(&mut tx, pool, table, indexer, from, to).await?;
        let n = texts.len() as u64;
        match self.engine() {
            Engine::Sqlite => write::add(&mut tx, table, &table.search_more(), texts).await?,
            Engine::Postgres => copy_texts(&mut tx, &table.search_more(), texts).await?,
        }
        const MOVE: &str = "update pools set indexed_to = $3 where client_id = $1 and id = $2";
        tx.run(Statement::new(MOVE).arg(client.get()).arg(pool.id.get()).arg(to)).await?;
        tx.commit().await?;
        Ok(Some(n))
    }
}

/// The texts of the living profiles with ids above `from` up to `to`.
async fn texts(tx: &mut Tx, pool: &Pool, table: &PoolTables, indexer: &Indexer, from: i64, to: i64) -> Result<Vec<(i64, String)>> {
    let reading = Reading::all(pool);
    let sql = format!(
        "select {} from {} p where p.deleted_at is null and p.profile_id > $1 and p.profile_id <= $2",
        reading.columns(),
        table.profiles()
    );
    let rows = tx.rows(Statement::new(sql).arg(from).arg(to)).await?;
    let mut profiles = Vec::with_capacity(rows.len());
    for row in &rows {
        profiles.push(reading.profile(row)?);
    }
    Ok(profiles.iter().map(|profile| (profile.id.get(), indexer.all(|field| profile.value(field)))).collect())
}
