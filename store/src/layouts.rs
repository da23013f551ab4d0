//! How each person has arranged the list of a pool.

use domain::id::{ClientId, PoolId, UserId};
use domain::layout::ListLayout;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::statement::Statement;

impl Store {
    /// The arrangement that a person saved; one that can't be read any more counts as none.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn layout(&self, client: ClientId, user: UserId, pool: PoolId) -> Result<Option<ListLayout>> {
        const SQL: &str = "select layout from layouts where user_id = $1 and pool_id = $2 and client_id = $3";
        let row = self.db().row(Statement::new(SQL).arg(user).arg(pool).arg(client)).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(serde_json::from_str(&row.text(0)?).ok())
    }

    /// Saves an arrangement in place of the former one.
    ///
    /// # Errors
    /// `NotFound` when the client has no such pool or the person is no member of it.
    pub async fn save_layout(&self, client: ClientId, user: UserId, pool: PoolId, layout: &ListLayout) -> Result<()> {
        const SQL: &str = "insert into layouts (client_id, user_id, pool_id, layout)
            select p.client_id, m.user_id, p.id, $4
            from pools p
            join memberships m on m.client_id = p.client_id
            where p.client_id = $1 and m.user_id = $2 and p.id = $3 and p.deleted_at is null
            on conflict (user_id, pool_id) do update set layout = excluded.layout";
        let text = serde_json::to_string(layout).expect("keys and numbers have a JSON form");
        let saved = self.db().run(Statement::new(SQL).arg(client).arg(user).arg(pool).arg(text)).await?;
        if saved == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }
}
