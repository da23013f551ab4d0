//! Layouts of exports that are kept under a name: for all who export from a pool.

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::id::{ClientId, ExportLayoutId, PoolId, UserId};
use domain::text::Name;
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::imports::{from_json, json as to_json};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;

/// A kept layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportLayout {
    /// Its id.
    pub id: ExportLayoutId,
    /// What people call it.
    pub name: String,
    /// Which fields, and how they are written, as [`domain::export::Wish::layout`] says it.
    pub layout: Vec<(String, String)>,
    /// Who saved it last; none: a program.
    pub user: Option<UserId>,
    /// When.
    pub saved_at: Millis,
}

const COLUMNS: &str = "id, name, layout, user_id, saved_at";

impl Store {
    /// The kept layouts of a pool, by name.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn export_layouts(&self, client: ClientId, pool: PoolId) -> Result<Vec<ExportLayout>> {
        let sql = format!("select {COLUMNS} from export_layouts where client_id = $1 and pool_id = $2 order by name, id");
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(pool)).await?;
        rows.iter().map(read).collect()
    }

    /// The one with this name, else with this id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn find_export_layout(&self, client: ClientId, pool: PoolId, named: &str) -> Result<ExportLayout> {
        let all = self.export_layouts(client, pool).await?;
        let id = named.trim().parse().ok();
        let found = all.iter().find(|one| one.name == named.trim()).or_else(|| all.iter().find(|one| Some(one.id) == id));
        found.cloned().ok_or(StoreError::NotFound)
    }

    /// Keeps a layout under a name; the one that the pool has under it is replaced.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn save_export_layout(
        &self,
        client: ClientId,
        pool: PoolId,
        name: &Name,
        layout: &[(String, String)],
        wish: impl Into<Wish>,
    ) -> Result<ExportLayoutId> {
        const WAS: &str = "select layout from export_layouts where client_id = $1 and pool_id = $2 and name = $3";
        const SAVE: &str = "insert into export_layouts (client_id, pool_id, name, layout, user_id, saved_at)
            select client_id, id, $3, $4, $5, $6 from pools where client_id = $1 and id = $2 and deleted_at is null
            on conflict (pool_id, name) do update set layout = $4, user_id = $5, saved_at = $6
            returning id";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let was = tx.row(Statement::new(WAS).arg(client).arg(pool).arg(name.as_str())).await?.map(|row| row.text(0)).transpose()?;
        let save = Statement::new(SAVE).arg(client).arg(pool).arg(name.as_str()).arg(to_json(&layout)?).arg(wish.user).arg(wish.now);
        let id = ExportLayoutId::new(tx.row(save).await?.ok_or(StoreError::NotFound)?.int(0)?);
        let object = Object::new(ObjectKind::ExportLayout, id.get(), name.as_str()).within(pool);
        let mut note = Note::new(Deed::ExportLayoutSaved, object).after(json!({ "layout": layout }));
        if let Some(was) = was {
            let was: Vec<(String, String)> = from_json(&was)?;
            note = note.before(json!({ "layout": was }));
        }
        tx.audit(client, &wish, note);
        tx.commit().await?;
        Ok(id)
    }

    /// Removes one. Files that were made by it stay as they are.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_export_layout(&self, client: ClientId, pool: PoolId, id: ExportLayoutId, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "delete from export_layouts where client_id = $1 and pool_id = $2 and id = $3 returning name";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let was = tx.row(Statement::new(SQL).arg(client).arg(pool).arg(id)).await?.ok_or(StoreError::NotFound)?.text(0)?;
        let object = Object::new(ObjectKind::ExportLayout, id.get(), was).within(pool);
        tx.audit(client, &wish, Note::new(Deed::ExportLayoutDeleted, object));
        tx.commit().await
    }
}

fn read(row: &Row) -> Result<ExportLayout> {
    Ok(ExportLayout {
        id: ExportLayoutId::new(row.int(0)?),
        name: row.text(1)?,
        layout: from_json(&row.text(2)?)?,
        user: row.opt_int(3)?.map(UserId::new),
        saved_at: Millis::new(row.int(4)?),
    })
}
