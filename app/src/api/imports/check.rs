//! What would come of an import, as its page shows it.

use domain::id::{ImportId, PoolId, ProfileId};
use domain::import::{Fate, ImportCounts, Noted};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::checking;
use super::rules::RuleForm;
use crate::api::jobs::JobLine;
use crate::error::AppError;

/// So many lines on a page.
pub const N_LINES: u32 = 50;

/// A check, and the rows of one fate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckSheet {
    /// The import.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// Whether the import has begun, so that nothing can be changed any more.
    pub started: bool,
    /// What the newest check has found; none: nobody asked for one.
    pub found: Option<Found>,
}

/// What a check has found so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Its work.
    pub job: JobLine,
    /// Whether columns, rules or cells have changed since.
    pub is_old: bool,
    /// What would come of the rows.
    pub counts: ImportCounts,
    /// What would become of consent and options.
    pub noted: Noted,
    /// Which rows are shown.
    pub fate: Fate,
    /// Some of them.
    pub lines: Vec<CheckLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckLine {
    /// Its number, as a table program counts.
    pub row: u64,
    /// Whose profile it is, for who may see that.
    pub who: Option<(ProfileId, String)>,
    /// What it brings or changes.
    pub changes: Vec<Told>,
    /// Why it is left out.
    pub wrong: Option<WrongCell>,
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The field.
    pub label: String,
    /// What the profile has, for who may see that; empty: nothing.
    pub before: String,
    /// What it would have.
    pub after: String,
}

/// A cell that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongCell {
    /// The heading; empty: the whole row is meant, and there is no cell to put right.
    pub column: String,
    /// What stands there.
    pub was: String,
    /// Why it can't be read, or why the row is left out.
    pub reason: String,
    /// What somebody has put in its place.
    pub put: Option<String>,
}

/// A cell as the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CellForm {
    /// Its row.
    pub row: u64,
    /// The heading.
    pub column: String,
    /// What stands there.
    pub was: String,
    /// What the form showed.
    pub shown: String,
    /// What it is to be.
    pub value: String,
    /// Whether that goes for every row in which the column says the same.
    pub all: Option<String>,
}

/// Find out what would come of an import by these rules.
#[server(prefix = "/api", endpoint = "imports/check", output = Postcard)]
pub async fn check_import(pool: PoolId, import: ImportId, form: RuleForm) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    checking::begin(&viewer, pool, import, form.rules()?).await
}

/// The same once more, as it is now.
#[server(prefix = "/api", endpoint = "imports/check/again", output = Postcard)]
pub async fn check_again(pool: PoolId, import: ImportId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    checking::again(&viewer, pool, import).await
}

/// What a check has found, and rows of one fate behind a place.
#[server(prefix = "/api", endpoint = "imports/check/sheet", output = Postcard)]
pub async fn load_check(pool: PoolId, import: ImportId, show: Option<String>, behind: Option<String>) -> Result<CheckSheet, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    checking::sheet(&viewer, pool, import, show.as_deref(), behind.as_deref()).await
}

/// Put cells right that can't be read, and check again.
#[server(prefix = "/api", endpoint = "imports/check/correct", output = Postcard)]
pub async fn correct_cells(pool: PoolId, import: ImportId, #[server(default)] cells: Vec<CellForm>) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    checking::correct(&viewer, pool, import, cells).await
}

/// Start an import as it was checked.
#[server(prefix = "/api", endpoint = "imports/check/start", output = Postcard)]
pub async fn start_checked(pool: PoolId, import: ImportId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    checking::start(&viewer, pool, import).await
}
