//! Access tokens of the REST interface, known only by their SHA-256.

use std::sync::Arc;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::condition::Condition;
use domain::id::{ClientId, TokenId, UserId};
use domain::problem::{Invalid, Problem};
use domain::rights::{Right, Rights};
use domain::text::Name;
use domain::time::{Millis, utc};
use serde_json::json;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::members::Manager;
use crate::profiles::Wish;
use crate::roles::{Granted, ROLE_OF};
use crate::row::Row;
use crate::statement::Statement;

/// How exactly the last use is known; closer, every call would write.
const MINUTE: i64 = 60_000;

const DAY: i64 = 24 * 60 * MINUTE;

/// The longest life of a token that ends, in days.
pub const LONGEST: u32 = 3_650;

/// A token that opens the REST interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: TokenId,
    /// Whose data it opens.
    pub client: ClientId,
    /// For whom it was made.
    pub user: UserId,
    /// That person's name.
    pub user_name: String,
    /// What it allows: what that person may do, as far as the token was made for it.
    pub rights: Rights,
    /// To which profiles its person is limited; none: all.
    pub rule: Option<Arc<Condition>>,
    /// Whether its person may use the interface at all.
    pub usable: bool,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Millis>,
    /// When it ends.
    pub expires_at: Option<Millis>,
}

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// For whom.
    pub user: UserId,
    /// What it is called.
    pub name: Name,
    /// SHA-256 of the token.
    pub hash: [u8; 32],
    /// What it is made for; none: all that its person may do.
    pub rights: Option<Rights>,
    /// When it ends.
    pub expires_at: Option<Millis>,
}

impl NewToken {
    /// What somebody makes for themselves, never with more than they have: a token none that allows more than itself. It ends
    /// `days` after `now`, at most [`LONGEST`]; 0: not by itself.
    ///
    /// # Errors
    /// At `rights`: `BeyondRights`; `Required` where they are worth nothing.
    pub fn own(by: &Manager, name: Name, rights: Rights, days: u32, hash: [u8; 32], now: Millis) -> std::result::Result<Self, Invalid> {
        if !rights.within(by.rights) {
            return Err(Invalid::one("rights", Problem::BeyondRights));
        }
        let rights = rights.effective();
        if rights == Rights::NONE {
            return Err(Invalid::one("rights", Problem::Required));
        }
        let expires_at = (days > 0).then(|| now.plus(i64::from(days.min(LONGEST)) * DAY));
        Ok(Self { user: by.user, name, hash, rights: Some(rights), expires_at })
    }

    /// The same with an end no later than this, where it is one: what a token makes does not outlive it.
    #[must_use]
    pub fn ending_by(self, end: Option<Millis>) -> Self {
        let expires_at = match (self.expires_at, end) {
            (Some(at), Some(end)) => Some(at.min(end)),
            (at, end) => at.or(end),
        };
        Self { expires_at, ..self }
    }
}

impl Store {
    /// Makes a token for a member of the client.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub async fn create_token(&self, client: ClientId, token: &NewToken, wish: impl Into<Wish>) -> Result<TokenId> {
        const SQL: &str = "insert into api_tokens (client_id, user_id, name, token_hash, created_at, rights, expires_at)
            select client_id, user_id, $3, $4, $5, $6, $7 from memberships where client_id = $1 and user_id = $2
            returning id";
        let wish = wish.into();
        let insert = Statement::new(SQL).arg(client).arg(token.user).arg(token.name.as_str()).arg(&token.hash).arg(wish.now);
        let mut tx = self.write().await?;
        let id = tx.row(insert.arg(token.rights.map(Rights::codes)).arg(token.expires_at)).await?.ok_or(StoreError::NotFound)?.int(0)?;
        let note = Note::new(Deed::TokenCreated, Object::new(ObjectKind::Token, id, token.name.as_str()));
        let rights: Option<Vec<&str>> = token.rights.map(|rights| rights.iter().map(Right::code).collect());
        let told = json!({ "user": token.user, "rights": rights, "expires_at": token.expires_at.map(utc) });
        tx.audit(client, &wish, note.after(told));
        tx.commit().await?;
        Ok(TokenId::new(id))
    }

    /// The token with this hash, unless it was revoked or has ended, or its person no longer is a member or may not use the
    /// interface; notes that it was used.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn token(&self, hash: &[u8; 32], now: Millis) -> Result<Option<ApiToken>> {
        let sql = format!(
            "{} where t.token_hash = $1 and t.revoked_at is null and m.disabled_at is null and (t.expires_at is null or t.expires_at > $2)",
            tokens()
        );
        let Some(row) = self.db().row(Statement::new(sql).arg(hash).arg(now)).await? else { return Ok(None) };
        let token = token(&row)?;
        if !token.usable {
            return Ok(None);
        }
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
        let sql = format!("{} where t.client_id = $1 and t.revoked_at is null order by t.id desc", tokens());
        self.db().rows(Statement::new(sql).arg(client)).await?.iter().map(token).collect()
    }

    /// The tokens that somebody may know of: their own, or all for who manages users.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn tokens_for(&self, client: ClientId, by: &Manager) -> Result<Vec<ApiToken>> {
        let mut tokens = self.tokens(client).await?;
        tokens.retain(|token| token.user == by.user || by.rights.has(Right::Users));
        Ok(tokens)
    }

    /// Takes a token away that somebody [may know of](Self::tokens_for).
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke_token_for(&self, client: ClientId, by: &Manager, token: TokenId, wish: impl Into<Wish>) -> Result<()> {
        if !self.tokens_for(client, by).await?.iter().any(|one| one.id == token) {
            return Err(StoreError::NotFound);
        }
        self.revoke_token(client, token, wish).await
    }

    /// Takes a token away for good; its name stays readable in the history.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke_token(&self, client: ClientId, token: TokenId, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "update api_tokens set revoked_at = $3 where id = $1 and client_id = $2 and revoked_at is null returning name";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let row = tx.row(Statement::new(SQL).arg(token).arg(client).arg(wish.now)).await?.ok_or(StoreError::NotFound)?;
        tx.audit(client, &wish, Note::new(Deed::TokenRevoked, Object::new(ObjectKind::Token, token.get(), row.text(0)?)));
        tx.commit().await
    }
}

fn tokens() -> String {
    format!(
        "select t.id, t.client_id, t.user_id, u.name, t.name, t.created_at, t.last_used_at, t.expires_at, t.rights, m.role, r.rights, r.rule
        from api_tokens t
        join users u on u.id = t.user_id
        join memberships m on m.client_id = t.client_id and m.user_id = t.user_id
        {ROLE_OF}"
    )
}

fn token(row: &Row) -> Result<ApiToken> {
    let Granted { rights: granted, rule, .. } = Granted::read(row, 9)?;
    let made_for = row.opt_text(8)?.map_or(Rights::all(), |codes| Rights::from_codes(&codes));
    Ok(ApiToken {
        id: TokenId::new(row.int(0)?),
        client: ClientId::new(row.int(1)?),
        user: UserId::new(row.int(2)?),
        user_name: row.text(3)?,
        rights: granted.and(made_for).effective(),
        usable: granted.has(Right::Api),
        rule,
        name: row.text(4)?,
        created_at: Millis::new(row.int(5)?),
        last_used_at: row.opt_int(6)?.map(Millis::new),
        expires_at: row.opt_int(7)?.map(Millis::new),
    })
}
