//! Which column of a pool's table holds which field, and how a value gets there and back.

use std::collections::BTreeMap;

use domain::field::{FieldDef, FieldKind, Internal, SqlType};
use domain::id::{OptionId, ProfileId};
use domain::permission::{Facts, Permission, Status};
use domain::pool::Pool;
use domain::profile::Profile;
use domain::value::Value;

use crate::error::Result;
use crate::pool_table::column;
use crate::row::Row;
use crate::statement::Arg;

/// A value as it is bound to its column.
pub(crate) fn to_arg(kind: FieldKind, value: Option<&Value>) -> Arg {
    match kind.sql() {
        SqlType::Text | SqlType::Set => Arg::Text(match value {
            Some(Value::Text(text)) => Some(text.clone()),
            Some(Value::Set(options)) => Some(join(options)),
            _ => None,
        }),
        SqlType::Integer => Arg::Int(match value {
            Some(Value::Int(n)) => Some(*n),
            _ => None,
        }),
        SqlType::Boolean => Arg::Bool(match value {
            Some(Value::Bool(yes)) => Some(*yes),
            _ => None,
        }),
    }
}

/// A column's value.
pub(crate) fn read_value(row: &Row, at: usize, kind: FieldKind) -> Result<Option<Value>> {
    Ok(match kind.sql() {
        SqlType::Text => row.opt_text(at)?.map(Value::Text),
        SqlType::Integer => row.opt_int(at)?.map(Value::Int),
        SqlType::Boolean => row.opt_bool(at)?.map(Value::Bool),
        SqlType::Set => row.opt_text(at)?.map(|text| Value::Set(split(&text))),
    })
}

/// Options as they stand in the column: `|12|15|`.
pub(crate) fn join(options: &[OptionId]) -> String {
    let mut out = String::from("|");
    for option in options {
        out.push_str(&option.to_string());
        out.push('|');
    }
    out
}

fn split(text: &str) -> Vec<OptionId> {
    text.split('|').filter_map(|id| id.parse().ok()).collect()
}

/// The status of a profile as a number, the place in [`Status::ALL`]: the same rule as
/// [`Status::of`], which a test holds together.
pub(crate) fn status_rank(pool: &Pool) -> String {
    let email = pool.field("EMAIL").map_or_else(|| "1 = 0".to_owned(), |field| format!("p.{} is not null", column(field)));
    let unconfirmed: Vec<String> = Permission::UNCONFIRMED.iter().map(|permission| permission.number().to_string()).collect();
    format!(
        "case when coalesce(p.persona, false) then 0 when coalesce(p.unsubscribed, false) then 1 \
         when coalesce(p.hard_bounces, 0) >= {} then 2 \
         when coalesce(p.permission, 0) in ({}) then 3 \
         when not ({email}) then 4 else 5 end",
        domain::permission::MAX_HARD_BOUNCES,
        unconfirmed.join(", "),
    )
}

/// What stands before the fields in every reading of profiles.
const FIRST_FIELD: usize = 7;

/// A reading of profiles: which fields, in which order of columns.
#[derive(Clone, Debug)]
pub(crate) struct Reading<'a> {
    fields: Vec<&'a FieldDef>,
    id_field: Option<&'a FieldDef>,
    has_email: String,
}

impl<'a> Reading<'a> {
    /// Every field.
    pub(crate) fn all(pool: &'a Pool) -> Self {
        Self::of(pool, pool.fields.iter())
    }

    /// These fields only.
    pub(crate) fn of(pool: &'a Pool, fields: impl Iterator<Item = &'a FieldDef>) -> Self {
        let mut reading = Self {
            fields: Vec::new(),
            id_field: None,
            has_email: pool.field("EMAIL").map_or_else(|| "1 = 0".to_owned(), |field| format!("p.{} is not null", column(field))),
        };
        for field in fields {
            if field.internal == Some(Internal::ProfileId) {
                reading.id_field = Some(field);
            } else {
                reading.fields.push(field);
            }
        }
        reading
    }

    /// The `select` list over the alias `p`.
    pub(crate) fn columns(&self) -> String {
        let mut out = format!("p.profile_id, p.revision, p.persona, p.unsubscribed, p.hard_bounces, p.permission, ({})", self.has_email);
        for field in &self.fields {
            out.push_str(", p.");
            out.push_str(&column(field));
        }
        out
    }

    /// How many columns the list has.
    pub(crate) fn width(&self) -> usize {
        FIRST_FIELD + self.fields.len()
    }

    /// The profile in a row.
    pub(crate) fn profile(&self, row: &Row) -> Result<Profile> {
        let id = row.int(0)?;
        let mut values = BTreeMap::new();
        if let Some(field) = self.id_field {
            values.insert(field.id, Value::Int(id));
        }
        for (n, field) in self.fields.iter().enumerate() {
            if let Some(value) = read_value(row, FIRST_FIELD + n, field.kind)? {
                values.insert(field.id, value);
            }
        }
        Ok(Profile { id: ProfileId::new(id), revision: row.int(1)?, status: status(row)?, values })
    }
}

fn status(row: &Row) -> Result<Status> {
    let permission = row.opt_int(5)?.and_then(Permission::from_number);
    Ok(Status::of(&Facts {
        persona: row.opt_bool(2)?.unwrap_or(false),
        unsubscribed: row.opt_bool(3)?.unwrap_or(false),
        hard_bounces: row.opt_int(4)?.unwrap_or(0),
        permission: permission.unwrap_or(Permission::None),
        has_email: row.bool(6)?,
    }))
}

/// The options of a set, none for any other value.
pub(crate) fn options(value: Option<&Value>) -> &[OptionId] {
    match value {
        Some(Value::Set(options)) => options,
        _ => &[],
    }
}
