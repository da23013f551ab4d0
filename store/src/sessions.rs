//! Who is signed in, links that sign in once, and attempts that failed.
//!
//! Tokens are known only by their SHA-256: a copy of the database opens no session.

pub mod own;
pub mod staged;

use domain::audit::{Deed, Note, Object};
use domain::client::Colour;
use domain::id::{ClientId, UserId};
use domain::lang::Lang;
use domain::time::{Millis, Zone};
use serde_json::json;

use crate::Store;
use crate::accounts::lang;
use crate::clients::Policy;
use crate::error::{Result, StoreError};
use crate::first::read_zone;
use crate::profiles::Wish;
use crate::roles::{Granted, ROLE_OF};
use crate::row::Row;
use crate::second_factor::{LACKING, SET_UP_LASTS};
use crate::statement::Statement;
use crate::tx::Tx;

/// A session to be begun.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// SHA-256 of the cookie's token.
    pub token_hash: [u8; 32],
    /// Who signed in.
    pub user: UserId,
    /// For which client.
    pub client: ClientId,
    /// When it ends unless it is renewed.
    pub expires_at: Millis,
    /// From which internet address.
    pub address: String,
    /// What the browser says it is.
    pub agent: String,
}

/// The most of what a browser says of itself that is kept, in characters.
const MAX_AGENT: usize = 300;

/// A running session with what every page needs to know of its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub user: UserId,
    /// For which client.
    pub client: ClientId,
    /// What they may do there.
    pub granted: Granted,
    /// The language of their screens.
    pub lang: Lang,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The client's name.
    pub client_name: String,
    /// The client's time zone.
    pub zone: Zone,
    /// The colour of the client's mark.
    pub colour: Colour,
    /// What the client wants of sessions.
    pub policy: Policy,
    /// How many clients the person may sign in for.
    pub n_clients: u64,
    /// When it began.
    pub created_at: Millis,
    /// When it ends unless it is renewed.
    pub expires_at: Millis,
}

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub async fn create_session(&self, session: &NewSession, now: Millis) -> Result<()> {
        let mut tx = self.write().await?;
        tx.begin_session(session, None, now).await?;
        tx.commit().await
    }

    /// The same for somebody who has just signed in: `by` what, `password` or `link`.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub async fn sign_in(&self, session: &NewSession, by: &str, wish: &Wish) -> Result<()> {
        let mut tx = self.write().await?;
        tx.begin_session(session, None, wish.now).await?;
        let object = tx.person(session.user).await?;
        tx.audit(session.client, wish, Note::new(Deed::SignedIn, object).after(json!({ "by": by })));
        tx.commit().await
    }

    /// Ends a session because its person wishes so; one that has ended already is no failure.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn sign_out(&self, token_hash: &[u8; 32], wish: &Wish) -> Result<()> {
        const SQL: &str = "delete from sessions where token_hash = $1 returning client_id, user_id, stage";
        let mut tx = self.write().await?;
        let row = tx.row(Statement::new(SQL).arg(token_hash)).await?;
        // Whoever was on the way in has not been in.
        if let Some(row) = row.filter(|row| matches!(row.opt_text(2), Ok(None))) {
            let (client, user) = (ClientId::new(row.int(0)?), UserId::new(row.int(1)?));
            let object = tx.person(user).await?;
            tx.audit(client, wish, Note::new(Deed::SignedOut, object));
        }
        tx.commit().await
    }

    /// The session with this token, unless it has run out, its person no longer is a member, or a second factor is missing:
    /// such a one is [staged](Self::staged_session) and opens nothing.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn session(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<Session>> {
        let sql = format!(
            "select s.user_id, s.client_id, u.lang, u.theme, u.name, u.email,
                c.name, c.zone, s.created_at, s.expires_at, c.idle_minutes, c.session_hours,
                (select count(*) from memberships o where o.user_id = s.user_id and o.disabled_at is null), c.colour, m.role, r.rights, r.rule
            from sessions s
            join memberships m on m.client_id = s.client_id and m.user_id = s.user_id
            {ROLE_OF}
            join users u on u.id = s.user_id
            join clients c on c.id = s.client_id
            where s.token_hash = $1 and s.expires_at > $2 and m.disabled_at is null and s.stage is null and not {LACKING}"
        );
        let row = self.db().row(Statement::new(sql).arg(token_hash).arg(now)).await?;
        row.as_ref().map(session).transpose()
    }

    /// Lets a session live on until a later moment; one that has ended stays ended.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn renew_session(&self, token_hash: &[u8; 32], expires_at: Millis) -> Result<()> {
        let renew = Statement::new("update sessions set expires_at = $1 where token_hash = $2");
        self.db().run(renew.arg(expires_at).arg(token_hash)).await?;
        Ok(())
    }

    /// Ends a session; one that has ended already is no failure.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn end_session(&self, token_hash: &[u8; 32]) -> Result<()> {
        self.db().run(Statement::new("delete from sessions where token_hash = $1").arg(token_hash)).await?;
        Ok(())
    }

    /// Makes a link that signs a person in once.
    ///
    /// # Errors
    /// `NotFound` when there is no such person.
    pub async fn create_link(&self, token_hash: &[u8; 32], user: UserId, expires_at: Millis, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "insert into one_time_links (token_hash, user_id, expires_at)
            select $1, id, $3 from users where id = $2";
        let wish = wish.into();
        let mut tx = self.write().await?;
        if tx.run(Statement::new(SQL).arg(token_hash).arg(user).arg(expires_at)).await? == 0 {
            return Err(StoreError::NotFound);
        }
        let object = tx.person(user).await?;
        tx.audit_person(Some(user), &wish, Note::new(Deed::LinkMade, object)).await?;
        tx.commit().await
    }

    /// Uses a link up, with all others of the same person, and says whom it signs in. Of two that try at once only one succeeds.
    /// Mails that would bring further links are withdrawn.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn use_link(&self, token_hash: &[u8; 32], now: Millis) -> Result<Option<UserId>> {
        const SQL: &str = "delete from one_time_links
            where user_id = (select user_id from one_time_links where token_hash = $1 and expires_at > $2)
            returning user_id";
        let mut tx = self.write().await?;
        let rows = tx.rows(Statement::new(SQL).arg(token_hash).arg(now)).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let user = UserId::new(row.int(0)?);
        tx.withdraw_links(user).await?;
        tx.commit().await?;
        Ok(Some(user))
    }

    /// Takes all links of a person away, and the mails that would bring further ones.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn forget_links(&self, user: UserId) -> Result<()> {
        let mut tx = self.write().await?;
        tx.run(Statement::new("delete from one_time_links where user_id = $1").arg(user)).await?;
        tx.withdraw_links(user).await?;
        tx.commit().await
    }

    /// Counts a failed sign-in under a key, an address or an e-mail for example.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn note_attempt(&self, key: &str, now: Millis) -> Result<()> {
        self.db().run(Statement::new("insert into sign_in_attempts (key, at) values ($1, $2)").arg(key).arg(now)).await?;
        Ok(())
    }

    /// How many sign-ins failed under a key since a moment, that included.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn attempts(&self, key: &str, since: Millis) -> Result<i64> {
        const SQL: &str = "select count(*) from sign_in_attempts where key = $1 and at >= $2";
        let row = self.db().row(Statement::new(SQL).arg(key).arg(since)).await?;
        row.map_or(Ok(0), |row| row.int(0))
    }

    /// Forgets the failed sign-ins under a key.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn clear_attempts(&self, key: &str) -> Result<()> {
        self.db().run(Statement::new("delete from sign_in_attempts where key = $1").arg(key)).await?;
        Ok(())
    }

    /// Removes sessions, links, begun sign-ins and questions to passkeys that ran out before now, second factors that nobody
    /// went on setting up, and attempts from before a moment.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn prune_sign_ins(&self, now: Millis, attempts_before: Millis) -> Result<()> {
        let mut tx = self.write().await?;
        tx.run(Statement::new("delete from sessions where expires_at <= $1").arg(now)).await?;
        tx.run(Statement::new("delete from one_time_links where expires_at <= $1").arg(now)).await?;
        tx.run(Statement::new("delete from begun_sign_ins where expires_at <= $1").arg(now)).await?;
        tx.run(Statement::new("delete from passkey_ceremonies where expires_at <= $1").arg(now)).await?;
        tx.run(Statement::new("delete from sign_in_attempts where at < $1").arg(attempts_before)).await?;
        let unconfirmed = Statement::new("delete from second_factors where confirmed_at is null and begun_at < $1");
        tx.run(unconfirmed.arg(now.plus(-SET_UP_LASTS))).await?;
        tx.commit().await
    }
}

impl Tx {
    pub(crate) async fn begin_session(&mut self, session: &NewSession, stage: Option<&str>, now: Millis) -> Result<()> {
        const SQL: &str = "insert into sessions (token_hash, client_id, user_id, created_at, expires_at, address, agent, stage)
            select $1, client_id, user_id, $4, $5, $6, $7, $8 from memberships
            where client_id = $2 and user_id = $3 and disabled_at is null";
        const SEEN: &str = "update users set seen_at = $1 where id = $2";
        let agent: String = session.agent.chars().take(MAX_AGENT).collect();
        let insert = Statement::new(SQL).arg(&session.token_hash).arg(session.client).arg(session.user).arg(now).arg(session.expires_at);
        if self.run(insert.arg(session.address.as_str()).arg(agent).arg(stage)).await? == 0 {
            return Err(StoreError::NotFound);
        }
        if stage.is_some() {
            return Ok(());
        }
        self.run(Statement::new(SEEN).arg(now).arg(session.user)).await?;
        self.introduce(session.client, session.user, now).await
    }

    /// A person as the audit log names them.
    pub(crate) async fn person(&mut self, user: UserId) -> Result<Object> {
        let row = self.row(Statement::new("select email from users where id = $1").arg(user)).await?;
        Ok(Object::user(user, row.ok_or(StoreError::NotFound)?.text(0)?))
    }
}

fn session(row: &Row) -> Result<Session> {
    let number = |column| Ok::<_, StoreError>(row.opt_int(column)?.and_then(|n| u32::try_from(n).ok()));
    Ok(Session {
        user: UserId::new(row.int(0)?),
        client: ClientId::new(row.int(1)?),
        lang: lang(row, 2)?,
        theme: row.text(3)?,
        name: row.text(4)?,
        email: row.text(5)?,
        client_name: row.text(6)?,
        zone: read_zone(&row.text(7)?)?,
        created_at: Millis::new(row.int(8)?),
        expires_at: Millis::new(row.int(9)?),
        policy: Policy { idle_minutes: number(10)?, session_hours: number(11)? },
        n_clients: row.int(12)?.unsigned_abs(),
        colour: row.opt_text(13)?.and_then(|code| Colour::from_code(&code)).unwrap_or_default(),
        granted: Granted::read(row, 14)?,
    })
}
