//! The work that takes longer than a request, one file for each kind.
//!
//! A handler may be called again for the same job after a crash and must then go on or begin anew without doing
//! anything twice. It looks at [`Work::pause`] between steps.

use std::path::PathBuf;

use domain::{
    job::{Job, JobKind, Progress},
    lang::Lang,
};
use serde_json::Value;
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

use crate::clock::now;

pub mod import;
mod upkeep;

/// A job at hand and what its handler needs.
pub struct Work {
    /// The database.
    pub store: Store,
    /// Where uploads lie.
    pub data_dir: PathBuf,
    /// The job.
    pub job: Job,
    /// The language of the person who started it; English for the command line.
    pub lang: Lang,
    /// Cancelled when this process ends or has lost the job to another.
    pub stop: CancellationToken,
}

/// How a handler ended without an error.
#[derive(Debug)]
pub enum Ended {
    /// All is done; with the answer.
    Done(Value),
    /// A person stopped it; with what was done by then.
    Cancelled(Value),
    /// The process ends; the rest is for the next worker.
    Interrupted,
}

/// Why a handler should stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// A person wishes it.
    Cancelled,
    /// The process ends.
    Interrupted,
}

/// A failed job: what the person reads, and what the log says.
#[derive(Debug)]
pub struct Failure {
    /// A sentence for the person who started the job, in her language.
    pub message: String,
    /// The inner error.
    pub source: anyhow::Error,
}

impl Failure {
    /// The database failed.
    fn store(error: StoreError, lang: Lang) -> Self {
        Failure { message: import::ImportError::Store(error).message(lang), source: anyhow::anyhow!("store") }
    }
}

impl Work {
    /// Whether to stop before the next step.
    pub async fn pause(&self) -> Result<Option<Pause>, StoreError> {
        if self.stop.is_cancelled() {
            return Ok(Some(Pause::Interrupted));
        }
        Ok(self.store.cancelled(self.job.id).await?.then_some(Pause::Cancelled))
    }

    /// Tell how far the job has come.
    pub async fn progress(&self, done: u64, total: u64) -> Result<(), StoreError> {
        self.store.progress(self.job.id, Progress { done, total: Some(total) }).await
    }
}

/// Run the handler of the job's kind.
pub async fn run(work: &Work) -> Result<Ended, Failure> {
    match work.job.kind {
        JobKind::Import => import::run(work).await,
        JobKind::Demo => upkeep::demo(work).await,
        JobKind::Purge => upkeep::purge(work).await,
        JobKind::BulkDelete => upkeep::bulk_delete(work).await,
        JobKind::Export => Err(Failure {
            message: "Exporte werden direkt heruntergeladen. / Exports are downloaded directly.".into(),
            source: anyhow::anyhow!("no handler for exports at {}", now().get()),
        }),
    }
}
