//! What a backup's file holds: its first file, the manifest, and the rows of its tables.

use serde::{Deserialize, Serialize};

use super::BackupKind;
#[cfg(doc)]
use super::FORMAT;
use crate::field::{ChoiceOption, FieldDef, FieldKind, Internal, SqlType, StandardField};
use crate::id::{CategoryId, ClientId, FieldId, OptionId, PoolId, ProfileId};
use crate::lang::Lang;
use crate::pool::Pool;
use crate::time::Millis;
use crate::value::Value;

/// The first file of a backup, `manifest.json`: what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The version of Lagune that wrote it.
    pub version: String,
    /// Whose.
    pub client: ClientId,
    /// Of which pool.
    pub pool: PoolId,
    /// What that was called.
    pub pool_name: String,
    /// What it was made for.
    pub kind: BackupKind,
    /// What somebody calls it; empty: nothing.
    #[serde(default)]
    pub name: String,
    /// The moment that it shows.
    pub made_at: Millis,
    /// The pool's revision at that moment.
    pub revision: i64,
    /// The number that the next new profile would have got: every profile made later has this one or a higher.
    pub next_profile: i64,
    /// How many profiles there are.
    pub n_profiles: u64,
    /// Whether they are all of the pool, those in its bin excepted; else only the ones that were concerned.
    pub whole: bool,
    /// The columns of the tables behind the first, in their order.
    pub columns: Vec<ManifestColumn>,
}

impl Manifest {
    /// The cells of a row in the order of the columns that this field has in the file.
    pub fn column(&self, field: FieldId) -> Option<usize> {
        self.columns.iter().position(|column| column.field == field)
    }
}

/// A column of the tables: a field as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestColumn {
    /// Its number, by which it is found again.
    pub field: FieldId,
    /// Its internal name, the heading of the column.
    pub key: String,
    /// The name that somebody gave it; empty: none.
    pub label: String,
    /// Its type.
    pub kind: FieldKind,
    /// Which of the system's own fields it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal: Option<Internal>,
    /// The options of a selection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ManifestOption>,
}

/// An option of a selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestOption {
    /// What the cells hold.
    pub id: OptionId,
    /// What people read.
    pub label: String,
}

impl ManifestColumn {
    /// The column of a field; none for the number of the profile, which stands before all others.
    pub fn of(field: &FieldDef) -> Option<Self> {
        if field.internal == Some(Internal::ProfileId) {
            return None;
        }
        let options = field.options.iter().map(|option| ManifestOption { id: option.id, label: option.label.clone() });
        Some(Self {
            field: field.id,
            key: field.key.clone(),
            label: field.label.clone(),
            kind: field.kind,
            internal: field.internal,
            options: options.collect(),
        })
    }

    /// The field as it was, as far as it is needed to show a value.
    pub fn field(&self) -> FieldDef {
        let mut field = FieldDef::new(self.key.clone(), self.kind, CategoryId::new(0));
        field.id = self.field;
        field.label.clone_from(&self.label);
        field.internal = self.internal;
        let options = self.options.iter().zip(0..);
        field.options = options.map(|(option, position)| ChoiceOption { id: option.id, label: option.label.clone(), position }).collect();
        field
    }

    /// What a cell of this column says; none for what no such field can hold.
    pub fn value(&self, cell: &str) -> Option<Value> {
        Some(match self.kind.sql() {
            SqlType::Text => Value::Text(cell.to_owned()),
            SqlType::Integer => Value::Int(cell.parse().ok()?),
            SqlType::Boolean => Value::Bool(match cell {
                "0" => false,
                "1" => true,
                _ => return None,
            }),
            SqlType::Set => Value::Set(cell.split('|').filter(|id| !id.is_empty()).map(|id| id.parse().ok()).collect::<Option<_>>()?),
        })
    }

    /// The name on the screen.
    pub fn shown(&self, lang: Lang) -> &str {
        if !self.label.is_empty() {
            return &self.label;
        }
        let own = self.internal.map(Internal::label).or_else(|| StandardField::of(&self.key).map(|field| field.label));
        own.map_or(self.key.as_str(), |text| text.get(lang))
    }
}

/// What a backup holds, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The moment that it shows.
    pub made_at: Millis,
    /// What the pool was called.
    pub pool_name: String,
    /// Whether it is the whole pool.
    pub whole: bool,
    /// How many profiles there are.
    pub n_profiles: u64,
    /// Its fields, as far as whoever looks may know of them.
    pub columns: Vec<ManifestColumn>,
    /// Its first profiles: for each column the value as it is stored.
    pub rows: Vec<(ProfileId, Vec<Option<String>>)>,
}

impl Contents {
    /// What somebody sees of it who sees the pool like this.
    pub fn of(manifest: &Manifest, rows: &[BackupRow], seen: &Pool) -> Self {
        let shown: Vec<usize> =
            (0..manifest.columns.len()).filter(|at| !(seen.partial && manifest.columns[*at].kind == FieldKind::IpAddress)).collect();
        let cells = |row: &BackupRow| shown.iter().map(|at| row.cells.get(*at)?.as_deref().map(str::to_owned)).collect();
        Self {
            made_at: manifest.made_at,
            pool_name: manifest.pool_name.clone(),
            whole: manifest.whole,
            n_profiles: manifest.n_profiles,
            columns: shown.iter().map(|at| manifest.columns[*at].clone()).collect(),
            rows: rows.iter().map(|row| (row.id, cells(row))).collect(),
        }
    }
}

/// A profile as a backup holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupRow {
    /// Which one.
    pub id: ProfileId,
    /// One for each column of the manifest: the value as the database stores it, as text. Whole numbers (a selection's
    /// option among them); points in time as milliseconds since 1970, days as days since then; 0 and 1 for no and yes on
    /// both engines; several options as `|12|15|`. None: no value.
    pub cells: Vec<Option<Box<str>>>,
}
