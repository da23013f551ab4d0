//! Roles of a client: which rights its people have.

mod granted;
mod wish;

use std::collections::BTreeMap;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::condition::Condition;
use domain::id::ClientId;
use domain::lang::Lang;
use domain::problem::Problem;
use domain::rights::Rights;
use domain::role::{ReadyRole, RoleCode};
use domain::text::Name;

use crate::error::{Result, StoreError, refused};
use crate::profiles::Wish;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

pub use granted::Granted;
use granted::read_rule;
pub(crate) use granted::{ROLE_OF, rights};
pub use wish::{RolePatch, RoleWish};
use wish::{stored_rule, told};

/// The most roles of a client, ready ones not counted.
const MAX_ROLES: usize = 200;

/// A role of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// By which memberships name it.
    pub code: RoleCode,
    /// The name that the client gave it; none: the one that comes with the program.
    pub name: Option<String>,
    /// What it allows.
    pub rights: Rights,
    /// To which profiles it is limited; none: all.
    pub rule: Option<Condition>,
    /// Whether the client chose its rights or name.
    pub changed: bool,
    /// How many people have it.
    pub members: u64,
}

impl Role {
    /// What people call it.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        label(&self.code, self.name.as_deref(), lang)
    }

    /// The role that comes with every client, if it is one.
    #[must_use]
    pub fn ready(&self) -> Option<ReadyRole> {
        self.code.ready()
    }

    /// Whether somebody with these rights may change it: it is not fixed, and allows no more.
    #[must_use]
    pub fn changeable_by(&self, held: Rights) -> bool {
        !self.ready().is_some_and(ReadyRole::is_fixed) && self.rights.within(held)
    }
}

/// What people call a role with this code and, perhaps, a name of its own.
pub(crate) fn label(code: &RoleCode, name: Option<&str>, lang: Lang) -> String {
    name.map_or_else(|| code.ready().map_or(code.as_str(), |ready| ready.label(lang)).to_owned(), str::to_owned)
}

pub(crate) fn code(text: &str) -> Result<RoleCode> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("role {text:?}")))
}

impl Store {
    /// The roles of a client: the ready ones first, then its own by name.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn roles(&self, client: ClientId) -> Result<Vec<Role>> {
        const SQL: &str = "select code, name, rights, rule from roles where client_id = $1";
        const COUNT: &str = "select role, count(*) from memberships where client_id = $1 group by role";
        let counted = self.db().rows(Statement::new(COUNT).arg(client)).await?;
        let counted = counted.iter().map(|row| Ok((row.text(0)?, row.int(1)?.unsigned_abs()))).collect::<Result<BTreeMap<_, _>>>()?;
        let role = |code: RoleCode, name: Option<String>, stored: Option<&str>, rule: Option<Condition>, changed: bool| Role {
            rights: rights(&code, stored),
            rule,
            members: counted.get(code.as_str()).copied().unwrap_or_default(),
            code,
            name,
            changed,
        };
        let mut roles: Vec<Role> = ReadyRole::ALL.map(|ready| role(ready.into(), None, None, None, false)).into();
        let mut own = Vec::new();
        for row in self.db().rows(Statement::new(SQL).arg(client)).await? {
            let rule = row.opt_text(3)?.map(|json| read_rule(&json)).transpose()?;
            let found = role(code(&row.text(0)?)?, row.opt_text(1)?, row.opt_text(2)?.as_deref(), rule, true);
            match roles.iter_mut().find(|one| one.code == found.code) {
                Some(ready) => *ready = found,
                None => own.push(found),
            }
        }
        own.sort_by_cached_key(|role| role.name.as_deref().map(str::to_lowercase));
        roles.extend(own);
        Ok(roles)
    }

    /// A rule that somebody would like a role to have: some pool must be able to answer it. A name that none has is a slip of
    /// the pen, and would hide everybody.
    ///
    /// # Errors
    /// `Invalid` at `rule`: what is wrong with it, or what the first pool lacks.
    pub async fn check_rule(&self, client: ClientId, rule: &Condition) -> Result<()> {
        rule.sound().map_err(|problem| refused("rule", problem))?;
        let mut lacking = None;
        for pool in self.pools(&Reach::whole(client)).await? {
            match rule.check(&self.pool(client, pool.id).await?) {
                Ok(()) => return Ok(()),
                Err(invalid) => lacking = lacking.or(invalid.problems.into_iter().next()),
            }
        }
        lacking.map_or(Ok(()), |first| Err(refused("rule", first.problem)))
    }

    /// Makes a role; its code is made from the name. Rights that are worth nothing are left out.
    ///
    /// # Errors
    /// `Invalid`: `BeyondRights` when it would allow more than `held`, `Taken`, `TooManyRoles`.
    pub async fn create_role(&self, client: ClientId, held: Rights, name: &Name, to: &RoleWish, wish: impl Into<Wish>) -> Result<RoleCode> {
        const SQL: &str = "insert into roles (client_id, code, name, rights, created_at, rule) values ($1, $2, $3, $4, $5, $6)";
        let to = &to.clone().fitting();
        if !to.rights.within(held) {
            return Err(refused("role", Problem::BeyondRights));
        }
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.hold_client(client).await?;
        let taken = tx.role_names(client, None).await?;
        if taken.len() >= MAX_ROLES {
            return Err(refused("name", Problem::TooManyRoles));
        }
        refuse_taken(&taken, name)?;
        let proposed = RoleCode::proposed(name.as_str());
        let free = |code: &RoleCode| code.ready().is_none() && !taken.contains_key(code.as_str());
        let code = std::iter::once(proposed.clone()).chain((2..=MAX_ROLES + 8).map(|n| proposed.numbered(n))).find(free);
        let code = code.ok_or(refused("name", Problem::TooManyRoles))?;
        let insert = Statement::new(SQL).arg(client).arg(code.as_str()).arg(name.as_str()).arg(to.rights.codes()).arg(wish.now);
        tx.run(insert.arg(stored_rule(to))).await?;
        let note = Note::new(Deed::RoleCreated, Object::new(ObjectKind::Role, None, name.as_str()));
        tx.audit(client, &wish, note.after(told(&RoleWish { name: Some(name.clone()), ..to.clone() })));
        tx.commit().await?;
        Ok(code)
    }

    /// Gives a role another name and other rights.
    ///
    /// # Errors
    /// `NotFound`; `Invalid`: `RoleFixed`, `Taken`, `BeyondRights` when it allows or would allow more than `held`,
    /// `LastAdministrator` when nobody could manage users any more.
    pub async fn change_role(&self, client: ClientId, held: Rights, code: &RoleCode, to: &RoleWish, wish: impl Into<Wish>) -> Result<()> {
        self.patch_role(client, held, code, to.into(), wish).await
    }

    /// The same where only some of it changes.
    ///
    /// # Errors
    /// As [`change_role`](Self::change_role).
    pub async fn patch_role(&self, client: ClientId, held: Rights, code: &RoleCode, patch: RolePatch, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "insert into roles (client_id, code, name, rights, created_at, rule) values ($1, $2, $3, $4, $5, $6)
            on conflict (client_id, code) do update set name = excluded.name, rights = excluded.rights, rule = excluded.rule";
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.hold_client(client).await?;
        let managers = tx.managers(client).await?;
        let was = tx.stored_role(client, code).await?;
        let (before, told_before) = (was.rights, told(&was));
        if code.ready().is_some_and(ReadyRole::is_fixed) {
            return Err(refused("rights", Problem::RoleFixed));
        }
        let to = patch.of(was);
        if !before.within(held) || !to.rights.within(held) {
            return Err(refused("role", Problem::BeyondRights));
        }
        if let Some(name) = &to.name {
            refuse_taken(&tx.role_names(client, Some(code)).await?, name)?;
        } else if code.ready().is_none() {
            return Err(refused("name", Problem::Required));
        }
        let name = to.name.as_ref().map(Name::as_str);
        let set = Statement::new(SQL).arg(client).arg(code.as_str()).arg(name).arg(to.rights.codes()).arg(wish.now);
        tx.run(set.arg(stored_rule(&to))).await?;
        tx.still_managed(client, managers).await?;
        let note = Note::new(Deed::RoleChanged, Object::new(ObjectKind::Role, None, label(code, name, Lang::De)));
        tx.audit(client, &wish, note.changed(told_before, told(&to)));
        tx.commit().await
    }

    /// Deletes a role that nobody has; a ready role gets its own name and rights back.
    ///
    /// # Errors
    /// `NotFound`; `Invalid`: `RoleUsed`, `BeyondRights`, `LastAdministrator`.
    pub async fn delete_role(&self, client: ClientId, held: Rights, code: &RoleCode, wish: impl Into<Wish>) -> Result<()> {
        const USED: &str = "select 1 from memberships where client_id = $1 and role = $2 limit 1";
        let mut tx = self.write().await?;
        tx.hold_client(client).await?;
        let managers = tx.managers(client).await?;
        let before = tx.role_rights(client, code).await?;
        let after = code.ready().map_or(Rights::NONE, ReadyRole::rights);
        if !before.within(held) || !after.within(held) {
            return Err(refused("role", Problem::BeyondRights));
        }
        if code.ready().is_none() && tx.row(Statement::new(USED).arg(client).arg(code.as_str())).await?.is_some() {
            return Err(refused("role", Problem::RoleUsed));
        }
        let was = tx.stored_role(client, code).await?;
        tx.run(Statement::new("delete from roles where client_id = $1 and code = $2").arg(client).arg(code.as_str())).await?;
        tx.still_managed(client, managers).await?;
        let name = label(code, was.name.as_ref().map(Name::as_str), Lang::De);
        let note = Note::new(Deed::RoleDeleted, Object::new(ObjectKind::Role, None, name));
        tx.audit(client, &wish.into(), note.before(told(&was)));
        tx.commit().await
    }
}

fn refuse_taken(names: &BTreeMap<String, String>, name: &Name) -> Result<()> {
    let wanted = name.as_str().to_lowercase();
    let ready = ReadyRole::ALL.into_iter().flat_map(|role| [role.label(Lang::De), role.label(Lang::En)]);
    let taken = names.values().map(String::as_str).chain(ready).any(|other| other.to_lowercase() == wanted);
    if taken { Err(refused("name", Problem::Taken)) } else { Ok(()) }
}

impl Tx {
    /// Holds off every other change of the people and roles of a client until this one is done.
    ///
    /// # Errors
    /// `NotFound`.
    pub(crate) async fn hold_client(&mut self, client: ClientId) -> Result<()> {
        let raise = Statement::new("update clients set revision = revision + 1 where id = $1").arg(client);
        if self.run(raise).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// The names of a client's own roles by their codes, but for one.
    async fn role_names(&mut self, client: ClientId, but: Option<&RoleCode>) -> Result<BTreeMap<String, String>> {
        const SQL: &str = "select code, coalesce(name, '') from roles where client_id = $1";
        let rows = self.rows(Statement::new(SQL).arg(client)).await?;
        let all = rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?)));
        all.filter(|one| one.as_ref().map_or(true, |(code, _)| but.is_none_or(|but| but.as_str() != code))).collect()
    }

    /// A role as it is now.
    ///
    /// # Errors
    /// `NotFound`.
    async fn stored_role(&mut self, client: ClientId, code: &RoleCode) -> Result<RoleWish> {
        const SQL: &str = "select name, rights, rule from roles where client_id = $1 and code = $2";
        let Some(row) = self.row(Statement::new(SQL).arg(client).arg(code.as_str())).await? else {
            let rights = code.ready().ok_or(StoreError::NotFound)?.rights();
            return Ok(RoleWish { name: None, rights, rule: None });
        };
        let parsed = |name: String| Name::parse(&name).map_err(|_| StoreError::Corrupt(format!("name of a role {name:?}")));
        Ok(RoleWish {
            name: row.opt_text(0)?.map(parsed).transpose()?,
            rights: rights(code, row.opt_text(1)?.as_deref()),
            // One that can't be read holds for nobody, so that the role can be mended but opens nothing meanwhile.
            rule: row.opt_text(2)?.map(|json| read_rule(&json).unwrap_or(Condition::Any(Vec::new()))),
        })
    }

    /// What a role allows.
    ///
    /// # Errors
    /// `NotFound`.
    pub(crate) async fn role_rights(&mut self, client: ClientId, code: &RoleCode) -> Result<Rights> {
        const SQL: &str = "select rights from roles where client_id = $1 and code = $2";
        let row = self.row(Statement::new(SQL).arg(client).arg(code.as_str())).await?;
        match row {
            Some(row) => Ok(rights(code, row.opt_text(0)?.as_deref())),
            None if code.ready().is_some() => Ok(rights(code, None)),
            None => Err(StoreError::NotFound),
        }
    }
}
