//! Clients (Mandanten) and what each has set for itself.

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::client::{Colour, PASSWORD_LENGTH};
use domain::id::{ClientId, UserId};
use domain::lang::Lang;
use domain::problem::Problem;
use domain::role::ReadyRole;
use domain::text::Name;
use domain::time::{Millis, Zone};
use serde_json::{Value, json};

use crate::Store;
use crate::accounts::lang_of;
use crate::error::{Result, StoreError, refused};
use crate::first::read_zone;
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// How long sessions last, where a client has its own opinion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Minutes without a request after which a session ends.
    pub idle_minutes: Option<u32>,
    /// Hours after which it ends in any case.
    pub session_hours: Option<u32>,
}

/// What a client has set for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSettings {
    /// Its name.
    pub name: Name,
    /// In which its times are shown and typed.
    pub zone: Zone,
    /// The language of new people's screens.
    pub lang: Lang,
    /// Of its mark.
    pub colour: Colour,
    /// From which it sends mail.
    pub sending_domain: Option<String>,
    /// The fewest characters of a password.
    pub password_length: u32,
    /// How long sessions last.
    pub policy: Policy,
    /// Whether everybody needs a second factor to sign in.
    pub second_factor: bool,
}

/// A client in the operator's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientLine {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// How many people work for it.
    pub members: u64,
    /// How many pools it has.
    pub pools: u64,
    /// When it was made.
    pub created_at: Millis,
}

const SETTINGS: &str = "select name, zone, languages, colour, sending_domain, password_length, idle_minutes, session_hours,
        second_factor
    from clients where id = $1";

impl Store {
    /// All clients of the installation, by name; for operators.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn clients(&self) -> Result<Vec<ClientLine>> {
        const SQL: &str = "select c.id, c.name, c.created_at,
                (select count(*) from memberships m where m.client_id = c.id),
                (select count(*) from pools p where p.client_id = c.id and p.deleted_at is null)
            from clients c";
        let rows = self.db().rows(Statement::new(SQL)).await?;
        let mut clients = rows.iter().map(line).collect::<Result<Vec<_>>>()?;
        clients.sort_by_cached_key(|client| client.name.to_lowercase());
        Ok(clients)
    }

    /// Makes a client for an operator, who becomes its administrator.
    ///
    /// # Errors
    /// `Invalid` (`Taken`); `NotFound` when there is no such person.
    pub async fn found_client(&self, name: &Name, zone: &Zone, by: UserId, wish: impl Into<Wish>) -> Result<ClientId> {
        const SQL: &str = "insert into clients (name, zone, created_at) values ($1, $2, $3) returning id";
        const JOIN: &str = "insert into memberships (client_id, user_id, role, created_at, known_since)
            select $1, id, $3, $4, $4 from users where id = $2";
        let wish = wish.into();
        let mut tx = self.write().await?;
        tx.refuse_client_name(name, None).await?;
        let row = tx.row(Statement::new(SQL).arg(name.as_str()).arg(zone.name()).arg(wish.now)).await?.ok_or(StoreError::NotFound)?;
        let client = ClientId::new(row.int(0)?);
        if let Some(ddl) = crate::pool_table::create_schema(self.engine(), client) {
            tx.ddl(ddl).await?;
        }
        let join = Statement::new(JOIN).arg(client).arg(by).arg(ReadyRole::Operator.code()).arg(wish.now);
        if tx.run(join).await? == 0 {
            return Err(StoreError::NotFound);
        }
        tx.audit(client, &wish, Note::new(Deed::ClientCreated, object(client, name)).after(json!({ "zone": zone.name() })));
        tx.commit().await?;
        Ok(client)
    }

    /// What a client has set for itself.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn client_settings(&self, client: ClientId) -> Result<ClientSettings> {
        let row = self.db().row(Statement::new(SETTINGS).arg(client)).await?.ok_or(StoreError::NotFound)?;
        settings(&row)
    }

    /// Keeps what a client sets for itself.
    ///
    /// # Errors
    /// `NotFound`, `Invalid` (`Taken`).
    pub async fn change_client(&self, client: ClientId, to: &ClientSettings, wish: impl Into<Wish>) -> Result<()> {
        self.adapt_client(client, |now| now.clone_from(to), wish).await
    }

    /// The same where only some of it changes: what is now, as nobody else can change it meanwhile, is given to `change`.
    ///
    /// # Errors
    /// As [`change_client`](Self::change_client).
    pub async fn adapt_client(
        &self,
        client: ClientId,
        change: impl FnOnce(&mut ClientSettings) + Send,
        wish: impl Into<Wish>,
    ) -> Result<()> {
        const SQL: &str = "update clients set name = $2, zone = $3, languages = $4, colour = $5, sending_domain = $6,
                password_length = $7, idle_minutes = $8, session_hours = $9, second_factor = $10
            where id = $1";
        let mut tx = self.write().await?;
        tx.hold_client(client).await?;
        let was = settings(&tx.row(Statement::new(SETTINGS).arg(client)).await?.ok_or(StoreError::NotFound)?)?;
        let mut to = was.clone();
        change(&mut to);
        tx.refuse_client_name(&to.name, Some(client)).await?;
        let other = if to.lang == Lang::De { Lang::En } else { Lang::De };
        let languages = format!("{},{}", to.lang.code(), other.code());
        let set = Statement::new(SQL).arg(client).arg(to.name.as_str()).arg(to.zone.name()).arg(languages);
        let set = set.arg(to.colour.code()).arg(to.sending_domain.as_deref()).arg(i64::from(to.password_length));
        let set = set.arg(to.policy.idle_minutes.map(i64::from)).arg(to.policy.session_hours.map(i64::from));
        tx.run(set.arg(to.second_factor)).await?;
        let note = Note::new(Deed::ClientChanged, object(client, &to.name));
        tx.audit(client, &wish.into(), note.changed(told(&was), told(&to)));
        tx.commit().await
    }

    /// The fewest characters of a person's password: what the strictest of their clients wants.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn password_length(&self, user: UserId) -> Result<u32> {
        const SQL: &str = "select max(c.password_length) from clients c join memberships m on m.client_id = c.id where m.user_id = $1";
        let row = self.db().row(Statement::new(SQL).arg(user)).await?;
        let wanted = row.map_or(Ok(None), |row| row.opt_int(0))?;
        Ok(wanted.and_then(|n| u32::try_from(n).ok()).unwrap_or(PASSWORD_LENGTH))
    }

    /// Has a session go on with another client of its person.
    ///
    /// # Errors
    /// `NotFound` when the person does not work for that client.
    pub async fn switch_client(&self, token_hash: &[u8; 32], client: ClientId, wish: &Wish) -> Result<()> {
        const SQL: &str = "update sessions set client_id = $2
            where token_hash = $1
                and exists (select 1 from memberships m where m.client_id = $2 and m.user_id = sessions.user_id and m.disabled_at is null)
            returning user_id";
        let mut tx = self.write().await?;
        let row = tx.row(Statement::new(SQL).arg(token_hash).arg(client)).await?.ok_or(StoreError::NotFound)?;
        let user = UserId::new(row.int(0)?);
        tx.introduce(client, user, wish.now).await?;
        let object = tx.person(user).await?;
        tx.audit(client, wish, Note::new(Deed::SignedIn, object).after(json!({ "by": "switch" })));
        tx.commit().await
    }
}

impl Tx {
    /// Two clients of one name could not be told apart where one switches between them.
    async fn refuse_client_name(&mut self, name: &Name, but: Option<ClientId>) -> Result<()> {
        let wanted = name.as_str().to_lowercase();
        for row in self.rows(Statement::new("select id, name from clients")).await? {
            if row.text(1)?.to_lowercase() == wanted && but.is_none_or(|but| but != ClientId::new(row.int(0).unwrap_or_default())) {
                return Err(refused("name", Problem::Taken));
            }
        }
        Ok(())
    }
}

fn object(client: ClientId, name: &Name) -> Object {
    Object::new(ObjectKind::Client, client.get(), name.as_str())
}

/// What the audit log tells of a client's settings.
fn told(settings: &ClientSettings) -> Value {
    json!({
        "name": settings.name.as_str(),
        "zone": settings.zone.name(),
        "language": settings.lang.code(),
        "colour": settings.colour.code(),
        "sending_domain": settings.sending_domain,
        "password_length": settings.password_length,
        "idle_minutes": settings.policy.idle_minutes,
        "session_hours": settings.policy.session_hours,
        "second_factor": settings.second_factor,
    })
}

fn line(row: &Row) -> Result<ClientLine> {
    Ok(ClientLine {
        id: ClientId::new(row.int(0)?),
        name: row.text(1)?,
        created_at: Millis::new(row.int(2)?),
        members: row.int(3)?.unsigned_abs(),
        pools: row.int(4)?.unsigned_abs(),
    })
}

fn settings(row: &Row) -> Result<ClientSettings> {
    let number = |column| Ok::<_, StoreError>(row.opt_int(column)?.and_then(|n| u32::try_from(n).ok()));
    let name = row.text(0)?;
    let languages = row.text(2)?;
    Ok(ClientSettings {
        name: Name::parse(&name).map_err(|_| StoreError::Corrupt(format!("name of a client {name:?}")))?,
        zone: read_zone(&row.text(1)?)?,
        lang: lang_of(languages.split(',').next().unwrap_or_default())?,
        colour: row.opt_text(3)?.and_then(|code| Colour::from_code(&code)).unwrap_or_default(),
        sending_domain: row.opt_text(4)?,
        password_length: number(5)?.unwrap_or(PASSWORD_LENGTH),
        policy: Policy { idle_minutes: number(6)?, session_hours: number(7)? },
        second_factor: row.bool(8)?,
    })
}
