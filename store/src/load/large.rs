//! Before and after a large load: what would slow it down is taken away and made again.

use domain::field::{FieldDef, Internal, SqlType};
use domain::id::{ClientId, PoolId};
use domain::pool::Pool;

use crate::Store;
use crate::db::Engine;
use crate::error::Result;
use crate::open::{CHECKPOINT, CHECKPOINT_LOADING};
use crate::pool_table::{PoolTables, column};
use crate::profiles::read::owned;
use crate::search::tables;
use crate::statement::Statement;
use crate::tx::Tx;

/// From so many rows on, indexes are built anew rather than extended, if the load is also larger
/// than what is there.
const LARGE: i64 = 50_000;

/// Pages of a search index that are merged in one transaction, between which others write.
const MERGED_AT_ONCE: i64 = 1_000;

/// What is left to do for the index of all fields after a load of this size is done at once.
const AT_ONCE: i64 = 5_000;

impl Store {
    /// Gets a pool ready for a load of about so many rows. May be called again at any time.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn begin_load(&self, client: ClientId, pool: &Pool, expected_rows: u64) -> Result<()> {
        owned(client, pool)?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let state = self.state(client, pool.id).await?;
        let rows = i64::try_from(expected_rows).unwrap_or(i64::MAX);
        if rows < LARGE || rows < state.n_profiles {
            return Ok(());
        }
        self.drop_sort_indexes(&tables).await?;
        match self.engine() {
            Engine::Sqlite => {
                self.checkpoint_after(CHECKPOINT_LOADING).await?;
                self.gather(&tables.search_main(), true).await
            }
            Engine::Postgres => {
                let reading = tables.reading_indexes().map(|(name, _)| format!("drop index if exists {}{name}", tables.schema()));
                for statement in tables::drop_indexes(&tables.search_main()).into_iter().chain(reading) {
                    self.db().run(Statement::new(statement)).await?;
                }
                Ok(())
            }
        }
    }

    /// Makes everything fast again after a load, also after one that broke off. After a large one
    /// the index of all fields is left to [`catch_up_pending`](Self::catch_up_pending); searches are
    /// right meanwhile.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn end_load(&self, client: ClientId, pool: &Pool) -> Result<()> {
        owned(client, pool)?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let state = self.state(client, pool.id).await?;
        let pending = state.newest - state.indexed_to;
        match self.engine() {
            Engine::Sqlite => {
                self.gather(&tables.search_main(), false).await?;
                self.checkpoint_after(CHECKPOINT).await?;
            }
            Engine::Postgres => {
                let large = pending > LARGE;
                let profiles = async {
                    self.ensure_reading_indexes(&tables).await?;
                    if large { self.tidy(&tables.profiles()).await } else { Ok(()) }
                };
                let texts = async {
                    self.ensure_indexes(&tables.search_main()).await?;
                    if large { self.tidy(&tables.search_main()).await } else { Ok(()) }
                };
                futures::future::try_join(profiles, texts).await?;
                if large {
                    // Without statistics the planner makes a list of all who have chosen an option, for each page.
                    self.tidy_later(tables.choices());
                }
            }
        }
        if pending <= AT_ONCE {
            self.catch_up(client, pool).await?;
        }
        Ok(())
    }

    /// Repairs what killed processes left behind: to be called once at the start of a process.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn repair(&self) -> Result<()> {
        const SQL: &str = "select client_id, id from pools where deleted_at is null order by id";
        for row in self.db().rows(Statement::new(SQL)).await? {
            let (client, pool) = (ClientId::new(row.int(0)?), PoolId::new(row.int(1)?));
            let tables = PoolTables::of(self.engine(), client, pool);
            match self.engine() {
                Engine::Sqlite => {
                    self.gather(&tables.search_main(), false).await?;
                    self.gather(&tables.search_more(), false).await?;
                }
                Engine::Postgres => {
                    self.ensure_reading_indexes(&tables).await?;
                    self.ensure_indexes(&tables.search_main()).await?;
                    self.ensure_indexes(&tables.search_more()).await?;
                }
            }
        }
        Ok(())
    }

    /// SQLite: how many pages the write-ahead log grows to, as far as this process writes it.
    async fn checkpoint_after(&self, pages: u32) -> Result<()> {
        self.db().run(Statement::new(format!("pragma wal_autocheckpoint = {pages}"))).await?;
        Ok(())
    }

    /// SQLite: whether a search index only gathers, or merges what it gathered as it goes.
    pub(crate) async fn gather(&self, name: &str, only: bool) -> Result<()> {
        let (merge, crisis) = if only { (0, 256) } else { (4, 16) };
        for (setting, value) in [("automerge", merge), ("crisismerge", crisis)] {
            let sql = format!("insert into {name} ({name}, rank) values ('{setting}', {value})");
            self.db().run(Statement::new(sql)).await?;
        }
        Ok(())
    }

    /// SQLite: makes one piece of what a search index gathered, so that a search looks in one place instead of a
    /// hundred. In steps, between which others write. Nothing to do on PostgreSQL.
    pub(crate) async fn settle(&self, name: &str) -> Result<()> {
        if self.engine() != Engine::Sqlite {
            return Ok(());
        }
        // The first, negative number takes all pieces together; the others go on with that.
        let mut pages = -MERGED_AT_ONCE;
        loop {
            let mut tx = self.write().await?;
            let before = total_changes(&mut tx).await?;
            let sql = format!("insert into {name} ({name}, rank) values ('merge', {pages})");
            tx.run(Statement::new(sql)).await?;
            let after = total_changes(&mut tx).await?;
            tx.commit().await?;
            // That is how it says that nothing was left to do (https://www.sqlite.org/fts5.html, "merge").
            if after - before < 2 {
                return Ok(());
            }
            pages = MERGED_AT_ONCE;
        }
    }

    /// PostgreSQL: makes the trigram indexes of a search table that are missing, all at the same time.
    pub(crate) async fn ensure_indexes(&self, table: &str) -> Result<()> {
        if self.engine() == Engine::Postgres {
            let builds = tables::create_indexes(table).into_iter().map(|sql| self.db().make_index(sql));
            futures::future::try_join_all(builds).await?;
        }
        Ok(())
    }

    /// PostgreSQL: tells the planner what a table holds now, and that all of it is visible to everybody.
    pub(crate) async fn tidy(&self, table: &str) -> Result<()> {
        self.db().run(Statement::new(format!("vacuum (analyze) {table}"))).await?;
        Ok(())
    }

    /// The same, for which nobody waits.
    pub(crate) fn tidy_later(&self, table: String) {
        let store = self.clone();
        tokio::spawn(async move {
            if let Err(error) = store.tidy(&table).await {
                tracing::warn!(%error, table, "statistics not renewed");
            }
        });
    }

    async fn ensure_reading_indexes(&self, tables: &PoolTables) -> Result<()> {
        for (_, sql) in tables.reading_indexes() {
            self.db().run(Statement::new(sql)).await?;
        }
        Ok(())
    }

    /// The indexes that find profiles by these fields together.
    pub(crate) async fn ensure_key_index(&self, tables: &PoolTables, keys: &[&FieldDef]) -> Result<()> {
        let own = |key: &&&FieldDef| !has_index(key);
        // SQLite uses one index of a table in a statement; PostgreSQL's hashes, which take texts of any length, have one
        // column, and it brings several together.
        let (columns, using): (Vec<Vec<&FieldDef>>, &str) = match self.engine() {
            Engine::Sqlite if keys.len() > 1 && keys.iter().all(|key| own(&key)) => (vec![keys.to_vec()], ""),
            Engine::Sqlite => (keys.iter().filter(own).map(|key| vec![*key]).collect(), ""),
            Engine::Postgres => (keys.iter().filter(own).map(|key| vec![*key]).collect(), "using hash "),
        };
        for key in columns {
            let names: Vec<String> = key.iter().map(|field| column(field)).collect();
            let sql = format!(
                "create index if not exists {} on {} {using}({})",
                tables.index(&format!("by_{}", names.join("_"))),
                tables.profiles(),
                names.join(", ")
            );
            self.db().run(Statement::new(sql)).await?;
        }
        Ok(())
    }
}

/// Whether profiles are found by a field without an index of its own.
fn has_index(key: &FieldDef) -> bool {
    matches!(key.internal, Some(Internal::ProfileId | Internal::ExternalId))
        || (key.standard && key.key == "EMAIL")
        || matches!(key.kind.sql(), SqlType::Boolean | SqlType::Set)
}

/// SQLite: the rows that its connection has written so far, those of an index' own tables among them.
async fn total_changes(tx: &mut Tx) -> Result<i64> {
    match tx.row(Statement::new("select total_changes()")).await? {
        Some(row) => row.int(0),
        None => Ok(0),
    }
}
