//! Who works for a client, and with which role.

mod member;

use domain::audit::{Deed, Note, Object};
use domain::id::{ClientId, UserId};
use domain::mail::MailKind;
use domain::problem::Problem;
use domain::rights::{Right, Rights};
use domain::role::RoleCode;
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::accounts::NewUser;
use crate::error::{Result, StoreError, refused};
use crate::profiles::Wish;
use crate::roles::{Granted, ROLE_OF, code};
use crate::statement::Statement;
use crate::tx::Tx;

pub(crate) use member::HAS_A_WAY_IN;
pub use member::{Manager, Member};
use member::{member, members};

/// What of a member changes; none leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct MemberPatch {
    /// Another role.
    pub role: Option<RoleCode>,
    /// Whether they may not sign in.
    pub disabled: Option<bool>,
}

impl Store {
    /// Everybody who works for a client, by name.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn members(&self, client: ClientId) -> Result<Vec<Member>> {
        let rows = self.db().rows(Statement::new(members()).arg(client)).await?;
        let mut members = rows.iter().map(member).collect::<Result<Vec<_>>>()?;
        members.sort_by_cached_key(|member| (member.name.to_lowercase(), member.email.clone()));
        Ok(members)
    }

    /// Somebody who works for a client.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn member(&self, client: ClientId, user: UserId) -> Result<Member> {
        let row = self.db().row(Statement::new(format!("{} and m.user_id = $2", members())).arg(client).arg(user)).await?;
        member(&row.ok_or(StoreError::NotFound)?)
    }

    /// Somebody for whom a sign-in link may be made, or a second factor reset.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` (`BeyondRights`) where that is [not for](Member::linkable_by) whoever asks.
    pub async fn linkable(&self, client: ClientId, by: &Manager, user: UserId) -> Result<Member> {
        let member = self.member(client, user).await?;
        if member.linkable_by(by) { Ok(member) } else { Err(refused("user", Problem::BeyondRights)) }
    }

    /// Makes somebody a member; whoever signs in with this address already keeps their name and password, and the client
    /// learns that name when they first come in there, not by typing their address. Who has yet to
    /// choose one is asked in by a mail, which is noted in the same transaction; [`mails_to`](Self::mails_to) says whether
    /// it goes.
    ///
    /// # Errors
    /// `NotFound` for a role that the client does not have; `Invalid`: `BeyondRights` when the role allows more than `held`,
    /// `AlreadyMember`.
    pub async fn invite(&self, client: ClientId, held: Rights, user: NewUser, role: &RoleCode, wish: impl Into<Wish>) -> Result<UserId> {
        const KNOWN: &str = "select id from users where email = $1";
        const NEW: &str = "insert into users (email, name, password_hash, lang, created_at) values ($1, $2, $3, $4, $5) returning id";
        const JOIN: &str = "insert into memberships (client_id, user_id, role, created_at, known_since) values ($1, $2, $3, $4, $5)
            on conflict (client_id, user_id) do nothing";
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.hold_client(client).await?;
        if !tx.role_rights(client, role).await?.within(held) {
            return Err(refused("role", Problem::BeyondRights));
        }
        let (id, known_since) = match tx.row(Statement::new(KNOWN).arg(user.email.as_str())).await? {
            Some(row) => (row.int(0)?, None),
            None => {
                let insert = Statement::new(NEW).arg(user.email.as_str()).arg(user.name).arg(user.password_hash);
                let row = tx.row(insert.arg(user.lang.code()).arg(wish.now)).await?;
                (row.ok_or(StoreError::NotFound)?.int(0)?, Some(wish.now))
            }
        };
        let id = UserId::new(id);
        if tx.run(Statement::new(JOIN).arg(client).arg(id).arg(role.as_str()).arg(wish.now).arg(known_since)).await? == 0 {
            return Err(refused("email", Problem::AlreadyMember));
        }
        let note = Note::new(Deed::UserCreated, Object::user(id, user.email.as_str()));
        tx.audit(client, &wish, note.after(json!({ "role": role.as_str() })));
        if tx.is_open(id).await? {
            tx.post_link(client, id, MailKind::Invitation, &wish, self.mailing()).await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    /// Gives a member another role; what they may do changes with their next request.
    ///
    /// # Errors
    /// As [`change_member`](Self::change_member).
    pub async fn set_role(&self, client: ClientId, held: Rights, user: UserId, role: &RoleCode, wish: impl Into<Wish>) -> Result<()> {
        self.change_member(client, held, user, &MemberPatch { role: Some(role.clone()), disabled: None }, wish).await
    }

    /// Lets a member sign in no longer, or again. Their sessions end and their tokens open nothing.
    ///
    /// # Errors
    /// As [`change_member`](Self::change_member).
    pub async fn set_disabled(&self, client: ClientId, held: Rights, user: UserId, off: bool, wish: impl Into<Wish>) -> Result<()> {
        self.change_member(client, held, user, &MemberPatch { role: None, disabled: Some(off) }, wish).await
    }

    /// Changes what of a member is to change, all or nothing. What is so already does nothing, and ends no session.
    ///
    /// # Errors
    /// `NotFound` (member, role); `Invalid`: `BeyondRights` when the role before or after allows more than `held`,
    /// `LastAdministrator`.
    pub async fn change_member(&self, client: ClientId, held: Rights, user: UserId, to: &MemberPatch, wish: impl Into<Wish>) -> Result<()> {
        const ROLE: &str = "update memberships set role = $3 where client_id = $1 and user_id = $2";
        const DISABLE: &str = "update memberships set disabled_at = $3 where client_id = $1 and user_id = $2 and disabled_at is null";
        const ENABLE: &str = "update memberships set disabled_at = null where client_id = $1 and user_id = $2 and disabled_at is not null";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let (managers, was) = tx.hold_member(client, held, user).await?;
        let note = Note::new(Deed::MemberChanged, tx.person(user).await?);
        if let Some(role) = &to.role {
            if !tx.role_rights(client, role).await?.within(held) {
                return Err(refused("role", Problem::BeyondRights));
            }
            if role.as_str() != was {
                tx.run(Statement::new(ROLE).arg(client).arg(user).arg(role.as_str())).await?;
                tx.audit(client, &wish, note.clone().changed(json!({ "role": was }), json!({ "role": role.as_str() })));
            }
        }
        if let Some(off) = to.disabled {
            let switch = Statement::new(if off { DISABLE } else { ENABLE }).arg(client).arg(user);
            let switch = if off { switch.arg(wish.now) } else { switch };
            if tx.run(switch).await? > 0 {
                tx.end_sessions(client, user).await?;
                tx.audit(client, &wish, note.after(json!({ "disabled": off })));
            }
        }
        tx.still_managed(client, managers).await?;
        tx.commit().await
    }

    /// Takes somebody out of a client; what they did keeps their name.
    ///
    /// # Errors
    /// `NotFound`; `Invalid`: `BeyondRights` when their role allows more than `held`, `LastAdministrator`.
    pub async fn remove_member(&self, client: ClientId, held: Rights, user: UserId, wish: impl Into<Wish>) -> Result<()> {
        let mut tx = self.write().await?;
        let (managers, was) = tx.hold_member(client, held, user).await?;
        tx.end_sessions(client, user).await?;
        tx.run(Statement::new("delete from memberships where client_id = $1 and user_id = $2").arg(client).arg(user)).await?;
        tx.still_managed(client, managers).await?;
        let note = Note::new(Deed::UserRemoved, tx.person(user).await?);
        tx.audit(client, &wish.into(), note.before(json!({ "role": was })));
        tx.commit().await
    }
}

impl Tx {
    /// Holds the client for a change of a member; answers how many could manage its users before, and the member's role.
    pub(crate) async fn hold_member(&mut self, client: ClientId, held: Rights, user: UserId) -> Result<(u64, String)> {
        const SQL: &str = "select role from memberships where client_id = $1 and user_id = $2";
        self.hold_client(client).await?;
        let row = self.row(Statement::new(SQL).arg(client).arg(user)).await?.ok_or(StoreError::NotFound)?;
        let role = row.text(0)?;
        match self.role_rights(client, &code(&role)?).await {
            Ok(rights) if !rights.within(held) => Err(refused("role", Problem::BeyondRights)),
            Ok(_) | Err(StoreError::NotFound) => Ok((self.managers(client).await?, role)),
            Err(error) => Err(error),
        }
    }

    /// Whether somebody has yet to choose a password, or to sign in at the provider.
    async fn is_open(&mut self, user: UserId) -> Result<bool> {
        let sql = format!("select 1 from users u where u.id = $1 and not {HAS_A_WAY_IN}");
        Ok(self.row(Statement::new(sql).arg(user)).await?.is_some())
    }

    /// Notes that somebody has come in at a client, which knows them from now on.
    pub(crate) async fn introduce(&mut self, client: ClientId, user: UserId, now: Millis) -> Result<()> {
        const SQL: &str = "update memberships set known_since = $3 where client_id = $1 and user_id = $2 and known_since is null";
        self.run(Statement::new(SQL).arg(client).arg(user).arg(now)).await?;
        Ok(())
    }

    async fn end_sessions(&mut self, client: ClientId, user: UserId) -> Result<()> {
        self.run(Statement::new("delete from sessions where client_id = $1 and user_id = $2").arg(client).arg(user)).await?;
        Ok(())
    }

    /// How many people can sign in and manage the users of a client.
    pub(crate) async fn managers(&mut self, client: ClientId) -> Result<u64> {
        let sql = format!(
            "select m.role, r.rights, r.rule from memberships m join users u on u.id = m.user_id {ROLE_OF}
            where m.client_id = $1 and m.disabled_at is null
                and {HAS_A_WAY_IN}"
        );
        let rows = self.rows(Statement::new(sql).arg(client)).await?;
        let granted = rows.iter().map(|row| Granted::read(row, 0)).collect::<Result<Vec<_>>>()?;
        Ok(granted.iter().filter(|one| one.rights.has(Right::Users)).count() as u64)
    }

    /// Refuses a change after which nobody could manage the users of a client, where somebody could before.
    ///
    /// # Errors
    /// `Invalid` (`LastAdministrator`).
    pub(crate) async fn still_managed(&mut self, client: ClientId, before: u64) -> Result<()> {
        if before > 0 && self.managers(client).await? == 0 {
            return Err(refused("role", Problem::LastAdministrator));
        }
        Ok(())
    }
}
