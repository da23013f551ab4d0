//! What is made anew behind a restore: later steps of the schema, indexes, the tables of the search.
//!
//! Until it has ended, a mark in the database keeps everybody else out. It may be killed at any time and is begun anew.

use domain::id::{ClientId, PoolId};
use domain::pool::Pool;

use super::MARKER;
use crate::Store;
use crate::db::Engine;
use crate::dialect::table_exists;
use crate::error::{Result, StoreError};
use crate::load::copy::copy_texts;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::search::text::Indexer;
use crate::search::{tables, write};
use crate::statement::Statement;

/// Profiles of one transaction.
const AT_ONCE: i64 = 4_000;

/// From so many profiles on SQLite only gathers the texts, and makes one piece of them at the end.
const LARGE: i64 = 50_000;

impl Store {
    /// Which backup is being restored here; none in ordinary times.
    pub(crate) async fn begun_restore(&self) -> Result<Option<String>> {
        let exists = Statement::new(table_exists(self.engine())).arg(MARKER);
        if !self.db().row(exists).await?.map_or(Ok(false), |row| row.bool(0))? {
            return Ok(None);
        }
        self.db().row(Statement::new(format!("select file from {MARKER}"))).await?.map(|row| row.text(0)).transpose()
    }

    /// Whether no restore waits to be ended.
    pub(crate) async fn restored(&self) -> Result<()> {
        match self.begun_restore().await? {
            None => Ok(()),
            Some(_) => Err(StoreError::Unusable(
                "A restore into this database was broken off. Run the same `lagune restore` once more; it goes on where it was.".to_owned(),
            )),
        }
    }

    /// Ends a restore whose rows are loaded.
    ///
    /// # Errors
    /// Those of the engine; the next call begins anew.
    pub async fn end_restore(&self) -> Result<()> {
        self.migrate_up_to(i64::MAX).await?;
        let mut living = Vec::new();
        for row in self.db().rows(Statement::new("select client_id, id, deleted_at is null from pools order by id")).await? {
            let pool = self.any_pool(ClientId::new(row.int(0)?), PoolId::new(row.int(1)?)).await?;
            self.index_anew(&pool).await?;
            if row.bool(2)? {
                living.push(pool);
            }
        }
        self.index_log().await?;
        // Without statistics the planners don't know what is rare.
        self.db().run(Statement::new("analyze")).await?;
        for pool in living {
            self.catch_up(pool.client, &pool).await?;
        }
        self.db().run(Statement::new(format!("drop table {MARKER}"))).await?;
        Ok(())
    }

    /// Makes the indexes of a pool and its search tables; that of all fields stays empty.
    async fn index_anew(&self, pool: &Pool) -> Result<()> {
        let of = PoolTables::of(self.engine(), pool.client, pool.id);
        let (main, more) = (of.search_main(), of.search_more());
        let mut tx = self.write().await?;
        let before = [&main, &more].map(|table| format!("drop table if exists {table};\n"));
        tx.ddl(before.concat() + &tables::create_bare(&of)).await?;
        tx.run(Statement::new("update pools set indexed_to = 0 where id = $1").arg(pool.id)).await?;
        tx.commit().await?;
        for sql in of.light_indexes(&pool.fields) {
            self.db().make_index(sql).await?;
        }
        let gather = self.engine() == Engine::Sqlite && self.state_of(pool).await? > LARGE;
        if gather {
            self.gather(&main, true).await?;
        }
        self.fill_main(pool, &of).await?;
        if gather {
            self.gather(&main, false).await?;
        }
        self.ensure_indexes(&main).await?;
        self.ensure_indexes(&more).await
    }

    async fn state_of(&self, pool: &Pool) -> Result<i64> {
        let row = self.db().row(Statement::new("select n_profiles from pools where id = $1").arg(pool.id)).await?;
        row.map_or(Ok(0), |row| row.int(0))
    }

    /// The texts of name, first name, e-mail and company of all living profiles.
    async fn fill_main(&self, pool: &Pool, of: &PoolTables) -> Result<()> {
        let (indexer, reading) = (Indexer::of(pool), Reading::of(pool, pool.default_search().into_iter()));
        let sql = format!(
            "select {} from {} p where p.deleted_at is null and p.profile_id > $1 order by p.profile_id limit $2",
            reading.columns(),
            of.profiles()
        );
        let mut after = 0;
        loop {
            let mut tx = self.write().await?;
            let rows = tx.rows(Statement::new(sql.clone()).arg(after).arg(AT_ONCE)).await?;
            let profiles = rows.iter().map(|row| reading.profile(row)).collect::<Result<Vec<_>>>()?;
            let Some(last) = profiles.last() else { return Ok(()) };
            after = last.id.get();
            let texts = profiles.iter().map(|profile| (profile.id.get(), indexer.main(|field| profile.value(field)))).collect();
            match self.engine() {
                Engine::Sqlite => write::add(&mut tx, of, &of.search_main(), texts).await?,
                Engine::Postgres => copy_texts(&mut tx, &of.search_main(), texts).await?,
            }
            tx.commit().await?;
        }
    }
}
