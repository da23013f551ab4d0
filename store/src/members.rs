//! Who works for a client, and with which role.

use domain::audit::{Deed, Note, Object};
use domain::id::{ClientId, UserId};
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
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// Somebody who works for a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// As others see them; empty until they said it.
    pub name: String,
    /// By which they sign in.
    pub email: String,
    /// Their role.
    pub role: RoleCode,
    /// Since when they may not sign in here.
    pub disabled_at: Option<Millis>,
    /// When they last signed in, for whichever client.
    pub seen_at: Option<Millis>,
    /// Whether they have yet to choose a password, or to sign in at the provider.
    pub invited: bool,
    /// Whether they work for other clients too.
    pub elsewhere: bool,
    /// Whether signing in asks them for a second factor.
    pub second_factor: bool,
}

const MEMBERS: &str = "select m.user_id, u.name, u.email, m.role, m.disabled_at, u.seen_at,
        u.password_hash is null and not exists (select 1 from identities i where i.user_id = u.id),
        exists (select 1 from memberships o where o.user_id = m.user_id and o.client_id <> m.client_id),
        exists (select 1 from second_factors f where f.user_id = m.user_id and f.confirmed_at is not null)
    from memberships m
    join users u on u.id = m.user_id
    where m.client_id = $1";

impl Store {
    /// Everybody who works for a client, by name.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn members(&self, client: ClientId) -> Result<Vec<Member>> {
        let rows = self.db().rows(Statement::new(MEMBERS).arg(client)).await?;
        let mut members = rows.iter().map(member).collect::<Result<Vec<_>>>()?;
        members.sort_by_cached_key(|member| (member.name.to_lowercase(), member.email.clone()));
        Ok(members)
    }

    /// Somebody who works for a client.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn member(&self, client: ClientId, user: UserId) -> Result<Member> {
        let row = self.db().row(Statement::new(format!("{MEMBERS} and m.user_id = $2")).arg(client).arg(user)).await?;
        member(&row.ok_or(StoreError::NotFound)?)
    }

    /// Makes somebody a member; whoever signs in with this address already keeps their name and password.
    ///
    /// # Errors
    /// `NotFound` for a role that the client does not have; `Invalid`: `BeyondRights` when the role allows more than `held`,
    /// `AlreadyMember`.
    pub async fn invite(&self, client: ClientId, held: Rights, user: NewUser, role: &RoleCode, wish: impl Into<Wish>) -> Result<UserId> {
        const KNOWN: &str = "select id from users where email = $1";
        const NEW: &str = "insert into users (email, name, password_hash, lang, created_at) values ($1, $2, $3, $4, $5) returning id";
        const JOIN: &str = "insert into memberships (client_id, user_id, role, created_at) values ($1, $2, $3, $4)
            on conflict (client_id, user_id) do nothing";
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.hold_client(client).await?;
        if !tx.role_rights(client, role).await?.within(held) {
            return Err(refused("role", Problem::BeyondRights));
        }
        let id = match tx.row(Statement::new(KNOWN).arg(user.email.as_str())).await? {
            Some(row) => row.int(0)?,
            None => {
                let insert = Statement::new(NEW).arg(user.email.as_str()).arg(user.name).arg(user.password_hash);
                tx.row(insert.arg(user.lang.code()).arg(wish.now)).await?.ok_or(StoreError::NotFound)?.int(0)?
            }
        };
        let id = UserId::new(id);
        if tx.run(Statement::new(JOIN).arg(client).arg(id).arg(role.as_str()).arg(wish.now)).await? == 0 {
            return Err(refused("email", Problem::AlreadyMember));
        }
        let note = Note::new(Deed::UserCreated, Object::user(id, user.email.as_str()));
        tx.audit(client, &wish, note.after(json!({ "role": role.as_str() })));
        tx.commit().await?;
        Ok(id)
    }

    /// Gives a member another role; what they may do changes with their next request.
    ///
    /// # Errors
    /// `NotFound` (member, role); `Invalid`: `BeyondRights` when the role before or after allows more than `held`,
    /// `LastAdministrator`.
    pub async fn set_role(&self, client: ClientId, held: Rights, user: UserId, role: &RoleCode, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "update memberships set role = $3 where client_id = $1 and user_id = $2";
        let mut tx = self.write().await?;
        let (managers, was) = tx.hold_member(client, held, user).await?;
        if !tx.role_rights(client, role).await?.within(held) {
            return Err(refused("role", Problem::BeyondRights));
        }
        tx.run(Statement::new(SQL).arg(client).arg(user).arg(role.as_str())).await?;
        tx.still_managed(client, managers).await?;
        let note = Note::new(Deed::MemberChanged, tx.person(user).await?);
        tx.audit(client, &wish.into(), note.changed(json!({ "role": was }), json!({ "role": role.as_str() })));
        tx.commit().await
    }

    /// Lets a member sign in no longer, or again. Their sessions end and their tokens open nothing.
    ///
    /// # Errors
    /// `NotFound`; `Invalid`: `BeyondRights` when their role allows more than `held`, `LastAdministrator`.
    pub async fn set_disabled(&self, client: ClientId, held: Rights, user: UserId, off: bool, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "update memberships set disabled_at = $3 where client_id = $1 and user_id = $2";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let (managers, _) = tx.hold_member(client, held, user).await?;
        tx.run(Statement::new(SQL).arg(client).arg(user).arg(off.then_some(wish.now))).await?;
        tx.end_sessions(client, user).await?;
        tx.still_managed(client, managers).await?;
        let note = Note::new(Deed::MemberChanged, tx.person(user).await?);
        tx.audit(client, &wish, note.after(json!({ "disabled": off })));
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

    async fn end_sessions(&mut self, client: ClientId, user: UserId) -> Result<()> {
        self.run(Statement::new("delete from sessions where client_id = $1 and user_id = $2").arg(client).arg(user)).await?;
        Ok(())
    }

    /// How many people can sign in and manage the users of a client.
    pub(crate) async fn managers(&mut self, client: ClientId) -> Result<u64> {
        let sql = format!(
            "select m.role, r.rights, r.rule from memberships m join users u on u.id = m.user_id {ROLE_OF}
            where m.client_id = $1 and m.disabled_at is null
                and (u.password_hash is not null or exists (select 1 from identities i where i.user_id = u.id))"
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

fn member(row: &Row) -> Result<Member> {
    Ok(Member {
        user: UserId::new(row.int(0)?),
        name: row.text(1)?,
        email: row.text(2)?,
        role: code(&row.text(3)?)?,
        disabled_at: row.opt_int(4)?.map(Millis::new),
        seen_at: row.opt_int(5)?.map(Millis::new),
        invited: row.bool(6)?,
        elsewhere: row.bool(7)?,
        second_factor: row.bool(8)?,
    })
}
