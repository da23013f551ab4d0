//! A second step of signing in: codes by time from an app, and recovery codes for whoever lost it.
//!
//! The secret of an app has to be readable to compare its codes, so it is stored as it is. Recovery codes are known by
//! their SHA-256 alone. Each code counts once: what uses one up is a single changing statement, so of two at once one wins.

use domain::audit::{Deed, Note};
use domain::id::{ClientId, UserId};
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::arg::Arg;
use crate::error::Result;
use crate::members::Manager;
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// A set-up that nobody confirmed by a code is forgotten after so many milliseconds.
pub const SET_UP_LASTS: i64 = 15 * 60_000;

/// The app of a person that shows codes, as far as it is set up.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// What its codes are made of.
    pub secret: Vec<u8>,
    /// SHA-256 of the session that began to set it up.
    pub begun_in: Vec<u8>,
    /// When that was.
    pub begun_at: Millis,
    /// When its first code was typed; none: it is not asked for yet.
    pub confirmed_at: Option<Millis>,
    /// The newest half minute since 1970 whose code was used.
    pub last_step: i64,
    /// How many recovery codes are left.
    pub codes: u64,
}

/// Without the secret, which belongs into no log.
impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor").field("confirmed_at", &self.confirmed_at).field("codes", &self.codes).finish_non_exhaustive()
    }
}

/// That a client demands a second factor of somebody who has none; `s` is the session, `c` its client.
pub(crate) const LACKING: &str = "(c.second_factor
    and not exists (select 1 from second_factors f where f.user_id = s.user_id and f.confirmed_at is not null)
    and not exists (select 1 from passkeys p where p.user_id = s.user_id))";

impl Store {
    /// Whether a person is asked for more than a password or a link: for a code of their app, or for a passkey.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn has_second_factor(&self, user: UserId) -> Result<bool> {
        const SQL: &str = "select exists (select 1 from second_factors where user_id = $1 and confirmed_at is not null)
            or exists (select 1 from passkeys where user_id = $1)";
        let row = self.db().row(Statement::new(SQL).arg(user)).await?;
        row.map_or(Ok(false), |row| row.bool(0))
    }

    /// The app of a person, also one that is being set up.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn second_factor(&self, user: UserId) -> Result<Option<SecondFactor>> {
        const SQL: &str = "select secret, begun_in, begun_at, confirmed_at, last_step,
                (select count(*) from recovery_codes r where r.user_id = f.user_id)
            from second_factors f where user_id = $1";
        let row = self.db().row(Statement::new(SQL).arg(user)).await?;
        row.as_ref().map(factor).transpose()
    }

    /// Begins to set an app up in a session; what was begun before and not confirmed is forgotten. False, and nothing is
    /// changed, where one is confirmed already.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn begin_second_factor(&self, user: UserId, secret: Vec<u8>, session: &[u8; 32], now: Millis) -> Result<bool> {
        const SQL: &str = "insert into second_factors (user_id, secret, begun_at, begun_in) values ($1, $2, $3, $4)
            on conflict (user_id) do update
            set secret = excluded.secret, begun_at = excluded.begun_at, begun_in = excluded.begun_in, last_step = 0
            where second_factors.confirmed_at is null";
        let begin = Statement::new(SQL).arg(user).arg(Arg::Bytes(Some(secret))).arg(now).arg(session);
        Ok(self.db().run(begin).await? == 1)
    }

    /// Confirms what was begun in a session, by a code of this half minute, with recovery codes by their SHA-256. Other
    /// sessions of the person end: they were begun by less. False where nothing is to be confirmed.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn confirm_second_factor(
        &self,
        user: UserId,
        session: &[u8; 32],
        step: i64,
        codes: &[[u8; 32]],
        wish: &Wish,
    ) -> Result<bool> {
        const SQL: &str = "update second_factors set confirmed_at = $3, last_step = $4
            where user_id = $1 and begun_in = $2 and confirmed_at is null and begun_at > $5";
        let mut tx = self.write().await?;
        let since = wish.now.plus(-SET_UP_LASTS);
        let confirm = Statement::new(SQL).arg(user).arg(session).arg(wish.now).arg(step).arg(since);
        if tx.run(confirm).await? == 0 {
            return Ok(false);
        }
        tx.give_codes(user, codes).await?;
        tx.run(Statement::new("delete from sessions where user_id = $1 and token_hash <> $2").arg(user).arg(session)).await?;
        tx.factor_changed(user, "set_up", wish).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Uses the code of a half minute up; false where it, or a newer one, was used before. What was used only grows, so
    /// that a clock that is set back opens no code again.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn use_step(&self, user: UserId, step: i64) -> Result<bool> {
        const SQL: &str = "update second_factors set last_step = $2
            where user_id = $1 and confirmed_at is not null and last_step < $2";
        Ok(self.db().run(Statement::new(SQL).arg(user).arg(step)).await? == 1)
    }

    /// Uses a recovery code up, by its SHA-256; false where the person has none like it any more.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn use_recovery_code(&self, user: UserId, hash: &[u8; 32]) -> Result<bool> {
        const SQL: &str = "delete from recovery_codes where user_id = $1 and code_hash = $2";
        Ok(self.db().run(Statement::new(SQL).arg(user).arg(hash)).await? == 1)
    }

    /// Gives a person other recovery codes; the former ones count no longer. False where there is no second factor.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn renew_recovery_codes(&self, user: UserId, codes: &[[u8; 32]], wish: &Wish) -> Result<bool> {
        const HELD: &str = "update second_factors set last_step = last_step where user_id = $1 and confirmed_at is not null";
        let mut tx = self.write().await?;
        if tx.run(Statement::new(HELD).arg(user)).await? == 0 {
            return Ok(false);
        }
        tx.give_codes(user, codes).await?;
        tx.factor_changed(user, "codes_renewed", wish).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes the app of a person away, because they wish so; false where there was none. Passkeys stay.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn remove_second_factor(&self, user: UserId, wish: &Wish) -> Result<bool> {
        let mut tx = self.write().await?;
        let had = tx.forget_factor(user).await?;
        if had {
            tx.factor_changed(user, "removed", wish).await?;
        }
        tx.commit().await?;
        Ok(had)
    }

    /// Takes app and passkeys of somebody away who lost their phone, at the command line. Their sessions end: the phone may be
    /// in other hands.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn reset_second_factor(&self, user: UserId, wish: &Wish) -> Result<bool> {
        let mut tx = self.write().await?;
        let had = tx.reset_factor(user, wish).await?;
        tx.commit().await?;
        Ok(had)
    }

    /// The same by somebody who manages the users of their client.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` (`BeyondRights`) where they may not even make them [a link](Self::linkable).
    pub async fn reset_members_factor(&self, client: ClientId, by: &Manager, user: UserId, wish: &Wish) -> Result<bool> {
        self.linkable(client, by, user).await?;
        let mut tx = self.write().await?;
        tx.hold_member(client, by.rights, user).await?;
        let had = tx.reset_factor(user, wish).await?;
        tx.commit().await?;
        Ok(had)
    }
}

impl Tx {
    async fn give_codes(&mut self, user: UserId, codes: &[[u8; 32]]) -> Result<()> {
        self.run(Statement::new("delete from recovery_codes where user_id = $1").arg(user)).await?;
        for hash in codes {
            self.run(Statement::new("insert into recovery_codes (user_id, code_hash) values ($1, $2)").arg(user).arg(hash)).await?;
        }
        Ok(())
    }

    async fn forget_factor(&mut self, user: UserId) -> Result<bool> {
        self.run(Statement::new("delete from recovery_codes where user_id = $1").arg(user)).await?;
        Ok(self.run(Statement::new("delete from second_factors where user_id = $1").arg(user)).await? == 1)
    }

    async fn reset_factor(&mut self, user: UserId, wish: &Wish) -> Result<bool> {
        let had_app = self.forget_factor(user).await?;
        let had = self.run(Statement::new("delete from passkeys where user_id = $1").arg(user)).await? > 0 || had_app;
        if had {
            self.run(Statement::new("delete from sessions where user_id = $1").arg(user)).await?;
            self.factor_changed(user, "reset", wish).await?;
        }
        Ok(had)
    }

    async fn factor_changed(&mut self, user: UserId, how: &str, wish: &Wish) -> Result<()> {
        let note = Note::new(Deed::SecondFactorChanged, self.person(user).await?).after(json!({ "second_factor": how }));
        self.audit_person(Some(user), wish, note).await
    }
}

fn factor(row: &Row) -> Result<SecondFactor> {
    Ok(SecondFactor {
        secret: row.bytes(0)?,
        begun_in: row.bytes(1)?,
        begun_at: Millis::new(row.int(2)?),
        confirmed_at: row.opt_int(3)?.map(Millis::new),
        last_step: row.int(4)?,
        codes: row.int(5)?.unsigned_abs(),
    })
}
