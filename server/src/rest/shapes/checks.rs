//! Checks of imports over the wire.

use domain::{import::Correction, job::Job, lang::Lang, pool::Pool, value::to_json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::load::{CheckRow, FoundCheck};
use utoipa::ToSchema;

use super::{Counts, NotedShape};

/// What a check has found.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct CheckShape {
    /// waiting, running, done, failed, cancelled
    #[schema(example = "done")]
    state: &'static str,
    /// Its job.
    #[schema(example = 17)]
    job: i64,
    /// Whether columns, rules or cells have changed since.
    is_old: bool,
    /// What would come of the rows.
    counts: Counts,
    noted: NotedShape,
}

impl CheckShape {
    pub(in crate::rest) fn of(check: &FoundCheck, job: &Job) -> Self {
        Self { state: job.state.code(), job: job.id.get(), is_old: check.is_old, counts: check.counts.into(), noted: check.noted.into() }
    }
}

/// Rows of a fate.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct CheckRows {
    items: Vec<CheckRowShape>,
    /// Where the next answer goes on; `null`: that was all.
    #[schema(example = "120.7")]
    next: Option<String>,
}

impl CheckRows {
    /// `sees`: whether the reader may know what profiles have now.
    pub(in crate::rest) fn of(pool: &Pool, rows: &[CheckRow], limit: u32, sees: bool, lang: Lang) -> Self {
        let next = rows.last().filter(|_| rows.len() == limit as usize).map(|last| format!("{}.{}", last.row, last.id));
        Self { items: rows.iter().map(|row| CheckRowShape::of(pool, row, sees, lang)).collect(), next }
    }
}

/// A row that would be taken over, or a cell why it would not.
#[derive(Serialize, ToSchema)]
struct CheckRowShape {
    /// As a table program counts.
    #[schema(example = 120)]
    row: u64,
    /// Whose profile it is; `null`: a new one, or nobody's.
    profile: Option<i64>,
    /// The values of a new profile, or those that would change.
    changes: Vec<CheckChange>,
    /// The heading of the cell that can't be read.
    column: Option<String>,
    /// What stands there.
    value: Option<String>,
    /// Why not, as a word for programs.
    #[schema(example = "not_an_email")]
    code: Option<&'static str>,
    /// Why not, as a sentence.
    reason: Option<String>,
}

/// A value before and after.
#[derive(Serialize, ToSchema)]
struct CheckChange {
    #[schema(example = "CITY")]
    field: String,
    #[schema(value_type = Object)]
    before: Value,
    #[schema(value_type = Object)]
    after: Value,
}

impl CheckRowShape {
    fn of(pool: &Pool, row: &CheckRow, sees: bool, lang: Lang) -> Self {
        let change = |change: &domain::history::FieldChange| {
            let field = pool.field(&change.key)?;
            let said = |value: &Option<domain::value::Value>| value.as_ref().map_or(Value::Null, |value| to_json(field, value));
            let before = if sees { said(&change.before) } else { Value::Null };
            Some(CheckChange { field: change.key.clone(), before, after: said(&change.after) })
        };
        let problem = row.problem.as_ref();
        Self {
            row: row.row,
            profile: row.profile.filter(|_| sees).map(domain::id::ProfileId::get),
            changes: row.changes.iter().filter_map(change).collect(),
            column: problem.map(|problem| problem.column.clone()),
            value: problem.map(|problem| problem.value.clone()),
            code: problem.map(|problem| problem.reason.code()),
            reason: problem.map(|problem| problem.reason.message(lang)),
        }
    }
}

/// Cells that were put right.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Cells {
    pub(in crate::rest) items: Vec<CellShape>,
}

/// A cell that was put right.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct CellShape {
    /// As a table program counts; `null`: every row in which the column says the same.
    row: Option<u64>,
    #[schema(example = "E-Mail")]
    column: String,
    #[schema(example = "anna(at)example.com")]
    was: String,
    #[schema(example = "anna@example.com")]
    value: String,
}

impl From<Correction> for CellShape {
    fn from(Correction { row, column, was, value }: Correction) -> Self {
        Self { row, column, was, value }
    }
}

/// Cells to put right.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of a body that is read field by field")]
pub(in crate::rest) struct CorrectionsInput {
    /// At most 10 000.
    cells: Vec<CellInput>,
}

/// A cell to put right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::rest) struct CellInput {
    /// As a table program counts; without it every row in which the column says the same.
    pub(in crate::rest) row: Option<u64>,
    /// The heading, as refusals name it.
    #[schema(example = "E-Mail")]
    pub(in crate::rest) column: String,
    /// What stands there, as refusals show it.
    #[schema(example = "anna(at)example.com")]
    pub(in crate::rest) was: String,
    /// What is read instead; empty: nothing.
    #[schema(example = "anna@example.com")]
    pub(in crate::rest) value: String,
}
