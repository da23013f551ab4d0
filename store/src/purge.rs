//! What was deleted long enough ago goes for good.

use domain::id::{ClientId, PoolId};
use domain::time::Millis;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::pool_table::PoolTables;
use crate::profiles::read::one_of;
use crate::restores::gone::Gone;
use crate::search::candidates::limit;
use crate::statement::Statement;

/// How many rows are removed in one transaction.
const PART: u64 = 5_000;

impl Store {
    /// Removes for good, in every pool of a client, the profiles that were deleted before this
    /// moment, together with their history. Returns how many went.
    ///
    /// # Errors
    /// Those of the engine; what is gone is gone.
    pub async fn purge_bin(&self, client: ClientId, before: Millis) -> Result<u64> {
        const POOLS: &str = "select id from pools where client_id = $1 order by id";
        const BATCHES: &str = "delete from batches where client_id = $1 and at < $2";
        const SHOWN: &str = "update restores set samples = null where client_id = $1 and created_at < $2 and samples is not null";
        let mut n = 0;
        for row in self.db().rows(Statement::new(POOLS).arg(client)).await? {
            let pool = PoolId::new(row.int(0)?);
            while let Some(gone) = self.purge_part(client, pool, before).await? {
                n += gone;
            }
        }
        self.db().run(Statement::new(BATCHES).arg(client).arg(before)).await?;
        // What comparisons with backups showed of people.
        self.db().run(Statement::new(SHOWN).arg(client).arg(before)).await?;
        Ok(n)
    }

    /// The next profiles of a pool; none when no more are due.
    async fn purge_part(&self, client: ClientId, pool: PoolId, before: Millis) -> Result<Option<u64>> {
        let tables = PoolTables::of(self.engine(), client, pool);
        let mut tx = self.write().await?;
        let mut due = Statement::new(format!("select profile_id from {} where deleted_at < ", tables.profiles()));
        due.bind(before);
        limit(&mut due, 0, PART);
        let due = tx.rows(due).await?.iter().map(|row| row.int(0)).collect::<Result<Vec<i64>>>()?;
        if due.is_empty() {
            return Ok(None);
        }
        // Somebody may have brought one of them back in this moment.
        let mut gone = Statement::new(format!("delete from {} where deleted_at < ", tables.profiles()));
        gone.bind(before).push(" and profile_id");
        one_of(&mut gone, &tables, &due);
        gone.push(" returning profile_id, permission, unsubscribed, no_tracking");
        let gone = tx.rows(gone).await?.iter().map(Gone::read).collect::<Result<Vec<_>>>()?;
        tx.note_gone(client, pool, &gone).await?;
        let gone: Vec<i64> = gone.iter().map(|gone| gone.id).collect();
        let mut choices = Statement::new(format!("delete from {} where profile_id", tables.choices()));
        one_of(&mut choices, &tables, &gone);
        tx.run(choices).await?;
        let mut lines = Statement::new("delete from history where client_id = $1 and pool_id = $2 and profile_id").arg(client).arg(pool);
        one_of(&mut lines, &tables, &gone);
        tx.run(lines).await?;
        tx.commit().await?;
        Ok(Some(gone.len() as u64))
    }

    /// Removes for good the pools of a client that were deleted before this moment, with all that
    /// was in them. Returns how many went.
    ///
    /// # Errors
    /// Those of the engine; what is gone is gone, and the next call goes on.
    pub async fn purge_pools(&self, client: ClientId, before: Millis) -> Result<u64> {
        // From here on they don't come back.
        const BEGIN: &str = "update pools set deleted_at = 0 where client_id = $1 and deleted_at < $2 returning id";
        const PARTS: [&str; 6] = [
            "delete from history
            where id in (select id from history where client_id = $1 and pool_id = $2 limit $3)",
            "delete from import_refusals
            where id in (
                select r.id from import_refusals r join imports i on i.id = r.import_id
                where i.client_id = $1 and i.pool_id = $2 limit $3
            )",
            "delete from gone_profiles
            where pool_id = $2 and profile_id in (
                select profile_id from gone_profiles where client_id = $1 and pool_id = $2 limit $3
            )",
            "delete from import_marks
            where (import_id, mark) in (
                select m.import_id, m.mark from import_marks m join imports i on i.id = m.import_id
                where i.client_id = $1 and i.pool_id = $2 limit $3
            )",
            "delete from import_check_rows
            where id in (
                select r.id from import_check_rows r join imports i on i.id = r.import_id
                where i.client_id = $1 and i.pool_id = $2 limit $3
            )",
            "delete from import_corrections
            where id in (
                select c.id from import_corrections c join imports i on i.id = c.import_id
                where i.client_id = $1 and i.pool_id = $2 limit $3
            )",
        ];
        let mut tx = self.write().await?;
        let pools = tx.rows(Statement::new(BEGIN).arg(client).arg(before)).await?;
        let pools = pools.iter().map(|row| Ok(PoolId::new(row.int(0)?))).collect::<Result<Vec<_>>>()?;
        tx.commit().await?;
        for pool in &pools {
            for part in PARTS {
                let part = Statement::new(part).arg(client).arg(*pool).arg(i64::try_from(PART).unwrap_or(i64::MAX));
                while self.db().run(part.clone()).await? == PART {}
            }
            self.drop_pool(client, *pool).await?;
        }
        Ok(pools.len() as u64)
    }

    /// Removes for good, in every pool of a client, the fields that were deleted before this moment, with all that profiles
    /// had in them, deleted categories and options, and the ways back to them. Returns how many fields went.
    ///
    /// # Errors
    /// Those of the engine; the next call goes on.
    pub async fn purge_fields(&self, client: ClientId, before: Millis) -> Result<u64> {
        const FIELDS: &str = "select id, pool_id from fields where client_id = $1 and deleted_at < $2 order by id";
        const REST: [&str; 3] = [
            "delete from pool_changes where client_id = $1 and at < $2",
            "delete from options where client_id = $1 and deleted_at < $2",
            "delete from categories where client_id = $1 and deleted_at < $2
                and not exists (select 1 from fields f where f.category_id = categories.id)",
        ];
        let fields = self.db().rows(Statement::new(FIELDS).arg(client).arg(before)).await?;
        for row in &fields {
            self.purge_field(client, PoolId::new(row.int(1)?), row.int(0)?).await?;
        }
        for sql in REST {
            self.db().run(Statement::new(sql).arg(client).arg(before)).await?;
        }
        Ok(fields.len() as u64)
    }

    async fn purge_field(&self, client: ClientId, pool: PoolId, field: i64) -> Result<()> {
        // From here on it does not come back.
        self.db().run(Statement::new("update fields set deleted_at = 0 where id = $1").arg(field)).await?;
        let tables = PoolTables::of(self.engine(), client, pool);
        for column in self.columns_of(field).await? {
            self.free_column(client, pool, &column).await?;
        }
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await.or_else(deleted_pool)?;
        tx.run(Statement::new(format!("delete from {} where field_id = $1", tables.choices())).arg(field)).await?;
        tx.run(Statement::new("delete from options where field_id = $1").arg(field)).await?;
        tx.run(Statement::new("delete from conversions where field_id = $1").arg(field)).await?;
        tx.run(Statement::new("delete from fields where id = $1").arg(field)).await?;
        tx.commit().await
    }

    async fn drop_pool(&self, client: ClientId, pool: PoolId) -> Result<()> {
        const ROWS: [&str; 18] = [
            "delete from mapping_versions where client_id = $1 and mapping_id in (select id from mappings where pool_id = $2)",
            "delete from mappings where client_id = $1 and pool_id = $2",
            "delete from schedule_files where client_id = $1 and schedule_id in (select id from import_schedules where pool_id = $2)",
            "delete from import_schedules where client_id = $1 and pool_id = $2",
            "delete from export_layouts where client_id = $1 and pool_id = $2",
            "delete from uploads where client_id = $1 and pool_id = $2",
            "delete from conversions where client_id = $1 and pool_id = $2",
            "delete from pool_changes where client_id = $1 and pool_id = $2",
            "delete from options where client_id = $1 and field_id in (select id from fields where pool_id = $2)",
            "delete from fields where client_id = $1 and pool_id = $2",
            "delete from categories where client_id = $1 and pool_id = $2",
            "delete from layouts where client_id = $1 and pool_id = $2",
            "delete from batches where client_id = $1 and pool_id = $2",
            "delete from import_checks where client_id = $1 and import_id in (select id from imports where pool_id = $2)",
            "delete from imports where client_id = $1 and pool_id = $2",
            "delete from restores where client_id = $1 and pool_id = $2",
            // Their rows go after their files.
            "update backups set gone_at = coalesce(gone_at, 0) where client_id = $1 and pool_id = $2",
            "delete from pools where client_id = $1 and id = $2",
        ];
        let mut tx = self.write().await?;
        for sql in ROWS {
            tx.run(Statement::new(sql).arg(client).arg(pool)).await?;
        }
        tx.ddl(PoolTables::of(self.engine(), client, pool).remove()).await?;
        tx.commit().await
    }
}

/// The fields of a pool that lies in the bin itself go all the same.
fn deleted_pool(error: StoreError) -> Result<()> {
    match error {
        StoreError::NotFound => Ok(()),
        error => Err(error),
    }
}
