//! Columns that nobody needs any more: of conversions that were given up, and of those that can't be taken back any more.

use domain::field::FieldKind;
use domain::id::{ClientId, PoolId};
use domain::time::Millis;

use super::{COLUMNS, Conversion, read};
use crate::Store;
use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::pool_table::PoolTables;
use crate::statement::Statement;

/// How many values are emptied in one transaction.
const PART: u64 = 5_000;

impl Store {
    /// Gives a conversion up that has not changed anything yet: its column and the options made for it go. A second time,
    /// or when the field has its new type already, nothing happens.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn give_up_conversion(&self, client: ClientId, conversion: i64, now: Millis) -> Result<()> {
        const CLAIM: &str =
            "update conversions set freed_at = $3 where client_id = $1 and id = $2 and swapped_at is null and freed_at is null";
        const OPTIONS: &str = "delete from options where id = $1 and field_id = $2";
        let mut tx = self.write().await?;
        let given_up = tx.conversion(client, conversion).await?;
        if tx.run(Statement::new(CLAIM).arg(client).arg(conversion).arg(now)).await? == 0 {
            return Ok(());
        }
        for option in &given_up.options {
            tx.run(Statement::new(OPTIONS).arg(*option).arg(given_up.field)).await?;
        }
        if given_up.to == FieldKind::MultiSelection {
            let choices = PoolTables::of(self.engine(), client, given_up.pool).choices();
            tx.run(Statement::new(format!("delete from {choices} where field_id = $1")).arg(given_up.field)).await?;
        }
        tx.touch_pool(client, given_up.pool).await?;
        tx.commit().await?;
        self.free_column(client, given_up.pool, &given_up.new_column()).await
    }

    /// Frees, in every pool of a client, the columns of conversions that were made before this moment, and of those whose
    /// job ended without an exchange. Returns how many.
    ///
    /// # Errors
    /// Those of the engine; the next call goes on.
    pub async fn purge_conversions(&self, client: ClientId, before: Millis, now: Millis) -> Result<u64> {
        const GIVEN_UP: &str = "select c.id from conversions c left join jobs j on j.id = c.job_id
            where c.client_id = $1 and c.swapped_at is null and c.freed_at is null and (j.id is null or j.finished_at is not null)";
        let mut n = 0;
        for row in self.db().rows(Statement::new(GIVEN_UP).arg(client)).await? {
            self.give_up_conversion(client, row.int(0)?, now).await.or_else(gone)?;
            n += 1;
        }
        let sql = format!(
            "select {COLUMNS} from conversions c join fields f on f.id = c.field_id
            where c.client_id = $1 and c.swapped_at < $2 and c.freed_at is null order by c.id"
        );
        for row in self.db().rows(Statement::new(sql).arg(client).arg(before)).await? {
            self.free_former(client, &read(&row)?, now).await?;
            n += 1;
        }
        Ok(n)
    }

    async fn free_former(&self, client: ClientId, done: &Conversion, now: Millis) -> Result<()> {
        // From here on it can't be taken back.
        const CLAIM: &str = "update conversions set freed_at = $2 where id = $1";
        const CHOICES: &str = "select 1 from fields where id = $1 and kind = $2";
        let mut tx = self.write().await?;
        tx.run(Statement::new(CLAIM).arg(done.id).arg(now)).await?;
        let multiple = Statement::new(CHOICES).arg(done.field).arg(FieldKind::MultiSelection.code());
        if done.from == FieldKind::MultiSelection && tx.row(multiple).await?.is_none() {
            let choices = PoolTables::of(self.engine(), client, done.pool).choices();
            tx.run(Statement::new(format!("delete from {choices} where field_id = $1")).arg(done.field)).await?;
        }
        tx.commit().await?;
        self.free_column(client, done.pool, &done.old_column()).await
    }

    /// PostgreSQL drops a column at once; SQLite would write the whole table anew while everybody waits, so its column is
    /// emptied part by part and stays.
    pub(crate) async fn free_column(&self, client: ClientId, pool: PoolId, column: &str) -> Result<()> {
        let table = PoolTables::of(self.engine(), client, pool).profiles();
        if self.engine() == Engine::Postgres {
            let mut tx = self.write().await?;
            tx.ddl("set local lock_timeout = '3s'".to_owned()).await?;
            tx.ddl(format!("alter table if exists {table} drop column if exists {column}")).await?;
            return tx.commit().await;
        }
        let part = format!(
            "update {table} set {column} = null where profile_id in (select profile_id from {table} where {column} is not null limit $1)"
        );
        while self.db().run(Statement::new(part.clone()).arg(PART as i64)).await? == PART {}
        Ok(())
    }

    /// The columns that a field has had, its first one among them.
    pub(crate) async fn columns_of(&self, field: i64) -> Result<Vec<String>> {
        let rows = self.db().rows(Statement::new("select id from conversions where field_id = $1").arg(field)).await?;
        let later = rows.iter().map(|row| Ok(format!("c{}", row.int(0)?)));
        std::iter::once(Ok(format!("f{field}"))).chain(later).collect()
    }
}

fn gone(error: StoreError) -> Result<()> {
    match error {
        StoreError::NotFound => Ok(()),
        error => Err(error),
    }
}
