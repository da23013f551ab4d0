//! Work in the background, as a person sees it.

use domain::id::{JobId, PoolId};
use domain::job::{JobKind, JobState, Progress};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
pub(super) mod lines;

/// A job in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLine {
    /// Its id.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// What it does to what: "Import kunden.csv".
    pub title: String,
    /// How far it has come.
    pub state: JobState,
    /// Steps done.
    pub progress: Progress,
    /// The pool it works in.
    pub pool: Option<PoolId>,
    /// Where its result can be opened, if that has a page of its own.
    pub page: Option<String>,
    /// Where the file is that it has made, as long as it is kept.
    pub file: Option<String>,
    /// How many profiles it has changed, set back or written.
    pub n: Option<u64>,
    /// The batch that can be taken back.
    pub batch: Option<i64>,
    /// Why it failed or has to wait, in the viewer's language.
    pub error: Option<String>,
    /// When it was asked for, in the viewer's language.
    pub created: String,
    /// When it ended, in the viewer's language.
    pub finished: Option<String>,
    /// Milliseconds from its start to when this was written.
    pub elapsed: i64,
}

impl JobLine {
    /// Milliseconds that the rest will probably take, at the pace so far.
    pub fn left(&self) -> Option<i64> {
        let done = i64::try_from(self.progress.done).ok().filter(|done| *done > 0)?;
        let rest = i64::try_from(self.progress.total?).ok()? - done;
        (self.elapsed > 1_000 && rest > 0).then(|| self.elapsed / done.max(1) * rest + self.elapsed % done * rest / done)
    }
}

/// The newest jobs.
#[server(prefix = "/api", endpoint = "jobs/list", output = Postcard)]
pub async fn jobs() -> Result<Vec<JobLine>, AppError> {
    let viewer = crate::context::viewer().await?;
    lines::jobs_of(&crate::context::store(), &viewer).await
}

/// What is waiting or running.
#[server(prefix = "/api", endpoint = "jobs/active", output = Postcard)]
pub async fn active_jobs() -> Result<Vec<JobLine>, AppError> {
    let viewer = crate::context::viewer().await?;
    lines::active_of(&crate::context::store(), &viewer).await
}

/// Stop a job. What it has done by then stays.
#[server(prefix = "/api", endpoint = "jobs/cancel", output = Postcard)]
pub async fn cancel_job(job: JobId) -> Result<(), AppError> {
    let viewer = crate::context::viewer().await?;
    lines::cancel(&crate::context::store(), &viewer, job).await
}

#[cfg(test)]
mod tests;
