//! A field gets another type. Its values move to a column of their own, part by part, while everybody goes on reading and
//! writing the former one; then both are exchanged in one go. The former column waits for the way back.
//!
//! What is filled belongs to a place in the row of the conversion that moves in the same transaction: a process that was
//! killed goes on where it stood, or nothing has changed. The first pass takes all profiles, each further one those that
//! were changed since the last began; the exchange takes the rest, and holds off every writer meanwhile.

mod begin;
mod exchange;
mod fill;
mod free;
mod preview;

use domain::convert::Converter;
use domain::field::{FieldDef, FieldKind};
use domain::id::{ClientId, FieldId, JobId, PoolId};
use domain::job::JobState;
use domain::lang::Lang;
use domain::time::Millis;

use crate::Store;
use crate::config::Site;
use crate::error::{Result, StoreError};
use crate::pool_table::own_column;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;

/// For so long a conversion can be taken back.
pub use crate::bin::KEPT;
pub use begin::Begun;
pub use fill::Filling;

/// A field on its way to another type, or there.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// Its id.
    pub id: i64,
    /// The pool.
    pub pool: PoolId,
    /// Which field.
    pub field: FieldId,
    /// The job that does it.
    pub job: Option<JobId>,
    /// The conversion that it takes back.
    pub undoes: Option<i64>,
    /// The type before.
    pub from: FieldKind,
    /// The type after.
    pub to: FieldKind,
    /// How many profiles had a value.
    pub values: u64,
    /// How many of these have one in the new type.
    pub converted: u64,
    /// Of a way back: values that were changed since and can't be converted, so that the former one came back.
    pub kept: u64,
    /// How far its job has come.
    pub state: JobState,
    /// When it was asked for.
    pub created_at: Millis,
    /// Since when the field has its new type; none as long as nothing has changed.
    pub swapped_at: Option<Millis>,
    /// Until when it can be taken back; none when that is not possible.
    pub until: Option<Millis>,
    pub(crate) lang: Lang,
    pub(crate) from_column: Option<i64>,
    pub(crate) before: FieldDef,
    pub(crate) options: Vec<i64>,
    pub(crate) seen: i64,
    pub(crate) next_seen: i64,
    pub(crate) next_profile: i64,
}

const COLUMNS: &str = "c.id, c.pool_id, c.field_id, c.job_id, c.undoes, c.from_kind, c.from_column, c.to_kind, c.lang, c.field, c.options,
    c.seen, c.next_seen, c.next_profile, c.n_values, c.n_converted, c.n_kept, c.created_at, c.swapped_at, c.freed_at,
    (select state from jobs j where j.id = c.job_id), (select f.column_no from fields f where f.id = c.field_id)";

impl Conversion {
    /// The column that is filled.
    pub(crate) fn new_column(&self) -> String {
        own_column(self.field, Some(self.id))
    }

    /// The column that the field had.
    pub(crate) fn old_column(&self) -> String {
        own_column(self.field, self.from_column)
    }
}

impl Store {
    /// A conversion.
    ///
    /// # Errors
    /// `NotFound` when the pool has no such conversion.
    pub async fn conversion(&self, client: ClientId, pool: PoolId, id: i64) -> Result<Conversion> {
        let sql = format!("select {COLUMNS} from conversions c where c.client_id = $1 and c.pool_id = $2 and c.id = $3");
        let row = self.db().row(Statement::new(sql).arg(client).arg(pool).arg(id)).await?;
        read(&row.ok_or(StoreError::NotFound)?)
    }

    /// The last conversion of a field, if there was one.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn last_conversion(&self, client: ClientId, pool: PoolId, field: FieldId) -> Result<Option<Conversion>> {
        let sql = format!(
            "select {COLUMNS} from conversions c where c.client_id = $1 and c.pool_id = $2 and c.field_id = $3 order by c.id desc limit 1"
        );
        let row = self.db().row(Statement::new(sql).arg(client).arg(pool).arg(field)).await?;
        row.as_ref().map(read).transpose()
    }
}

impl Tx {
    /// A conversion whose pool still is there, as this transaction sees it.
    async fn conversion(&mut self, client: ClientId, id: i64) -> Result<Conversion> {
        let sql = format!(
            "select {COLUMNS} from conversions c join pools p on p.id = c.pool_id
            where c.client_id = $1 and c.id = $2 and p.deleted_at is null"
        );
        let row = self.row(Statement::new(sql).arg(client).arg(id)).await?;
        read(&row.ok_or(StoreError::NotFound)?)
    }

    /// A conversion that has not exchanged its columns, for nobody else until this transaction ends: PostgreSQL may still be
    /// committing for a worker that was killed.
    async fn open_conversion(&mut self, client: ClientId, id: i64) -> Result<Option<Conversion>> {
        const TAKE: &str = "update conversions set seen = seen where client_id = $1 and id = $2 and swapped_at is null";
        if self.run(Statement::new(TAKE).arg(client).arg(id)).await? == 0 {
            self.conversion(client, id).await?;
            return Ok(None);
        }
        self.conversion(client, id).await.map(Some)
    }

    /// The ways that values take: towards the new type, and of a way back also the one that they once came.
    async fn ways(&mut self, site: &Site, conversion: &Conversion) -> Result<Ways> {
        let field = self.field(site, conversion.field).await?;
        let from = FieldDef { kind: conversion.from, ..field.clone() };
        let to = FieldDef { kind: conversion.to, ..field };
        let zone = site.zone;
        let Some(undoes) = conversion.undoes else {
            return Ok(Ways { towards: Converter::new(from, to, conversion.lang, zone), origin: None });
        };
        let former = self.conversion(site.client, undoes).await?;
        let once = Converter::new(to.clone(), from.clone(), former.lang, zone);
        let origin = Origin { column: former.old_column(), once };
        Ok(Ways { towards: Converter::new(from, to, former.lang, zone), origin: Some(origin) })
    }
}

/// How values are converted.
struct Ways {
    towards: Converter,
    origin: Option<Origin>,
}

/// Where the former values lie, and the way that they were converted.
struct Origin {
    column: String,
    once: Converter,
}

fn read(row: &Row) -> Result<Conversion> {
    let count = |n: i64| n.unsigned_abs();
    let kind = |column: usize| -> Result<FieldKind> {
        let code = row.text(column)?;
        FieldKind::from_code(&code).ok_or(StoreError::Corrupt(code))
    };
    let id = row.int(0)?;
    let swapped_at = row.opt_int(18)?.map(Millis::new);
    let freed = row.opt_int(19)?.is_some();
    let state = row.opt_text(20)?.and_then(|code| JobState::from_code(&code));
    let current = row.opt_int(21)? == Some(id);
    Ok(Conversion {
        id,
        pool: PoolId::new(row.int(1)?),
        field: FieldId::new(row.int(2)?),
        job: row.opt_int(3)?.map(JobId::new),
        undoes: row.opt_int(4)?,
        from: kind(5)?,
        from_column: row.opt_int(6)?,
        to: kind(7)?,
        lang: row.text(8)?.parse().map_err(|_| StoreError::Corrupt("a conversion's language".to_owned()))?,
        before: json(&row.text(9)?)?,
        options: json(&row.text(10)?)?,
        seen: row.int(11)?,
        next_seen: row.int(12)?,
        next_profile: row.int(13)?,
        values: count(row.int(14)?),
        converted: count(row.int(15)?),
        kept: count(row.int(16)?),
        created_at: Millis::new(row.int(17)?),
        // Jobs that ended long ago may be gone.
        state: state.unwrap_or(if swapped_at.is_some() { JobState::Done } else { JobState::Cancelled }),
        swapped_at,
        until: swapped_at.filter(|_| current && !freed).map(|at| at.plus(KEPT)),
    })
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}
