//! Regular imports: what they are, when each is due, and which files came of it ([`files`]).

mod due;
pub mod files;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::id::{ClientId, MappingId, PoolId, ScheduleId, UserId};
use domain::job::JobError;
use domain::problem::Problem;
use domain::schedule::{Source, Timing, Typed, Wanted};
use domain::time::Millis;
use serde_json::json;

use crate::Store;
use crate::error::{Result, StoreError, refused};
use crate::imports::from_json;
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// A pool has at most so many.
const MOST: i64 = 100;

/// A regular import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Its id.
    pub id: ScheduleId,
    /// Where the profiles go.
    pub pool: PoolId,
    /// What people call it.
    pub name: String,
    /// Where the files come from.
    pub source: Source,
    /// By which name Lagune signs in there; empty: by none.
    pub login: String,
    /// Whether it has a password, token or key for that.
    pub has_secret: bool,
    /// The fingerprint of the SFTP server's key, since it was first met.
    pub server_key: Option<String>,
    /// The kept mapping, which may be gone; none: columns are recognised.
    pub mapping: Option<MappingId>,
    /// When.
    pub timing: Timing,
    /// From how many per cent of refused rows on somebody hears of it.
    pub percent: u8,
    /// Who.
    pub alarm_to: UserId,
    /// Who said all this last: it runs with their rights.
    pub user: UserId,
    /// Whether it rests.
    pub paused: bool,
    /// When files are looked for next, unless it rests.
    pub next_at: Millis,
    /// When they were last.
    pub ran_at: Option<Millis>,
    /// Why they could not be looked for then.
    pub problem: Option<JobError>,
}

impl Schedule {
    /// What is said of it, as if somebody had typed it; its secret stays what it is.
    pub fn typed(&self) -> Typed {
        Typed {
            name: self.name.clone(),
            source: self.source.to_string(),
            login: self.login.clone(),
            secret: String::new(),
            mapping: self.mapping.map(|id| id.to_string()).unwrap_or_default(),
            timing: self.timing.to_string(),
            percent: self.percent.to_string(),
            alarm_to: self.alarm_to.to_string(),
            paused: self.paused,
        }
    }
}

const COLUMNS: &str = "id, pool_id, name, source, login, secret is not null, server_key, mapping_id, timing, alarm_percent, alarm_user,
    user_id, paused, next_at, ran_at, problem";

impl Store {
    /// The regular imports of a pool, by name.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn import_schedules(&self, client: ClientId, pool: PoolId) -> Result<Vec<Schedule>> {
        let sql = format!("select {COLUMNS} from import_schedules where client_id = $1 and pool_id = $2 order by name, id");
        let rows = self.db().rows(Statement::new(sql).arg(client).arg(pool)).await?;
        rows.iter().map(read).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn import_schedule(&self, client: ClientId, id: ScheduleId) -> Result<Schedule> {
        let sql = format!("select {COLUMNS} from import_schedules where client_id = $1 and id = $2");
        read(&self.db().row(Statement::new(sql).arg(client).arg(id)).await?.ok_or(StoreError::NotFound)?)
    }

    /// Its secret, as it was handed over: encrypted.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn import_secret(&self, client: ClientId, id: ScheduleId) -> Result<Option<String>> {
        const SQL: &str = "select secret from import_schedules where client_id = $1 and id = $2";
        self.db().row(Statement::new(SQL).arg(client).arg(id)).await?.ok_or(StoreError::NotFound)?.opt_text(0)
    }

    /// Makes a regular import, or changes one. `sealed`: its secret, encrypted; none keeps the one it has, unless they come from
    /// another server now, or under another name: nobody shall send a secret that they don't know to a server of their choice. It runs with the rights of
    /// whoever wishes it, and first at `next_at`.
    ///
    /// # Errors
    /// `NotFound` (pool, schedule); `Invalid`: `Taken` for a name that the pool has, `UnknownChoice` for a mapping or person
    /// that the client does not have, `Required` for a person where nobody wishes it, `OutOfRange` beyond [`MOST`].
    pub async fn save_schedule(
        &self,
        client: ClientId,
        pool: PoolId,
        id: Option<ScheduleId>,
        wanted: &Wanted,
        sealed: Option<&str>,
        next_at: Millis,
        wish: &Wish,
    ) -> Result<ScheduleId> {
        const NEW: &str = "insert into import_schedules
                (client_id, pool_id, name, source, login, timing, alarm_percent, alarm_user, user_id, paused, next_at)
            select client_id, id, $3, '', '', '', 0, $4, $4, $5, 0 from pools where client_id = $1 and id = $2 and deleted_at is null
            returning id";
        const SET: &str = "update import_schedules set name = $3, source = $4, login = $5, mapping_id = $6, timing = $7,
                alarm_percent = $8, alarm_user = $9, user_id = $10, paused = $11, next_at = $12, problem = null
            where client_id = $1 and id = $2";
        const SECRET: &str = "update import_schedules set secret = $3, server_key = null where client_id = $1 and id = $2";
        const STRANGE: &str = "update import_schedules set secret = null, server_key = null where client_id = $1 and id = $2";
        let Some(user) = wish.user else { return Err(refused("alarm_to", Problem::Required)) };
        let alarm_to = wanted.alarm_to.unwrap_or(user);
        let mut tx = self.write().await?;
        tx.fits(client, pool, id, wanted, alarm_to).await?;
        let (id, was) = match id {
            Some(id) => (id, Some(tx.held_schedule(client, pool, id).await?)),
            None => {
                let new = Statement::new(NEW).arg(client).arg(pool).arg(wanted.name.as_str()).arg(user).arg(wanted.paused);
                (ScheduleId::new(tx.row(new).await?.ok_or(StoreError::NotFound)?.int(0)?), None)
            }
        };
        let set = Statement::new(SET).arg(client).arg(id).arg(wanted.name.as_str()).arg(wanted.source.to_string());
        let set = set.arg(wanted.login.as_str()).arg(wanted.mapping).arg(wanted.timing.to_string()).arg(i64::from(wanted.percent));
        tx.run(set.arg(alarm_to).arg(user).arg(wanted.paused).arg(next_at)).await?;
        if was.as_ref().is_some_and(|was| was.source.server() != wanted.source.server() || was.login != wanted.login) {
            tx.run(Statement::new(STRANGE).arg(client).arg(id)).await?;
        }
        if let Some(sealed) = sealed {
            tx.run(Statement::new(SECRET).arg(client).arg(id).arg(sealed)).await?;
        }
        let said = |source: &Source, timing: Timing, percent: u8, paused: bool| json!({ "source": source.to_string(), "timing": timing.to_string(), "percent": percent, "paused": paused });
        let mut after = said(&wanted.source, wanted.timing, wanted.percent, wanted.paused);
        after["secret"] = json!(if sealed.is_some() { "changed" } else { "kept" });
        let mut note = Note::new(Deed::ScheduleSaved, object(pool, id, wanted.name.as_str())).after(after);
        if let Some(was) = was {
            note = note.before(said(&was.source, was.timing, was.percent, was.paused));
        }
        tx.audit(client, wish, note);
        tx.commit().await?;
        Ok(id)
    }

    /// Removes one, and what is known of its files. Imports that were made by it stay.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_schedule(&self, client: ClientId, pool: PoolId, id: ScheduleId, wish: &Wish) -> Result<()> {
        let mut tx = self.write().await?;
        let was = tx.held_schedule(client, pool, id).await?;
        for sql in [
            "delete from schedule_files where client_id = $1 and schedule_id = $2",
            "delete from import_schedules where client_id = $1 and id = $2",
        ] {
            tx.run(Statement::new(sql).arg(client).arg(id)).await?;
        }
        tx.audit(client, wish, Note::new(Deed::ScheduleDeleted, object(pool, id, &was.name)));
        tx.commit().await
    }
}

/// The page on which the regular imports of a pool stand.
fn page(schedule: &Schedule) -> String {
    format!("/pools/{}/schedules", schedule.pool)
}

impl Tx {
    /// What is said of one may be so.
    async fn fits(&mut self, client: ClientId, pool: PoolId, id: Option<ScheduleId>, wanted: &Wanted, alarm_to: UserId) -> Result<()> {
        const TAKEN: &str = "select id from import_schedules where client_id = $1 and pool_id = $2 and name = $3 and id <> $4";
        const MAPPING: &str = "select id from mappings where client_id = $1 and pool_id = $2 and id = $3";
        const MEMBER: &str = "select user_id from memberships where client_id = $1 and user_id = $2 and disabled_at is null";
        const COUNT: &str = "select count(*) from import_schedules where client_id = $1 and pool_id = $2";
        let but = id.map_or(0, ScheduleId::get);
        if self.row(Statement::new(TAKEN).arg(client).arg(pool).arg(wanted.name.as_str()).arg(but)).await?.is_some() {
            return Err(refused("name", Problem::Taken));
        }
        let strange = |id: i64| Problem::UnknownChoice { value: id.to_string() };
        if let Some(mapping) = wanted.mapping
            && self.row(Statement::new(MAPPING).arg(client).arg(pool).arg(mapping)).await?.is_none()
        {
            return Err(refused("mapping", strange(mapping.get())));
        }
        if self.row(Statement::new(MEMBER).arg(client).arg(alarm_to)).await?.is_none() {
            return Err(refused("alarm_to", strange(alarm_to.get())));
        }
        let n = self.row(Statement::new(COUNT).arg(client).arg(pool)).await?.map_or(Ok(0), |row| row.int(0))?;
        if id.is_none() && n >= MOST {
            return Err(refused("name", Problem::OutOfRange { min: 1, max: MOST.unsigned_abs() }));
        }
        Ok(())
    }

    /// One as it is, held against others until the end of the transaction.
    async fn held_schedule(&mut self, client: ClientId, pool: PoolId, id: ScheduleId) -> Result<Schedule> {
        const HOLD: &str = "update import_schedules set name = name where client_id = $1 and pool_id = $2 and id = $3";
        if self.run(Statement::new(HOLD).arg(client).arg(pool).arg(id)).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.found_schedule(client, id).await
    }

    async fn found_schedule(&mut self, client: ClientId, id: ScheduleId) -> Result<Schedule> {
        let sql = format!("select {COLUMNS} from import_schedules where client_id = $1 and id = $2");
        read(&self.row(Statement::new(sql).arg(client).arg(id)).await?.ok_or(StoreError::NotFound)?)
    }
}

fn object(pool: PoolId, id: ScheduleId, name: &str) -> Object {
    Object::new(ObjectKind::Schedule, id.get(), name).within(pool)
}

fn read(row: &Row) -> Result<Schedule> {
    let corrupt = |problem: Problem| StoreError::Corrupt(format!("a schedule: {problem}"));
    Ok(Schedule {
        id: ScheduleId::new(row.int(0)?),
        pool: PoolId::new(row.int(1)?),
        name: row.text(2)?,
        source: row.text(3)?.parse().map_err(corrupt)?,
        login: row.text(4)?,
        has_secret: row.bool(5)?,
        server_key: row.opt_text(6)?,
        mapping: row.opt_int(7)?.map(MappingId::new),
        timing: row.text(8)?.parse().map_err(corrupt)?,
        percent: u8::try_from(row.int(9)?).unwrap_or(100),
        alarm_to: UserId::new(row.int(10)?),
        user: UserId::new(row.int(11)?),
        paused: row.bool(12)?,
        next_at: Millis::new(row.int(13)?),
        ran_at: row.opt_int(14)?.map(Millis::new),
        problem: row.opt_text(15)?.as_deref().map(from_json).transpose()?,
    })
}
