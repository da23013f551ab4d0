//! A pool's layout as a file: compared, applied, taken back.

use domain::id::PoolId;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// How a line of a comparison is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Comes into being.
    Added,
    /// Becomes otherwise.
    Changed,
    /// Can't be.
    Refused,
    /// Stays.
    Kept,
}

/// A line of a comparison, in the viewer's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// How it is to be taken.
    pub mark: Mark,
    /// What it is about.
    pub subject: String,
    /// What happens to it.
    pub text: String,
    /// Before and after, where something gets another value.
    pub change: Option<(String, String)>,
}

/// What a file means for a pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// How many changes there are.
    pub n: u64,
    /// What is added, changed, can't be, and stays.
    pub lines: Vec<Line>,
    /// Why the file can't be read; there are no lines then.
    pub faults: Vec<String>,
}

/// Compare a file with a pool; nothing happens to it.
#[server(prefix = "/api", endpoint = "layout/compare", output = Postcard)]
pub async fn compare_layout(pool: PoolId, text: String) -> Result<Compared, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    lines::compared(&viewer, pool, &text).await
}

/// Make a pool as a file says; how many things changed, and by which change that can be undone.
#[server(prefix = "/api", endpoint = "layout/apply", output = Postcard)]
pub async fn apply_layout(pool: PoolId, text: String) -> Result<Option<(i64, u64)>, AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    lines::apply(&viewer, pool, &text).await
}

/// Take back what a file changed.
#[server(prefix = "/api", endpoint = "layout/undo", output = Postcard)]
pub async fn undo_layout(pool: PoolId, change: i64) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Configure).await?;
    lines::undo(&viewer, pool, change).await
}
