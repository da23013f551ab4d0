//! Pools: made with everything that belongs to them, read, renamed, deleted.

pub mod deleted;
pub(crate) mod shapes;

use std::borrow::Cow;
use std::sync::Arc;

use domain::audit::{Deed, Note, Object};
use domain::id::{ClientId, PoolId};
use domain::pool::{Pool, PoolSummary};
use domain::text::PoolName;
use domain::time::Millis;
use serde_json::json;

use crate::changes::{Change, ChangeKind};
use crate::error::{Conflict, Result, StoreError};
use crate::first::read_zone;
use crate::list::all_key;
use crate::list::cache::Known;
use crate::pool_table::PoolTables;
use crate::pools::shapes::Shape;
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

impl Store {
    /// Makes a pool with its categories, its internal and standard fields, and its tables.
    ///
    /// # Errors
    /// `Conflict(PoolNameTaken)`; `NotFound` when there is no such client.
    pub async fn create_pool(&self, client: ClientId, name: &PoolName, wish: impl Into<Wish>) -> Result<PoolId> {
        let wish = wish.into();
        let mut tx = self.write().await?;
        let pool = tx.create_pool(client, name, wish.now).await?;
        tx.audit(client, &wish, Note::new(Deed::PoolCreated, Object::pool(pool, name.as_str())));
        tx.commit().await?;
        Ok(pool)
    }

    /// The same pool with all its fields, for writing: what profiles are found by must not lack those that the writer may not
    /// see. Values in another form than `pool` has them are still refused.
    pub(crate) async fn whole<'p>(&self, pool: &'p Pool) -> Result<Cow<'p, Pool>> {
        if !pool.partial {
            return Ok(Cow::Borrowed(pool));
        }
        let whole = self.pool(pool.client, pool.id).await?;
        Ok(Cow::Owned(Pool { forms: pool.forms, ..whole }))
    }

    /// A pool with its categories, fields and options.
    ///
    /// # Errors
    /// `NotFound` when the client has no such pool.
    pub async fn pool(&self, client: ClientId, pool: PoolId) -> Result<Pool> {
        self.read_pool(client, pool, " and p.deleted_at is null").await
    }

    /// The same also for a deleted one.
    pub(crate) async fn any_pool(&self, client: ClientId, pool: PoolId) -> Result<Pool> {
        self.read_pool(client, pool, "").await
    }

    async fn read_pool(&self, client: ClientId, pool: PoolId, living: &str) -> Result<Pool> {
        let sql = format!(
            "select p.name, p.revision, p.created_at, p.shape, c.zone, p.forms
            from pools p
            join clients c on c.id = p.client_id
            where p.id = $1 and p.client_id = $2{living}"
        );
        let found = self.db().row(Statement::new(sql).arg(pool).arg(client)).await?;
        let row = found.ok_or(StoreError::NotFound)?;
        let shape = self.shape(client, pool, row.int(3)?).await?;
        Ok(Pool {
            id: pool,
            client,
            name: row.text(0)?,
            revision: row.int(1)?,
            shape: row.int(3)?,
            forms: row.int(5)?,
            created_at: Millis::new(row.int(2)?),
            zone: read_zone(&row.text(4)?)?,
            categories: shape.categories.clone(),
            fields: shape.fields.clone(),
            partial: false,
        })
    }

    /// The pools of a client by name, with the numbers of profiles within reach.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn pools(&self, reach: &Reach) -> Result<Vec<PoolSummary>> {
        const SQL: &str = "select id, name, n_profiles, last_activity_at, revision
            from pools
            where client_id = $1 and deleted_at is null";
        let rows = self.db().rows(Statement::new(SQL).arg(reach.client())).await?;
        let mut pools = Vec::with_capacity(rows.len());
        for row in &rows {
            let pool = summary(row)?;
            let n_profiles = match reach.key() {
                None => pool.n_profiles,
                Some(rule) => self.size_of(reach, pool.id, row.int(4)?, &rule).await?,
            };
            pools.push(PoolSummary { n_profiles, ..pool });
        }
        pools.sort_by(|a, b| domain::search::sort_key_cmp(&a.name, &b.name).then(a.id.cmp(&b.id)));
        Ok(pools)
    }

    /// How many profiles somebody with a rule reaches in a pool; looked up only when that is not known of its revision.
    async fn size_of(&self, reach: &Reach, pool: PoolId, revision: i64, rule: &str) -> Result<i64> {
        let n = match self.lists().get(pool, revision, &all_key(rule)) {
            Some(Known::Count(n)) => n,
            // Somebody may delete the pool in this moment.
            _ => match self.pool(reach.client(), pool).await {
                Ok(pool) => self.size(reach, &pool).await?,
                Err(StoreError::NotFound) => 0,
                Err(error) => return Err(error),
            },
        };
        Ok(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// How many fields each pool of a client has, internal ones not counted.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn field_counts(&self, client: ClientId) -> Result<Vec<(PoolId, i64)>> {
        const SQL: &str = "select pool_id, count(*) from fields
            where client_id = $1 and deleted_at is null and internal is null
            group by pool_id";
        let rows = self.db().rows(Statement::new(SQL).arg(client)).await?;
        rows.iter().map(|row| Ok((PoolId::new(row.int(0)?), row.int(1)?))).collect()
    }

    /// The pool of this name or else of this id, for the command line and REST.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_pool(&self, client: ClientId, name_or_id: &str) -> Result<Option<PoolId>> {
        const SQL: &str = "select id
            from pools
            where client_id = $1 and (name = $2 or id = $3) and deleted_at is null
            order by case when name = $2 then 0 else 1 end
            limit 1";
        let id = name_or_id.trim().parse::<i64>().ok();
        let name = domain::text::clean_line(name_or_id);
        let asked = Statement::new(SQL).arg(client).arg(name).arg(id);
        let row = self.db().row(asked).await?;
        row.map(|row| Ok(PoolId::new(row.int(0)?))).transpose()
    }

    /// Gives a pool another name.
    ///
    /// # Errors
    /// `NotFound`, `Conflict(PoolNameTaken)`.
    pub async fn rename_pool(&self, client: ClientId, pool: PoolId, name: &PoolName, wish: impl Into<Wish>) -> Result<()> {
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        tx.check_pool_name(client, name, Some(pool)).await?;
        let known = tx.row(Statement::new("select name from pools where id = $1").arg(pool)).await?.ok_or(StoreError::NotFound)?;
        let rename = Statement::new("update pools set name = $1 where id = $2");
        tx.run(rename.arg(name.as_str()).arg(pool)).await?;
        let note = Note::new(Deed::PoolRenamed, Object::pool(pool, name.as_str()));
        tx.audit(client, &wish, note.before(json!({ "name": known.text(0)? })).after(json!({ "name": name.as_str() })));
        tx.commit().await
    }

    /// Takes a pool away. Its profiles stay in the database until
    /// [`purge_pools`](Self::purge_pools).
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_pool(&self, client: ClientId, pool: PoolId, wish: impl Into<Wish>) -> Result<()> {
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let delete = Statement::new("update pools set deleted_at = $1 where id = $2 returning name, n_profiles");
        let gone = tx.row(delete.arg(wish.now).arg(pool)).await?.ok_or(StoreError::NotFound)?;
        let note = Note::new(Deed::PoolDeleted, Object::pool(pool, gone.text(0)?));
        tx.audit(client, &wish, note.before(json!({ "profiles": gone.int(1)? })));
        tx.commit().await
    }

    /// Brings a deleted pool back, unless its name was given to another one meanwhile.
    ///
    /// # Errors
    /// `NotFound`, `Conflict(PoolNameTaken)`.
    pub async fn restore_pool(&self, client: ClientId, pool: PoolId, wish: impl Into<Wish>) -> Result<()> {
        let wish = wish.into();
        let mut tx = self.write().await?;
        let find = Statement::new("select name from pools where id = $1 and client_id = $2 and deleted_at > 0");
        let row = tx.row(find.arg(pool).arg(client)).await?.ok_or(StoreError::NotFound)?;
        let name = PoolName::parse(&row.text(0)?).map_err(|_| StoreError::Corrupt("a pool's name".to_owned()))?;
        tx.check_pool_name(client, &name, Some(pool)).await?;
        tx.run(Statement::new("update pools set deleted_at = null where id = $1").arg(pool)).await?;
        tx.touch_pool(client, pool).await?;
        tx.audit(client, &wish, Note::new(Deed::PoolRestored, Object::pool(pool, name.as_str())));
        tx.commit().await
    }

    /// How many profiles each pool of the installation has, for its measurements.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn pool_sizes(&self) -> Result<Vec<(PoolId, i64)>> {
        const SQL: &str = "select id, n_profiles from pools where deleted_at is null order by id";
        let rows = self.db().rows(Statement::new(SQL)).await?;
        rows.iter().map(|row| Ok((PoolId::new(row.int(0)?), row.int(1)?))).collect()
    }

    /// The categories and fields of a pool whose shape has this number.
    async fn shape(&self, client: ClientId, pool: PoolId, number: i64) -> Result<Arc<Shape>> {
        if let Some(shape) = self.shapes().get(pool, number) {
            return Ok(shape);
        }
        let [categories, fields, options] = Shape::statements(client, pool);
        let (categories, fields) = (self.db().rows(categories).await?, self.db().rows(fields).await?);
        let shape = Arc::new(Shape::read(&categories, &fields, &self.db().rows(options).await?)?);
        // It may be a later one by now: that is read once more by whoever asks with its number.
        self.shapes().put(pool, number, Arc::clone(&shape));
        Ok(shape)
    }
}

impl Tx {
    /// Makes a pool with all that belongs to it.
    pub(crate) async fn create_pool(&mut self, client: ClientId, name: &PoolName, now: Millis) -> Result<PoolId> {
        const SQL: &str = "insert into pools (client_id, name, created_at, last_activity_at)
            select id, $2, $3, $3 from clients where id = $1
            returning id";
        self.check_pool_name(client, name, None).await?;
        let insert = Statement::new(SQL).arg(client).arg(name.as_str()).arg(now);
        let row = self.row(insert).await?.ok_or(StoreError::NotFound)?;
        let pool = PoolId::new(row.int(0)?);
        let fields = self.create_first_fields(client, pool).await?;
        let tables = PoolTables::of(self.engine(), client, pool);
        self.ddl(tables.create(&fields)).await?;
        self.notify(Change { client, pool: Some(pool), revision: 0, kind: ChangeKind::Pool });
        Ok(pool)
    }

    /// How a pool is made up at this point of the transaction.
    pub(crate) async fn shape(&mut self, client: ClientId, pool: PoolId) -> Result<Shape> {
        let [categories, fields, options] = Shape::statements(client, pool);
        let (categories, fields) = (self.rows(categories).await?, self.rows(fields).await?);
        Shape::read(&categories, &fields, &self.rows(options).await?)
    }

    /// Notes that the pool itself changes; `NotFound` when the client has no such pool. It also
    /// holds off every other change of the pool until this one is committed.
    pub(crate) async fn touch_pool(&mut self, client: ClientId, pool: PoolId) -> Result<()> {
        self.touch_pool_since(client, pool, None).await
    }

    /// The same, if the pool still has the shape that the caller has seen; `Reshaped` when it has not.
    pub(crate) async fn touch_pool_since(&mut self, client: ClientId, pool: PoolId, seen: Option<i64>) -> Result<()> {
        const SQL: &str = "update pools
            set shape = shape + 1, revision = revision + 1
            where id = $1 and client_id = $2 and deleted_at is null
            returning revision, shape - 1";
        let row = self.row(Statement::new(SQL).arg(pool).arg(client)).await?.ok_or(StoreError::NotFound)?;
        let shape = row.int(1)?;
        if seen.is_some_and(|seen| seen != shape) {
            return Err(StoreError::Reshaped);
        }
        self.notify(Change { client, pool: Some(pool), revision: row.int(0)?, kind: ChangeKind::Pool });
        Ok(())
    }

    async fn check_pool_name(&mut self, client: ClientId, name: &PoolName, except: Option<PoolId>) -> Result<()> {
        const SQL: &str = "select id
            from pools
            where client_id = $1 and name = $2 and deleted_at is null and id <> $3";
        let except = except.map_or(0, PoolId::get);
        let asked = Statement::new(SQL).arg(client).arg(name.as_str()).arg(except);
        match self.row(asked).await? {
            Some(_) => Err(StoreError::Conflict(Conflict::PoolNameTaken)),
            None => Ok(()),
        }
    }
}

fn summary(row: &Row) -> Result<PoolSummary> {
    Ok(PoolSummary {
        id: PoolId::new(row.int(0)?),
        name: row.text(1)?,
        n_profiles: row.int(2)?,
        last_activity: row.opt_int(3)?.map(Millis::new),
    })
}

pub(crate) fn unknown(what: &str, word: &str) -> StoreError {
    StoreError::Corrupt(format!("{what} {word:?}"))
}
