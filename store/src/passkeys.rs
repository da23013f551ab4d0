//! Passkeys (WebAuthn), and questions to them that are not yet answered.
//!
//! What a passkey is held against is text to the store. Each question counts once: the answer takes its row in one
//! statement. A sign-in notes the use of its passkey in the same transaction, so that one that is removed meanwhile, or
//! whose counter was passed by another use, opens nothing.

use domain::audit::{Deed, Note};
use domain::id::{PasskeyId, UserId};
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::arg::Arg;
use crate::error::Result;
use crate::profiles::Wish;
use crate::row::Row;
use crate::sessions::NewSession;
use crate::statement::Statement;
use crate::tx::Tx;

/// The most passkeys of one person.
pub const MAX_PASSKEYS: usize = 20;

/// A key on a person's device.
#[derive(Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Names it in the person's list.
    pub id: PasskeyId,
    /// Whose it is.
    pub user: UserId,
    /// What the device calls it.
    pub credential_id: Vec<u8>,
    /// What devices know the person by.
    pub handle: Vec<u8>,
    /// What answers are held against, as JSON.
    pub credential: String,
    /// The name that its person gave it.
    pub name: String,
    /// Since when it is here.
    pub created_at: Millis,
    /// When it last signed somebody in.
    pub last_used_at: Option<Millis>,
}

/// Without the key and what names it, which belong into no log.
impl std::fmt::Debug for Passkey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passkey").field("id", &self.id).field("user", &self.user).finish_non_exhaustive()
    }
}

/// A passkey to be added.
#[derive(Clone)]
pub struct NewPasskey {
    /// What the device calls it.
    pub credential_id: Vec<u8>,
    /// What devices know the person by.
    pub handle: Vec<u8>,
    /// What answers are held against, as JSON.
    pub credential: String,
    /// The name that its person gave it.
    pub name: String,
}

/// A passkey that answered truly.
#[derive(Clone)]
pub struct UsedPasskey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub user: UserId,
    /// What the next answer is held against.
    pub credential: String,
    /// The counter of its signature; 0 where the device keeps none.
    pub counter: i64,
}

/// What a question is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeremonyKind {
    /// A new passkey is to be added.
    Register,
    /// Somebody signs in by a passkey alone.
    SignIn,
    /// A passkey is the second step behind a password or a link.
    Second,
}

impl CeremonyKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign_in",
            Self::Second => "second",
        }
    }
}

/// A question to a passkey.
#[derive(Clone)]
pub struct Ceremony {
    /// SHA-256 of the challenge that the device signs.
    pub challenge_hash: [u8; 32],
    /// SHA-256 of the session's token, or of the browser's cookie before signing in.
    pub holder_hash: [u8; 32],
    /// What it is for.
    pub kind: CeremonyKind,
    /// What the answer is held against, as JSON.
    pub state: String,
    /// Until when it may be answered.
    pub expires_at: Millis,
}

impl Store {
    /// The passkeys of a person, the oldest first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn passkeys(&self, user: UserId) -> Result<Vec<Passkey>> {
        let sql = format!("{SELECT} where user_id = $1 order by id");
        self.db().rows(Statement::new(sql).arg(user)).await?.iter().map(passkey).collect()
    }

    /// The passkey that a device calls so.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn passkey(&self, credential_id: &[u8]) -> Result<Option<Passkey>> {
        let sql = format!("{SELECT} where credential_id = $1");
        let row = self.db().row(Statement::new(sql).arg(Arg::Bytes(Some(credential_id.to_vec())))).await?;
        row.as_ref().map(passkey).transpose()
    }

    /// Keeps a question.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn begin_ceremony(&self, begun: &Ceremony) -> Result<()> {
        const SQL: &str = "insert into passkey_ceremonies (challenge_hash, holder_hash, kind, state, expires_at)
            values ($1, $2, $3, $4, $5)";
        let insert = Statement::new(SQL).arg(&begun.challenge_hash).arg(&begun.holder_hash).arg(begun.kind.code());
        self.db().run(insert.arg(begun.state.as_str()).arg(begun.expires_at)).await?;
        Ok(())
    }

    /// Takes a question whose answer has come, with what the answer is held against; of two answers at once only one gets
    /// it. One by somebody else, or for something else, uses nothing up.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn take_ceremony(
        &self,
        challenge_hash: &[u8; 32],
        holder_hash: &[u8; 32],
        kind: CeremonyKind,
        now: Millis,
    ) -> Result<Option<String>> {
        const SQL: &str = "delete from passkey_ceremonies
            where challenge_hash = $1 and holder_hash = $2 and kind = $3 and expires_at > $4
            returning state";
        let take = Statement::new(SQL).arg(challenge_hash).arg(holder_hash).arg(kind.code()).arg(now);
        self.db().run_row(take).await?.map(|row| row.text(0)).transpose()
    }

    /// Adds a passkey in a session of its person. Where it is their first second factor their other sessions end: they were
    /// begun by less, and the client may demand more. False, and nothing is changed, where the session is gone, the passkey
    /// is known already, or the person has the most that one may have.
    ///
    /// # Errors
    /// `NotFound` when there is no such person.
    pub async fn add_passkey(&self, user: UserId, session: &[u8; 32], new: &NewPasskey, wish: &Wish) -> Result<bool> {
        // Held, so that of two at once the second sees the first.
        const HOLD: &str = "update users set lang = lang where id = $1";
        const RUNS: &str = "select (select count(*) from sessions where token_hash = $1 and user_id = $2 and expires_at > $3),
                (select count(*) from passkeys where user_id = $2),
                (select count(*) from second_factors where user_id = $2 and confirmed_at is not null)";
        const SQL: &str = "insert into passkeys (user_id, credential_id, handle, credential, counter, name, created_at)
            values ($1, $2, $3, $4, 0, $5, $6) on conflict (credential_id) do nothing";
        let mut tx = self.write().await?;
        tx.run(Statement::new(HOLD).arg(user)).await?;
        let Some(row) = tx.row(Statement::new(RUNS).arg(session).arg(user).arg(wish.now)).await? else { return Ok(false) };
        let (n_sessions, n_passkeys, n_apps) = (row.int(0)?, row.int(1)?, row.int(2)?);
        if n_sessions == 0 || n_passkeys >= MAX_PASSKEYS as i64 {
            return Ok(false);
        }
        let add = Statement::new(SQL).arg(user).arg(Arg::Bytes(Some(new.credential_id.clone())));
        let add = add.arg(Arg::Bytes(Some(new.handle.clone()))).arg(new.credential.as_str());
        if tx.run(add.arg(new.name.as_str()).arg(wish.now)).await? == 0 {
            return Ok(false);
        }
        if n_passkeys + n_apps == 0 {
            tx.run(Statement::new("delete from sessions where user_id = $1 and token_hash <> $2").arg(user).arg(session)).await?;
        }
        tx.passkey_changed(user, "passkey_added", &new.name, wish).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes a passkey away from its person; false where they have no such.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn remove_passkey(&self, user: UserId, id: PasskeyId, wish: &Wish) -> Result<bool> {
        let mut tx = self.write().await?;
        let remove = Statement::new("delete from passkeys where id = $1 and user_id = $2 returning name");
        let Some(row) = tx.row(remove.arg(id).arg(user)).await? else { return Ok(false) };
        tx.passkey_changed(user, "passkey_removed", &row.text(0)?, wish).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Begins a session by a passkey alone: it proves that its person has the device, and that the device knows them. False,
    /// and nothing is begun, where the passkey is gone or a newer signature of it was seen.
    ///
    /// # Errors
    /// `NotFound` when the person is no member of the client.
    pub async fn sign_in_by_passkey(&self, used: &UsedPasskey, session: &NewSession, wish: &Wish) -> Result<bool> {
        let mut tx = self.write().await?;
        if !tx.use_passkey(used, wish.now).await? {
            return Ok(false);
        }
        tx.begin_session(session, None, wish.now).await?;
        let object = tx.person(session.user).await?;
        tx.audit(session.client, wish, Note::new(Deed::SignedIn, object).after(json!({ "by": "passkey" })));
        tx.commit().await?;
        Ok(true)
    }

    /// The same as the second step: the new session takes the place of the one that waited for it. `by` tells the log what
    /// they signed in with.
    ///
    /// # Errors
    /// `NotFound` when the one that waited is gone, perhaps by the same step taken twice at once, or the person is no member.
    pub async fn confirm_by_passkey(
        &self,
        used: &UsedPasskey,
        former: &[u8; 32],
        session: &NewSession,
        by: &str,
        wish: &Wish,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        if !tx.use_passkey(used, wish.now).await? {
            return Ok(false);
        }
        tx.exchange_one(former, session, Some(by), wish).await?;
        tx.commit().await?;
        Ok(true)
    }
}

impl Tx {
    /// Notes the use of a passkey, unless it is gone or its counter did not grow. Without a counter there is nothing to
    /// compare; one that had a counter must not come without.
    async fn use_passkey(&mut self, used: &UsedPasskey, now: Millis) -> Result<bool> {
        const SQL: &str = "update passkeys set credential = $3, counter = $4, last_used_at = $5
            where id = $1 and user_id = $2 and (counter < $4 or (counter = 0 and $4 = 0))";
        let note = Statement::new(SQL).arg(used.id).arg(used.user).arg(used.credential.as_str()).arg(used.counter).arg(now);
        Ok(self.run(note).await? == 1)
    }

    async fn passkey_changed(&mut self, user: UserId, how: &str, name: &str, wish: &Wish) -> Result<()> {
        let note = Note::new(Deed::SecondFactorChanged, self.person(user).await?);
        self.audit_person(Some(user), wish, note.after(json!({ "second_factor": how, "name": name }))).await
    }
}

const SELECT: &str = "select id, user_id, credential_id, handle, credential, name, created_at, last_used_at from passkeys";

fn passkey(row: &Row) -> Result<Passkey> {
    Ok(Passkey {
        id: PasskeyId::new(row.int(0)?),
        user: UserId::new(row.int(1)?),
        credential_id: row.bytes(2)?,
        handle: row.bytes(3)?,
        credential: row.text(4)?,
        name: row.text(5)?,
        created_at: Millis::new(row.int(6)?),
        last_used_at: row.opt_int(7)?.map(Millis::new),
    })
}
