//! Indexes that sort a list: made when somebody sorts by that field for the first time.

use crate::Store;
use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::list::Listing;
use crate::list::cache::Known;
use crate::list::sorting::Key;
use crate::pool_table::PoolTables;
use crate::statement::Statement;

/// A list of so few profiles is sorted without an index in no time.
const FEW: i64 = 5_000;

impl Store {
    /// Waits until the index of a list's order is there, which is made for whoever sorts by it first; the list would take
    /// as long without it. Whether it had to be made.
    pub(crate) async fn wait_for_sort(&self, list: &Listing<'_>) -> Result<bool> {
        let Some(key) = list.order.key().filter(|_| list.state.n_profiles > FEW) else { return Ok(false) };
        let name = index_name(&list.table, key);
        if matches!(list.remembered(&name), Some(Known::Indexed)) {
            return Ok(false);
        }
        let missing = !self.has_index(&list.table, key).await?;
        if missing {
            // In a task of its own: the reader may turn to something else meanwhile, and the next one wants it too.
            let (store, tables, key) = (self.clone(), list.table, key.clone());
            let made = tokio::spawn(async move { store.make_index(&tables, &key).await }).await;
            made.map_err(|error| StoreError::Corrupt(error.to_string()))??;
        }
        list.remember(name, Known::Indexed);
        Ok(missing)
    }

    /// Has the index made by which a row rule finds its profiles, unless it is there: nobody waits for it.
    pub(crate) fn index_rule_later(&self, tables: PoolTables, key: Key) {
        let store = self.clone();
        tokio::spawn(async move {
            if let Err(error) = store.make_index(&tables, &key).await {
                tracing::warn!(%error, table = tables.profiles(), "the index of a row rule was not made");
            }
        });
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
        self.db().make_index(sql).await?;
        if self.engine() == Engine::Postgres {
            // An index over an expression has statistics of its own, and index-only reading needs to know which pages
            // everybody can see; but nobody needs to wait for that.
            self.tidy_later(tables.profiles());
        }
        Ok(())
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

impl Listing<'_> {
    /// Has the index of the reader's rule made when the list is so long that it counts.
    pub(crate) fn index_rule(&self) {
        let Some(key) = self.rule_key.as_ref().filter(|_| self.state.n_profiles > FEW) else { return };
        let name = format!("rule {}", index_name(&self.table, key));
        if self.remembered(&name).is_none() {
            self.remember(name, Known::Indexed);
            self.store.index_rule_later(self.table, key.clone());
        }
    }
}

fn index_name(tables: &PoolTables, key: &Key) -> String {
    tables.index(&format!("sort_{}", key.name))
}
