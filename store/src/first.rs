//! Setting an installation up: the first administrator, and who a one-time link is for.

use domain::audit::{Deed, Note, Object};
use domain::id::{ClientId, UserId};
use domain::text::{Email, Name};
use domain::time::{Millis, Zone};
use serde_json::json;

use crate::Store;
use crate::error::{Conflict, Result, StoreError};
use crate::members::HAS_A_WAY_IN;
use crate::profiles::Wish;
use crate::statement::Statement;

impl Store {
    /// Whether somebody is an administrator or operator who can sign in without a link.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn has_administrator(&self) -> Result<bool> {
        let sql = format!(
            "select u.id
            from users u
            join memberships m on m.user_id = u.id
            where m.role in ('administrator', 'operator') and m.disabled_at is null and {HAS_A_WAY_IN}
            limit 1"
        );
        Ok(self.db().row(Statement::new(sql)).await?.is_some())
    }

    /// Whom a one-time link would sign in, without using it up.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn link_user(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<UserId>> {
        const SQL: &str = "select user_id from one_time_links where token_hash = $1 and expires_at > $2";
        let row = self.db().row(Statement::new(SQL).arg(token_hash).arg(now)).await?;
        row.map(|row| Ok(UserId::new(row.int(0)?))).transpose()
    }

    /// Gives a person another address and name.
    ///
    /// # Errors
    /// `NotFound`, or `Conflict(EmailTaken)`.
    pub async fn set_identity(&self, user: UserId, email: &Email, name: &Name, wish: impl Into<Wish>) -> Result<()> {
        let wish = wish.into();
        let mut tx = self.write().await?;
        let known = tx.row(Statement::new("select email, name from users where id = $1").arg(user)).await?;
        let known = known.ok_or(StoreError::NotFound)?;
        let (old_email, old_name) = (known.text(0)?, known.text(1)?);
        let set = Statement::new("update users set email = $1, name = $2 where id = $3");
        tx.run(set.arg(email.as_str()).arg(name.as_str()).arg(user))
            .await
            .map_err(|error| if error.is_unique_violation() { StoreError::Conflict(Conflict::EmailTaken) } else { error })?;
        if old_email != email.as_str() || old_name != name.as_str() {
            let note = Note::new(Deed::UserChanged, Object::user(user, email.as_str()));
            let note = note.before(json!({ "email": old_email, "name": old_name }));
            tx.audit_person(Some(user), &wish, note.after(json!({ "email": email.as_str(), "name": name.as_str() }))).await?;
        }
        tx.commit().await
    }

    /// The time zone of a client.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn zone(&self, client: ClientId) -> Result<Zone> {
        let row = self.db().row(Statement::new("select zone from clients where id = $1").arg(client)).await?;
        read_zone(&row.ok_or(StoreError::NotFound)?.text(0)?)
    }
}

/// A time zone as it is stored.
pub(crate) fn read_zone(zone: &str) -> Result<Zone> {
    zone.parse().map_err(|_| StoreError::Corrupt(format!("time zone {zone:?}")))
}
