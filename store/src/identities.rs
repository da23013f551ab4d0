//! Whom a provider of identities (OpenID Connect) vouches for, and sign-ins that are on their way there.

use domain::audit::{Deed, Note};
use domain::id::UserId;
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::error::Result;
use crate::profiles::Wish;
use crate::statement::Statement;

/// A sign-in that was sent to the provider.
#[derive(Clone)]
pub struct BegunSignIn {
    /// SHA-256 of the state, which the provider sends back.
    pub state_hash: [u8; 32],
    /// SHA-256 of what the browser keeps in a cookie.
    pub browser_hash: [u8; 32],
    /// What the id token must repeat.
    pub nonce: String,
    /// The secret that belongs to the code (PKCE).
    pub verifier: String,
    /// Where the person wanted to go.
    pub next: Option<String>,
    /// Until when they may come back.
    pub expires_at: Millis,
}

impl Store {
    /// Keeps a sign-in that begins.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn begin_sign_in(&self, begun: &BegunSignIn) -> Result<()> {
        const SQL: &str = "insert into begun_sign_ins (state_hash, browser_hash, nonce, verifier, next, expires_at)
            values ($1, $2, $3, $4, $5, $6)";
        let insert = Statement::new(SQL).arg(&begun.state_hash).arg(&begun.browser_hash).arg(begun.nonce.as_str());
        self.db().run(insert.arg(begun.verifier.as_str()).arg(begun.next.as_deref()).arg(begun.expires_at)).await?;
        Ok(())
    }

    /// Takes a sign-in that comes back in the browser that began it; of two at once only one gets it. Another browser uses
    /// nothing up.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn take_sign_in(&self, state_hash: &[u8; 32], browser_hash: &[u8; 32], now: Millis) -> Result<Option<BegunSignIn>> {
        const SQL: &str = "delete from begun_sign_ins where state_hash = $1 and browser_hash = $2 and expires_at > $3
            returning nonce, verifier, next, expires_at";
        let row = self.db().run_row(Statement::new(SQL).arg(state_hash).arg(browser_hash).arg(now)).await?;
        row.map(|row| {
            Ok(BegunSignIn {
                state_hash: *state_hash,
                browser_hash: *browser_hash,
                nonce: row.text(0)?,
                verifier: row.text(1)?,
                next: row.opt_text(2)?,
                expires_at: Millis::new(row.int(3)?),
            })
        })
        .transpose()
    }

    /// The person whom an issuer knows by this subject.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn identity(&self, issuer: &str, subject: &str) -> Result<Option<UserId>> {
        const SQL: &str = "select user_id from identities where issuer = $1 and subject = $2";
        let row = self.db().row(Statement::new(SQL).arg(issuer).arg(subject)).await?;
        row.map(|row| Ok(UserId::new(row.int(0)?))).transpose()
    }

    /// Knows a person by this subject from now on; false when the issuer's subject is somebody, or the person is somebody
    /// else there.
    ///
    /// # Errors
    /// `NotFound` when there is no such person.
    pub async fn add_identity(&self, issuer: &str, subject: &str, user: UserId, wish: &Wish) -> Result<bool> {
        const SQL: &str = "insert into identities (issuer, subject, user_id, created_at) values ($1, $2, $3, $4) on conflict do nothing";
        let mut tx = self.write().await?;
        let object = tx.person(user).await?;
        let added = tx.run(Statement::new(SQL).arg(issuer).arg(subject).arg(user).arg(wish.now)).await? > 0;
        if added {
            tx.audit_person(Some(user), wish, Note::new(Deed::UserChanged, object).after(json!({ "provider": issuer }))).await?;
        }
        tx.commit().await?;
        Ok(added)
    }

    /// Knows a person by no provider any more, so that their next sign-in there counts as the first; how many knew them.
    ///
    /// # Errors
    /// `NotFound` when there is no such person.
    pub async fn forget_identities(&self, user: UserId, wish: &Wish) -> Result<u64> {
        let mut tx = self.write().await?;
        let object = tx.person(user).await?;
        let rows = tx.rows(Statement::new("delete from identities where user_id = $1 returning issuer").arg(user)).await?;
        for row in &rows {
            let note = Note::new(Deed::UserChanged, object.clone()).before(json!({ "provider": row.text(0)? }));
            tx.audit_person(Some(user), wish, note).await?;
        }
        tx.commit().await?;
        Ok(rows.len() as u64)
    }
}
