//! A field gets another type: choose it, look at what would become of the values, start, take back. And options are merged.

use domain::convert::Preview;
use domain::id::{FieldId, OptionId, PoolId, ProfileId};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use super::jobs::JobLine;
use crate::error::AppError;

#[cfg(feature = "ssr")]
mod sheet;

/// A type that a field can get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLine {
    /// Its name in forms.
    pub code: String,
    /// Its name in the viewer's language.
    pub label: String,
    /// Its icon.
    pub icon: String,
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConvertSheet {
    /// The field's name.
    pub label: String,
    /// Its type now.
    pub now: KindLine,
    /// What it can become.
    pub kinds: Vec<KindLine>,
    /// What the wanted type would make of the values.
    pub trial: Option<(KindLine, Preview, Vec<FailureLine>)>,
    /// Why it can't be converted, where that is so.
    pub fixed: Option<String>,
    /// The last conversion, if it is under way or can still be taken back.
    pub last: Option<LastConversion>,
}

/// A value that can't be of the wanted type, in the viewer's words: a `Problem` itself can't travel in postcard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureLine {
    /// Whose.
    pub profile: ProfileId,
    /// As people read it.
    pub value: String,
    /// Why not, and what to do.
    pub reason: String,
}

/// A conversion that was started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastConversion {
    /// Its id.
    pub id: i64,
    /// Its work.
    pub job: JobLine,
    /// It takes another one back.
    pub back: bool,
    /// The type that it leads to.
    pub to: String,
    /// How many profiles had a value.
    pub values: u64,
    /// How many of these have one now.
    pub converted: u64,
    /// Of a way back: how many could not be converted.
    pub kept: u64,
    /// Until when it can be taken back, in the viewer's language.
    pub until: Option<String>,
}

/// What became of a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Merging {
    /// It is done: so many profiles moved along, and this batch takes it back.
    Done {
        /// For `undo_batch`.
        batch: i64,
        /// How many profiles.
        n: u64,
    },
    /// A job does it.
    Job,
}

/// The field, and what a type would make of it.
#[server(prefix = "/api", endpoint = "convert/sheet", output = Postcard)]
pub async fn load_convert(pool: PoolId, field: FieldId, to: Option<String>) -> Result<ConvertSheet, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    sheet::sheet(&viewer, pool, field, to.as_deref()).await
}

/// Start a conversion; its page then shows how it goes.
#[server(prefix = "/api", endpoint = "convert/start", output = Postcard)]
pub async fn start_conversion(pool: PoolId, field: FieldId, to: String) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    sheet::start(&viewer, pool, field, &to).await
}

/// Take a conversion back.
#[server(prefix = "/api", endpoint = "convert/undo", output = Postcard)]
pub async fn undo_conversion(pool: PoolId, field: FieldId, conversion: i64) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    sheet::undo(&viewer, pool, field, conversion).await
}

/// Merge an option of a selection into another one.
#[server(prefix = "/api", endpoint = "options/merge", output = Postcard)]
pub async fn merge_options(pool: PoolId, field: FieldId, from: OptionId, to: OptionId) -> Result<Merging, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    sheet::merge(&viewer, pool, field, from, to).await
}
