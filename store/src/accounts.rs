//! Clients, the people who work for them, and their roles.

use domain::audit::{Chain, Deed, Note, Object, ObjectKind};
use domain::id::{ClientId, UserId};
use domain::lang::Lang;
use domain::role::RoleCode;
use domain::text::{Email, Name};
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::error::{Conflict, Result, StoreError};
use crate::profiles::Wish;
use crate::roles::code;
use crate::row::Row;
use crate::statement::Statement;

/// A person to be let in.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// By which they sign in.
    pub email: Email,
    /// As others see them.
    pub name: String,
    /// PHC string; none: signs in by link until a password is set.
    pub password_hash: Option<String>,
    /// The language of their screens.
    pub lang: Lang,
}

/// A person who signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// By which they sign in.
    pub email: String,
    /// As others see them.
    pub name: String,
    /// PHC string; none: no password is set.
    pub password_hash: Option<String>,
    /// The language of their screens.
    pub lang: Lang,
    /// `system`, `light` or `dark`.
    pub theme: String,
}

/// Without the hash of the password, which belongs into no log.
impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id).field("email", &self.email).finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a client; on PostgreSQL also the schema for its pools.
    ///
    /// # Errors
    /// `Unusable` when the database user may not create a schema.
    pub async fn create_client(&self, name: &Name, wish: impl Into<Wish>) -> Result<ClientId> {
        const SQL: &str = "insert into clients (name, created_at) values ($1, $2) returning id";
        let wish = wish.into();
        let mut tx = self.write().await?;
        let row = tx.row(Statement::new(SQL).arg(name.as_str()).arg(wish.now)).await?.ok_or(StoreError::NotFound)?;
        let client = ClientId::new(row.int(0)?);
        if let Some(ddl) = crate::pool_table::create_schema(self.engine(), client) {
            tx.ddl(ddl).await?;
        }
        let object = Object::new(ObjectKind::Client, client.get(), name.as_str());
        tx.audit(Chain::Installation, &wish, Note::new(Deed::ClientCreated, object));
        tx.commit().await?;
        Ok(client)
    }

    /// The client that was made first, if there is one at all.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn first_client(&self) -> Result<Option<ClientId>> {
        let row = self.db().row(Statement::new("select id from clients order by id limit 1")).await?;
        row.map(|row| Ok(ClientId::new(row.int(0)?))).transpose()
    }

    /// Lets a person in; they belong to no client yet.
    ///
    /// # Errors
    /// `Conflict(EmailTaken)`.
    pub async fn create_user(&self, user: NewUser, wish: impl Into<Wish>) -> Result<UserId> {
        const SQL: &str = "insert into users (email, name, password_hash, lang, created_at)
            values ($1, $2, $3, $4, $5)
            on conflict (email) do nothing
            returning id";
        let wish = wish.into();
        let (email, name) = (user.email.as_str(), user.name.as_str());
        let insert = Statement::new(SQL).arg(email).arg(name).arg(user.password_hash).arg(user.lang.code()).arg(wish.now);
        let mut tx = self.write().await?;
        let row = tx.row(insert).await?.ok_or(StoreError::Conflict(Conflict::EmailTaken))?;
        let id = UserId::new(row.int(0)?);
        let note = Note::new(Deed::UserCreated, Object::user(id, email)).after(json!({ "email": email, "name": name }));
        tx.audit(Chain::Installation, &wish, note);
        tx.commit().await?;
        Ok(id)
    }

    /// Makes a person a member of a client, or gives a member another role.
    ///
    /// # Errors
    /// `NotFound` (client, user).
    pub async fn add_member(&self, client: ClientId, user: UserId, role: &RoleCode, now: Millis) -> Result<()> {
        const SQL: &str = "insert into memberships (client_id, user_id, role, created_at, known_since)
            select c.id, u.id, $3, $4, $4 from clients c, users u where c.id = $1 and u.id = $2
            on conflict (client_id, user_id) do update set role = excluded.role";
        let changed = self.db().run(Statement::new(SQL).arg(client).arg(user).arg(role.as_str()).arg(now)).await?;
        if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// The person who signs in with this address.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn user_by_email(&self, email: &Email) -> Result<Option<User>> {
        const SQL: &str = "select id, email, name, password_hash, lang, theme from users where email = $1";
        let row = self.db().row(Statement::new(SQL).arg(email.as_str())).await?;
        row.as_ref().map(user).transpose()
    }

    /// A person.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn user(&self, id: UserId) -> Result<User> {
        const SQL: &str = "select id, email, name, password_hash, lang, theme from users where id = $1";
        let row = self.db().row(Statement::new(SQL).arg(id)).await?;
        user(&row.ok_or(StoreError::NotFound)?)
    }

    /// The clients that a person may sign in for, with their names, the longest known first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn membership(&self, user: UserId) -> Result<Vec<(ClientId, String, RoleCode)>> {
        const SQL: &str = "select c.id, c.name, m.role
            from memberships m
            join clients c on c.id = m.client_id
            where m.user_id = $1 and m.disabled_at is null
            order by c.id";
        let rows = self.db().rows(Statement::new(SQL).arg(user)).await?;
        rows.iter().map(|row| Ok((ClientId::new(row.int(0)?), row.text(1)?, code(&row.text(2)?)?))).collect()
    }

    /// How many people may sign in; 0 in a fresh installation.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn n_users(&self) -> Result<i64> {
        let row = self.db().row(Statement::new("select count(*) from users")).await?;
        row.map_or(Ok(0), |row| row.int(0))
    }

    /// Sets a person's password and ends all their sessions. Where mail is sent, whoever had a password before is told.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_password(&self, user: UserId, password_hash: &str, wish: impl Into<Wish>) -> Result<()> {
        let wish = wish.into();
        let mut tx = self.write().await?;
        if self.mailing() {
            tx.post_alarm(user, wish.now).await?;
        }
        let set = Statement::new("update users set password_hash = $1 where id = $2 returning email");
        let row = tx.row(set.arg(password_hash).arg(user)).await?.ok_or(StoreError::NotFound)?;
        tx.audit_person(Some(user), &wish, Note::new(Deed::PasswordChanged, Object::user(user, row.text(0)?))).await?;
        tx.run(Statement::new("delete from sessions where user_id = $1").arg(user)).await?;
        tx.commit().await
    }

    /// Sets the language and the look (`system`, `light`, `dark`) of a person's screens.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_preferences(&self, user: UserId, lang: Lang, theme: &str) -> Result<()> {
        let set = Statement::new("update users set lang = $1, theme = $2 where id = $3");
        let changed = self.db().run(set.arg(lang.code()).arg(theme).arg(user)).await?;
        if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }
}

fn user(row: &Row) -> Result<User> {
    Ok(User {
        id: UserId::new(row.int(0)?),
        email: row.text(1)?,
        name: row.text(2)?,
        password_hash: row.opt_text(3)?,
        lang: lang(row, 4)?,
        theme: row.text(5)?,
    })
}

pub(crate) fn lang(row: &Row, column: usize) -> Result<Lang> {
    lang_of(&row.text(column)?)
}

/// A language as it is stored.
pub(crate) fn lang_of(code: &str) -> Result<Lang> {
    code.parse().map_err(|_| StoreError::Corrupt(format!("language {code:?}")))
}
