//! Sessions that open nothing yet: of somebody whose second factor is awaited, or who has to set one up first.

use domain::audit::{Deed, Note};
use domain::id::{ClientId, UserId};
use domain::time::Millis;
use serde_json::json;

use super::NewSession;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::profiles::Wish;
use crate::second_factor::LACKING;
use crate::statement::Statement;
use crate::tx::Tx;

/// Somebody between the first step of signing in and being in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Who.
    pub user: UserId,
    /// For which client.
    pub client: ClientId,
    /// Their address.
    pub email: String,
    /// By what the first step was taken while the second is awaited; none: both are behind them, but their client demands
    /// a second factor, and they have yet to set one up.
    pub by: Option<String>,
}

impl Store {
    /// Begins a session that waits for the second factor; `by` what the first step was taken.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub async fn stage_session(&self, session: &NewSession, by: &str, now: Millis) -> Result<()> {
        let mut tx = self.write().await?;
        tx.begin_session(session, Some(by), now).await?;
        tx.commit().await
    }

    /// The session with this token, if it is one that opens nothing yet.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn staged_session(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<Staged>> {
        let sql = format!(
            "select s.user_id, s.client_id, u.email, s.stage
            from sessions s
            join memberships m on m.client_id = s.client_id and m.user_id = s.user_id
            join users u on u.id = s.user_id
            join clients c on c.id = s.client_id
            where s.token_hash = $1 and s.expires_at > $2 and m.disabled_at is null and (s.stage is not null or {LACKING})"
        );
        let row = self.db().row(Statement::new(sql).arg(token_hash).arg(now)).await?;
        let staged = row.map(|row| {
            let (user, client) = (UserId::new(row.int(0)?), ClientId::new(row.int(1)?));
            Ok(Staged { user, client, email: row.text(2)?, by: row.opt_text(3)? })
        });
        staged.transpose()
    }

    /// Puts a session in the place of another one of the same person, whose token opens nothing any more. `by` tells the
    /// log what they signed in with; none: they had signed in already.
    ///
    /// # Errors
    /// `NotFound` when the former one is gone, perhaps by the same step taken twice at once, or the person is no member.
    pub async fn exchange_session(&self, former: &[u8; 32], session: &NewSession, by: Option<&str>, wish: &Wish) -> Result<()> {
        let mut tx = self.write().await?;
        tx.exchange_one(former, session, by, wish).await?;
        tx.commit().await
    }
}

impl Tx {
    pub(crate) async fn exchange_one(&mut self, former: &[u8; 32], session: &NewSession, by: Option<&str>, wish: &Wish) -> Result<()> {
        let end = Statement::new("delete from sessions where token_hash = $1 and user_id = $2");
        if self.run(end.arg(former).arg(session.user)).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.begin_session(session, None, wish.now).await?;
        if let Some(by) = by {
            let object = self.person(session.user).await?;
            self.audit(session.client, wish, Note::new(Deed::SignedIn, object).after(json!({ "by": by })));
        }
        Ok(())
    }
}
