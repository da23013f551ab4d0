//! The sessions of one person, for them to see and to end.

use domain::audit::{Deed, Note};
use domain::id::UserId;
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// Names it in a list; nothing of its token follows from it.
    pub key: String,
    /// When it began.
    pub created_at: Millis,
    /// When it ends unless it is renewed.
    pub expires_at: Millis,
    /// From which internet address; none: begun before that was kept.
    pub address: Option<String>,
    /// What the browser said it is.
    pub agent: Option<String>,
    /// Whether it is the one that asks.
    pub this: bool,
}

impl Store {
    /// The running sessions of a person, the newest first. `this` is the hash of the one that asks.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn sessions_of(&self, user: UserId, this: &[u8; 32], now: Millis) -> Result<Vec<OwnSession>> {
        const SQL: &str = "select token_hash, created_at, expires_at, address, agent from sessions
            where user_id = $1 and expires_at > $2 and stage is null
            order by created_at desc";
        let rows = self.db().rows(Statement::new(SQL).arg(user).arg(now)).await?;
        rows.iter().map(|row| own(row, this)).collect()
    }

    /// Ends one session of a person, by its key.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn end_session_of(&self, user: UserId, key: &str, wish: &Wish) -> Result<()> {
        let hashes = self.db().rows(Statement::new("select token_hash from sessions where user_id = $1").arg(user)).await?;
        for row in &hashes {
            let hash = row.bytes(0)?;
            if key_of(&hash) == key {
                let end = Statement::new("delete from sessions where token_hash = $1 and expires_at > $2");
                let hash: [u8; 32] = hash.try_into().map_err(|_| StoreError::Corrupt("the hash of a session".to_owned()))?;
                let mut tx = self.write().await?;
                let ended = tx.run(end.arg(&hash).arg(wish.now)).await?;
                tx.sessions_ended(user, ended, wish).await?;
                return tx.commit().await;
            }
        }
        Err(StoreError::NotFound)
    }

    /// Ends all sessions of a person but one; how many.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn end_other_sessions(&self, user: UserId, this: &[u8; 32], wish: &Wish) -> Result<u64> {
        let end = Statement::new("delete from sessions where user_id = $1 and token_hash <> $2");
        let mut tx = self.write().await?;
        let ended = tx.run(end.arg(user).arg(this)).await?;
        tx.sessions_ended(user, ended, wish).await?;
        tx.commit().await?;
        Ok(ended)
    }
}

impl Tx {
    async fn sessions_ended(&mut self, user: UserId, ended: u64, wish: &Wish) -> Result<()> {
        if ended == 0 {
            return Ok(());
        }
        let note = Note::new(Deed::SessionsEnded, self.person(user).await?);
        self.audit_person(Some(user), wish, note.after(json!({ "sessions": ended }))).await
    }
}

fn own(row: &Row, this: &[u8; 32]) -> Result<OwnSession> {
    let hash = row.bytes(0)?;
    Ok(OwnSession {
        key: key_of(&hash),
        created_at: Millis::new(row.int(1)?),
        expires_at: Millis::new(row.int(2)?),
        address: row.opt_text(3)?,
        agent: row.opt_text(4)?,
        this: hash == this,
    })
}

/// The first bytes of the token's hash.
fn key_of(hash: &[u8]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
