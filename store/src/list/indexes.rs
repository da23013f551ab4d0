//! Indexes that sort a list: made when somebody sorts by that field for the first time.

use domain::id::ClientId;
use domain::lang::Lang;
use domain::list::Sort;
use domain::pool::Pool;
use sqlx::SqlitePool;

use crate::Store;
use crate::db::{Db, Engine};
use crate::error::Result;
use crate::exec;
use crate::list::Listing;
use crate::list::sorting::{Key, Order};
use crate::open::WRITER_CACHE;
use crate::pool_table::PoolTables;
use crate::profiles::read::owned;
use crate::statement::Statement;

/// A list of so few profiles is sorted without an index in no time.
const FEW: i64 = 5_000;

/// Whether a list can be sorted quickly already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortState {
    /// Yes.
    Ready,
    /// In a moment: the index is being made.
    Building,
}

impl Store {
    /// Sees to it that a list can be sorted like this. When the index is missing, it is made in the
    /// background (about two seconds for a million profiles); until then [`list`](Self::list) waits for it.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn prepare_sort(&self, client: ClientId, pool: &Pool, sort: &[Sort]) -> Result<SortState> {
        owned(client, pool)?;
        let state = self.state(client, pool.id).await?;
        let order = Order::of(self.engine(), pool, sort, Lang::En);
        let Some(key) = order.key().filter(|_| state.n_profiles > FEW) else { return Ok(SortState::Ready) };
        let tables = PoolTables::of(self.engine(), pool.client, pool.id);
        if self.has_index(&tables, key).await? {
            return Ok(SortState::Ready);
        }
        let (store, key) = (self.clone(), key.clone());
        tokio::spawn(async move {
            if let Err(error) = store.make_index(&tables, &key).await {
                tracing::error!(%error, index = index_name(&tables, &key), "sort index not made");
            }
        });
        Ok(SortState::Building)
    }

    /// Waits until the index of a list's order is there: the list would take as long without it.
    pub(crate) async fn wait_for_sort(&self, list: &Listing<'_>) -> Result<()> {
        match list.order.key() {
            Some(key) if list.state.n_profiles > FEW && !self.has_index(&list.table, key).await? => self.make_index(&list.table, key).await,
            _ => Ok(()),
        }
    }

    async fn has_index(&self, tables: &PoolTables, key: &Key) -> Result<bool> {
        let sql = match self.engine() {
            Engine::Sqlite => "select 1 from sqlite_master where type = 'index' and name = $1",
            Engine::Postgres => "select 1 from pg_index where indexrelid = to_regclass($1) and indisvalid",
        };
        let name = match self.engine() {
            Engine::Sqlite => index_name(tables, key),
            Engine::Postgres => format!("{}{}", tables.schema(), index_name(tables, key)),
        };
        Ok(self.db().row(Statement::new(sql).arg(name)).await?.is_some())
    }

    async fn make_index(&self, tables: &PoolTables, key: &Key) -> Result<()> {
        let _one_at_a_time = self.sorting().lock().await;
        if self.has_index(tables, key).await? {
            return Ok(());
        }
        let name = index_name(tables, key);
        let concurrently = match self.engine() {
            Engine::Sqlite => "",
            Engine::Postgres => {
                // What a killed process left behind is invalid for ever.
                self.db().run(Statement::new(format!("drop index if exists {}{name}", tables.schema()))).await?;
                " concurrently"
            }
        };
        let sql = format!(
            "create index{concurrently} if not exists {name} on {} ({}{}, profile_id) where deleted_at is null",
            tables.profiles(),
            key.sql.replace("p.", ""),
            key.collate
        );
        match self.db() {
            Db::Sqlite { write, .. } => sort_on_all_cores(write, sql).await,
            Db::Postgres(_) => {
                self.db().run(Statement::new(sql)).await?;
                // An index over an expression has statistics of its own, and index-only reading needs
                // to know which pages everybody can see.
                self.db().run(Statement::new(format!("vacuum analyze {}", tables.profiles()))).await?;
                Ok(())
            }
        }
    }

    /// Drops the indexes that sort a pool's lists; they come back when they are wanted.
    pub(crate) async fn drop_sort_indexes(&self, tables: &PoolTables) -> Result<()> {
        let sql = match self.engine() {
            Engine::Sqlite => "select name from sqlite_master where type = 'index' and tbl_name = $1",
            Engine::Postgres => "select indexrelid::regclass::text from pg_index where indrelid = to_regclass($1)",
        };
        for row in self.db().rows(Statement::new(sql).arg(tables.profiles())).await? {
            let name = row.text(0)?;
            let bare = name.rsplit('.').next().unwrap_or_default();
            if bare.starts_with("sort_") {
                self.db().run(Statement::new(format!("drop index if exists {}{bare}", tables.schema()))).await?;
            }
        }
        Ok(())
    }
}

/// Makes an index on SQLite. Its sorter uses other cores only for pieces that it may write to temporary files, and
/// makes pieces as large as the cache.
async fn sort_on_all_cores(write: &SqlitePool, sql: String) -> Result<()> {
    let mut connection = write.acquire().await?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    exec::ddl(&mut *connection, format!("pragma temp_store = file; pragma cache_size = -8192; pragma threads = {cores}")).await?;
    let made = exec::run(&mut *connection, Statement::new(sql)).await;
    exec::ddl(&mut *connection, format!("pragma temp_store = memory; pragma cache_size = {WRITER_CACHE}; pragma threads = 0")).await?;
    made.map(|_| ())
}

fn index_name(tables: &PoolTables, key: &Key) -> String {
    tables.index(&format!("sort_{}", key.name))
}
