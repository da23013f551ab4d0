//! Deleted fields, which can be brought back for some days.

use domain::config::{Done, Step};
use domain::field::FieldDef;
use domain::id::{ClientId, FieldId, PoolId};
use domain::time::Millis;

use crate::Store;
use crate::bin::KEPT;
use crate::error::{Result, StoreError};
use crate::fields::{FIELD_COLUMNS, read_field};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;

/// A deleted field; its data are still there.
#[derive(Clone, Debug, PartialEq)]
pub struct DeletedField {
    /// The field as it was, without its options.
    pub field: FieldDef,
    /// When it was deleted.
    pub at: Millis,
    /// Until then it can be brought back.
    pub until: Millis,
}

impl Store {
    /// The deleted fields of a pool that can be brought back, last deleted first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn deleted_fields(&self, client: ClientId, pool: PoolId) -> Result<Vec<DeletedField>> {
        // What is being purged has 0 there.
        let sql = format!(
            "select {FIELD_COLUMNS}, f.deleted_at
            from fields f
            join pools p on p.id = f.pool_id
            where f.pool_id = $1 and f.client_id = $2 and f.deleted_at > 0 and p.deleted_at is null
            order by f.deleted_at desc, f.id desc"
        );
        let rows = self.db().rows(Statement::new(sql).arg(pool).arg(client)).await?;
        rows.iter().map(deleted).collect()
    }

    /// Brings a deleted field back with its data, to where it was: [`Step::RestoreField`], a change like any other.
    ///
    /// # Errors
    /// `NotFound` when the pool has no such deleted field; else as [`configure`](Self::configure).
    pub async fn restore_field(&self, client: ClientId, pool: PoolId, field: FieldId, wish: &Wish) -> Result<Done> {
        let deleted = self.deleted_fields(client, pool).await?;
        let was = deleted.into_iter().map(|deleted| deleted.field).find(|was| was.id == field).ok_or(StoreError::NotFound)?;
        let pool_now = self.pool(client, pool).await?;
        // It has kept its place; whoever stands there now moves on by one.
        let mut beside = pool_now.fields.iter().filter(|other| other.category == was.category);
        let before = usize::try_from(was.position).ok().and_then(|place| beside.nth(place)).map(|other| other.id);
        let step = Step::RestoreField { field, category: was.category, before };
        self.configure(client, pool, &step, wish).await
    }
}

fn deleted(row: &Row) -> Result<DeletedField> {
    let at = Millis::new(row.int(FIELD_COLUMNS.split(',').count())?);
    Ok(DeletedField { field: read_field(row)?, at, until: at.plus(KEPT) })
}
