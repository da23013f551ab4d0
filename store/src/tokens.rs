//! Access tokens of the REST interface, known only by their SHA-256.

use domain::id::{ClientId, TokenId, UserId};
use domain::role::Role;
use domain::text::Name;
use domain::time::Millis;

use crate::Store;
use crate::accounts::role;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::statement::Statement;

/// How exactly the last use is known; closer, every call would write.
const MINUTE: i64 = 60_000;

/// A token that opens the REST interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: TokenId,
    /// Whose data it opens.
    pub client: ClientId,
    /// For whom it was made.
    pub user: UserId,
    /// What that person may do.
    pub role: Role,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Millis>,
}

impl Store {
    /// Makes a token for a member of the client.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub async fn create_token(&self, client: ClientId, user: UserId, name: &Name, hash: &[u8; 32], now: Millis) -> Result<TokenId> {
        const SQL: &str = "insert into api_tokens (client_id, user_id, name, token_hash, created_at)
            select client_id, user_id, $3, $4, $5 from memberships where client_id = $1 and user_id = $2
            returning id";
        let insert = Statement::new(SQL).arg(client).arg(user).arg(name.as_str()).arg(hash).arg(now);
        let row = self.db().run_row(insert).await?.ok_or(StoreError::NotFound)?;
        Ok(TokenId::new(row.int(0)?))
    }

    /// The token with this hash, unless it was revoked or its person no longer is a member; notes
    /// that it was used.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn token(&self, hash: &[u8; 32], now: Millis) -> Result<Option<ApiToken>> {
        const SQL: &str = "select t.id, t.client_id, t.user_id, m.role, t.name, t.created_at, t.last_used_at
            from api_tokens t
            join memberships m on m.client_id = t.client_id and m.user_id = t.user_id
            where t.token_hash = $1 and t.revoked_at is null";
        let Some(row) = self.db().row(Statement::new(SQL).arg(hash)).await? else { return Ok(None) };
        let token = token(&row)?;
        if token.last_used_at.is_none_or(|at| at.plus(MINUTE) <= now) {
            let note = Statement::new("update api_tokens set last_used_at = $1 where id = $2");
            self.db().run(note.arg(now).arg(token.id)).await?;
        }
        Ok(Some(token))
    }

    /// The tokens of a client that were not revoked, newest first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn tokens(&self, client: ClientId) -> Result<Vec<ApiToken>> {
        const SQL: &str = "select t.id, t.client_id, t.user_id, m.role, t.name, t.created_at, t.last_used_at
            from api_tokens t
            join memberships m on m.client_id = t.client_id and m.user_id = t.user_id
            where t.client_id = $1 and t.revoked_at is null
            order by t.id desc";
        self.db().rows(Statement::new(SQL).arg(client)).await?.iter().map(token).collect()
    }

    /// Takes a token away for good; its name stays readable in the history.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke_token(&self, client: ClientId, token: TokenId, now: Millis) -> Result<()> {
        const SQL: &str = "update api_tokens set revoked_at = $3 where id = $1 and client_id = $2 and revoked_at is null";
        let changed = self.db().run(Statement::new(SQL).arg(token).arg(client).arg(now)).await?;
        if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }
}

fn token(row: &Row) -> Result<ApiToken> {
    Ok(ApiToken {
        id: TokenId::new(row.int(0)?),
        client: ClientId::new(row.int(1)?),
        user: UserId::new(row.int(2)?),
        role: role(row, 3)?,
        name: row.text(4)?,
        created_at: Millis::new(row.int(5)?),
        last_used_at: row.opt_int(6)?.map(Millis::new),
    })
}
