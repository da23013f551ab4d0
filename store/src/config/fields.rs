//! Steps that make fields, file them, take them away and bring them back.

use domain::config::{NewField, Step, check_new, default, moved, propose_key};
use domain::field::{FieldDef, FieldKind};
use domain::id::{CategoryId, ClientId, FieldId, PoolId};
use domain::problem::Invalid;
use domain::text::{clean_line, clean_lines};

use super::order::{Ordered, after};
use super::{Made, Site};
use crate::Store;
use crate::db::Engine;
use crate::error::{Conflict, Result, StoreError};
use crate::fields::blank;
use crate::pool_table::column;
use crate::statement::Statement;
use crate::tx::Tx;

impl Store {
    /// Adds a field, and its column to the pool's table: [`Step::AddField`] by the program itself.
    ///
    /// # Errors
    /// `NotFound` (pool, category), `Invalid`, `Conflict(FieldKeyTaken)` when the wanted internal name exists,
    /// `Conflict(TooManyFields)` past the limit.
    pub async fn create_field(&self, client: ClientId, pool: PoolId, field: &NewField) -> Result<FieldId> {
        let now = domain::time::Millis::new(0);
        let site = self.site(client, pool, domain::lang::Lang::De, now).await?;
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let made = tx.add_field(&site, field).await?;
        tx.commit().await?;
        made.id.map(FieldId::new).ok_or(StoreError::NotFound)
    }
}

impl Tx {
    pub(super) async fn add_field(&mut self, site: &Site, new: &NewField) -> Result<Made> {
        check_new(new).map_err(StoreError::Invalid)?;
        self.category(site, new.category).await?;
        let keys = self.field_keys(site.pool).await?;
        if self.n_fields(site).await? >= site.limit {
            return Err(StoreError::Conflict(Conflict::TooManyFields));
        }
        let label = clean_line(&new.label);
        let key = match &new.key {
            Some(key) if keys.contains(key.trim()) => return Err(StoreError::Conflict(Conflict::FieldKeyTaken)),
            Some(key) => key.trim().to_owned(),
            None => propose_key(&label, |key| keys.contains(key)),
        };
        let mut field = FieldDef {
            label,
            required: new.required,
            matching: new.matching,
            profiling: new.profiling,
            tagging: new.tagging,
            help: clean_lines(&new.help),
            ..blank(key, new.kind, new.category, i64::MAX)
        };
        field.id = self.insert_field(site.client, site.pool, &field).await?;
        self.make_column(site, &column(&field), field.kind).await?;
        self.put_before(site, Ordered::Fields(new.category.get()), field.id.get(), new.before.map(FieldId::get)).await?;
        if new.kind.has_options() {
            self.insert_options(site, field.id, &new.options).await?;
            field.options = self.options_of(field.id).await?;
        }
        self.set_default(site, &field, &new.default).await?;
        let inverse = Step::DeleteField { field: field.id };
        Ok(Made { inverse, id: Some(field.id.get()), skipped: Vec::new() })
    }

    /// Both engines add a column without looking at the rows. PostgreSQL waits for whoever reads the table, and lets
    /// nobody else in meanwhile: not for long.
    pub(crate) async fn make_column(&mut self, site: &Site, name: &str, kind: FieldKind) -> Result<()> {
        if site.engine() == Engine::Postgres {
            self.ddl("set local lock_timeout = '3s'".to_owned()).await?;
        }
        self.ddl(site.tables.add_column(name, kind)).await
    }

    /// Checks and writes what a new profile gets.
    pub(super) async fn set_default(&mut self, site: &Site, field: &FieldDef, typed: &str) -> Result<()> {
        let stored = default::read(field, typed, site.now, &site.reading());
        let stored = stored.map_err(|problem| StoreError::Invalid(Invalid::one("default", problem)))?;
        self.run(Statement::new("update fields set default_value = $1 where id = $2").arg(stored).arg(field.id)).await?;
        Ok(())
    }

    pub(super) async fn move_field(&mut self, site: &Site, field: FieldId, to: CategoryId, before: Option<FieldId>) -> Result<Made> {
        let from = self.field(site, field).await?.category;
        self.category(site, to).await?;
        let order = self.order(site, Ordered::Fields(from.get())).await?;
        let back = Step::MoveField { field, category: from, before: after(&order, field.get()).map(FieldId::new) };
        let (id, before) = (field.get(), before.map(FieldId::get));
        if from == to {
            self.set_order(site, Ordered::Fields(to.get()), &moved(&order, id, before)).await?;
        } else {
            self.file_under(field, to).await?;
            self.put_before(site, Ordered::Fields(to.get()), id, before).await?;
            let left: Vec<i64> = order.into_iter().filter(|other| *other != id).collect();
            self.set_order(site, Ordered::Fields(from.get()), &left).await?;
        }
        Ok(back.into())
    }

    async fn file_under(&mut self, field: FieldId, category: CategoryId) -> Result<()> {
        self.run(Statement::new("update fields set category_id = $1 where id = $2").arg(category).arg(field)).await?;
        Ok(())
    }

    pub(super) async fn delete_field(&mut self, site: &Site, id: FieldId) -> Result<Made> {
        let field = self.field(site, id).await?;
        if !field.deletable() {
            return Err(StoreError::Conflict(Conflict::FieldFixed));
        }
        self.unused(site, &field, &[]).await?;
        let order = self.order(site, Ordered::Fields(field.category.get())).await?;
        self.run(Statement::new("update fields set deleted_at = $1 where id = $2").arg(site.now).arg(id)).await?;
        let left: Vec<i64> = order.iter().copied().filter(|other| *other != id.get()).collect();
        self.set_order(site, Ordered::Fields(field.category.get()), &left).await?;
        Ok(Step::RestoreField { field: id, category: field.category, before: after(&order, id.get()).map(FieldId::new) }.into())
    }

    pub(super) async fn restore_field(&mut self, site: &Site, id: FieldId, category: CategoryId, before: Option<FieldId>) -> Result<Made> {
        const FIND: &str = "select key, category_id from fields where id = $1 and pool_id = $2 and client_id = $3 and deleted_at > 0";
        const RESTORE: &str = "update fields set deleted_at = null, key = $2, category_id = $3 where id = $1";
        let row = self.row(Statement::new(FIND).arg(id).arg(site.pool).arg(site.client)).await?.ok_or(StoreError::NotFound)?;
        if self.n_fields(site).await? >= site.limit {
            return Err(StoreError::Conflict(Conflict::TooManyFields));
        }
        // Somebody may have given its name to another one, or deleted its category.
        let keys = self.field_keys(site.pool).await?;
        let key = row.text(0)?;
        let key = if keys.contains(&key) { propose_key(&key, |key| keys.contains(key)) } else { key };
        let category = match self.category(site, category).await {
            Ok(_) => category,
            Err(StoreError::NotFound) => CategoryId::new(row.int(1)?),
            Err(error) => return Err(error),
        };
        self.run(Statement::new(RESTORE).arg(id).arg(key).arg(category)).await?;
        self.put_before(site, Ordered::Fields(category.get()), id.get(), before.map(FieldId::get)).await?;
        Ok(Step::DeleteField { field: id }.into())
    }

    async fn n_fields(&mut self, site: &Site) -> Result<usize> {
        const SQL: &str = "select count(*) from fields where pool_id = $1 and deleted_at is null and internal is null";
        let row = self.row(Statement::new(SQL).arg(site.pool)).await?;
        Ok(usize::try_from(row.map_or(Ok(0), |row| row.int(0))?).unwrap_or(usize::MAX))
    }
}
