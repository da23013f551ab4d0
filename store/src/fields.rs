//! Fields and their options.

use domain::field::{FieldDef, FieldKind, Internal, STANDARD};
use domain::id::{CategoryId, ClientId, FieldId, OptionId, PoolId};
use domain::pool::CategoryRole;
use domain::text::{clean_line, internal_name};

use crate::error::{Conflict, Result, StoreError};
use crate::pool_table::PoolTables;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{MAX_FIELDS, Store};

/// A field to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewField {
    /// The internal name; none: made from the label, with a number behind it if that is taken.
    pub key: Option<String>,
    /// The name on the screen.
    pub label: String,
    /// Its type.
    pub kind: FieldKind,
    /// Where it is filed, as the last one.
    pub category: CategoryId,
    /// Must be filled when a profile is entered by hand.
    pub required: bool,
    /// Help for those who fill it in.
    pub help: String,
    /// The options of a selection, in their order.
    pub options: Vec<String>,
}

impl Store {
    /// Adds a field at the end of its category, and its column to the pool's table.
    ///
    /// # Errors
    /// `NotFound` (pool, category), `Conflict(FieldKeyTaken)` when the wanted internal name exists,
    /// `Conflict(TooManyFields)` past [`MAX_FIELDS`], `Conflict(NoOptions)` when options are given to a kind that has none.
    pub async fn create_field(&self, client: ClientId, pool: PoolId, field: &NewField) -> Result<FieldId> {
        if !field.options.is_empty() && !field.kind.has_options() {
            return Err(StoreError::Conflict(Conflict::NoOptions));
        }
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let category = tx.category(client, pool, field.category).await?;
        let keys = tx.field_keys(pool).await?;
        if keys.len() >= MAX_FIELDS {
            return Err(StoreError::Conflict(Conflict::TooManyFields));
        }
        let label = clean_line(&field.label);
        let key = match &field.key {
            Some(key) if keys.contains(key) => return Err(StoreError::Conflict(Conflict::FieldKeyTaken)),
            Some(key) => key.clone(),
            None => free_key(&internal_name(&label), &keys),
        };
        let position = tx.next_position(category).await?;
        let new = FieldDef { label, required: field.required, help: field.help.clone(), ..blank(key, field.kind, category, position) };
        let id = tx.insert_field(client, pool, &new).await?;
        let tables = PoolTables::of(self.engine(), client, pool);
        tx.ddl(tables.add_column(id, field.kind)).await?;
        tx.insert_options(client, id, &field.options).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Adds options to a selection, in this order, behind those it has. A label that exists
    /// already gets no second option: its id is given back.
    ///
    /// # Errors
    /// `NotFound`, `Conflict(NoOptions)` when the field's kind has no options of its own.
    pub async fn add_options(&self, client: ClientId, pool: PoolId, field: FieldId, labels: &[String]) -> Result<Vec<OptionId>> {
        const SQL: &str = "select kind
            from fields
            where id = $1 and pool_id = $2 and client_id = $3 and deleted_at is null";
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let asked = Statement::new(SQL).arg(field).arg(pool).arg(client);
        let row = tx.row(asked).await?.ok_or(StoreError::NotFound)?;
        let kind = FieldKind::from_code(&row.text(0)?);
        if !kind.is_some_and(FieldKind::has_options) {
            return Err(StoreError::Conflict(Conflict::NoOptions));
        }
        let ids = tx.insert_options(client, field, labels).await?;
        tx.commit().await?;
        Ok(ids)
    }
}

/// A field with nothing set yet; its id comes with its row.
fn blank(key: String, kind: FieldKind, category: CategoryId, position: i64) -> FieldDef {
    FieldDef {
        id: FieldId::new(0),
        key,
        label: String::new(),
        kind,
        category,
        position,
        standard: false,
        internal: None,
        required: false,
        matching: false,
        profiling: false,
        tagging: false,
        default_value: None,
        help: String::new(),
        options: Vec::new(),
    }
}

/// The name itself, or with the first number from 2 that makes it new.
fn free_key(name: &str, taken: &[String]) -> String {
    let numbered = (2..).map(|n: u32| format!("{name}{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|key| !taken.contains(key)).expect("numbers never end")
}

impl Tx {
    /// The categories, internal and standard fields of a new pool.
    pub(crate) async fn create_first_fields(&mut self, client: ClientId, pool: PoolId) -> Result<Vec<FieldDef>> {
        let basic = self.insert_category(client, pool, CategoryRole::Basic, 0).await?;
        let intern = self.insert_category(client, pool, CategoryRole::Internal, 1).await?;
        self.insert_category(client, pool, CategoryRole::Unassigned, 2).await?;
        let mut fields = Vec::new();
        for (position, standard) in (0..).zip(STANDARD) {
            let mut field = blank(standard.key.to_owned(), standard.kind, basic, position);
            field.standard = true;
            fields.push(field);
        }
        for (position, internal) in (0..).zip(Internal::ALL) {
            let mut field = blank(internal.key().to_owned(), internal.kind(), intern, position);
            field.internal = Some(internal);
            fields.push(field);
        }
        for field in &mut fields {
            field.id = self.insert_field(client, pool, field).await?;
        }
        Ok(fields)
    }

    async fn insert_category(&mut self, client: ClientId, pool: PoolId, role: CategoryRole, position: i64) -> Result<CategoryId> {
        const SQL: &str = "insert into categories (client_id, pool_id, name, role, position)
            values ($1, $2, '', $3, $4)
            returning id";
        let insert = Statement::new(SQL).arg(client).arg(pool).arg(role.code()).arg(position);
        let row = self.row(insert).await?.ok_or(StoreError::NotFound)?;
        Ok(CategoryId::new(row.int(0)?))
    }

    async fn insert_field(&mut self, client: ClientId, pool: PoolId, field: &FieldDef) -> Result<FieldId> {
        const SQL: &str = "insert into fields (client_id, pool_id, category_id, key, label, kind,
                position, standard, internal, required, help)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            returning id";
        let insert = Statement::new(SQL)
            .arg(client)
            .arg(pool)
            .arg(field.category)
            .arg(field.key.as_str())
            .arg(field.label.as_str())
            .arg(field.kind.code())
            .arg(field.position)
            .arg(field.standard)
            .arg(field.internal.map(Internal::key))
            .arg(field.required)
            .arg(field.help.as_str());
        let row = self.row(insert).await?.ok_or(StoreError::NotFound)?;
        Ok(FieldId::new(row.int(0)?))
    }

    async fn field_keys(&mut self, pool: PoolId) -> Result<Vec<String>> {
        const SQL: &str = "select key from fields where pool_id = $1 and deleted_at is null";
        let rows = self.rows(Statement::new(SQL).arg(pool)).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// The category itself, when it is one of the pool's.
    async fn category(&mut self, client: ClientId, pool: PoolId, wanted: CategoryId) -> Result<CategoryId> {
        const SQL: &str = "select id from categories where id = $1 and pool_id = $2 and client_id = $3";
        let row = self.row(Statement::new(SQL).arg(wanted).arg(pool).arg(client)).await?;
        row.map(|_| wanted).ok_or(StoreError::NotFound)
    }

    async fn next_position(&mut self, category: CategoryId) -> Result<i64> {
        const SQL: &str = "select coalesce(max(position) + 1, 0) from fields where category_id = $1";
        let row = self.row(Statement::new(SQL).arg(category)).await?;
        row.map_or(Ok(0), |row| row.int(0))
    }

    async fn insert_options(&mut self, client: ClientId, field: FieldId, labels: &[String]) -> Result<Vec<OptionId>> {
        const INSERT: &str = "insert into options (client_id, field_id, label, position)
            select $1, $2, $3, coalesce(max(position) + 1, 0) from options where field_id = $2
            returning id";
        let mut known = self.options_by_label(field).await?;
        let mut ids = Vec::with_capacity(labels.len());
        for label in labels.iter().map(|label| clean_line(label)) {
            let id = match known.get(&label) {
                Some(id) => *id,
                None => {
                    let insert = Statement::new(INSERT).arg(client).arg(field).arg(label.as_str());
                    let row = self.row(insert).await?.ok_or(StoreError::NotFound)?;
                    OptionId::new(row.int(0)?)
                }
            };
            known.insert(label, id);
            ids.push(id);
        }
        Ok(ids)
    }

    async fn options_by_label(&mut self, field: FieldId) -> Result<std::collections::HashMap<String, OptionId>> {
        const SQL: &str = "select label, id from options where field_id = $1 and deleted_at is null";
        let rows = self.rows(Statement::new(SQL).arg(field)).await?;
        rows.iter().map(|row| Ok((row.text(0)?, OptionId::new(row.int(1)?)))).collect()
    }
}
