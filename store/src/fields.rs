//! Rows of categories and fields, as new pools and the steps of `config` make them.

use std::collections::HashSet;

use domain::field::{FieldDef, FieldKind, Internal, STANDARD};
use domain::id::{CategoryId, ClientId, FieldId, PoolId};
use domain::pool::CategoryRole;

use crate::error::{Result, StoreError};
use crate::pools::unknown;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// A field with nothing set yet; its id comes with its row.
pub(crate) fn blank(key: String, kind: FieldKind, category: CategoryId, position: i64) -> FieldDef {
    FieldDef { position, ..FieldDef::new(key, kind, category) }
}

/// What [`read_field`] reads, over the alias `f`.
pub(crate) const FIELD_COLUMNS: &str = "f.id, f.key, f.label, f.kind, f.category_id, f.position, f.standard, f.internal, \
    f.required, f.matching, f.profiling, f.tagging, f.default_value, f.help, f.column_no";

/// A field, without its options.
pub(crate) fn read_field(row: &Row) -> Result<FieldDef> {
    let kind = row.text(3)?;
    Ok(FieldDef {
        id: FieldId::new(row.int(0)?),
        key: row.text(1)?,
        label: row.text(2)?,
        kind: FieldKind::from_code(&kind).ok_or_else(|| unknown("field kind", &kind))?,
        category: CategoryId::new(row.int(4)?),
        position: row.int(5)?,
        standard: row.bool(6)?,
        internal: row.opt_text(7)?.and_then(|key| Internal::from_key(&key)),
        required: row.bool(8)?,
        matching: row.bool(9)?,
        profiling: row.bool(10)?,
        tagging: row.bool(11)?,
        default_value: row.opt_text(12)?,
        help: row.text(13)?,
        column: row.opt_int(14)?,
        options: Vec::new(),
        locked: false,
    })
}

impl Tx {
    /// The categories, internal and standard fields of a new pool.
    pub(crate) async fn create_first_fields(&mut self, client: ClientId, pool: PoolId) -> Result<Vec<FieldDef>> {
        let basic = self.insert_category(client, pool, CategoryRole::Basic, "", 0).await?;
        let intern = self.insert_category(client, pool, CategoryRole::Internal, "", 1).await?;
        self.insert_category(client, pool, CategoryRole::Unassigned, "", 2).await?;
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

    pub(crate) async fn insert_category(
        &mut self,
        client: ClientId,
        pool: PoolId,
        role: CategoryRole,
        name: &str,
        position: i64,
    ) -> Result<CategoryId> {
        const SQL: &str = "insert into categories (client_id, pool_id, name, role, position)
            values ($1, $2, $3, $4, $5)
            returning id";
        let insert = Statement::new(SQL).arg(client).arg(pool).arg(name).arg(role.code()).arg(position);
        let row = self.row(insert).await?.ok_or(StoreError::NotFound)?;
        Ok(CategoryId::new(row.int(0)?))
    }

    pub(crate) async fn insert_field(&mut self, client: ClientId, pool: PoolId, field: &FieldDef) -> Result<FieldId> {
        const SQL: &str = "insert into fields (client_id, pool_id, category_id, key, label, kind,
                position, standard, internal, required, matching, profiling, tagging, help)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
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
            .arg(field.matching)
            .arg(field.profiling)
            .arg(field.tagging)
            .arg(field.help.as_str());
        let row = self.row(insert).await?.ok_or(StoreError::NotFound)?;
        Ok(FieldId::new(row.int(0)?))
    }

    /// The internal names that a pool's fields have.
    pub(crate) async fn field_keys(&mut self, pool: PoolId) -> Result<HashSet<String>> {
        const SQL: &str = "select key from fields where pool_id = $1 and deleted_at is null";
        let rows = self.rows(Statement::new(SQL).arg(pool)).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}
