//! Which columns of a backup lead to which fields of the pool as it is now.

use serde::{Deserialize, Serialize};

use super::Consent;
use crate::backup::Manifest;
use crate::field::{FieldKind, Internal, SqlType};
use crate::id::{FieldId, OptionId};
use crate::lang::Text;
use crate::permission::Permission;
use crate::pool::Pool;
use crate::value::Value;

/// Why a field of a backup is not brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The pool has it no more.
    Gone,
    /// It has another type since.
    Converted,
}

impl Why {
    /// The reason in words.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Why::Gone => Text::new("gibt es nicht mehr", "does not exist any more"),
            Why::Converted => Text::new("hat jetzt einen anderen Typ", "has another type now"),
        }
    }
}

/// A field of a backup that can't be brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its internal name.
    pub key: String,
    /// The name that somebody gave it; empty: none.
    pub label: String,
    /// Why.
    pub why: Why,
}

/// A cell of a backup without the options that are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cleaned<'c> {
    /// None was.
    Whole(&'c str),
    /// These are left.
    Less(String),
    /// None is left: what stands in the field now stays there.
    Nothing,
}

/// A column of a backup whose field still is what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanColumn {
    /// The field.
    pub field: FieldId,
    /// Its type.
    pub kind: FieldKind,
    /// Which of the system's own fields it is.
    pub internal: Option<Internal>,
    /// Where its cell stands in a row of the backup.
    pub then: usize,
    /// Where the field stands among those of the pool.
    pub now: usize,
    /// Options that a cell may name and that are gone; none for a column without any.
    gone: Vec<OptionId>,
}

impl PlanColumn {
    /// The cell without the options that are gone, in the form in which the database stores it.
    #[must_use]
    pub fn cleaned<'c>(&self, cell: &'c str) -> Cleaned<'c> {
        if self.gone.is_empty() {
            return Cleaned::Whole(cell);
        }
        let is_gone = |id: &str| id.parse().is_ok_and(|id| self.gone.contains(&OptionId::new(id)));
        let ids: Vec<&str> = cell.split('|').filter(|id| !id.is_empty()).collect();
        let left: Vec<&str> = ids.iter().copied().filter(|id| !is_gone(id)).collect();
        match left.len() {
            n if n == ids.len() => Cleaned::Whole(cell),
            0 => Cleaned::Nothing,
            _ => Cleaned::Less(format!("|{}|", left.join("|"))),
        }
    }
}

/// How the rows of a backup are compared with a pool and written into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Fields of both, in the order of the file.
    pub columns: Vec<PlanColumn>,
    /// Fields of the file alone.
    pub left_out: Vec<LeftOut>,
    /// Whether the file holds the whole pool.
    pub whole: bool,
    /// Every profile of the file has a lower number.
    pub next_profile: i64,
}

impl Plan {
    /// What a backup has in common with the pool, all fields.
    #[must_use]
    pub fn of(manifest: &Manifest, pool: &Pool) -> Self {
        let (mut columns, mut left_out) = (Vec::new(), Vec::new());
        for (then, column) in manifest.columns.iter().enumerate() {
            let found = pool.fields.iter().position(|field| field.id == column.field);
            let same = found.filter(|now| pool.fields[*now].kind == column.kind && pool.fields[*now].internal == column.internal);
            let Some(now) = same.filter(|_| column.internal != Some(Internal::ProfileId)) else {
                let why = if found.is_some() { Why::Converted } else { Why::Gone };
                left_out.push(LeftOut { key: column.key.clone(), label: column.label.clone(), why });
                continue;
            };
            let known = &pool.fields[now].options;
            let gone = column.options.iter().map(|option| option.id).filter(|id| known.iter().all(|known| known.id != *id));
            columns.push(PlanColumn { field: column.field, kind: column.kind, internal: column.internal, then, now, gone: gone.collect() });
        }
        Self { columns, left_out, whole: manifest.whole, next_profile: manifest.next_profile }
    }

    /// What a row of the backup says of consent; what it does not say is the least.
    #[must_use]
    pub fn consent(&self, cells: &[Option<Box<str>>]) -> Consent {
        let cell = |internal| {
            let column = self.columns.iter().find(|column| column.internal == Some(internal))?;
            cells.get(column.then)?.as_deref()
        };
        Consent::read(cell)
    }
}

impl Consent {
    /// What the stored cells of a profile say.
    pub fn read<'c>(cell: impl Fn(Internal) -> Option<&'c str>) -> Self {
        let permission = cell(Internal::Permission).and_then(|cell| cell.parse().ok()).and_then(Permission::from_number);
        Self {
            permission: permission.unwrap_or(Permission::None),
            unsubscribed: cell(Internal::Unsubscribed).is_some_and(is_yes),
            no_tracking: cell(Internal::NoTracking).is_some_and(is_yes),
        }
    }
}

/// A stored truth: as files and SQLite have it, and as PostgreSQL prints it.
fn is_yes(cell: &str) -> bool {
    matches!(cell, "1" | "t")
}

/// A stored cell as a value; none for one that a field of this type can't have.
#[must_use]
pub fn value(kind: FieldKind, cell: &str) -> Option<Value> {
    match kind.sql() {
        SqlType::Text => Some(Value::Text(cell.to_owned())),
        SqlType::Integer => cell.parse().ok().map(Value::Int),
        SqlType::Boolean => Some(Value::Bool(is_yes(cell))),
        SqlType::Set => {
            let options: Vec<OptionId> = cell.split('|').filter_map(|id| id.parse().ok()).collect();
            (!options.is_empty()).then_some(Value::Set(options))
        }
    }
}
