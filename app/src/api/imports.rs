//! Importing a file: look at it, say which column goes where, start, watch.

use domain::id::{ImportId, PoolId, ProfileId};
use domain::import::{ImportCounts, Mapping, Parts, Reading};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use super::jobs::JobLine;
use crate::error::AppError;

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
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLine {
    /// Its heading.
    pub heading: String,
    /// Some different values.
    pub samples: Vec<String>,
    /// The proposed field.
    pub field: Option<String>,
    /// How sure that is, in per cent.
    pub confidence: u8,
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
    /// Its way back.
    pub back: Back,
    /// What was strange about the file, in the viewer's language.
    pub warnings: Vec<String>,
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

/// An import of a pool, read as recognised or as asked.
#[server(prefix = "/api", endpoint = "imports/sheet", output = Postcard)]
pub async fn load_import(pool: PoolId, import: ImportId, reading: Option<String>) -> Result<ImportSheet, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    let asked = reading.as_deref().and_then(form::asked);
    look::sheet(&viewer, pool, import, asked).await
}

/// The first rows under another mapping.
#[server(prefix = "/api", endpoint = "imports/preview", input = Postcard, output = Postcard)]
pub async fn preview_import(pool: PoolId, import: ImportId, reading: Reading, mapping: Mapping) -> Result<PreviewTable, AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    look::preview(&viewer, pool, import, reading, &mapping).await
}

/// Start an import; its page then shows how it goes.
#[server(prefix = "/api", endpoint = "imports/start", output = Postcard)]
pub async fn start_import(
    pool: PoolId,
    import: ImportId,
    reading: String,
    columns: Vec<String>,
    used: Option<Vec<usize>>,
    key: Option<String>,
) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    let mapping = form::mapping(columns, &used.unwrap_or_default(), key)?;
    run::start(&viewer, pool, import, &reading, mapping).await
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

pub mod form;
