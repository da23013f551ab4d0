//! Importing a file: look at it, say which column goes where, start, watch.

use domain::id::{ImportId, PoolId, ProfileId};
use domain::import::{ImportCounts, Mapping, Noted, Parts, Reading};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use super::jobs::JobLine;
use super::mappings::Kept;
use crate::error::AppError;

#[cfg(feature = "ssr")]
mod change;
#[cfg(feature = "ssr")]
mod checking;
#[cfg(feature = "ssr")]
pub(crate) mod look;
#[cfg(feature = "ssr")]
mod run;

/// An import as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportSheet {
    /// Its id.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// Where it is.
    pub stage: Stage,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    /// To be looked at and corrected.
    Look(Box<Look>),
    /// On its way, or ended.
    Run(Box<Run>),
}

/// A file that may still be corrected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Size of the file.
    pub n_bytes: u64,
    /// How it is read.
    pub reading: Reading,
    /// What it consists of.
    pub parts: Parts,
    /// What is strange about it, in the viewer's language.
    pub warnings: Vec<String>,
    /// Its columns.
    pub columns: Vec<ColumnLine>,
    /// What a column can become.
    pub fields: Vec<FieldChoice>,
    /// The field by which existing profiles are found.
    pub key: Option<String>,
    /// The first rows.
    pub preview: PreviewTable,
    /// The kept mappings of the pool.
    pub kept: Kept,
    /// Ids and names of the categories in which whoever looks may make a field.
    pub categories: Vec<(String, String)>,
}

/// A column of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLine {
    /// Its heading.
    pub heading: String,
    /// Some different values.
    pub samples: Vec<String>,
    /// The proposed field, or the word by which it is split or joined.
    pub field: Option<String>,
    /// How sure that is, in per cent.
    pub confidence: u8,
    /// Ways to split or join it: words, and what they are called.
    pub offers: Vec<(String, String)>,
    /// The code of the type that its values fit, where a field may be made of it.
    pub suits: String,
}

/// A field that a column can become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChoice {
    /// Its internal name.
    pub key: String,
    /// Its name in the viewer's language.
    pub label: String,
    /// Its icon.
    pub icon: String,
    /// Whether profiles can be found by it.
    pub matchable: bool,
}

/// The first rows as they will stand in the pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewTable {
    /// The mapped fields.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<PreviewRow>,
}

/// A row of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Its number, as a table program counts.
    pub row: u64,
    /// Why it will be refused.
    pub problem: Option<String>,
    /// Its values, and whether one is why.
    pub cells: Vec<(String, bool)>,
}

/// An import on its way, or ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its work.
    pub job: JobLine,
    /// What came of the rows so far.
    pub counts: ImportCounts,
    /// What became of consent and options so far.
    pub noted: Noted,
    /// Its way back.
    pub back: Back,
    /// What was strange about the file, in the viewer's language.
    pub warnings: Vec<String>,
    /// How many rows can be had as a file of the format in which they came.
    pub rejects: u64,
}

/// The way back of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Back {
    /// Whether it can be taken.
    pub open: bool,
    /// The job that takes it back, waiting or running.
    pub job: Option<JobLine>,
    /// What was taken back so far.
    pub done: Option<TakenBack>,
}

/// What was taken back of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// How many profiles are gone again, or as they were.
    pub n: u64,
    /// How many stay as they are, because they were changed or deleted since.
    pub kept: u64,
    /// The first of those, with what they are called.
    pub named: Vec<(ProfileId, String)>,
}

/// An import of a pool, read as recognised or as asked, and mapped by the kept mapping that was chosen (`7`, `7.2`, `0` for none),
/// else by the one that fits.
#[server(prefix = "/api", endpoint = "imports/sheet", output = Postcard)]
pub async fn load_import(
    pool: PoolId,
    import: ImportId,
    reading: Option<String>,
    mapping: Option<String>,
) -> Result<ImportSheet, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    let asked = reading.as_deref().and_then(form::asked);
    look::sheet(&viewer, pool, import, asked, mapping.as_deref()).await
}

/// The servers from which files may be fetched.
#[server(prefix = "/api", endpoint = "imports/hosts", output = Postcard)]
pub async fn import_hosts() -> Result<Vec<String>, AppError> {
    crate::context::may(Right::Import).await?;
    Ok(crate::context::given::<std::sync::Arc<dyn crate::context::Intake>>()?.hosts())
}

/// Fetch a file from one of them; when it is there, its import can be looked at.
#[server(prefix = "/api", endpoint = "imports/fetch", output = Postcard)]
pub async fn fetch_import(pool: PoolId, #[server(default)] address: String) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    run::fetch(&viewer, pool, address).await
}

/// The first rows under another mapping.
#[server(prefix = "/api", endpoint = "imports/preview", input = Postcard, output = Postcard)]
pub async fn preview_import(pool: PoolId, import: ImportId, reading: Reading, mapping: Mapping) -> Result<PreviewTable, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    look::preview(&viewer, pool, import, reading, &mapping).await
}

/// Start an import, whose page then shows how it goes, or go on to its rules.
#[server(prefix = "/api", endpoint = "imports/start", output = Postcard)]
pub async fn start_import(
    pool: PoolId,
    import: ImportId,
    reading: String,
    columns: Vec<String>,
    used: Option<Vec<usize>>,
    key: Option<String>,
    kept: Option<String>,
    then: Option<String>,
) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    let (mapping, key) = form::mapping(columns, &used.unwrap_or_default(), key, then.is_some())?;
    let told = run::Told { reading, mapping, key, kept };
    run::start(&viewer, pool, import, told, then.is_some()).await
}

/// Split a column, or join several, and look at the import so.
#[server(prefix = "/api", endpoint = "imports/divide", output = Postcard)]
pub async fn divide_column(
    pool: PoolId,
    import: ImportId,
    reading: String,
    columns: Vec<String>,
    used: Option<Vec<usize>>,
    key: Option<String>,
    kept: Option<String>,
    #[server(default)] divide: DivideForm,
) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    let told = change::Told { reading, mapping: form::ticked(columns, &used.unwrap_or_default()), key, kept };
    change::divide(&viewer, pool, import, told, &divide).await
}

/// Make a field of a column, and look at the import so.
#[server(prefix = "/api", endpoint = "imports/field", output = Postcard)]
pub async fn field_of_column(
    pool: PoolId,
    import: ImportId,
    reading: String,
    columns: Vec<String>,
    used: Option<Vec<usize>>,
    key: Option<String>,
    kept: Option<String>,
    #[server(default)] field: NewFieldForm,
) -> Result<(), AppError> {
    crate::context::may(Right::Configure).await?;
    let viewer = crate::context::may(Right::Import).await?;
    let told = change::Told { reading, mapping: form::ticked(columns, &used.unwrap_or_default()), key, kept };
    change::field(&viewer, pool, import, told, &field).await
}

/// The rules of an import.
#[server(prefix = "/api", endpoint = "imports/rules", output = Postcard)]
pub async fn load_rules(pool: PoolId, import: ImportId) -> Result<RuleSheet, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    run::rules(&viewer, pool, import).await
}

/// Start an import by these rules.
#[server(prefix = "/api", endpoint = "imports/begin", output = Postcard)]
pub async fn begin_import(pool: PoolId, import: ImportId, form: RuleForm) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    let name = form.keep.trim().to_owned();
    run::begin(&viewer, pool, import, form.rules()?, &name).await
}

/// Take an import back: what it made goes into the bin, what it changed becomes what it was.
#[server(prefix = "/api", endpoint = "imports/undo", output = Postcard)]
pub async fn undo_import(pool: PoolId, import: ImportId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    run::undo(&viewer, pool, import).await
}

/// How a started import is doing.
#[server(prefix = "/api", endpoint = "imports/run", output = Postcard)]
pub async fn watch_import(pool: PoolId, import: ImportId) -> Result<Run, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    run::run(&viewer, pool, import).await?.ok_or(AppError::NotFound)
}

pub mod check;
pub mod divide;
pub mod form;
pub mod rules;

use divide::{DivideForm, NewFieldForm};

use rules::{RuleForm, RuleSheet};
