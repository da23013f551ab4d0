//! Roles of a client: which rights its people have.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::condition::Condition;
use domain::id::ClientId;
use domain::lang::Lang;
use domain::problem::Problem;
use domain::rights::{Right, Rights};
use domain::role::{ReadyRole, RoleCode};
use domain::text::Name;
use serde_json::{Value, json};

use crate::Store;
use crate::error::{Result, StoreError, refused};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

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
}

/// What people call a role with this code and, perhaps, a name of its own.
pub(crate) fn label(code: &RoleCode, name: Option<&str>, lang: Lang) -> String {
    name.map_or_else(|| code.ready().map_or(code.as_str(), |ready| ready.label(lang)).to_owned(), str::to_owned)
}

/// What somebody may do within a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Their role.
    pub role: RoleCode,
    /// Its rights, those left out that are worth nothing.
    pub rights: Rights,
    /// To which profiles it is limited; none: all.
    pub rule: Option<Arc<Condition>>,
}

impl Granted {
    /// Reads `m.role, r.rights, r.rule` from a column on, `r` being the role's row if it has one ([`ROLE_OF`]).
    pub(crate) fn read(row: &Row, column: usize) -> Result<Self> {
        let role = code(&row.text(column)?)?;
        let rights = rights(&role, row.opt_text(column + 1)?.as_deref());
        let rule = row.opt_text(column + 2)?.map(|json| read_rule(&json)).transpose()?.map(Arc::new);
        Ok(Self { role, rights: if rule.is_some() { rights.within_rule() } else { rights }, rule })
    }
}

/// Joins the row of a membership's role, where it has one.
pub(crate) const ROLE_OF: &str = "left join roles r on r.client_id = m.client_id and r.code = m.role";

/// Rights as they are stored; ready roles have those of the program unless the client chose others, unknown roles none.
fn rights(code: &RoleCode, stored: Option<&str>) -> Rights {
    match (code.ready(), stored) {
        (Some(ready), _) if ready.is_fixed() => ready.rights(),
        (_, Some(stored)) => Rights::from_codes(stored).effective(),
        (Some(ready), None) => ready.rights(),
        (None, None) => Rights::NONE,
    }
}

/// A rule as it is stored. One that can't be read lets nobody see anything, rather than everything.
fn read_rule(json: &str) -> Result<Condition> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt("the rule of a role".to_owned()))
}

pub(crate) fn code(text: &str) -> Result<RoleCode> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("role {text:?}")))
}

/// What a role shall be.
#[derive(Clone, Debug)]
pub struct RoleWish {
    /// What people call it; none leaves a ready role its name.
    pub name: Option<Name>,
    /// What it allows.
    pub rights: Rights,
    /// To which profiles it is limited; none: all.
    pub rule: Option<Condition>,
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

    /// Makes a role; its code is made from the name.
    ///
    /// # Errors
    /// `Invalid`: `BeyondRights` when it would allow more than `held`, `Taken`, `TooManyRoles`.
    pub async fn create_role(&self, client: ClientId, held: Rights, name: &Name, to: &RoleWish, wish: impl Into<Wish>) -> Result<RoleCode> {
        const SQL: &str = "insert into roles (client_id, code, name, rights, created_at, rule) values ($1, $2, $3, $4, $5, $6)";
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
        tx.audit(client, &wish, note.after(told(Some(name.as_str()), to.rights, stored_rule(to))));
        tx.commit().await?;
        Ok(code)
    }

    /// Gives a role another name and other rights.
    ///
    /// # Errors
    /// `NotFound`; `Invalid`: `RoleFixed`, `Taken`, `BeyondRights` when it allows or would allow more than `held`,
    /// `LastAdministrator` when nobody could manage users any more.
    pub async fn change_role(&self, client: ClientId, held: Rights, code: &RoleCode, to: &RoleWish, wish: impl Into<Wish>) -> Result<()> {
        const SQL: &str = "insert into roles (client_id, code, name, rights, created_at, rule) values ($1, $2, $3, $4, $5, $6)
            on conflict (client_id, code) do update set name = excluded.name, rights = excluded.rights, rule = excluded.rule";
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.hold_client(client).await?;
        let was = tx.told_role(client, code).await?;
        let managers = tx.managers(client).await?;
        let before = tx.role_rights(client, code).await?;
        if code.ready().is_some_and(ReadyRole::is_fixed) {
            return Err(refused("rights", Problem::RoleFixed));
        }
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
        tx.run(set.arg(stored_rule(to))).await?;
        tx.still_managed(client, managers).await?;
        let note = Note::new(Deed::RoleChanged, Object::new(ObjectKind::Role, None, label(code, name, Lang::De)));
        tx.audit(client, &wish, note.changed(was, told(name, to.rights, stored_rule(to))));
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
        let was = tx.told_role(client, code).await?;
        tx.run(Statement::new("delete from roles where client_id = $1 and code = $2").arg(client).arg(code.as_str())).await?;
        tx.still_managed(client, managers).await?;
        let name = label(code, was["name"].as_str(), Lang::De);
        let note = Note::new(Deed::RoleDeleted, Object::new(ObjectKind::Role, None, name));
        tx.audit(client, &wish.into(), note.before(was));
        tx.commit().await
    }
}

/// What the audit log tells of a role.
fn told(name: Option<&str>, rights: Rights, rule: Option<String>) -> Value {
    let rights: Vec<&str> = rights.iter().map(Right::code).collect();
    let rule = rule.and_then(|rule| Some(read_rule(&rule).ok()?.to_string()));
    json!({ "name": name, "rights": rights, "rule": rule })
}

fn stored_rule(to: &RoleWish) -> Option<String> {
    to.rule.as_ref().and_then(|rule| serde_json::to_string(rule).ok())
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

    /// A role as the audit log tells of it.
    async fn told_role(&mut self, client: ClientId, code: &RoleCode) -> Result<Value> {
        const SQL: &str = "select name, rights, rule from roles where client_id = $1 and code = $2";
        match self.row(Statement::new(SQL).arg(client).arg(code.as_str())).await? {
            Some(row) => Ok(told(row.opt_text(0)?.as_deref(), rights(code, row.opt_text(1)?.as_deref()), row.opt_text(2)?)),
            None => Ok(told(None, rights(code, None), None)),
        }
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
