//! The keys by which links to files are signed, one for each client.

use domain::id::ClientId;
use domain::time::Millis;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::statement::Statement;

impl Store {
    /// The key that signs the links of a client: 32 bytes. The first time it is `fresh`, which must be random; whichever
    /// process was first, all get the same one.
    ///
    /// # Errors
    /// `NotFound` when there is no such client.
    pub async fn link_key(&self, client: ClientId, fresh: &[u8; 32], now: Millis) -> Result<Vec<u8>> {
        const KEY: &str = "select key from link_keys where client_id = $1";
        const NEW: &str = "insert into link_keys (client_id, key, created_at)
            select id, $2, cast($3 as bigint) from clients where id = $1
            on conflict (client_id) do nothing";
        let key = || Statement::new(KEY).arg(client);
        if let Some(row) = self.db().row(key()).await? {
            return row.bytes(0);
        }
        let mut tx = self.write().await?;
        tx.run(Statement::new(NEW).arg(client).arg(fresh).arg(now)).await?;
        let kept = tx.row(key()).await?.ok_or(StoreError::NotFound)?.bytes(0)?;
        tx.commit().await?;
        Ok(kept)
    }
}
