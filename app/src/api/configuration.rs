//! How a pool is made up, and its reshaping: who, what, do.

use domain::config::{Done, Step};
use domain::field::FieldKind;
use domain::id::{CategoryId, FieldId, OptionId, PoolId};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};

use crate::error::AppError;

pub mod entry;

#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod posted;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod saving;

use entry::{FieldEntry, Retyped, Saved};

/// How a pool is made up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// The categories in their order.
    pub categories: Vec<CategoryLine>,
    /// The fields in the order of categories, then of fields.
    pub fields: Vec<FieldLine>,
    /// How many fields a pool may have, internal ones not counted.
    pub limit: u64,
    /// When it was last changed, by the clock; empty when that is long ago.
    pub saved: String,
    /// The viewer's last change that can be undone.
    pub last: Option<i64>,
    /// Whether the viewer may change it.
    pub configures: bool,
    /// A plain form about a field that this answers and that could not be saved.
    pub retyped: Option<Box<Retyped>>,
}

/// A category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryLine {
    /// Its id.
    pub id: CategoryId,
    /// Its name on the screen.
    pub label: String,
    /// Made by somebody, so that it can be deleted.
    pub custom: bool,
}

/// A field, without its options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLine {
    /// Its id.
    pub id: FieldId,
    /// Its internal name.
    pub key: String,
    /// Its name on the screen.
    pub label: String,
    /// Its type.
    pub kind: FieldKind,
    /// Where it is filed.
    pub category: CategoryId,
    /// Must be filled in.
    pub required: bool,
    /// Whether it can be made so.
    pub may_require: bool,
    /// Profile Matching.
    pub matching: bool,
    /// Content Profiling.
    pub profiling: bool,
    /// Profile Tagging.
    pub tagging: bool,
    /// What a new profile gets, as somebody would type it.
    pub default: String,
    /// Help for those who fill it in.
    pub help: String,
    /// Whether it may be deleted: neither a standard nor an internal one.
    pub own: bool,
    /// Filled by the system.
    pub internal: bool,
    /// What uses it, in words; empty for nothing.
    pub used: String,
}

/// An option of a selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionLine {
    /// Its id.
    pub id: OptionId,
    /// Its label.
    pub label: String,
    /// How many profiles have chosen it.
    pub n: u64,
    /// A new profile gets it.
    pub default: bool,
}

/// Something that uses a field, as a line with a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseLine {
    /// What it is.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Where it can be seen.
    pub href: String,
}

/// A step is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// What it has done.
    pub done: Done,
    /// The pool after it.
    pub shape: Shape,
}

/// A plain form about a pool: every name that any of them has; `what` says which it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShapeForm {
    /// The step, by the name that its JSON has; and `undo`.
    pub what: String,
    /// A whole step from one button, the words between colons: `move_field:FIELD:CATEGORY:BEFORE`.
    pub go: String,
    /// Id of a category.
    pub category: String,
    /// Id of a field.
    pub field: String,
    /// Id of an option.
    pub option: String,
    /// Id of the right neighbour.
    pub before: String,
    /// Id of the option that was the default of a selection when the form was made.
    pub was: String,
    /// Id of a change.
    pub change: String,
    /// Name of a category, label of a field or option.
    pub label: String,
    /// Internal name.
    pub key: String,
    /// Code of a type.
    pub kind: String,
    /// `on` or nothing.
    pub required: String,
    /// `on` or nothing.
    pub matching: String,
    /// `on` or nothing.
    pub profiling: String,
    /// `on` or nothing.
    pub tagging: String,
    /// What a new profile gets; whether it gets an option: `on` or nothing.
    pub default: String,
    /// Help text.
    pub help: String,
    /// Options, one a line.
    pub options: String,
}

/// How a pool is made up.
#[server(prefix = "/api", endpoint = "configuration/show", input = GetUrl, output = Postcard)]
pub async fn show_configuration(pool: PoolId) -> Result<Shape, AppError> {
    let viewer = crate::context::may(Right::SeePools).await?;
    posted::answered(&viewer, pool, read::shape(&viewer, pool).await?).await
}

/// Reshape a pool by one step.
#[server(prefix = "/api", endpoint = "configuration/take", input = Postcard, output = Postcard)]
pub async fn take_step(pool: PoolId, step: Step) -> Result<Taken, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    let done = crate::context::store().configure(viewer.client, pool, &step, &viewer.wish()).await?;
    Ok(Taken { done, shape: read::shape(&viewer, pool).await? })
}

/// Save what was typed about a field. `was` is what stood there when the dialog was opened.
#[server(prefix = "/api", endpoint = "configuration/field", input = Postcard, output = Postcard)]
pub async fn save_field(pool: PoolId, field: FieldId, mine: FieldEntry, was: FieldEntry) -> Result<Saved, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    saving::field(&viewer, pool, field, &mine, &was).await
}

/// Give an option another label. `was` is the one that stood there when it was typed over.
#[server(prefix = "/api", endpoint = "configuration/option", input = Postcard, output = Postcard)]
pub async fn save_label(pool: PoolId, field: FieldId, option: OptionId, mine: String, was: String) -> Result<Saved, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    saving::label(&viewer, pool, field, option, &mine, &was).await
}

/// Take a change back.
#[server(prefix = "/api", endpoint = "configuration/undo", input = Postcard, output = Postcard)]
pub async fn undo_step(pool: PoolId, change: i64) -> Result<Taken, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    let done = crate::context::store().undo_change(viewer.client, pool, change, &viewer.wish()).await?;
    Ok(Taken { done, shape: read::shape(&viewer, pool).await? })
}

/// Reshape a pool by a form. A plain one goes back to the page, which offers to undo it.
#[server(prefix = "/api", endpoint = "configuration/shape", output = Postcard)]
pub async fn shape_pool(pool: PoolId, #[server(default)] form: ShapeForm) -> Result<Taken, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    form::take(&viewer, pool, form).await
}

/// The options of a selection, with how often each was chosen.
#[server(prefix = "/api", endpoint = "configuration/options", input = GetUrl, output = Postcard)]
pub async fn field_options(pool: PoolId, field: FieldId) -> Result<Vec<OptionLine>, AppError> {
    let viewer = crate::context::may(Right::SeePools).await?;
    read::options(&viewer, pool, field).await
}

/// What uses a field.
#[server(prefix = "/api", endpoint = "configuration/uses", input = GetUrl, output = Postcard)]
pub async fn field_uses(pool: PoolId, field: FieldId) -> Result<Vec<UseLine>, AppError> {
    let viewer = crate::context::may(Right::SeePools).await?;
    read::uses(&viewer, pool, field).await
}

/// What uses an option of a selection.
#[server(prefix = "/api", endpoint = "configuration/option_uses", input = GetUrl, output = Postcard)]
pub async fn option_uses(pool: PoolId, field: FieldId, option: OptionId) -> Result<Vec<UseLine>, AppError> {
    let viewer = crate::context::may(Right::SeePools).await?;
    read::option_uses(&viewer, pool, field, option).await
}

/// How many profiles have nothing in a field.
#[server(prefix = "/api", endpoint = "configuration/lacking", input = GetUrl, output = Postcard)]
pub async fn lacking(pool: PoolId, field: FieldId) -> Result<u64, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    Ok(crate::context::store().lacking(&viewer.reach(), pool, field).await?)
}

/// What a default of a type would be today, in words.
#[server(prefix = "/api", endpoint = "configuration/default", input = GetUrl, output = Postcard)]
pub async fn try_default(kind: FieldKind, typed: String) -> Result<String, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    read::default_today(&viewer, kind, &typed)
}
