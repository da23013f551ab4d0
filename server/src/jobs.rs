//! The work that takes longer than a request, one file for each kind.
//!
//! A handler may be called again for the same job after a crash and must then go on or begin anew without doing
//! anything twice. It looks at [`Work::pause`] between steps.

use domain::{
    job::{Job, JobError, JobKind, Progress},
    lang::{Lang, Text},
};
use serde_json::Value;
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

use crate::backup::{BackupError, Place};

mod backup;
mod convert;
pub(crate) mod export;
pub(crate) mod fetch;
pub mod import;
mod many;
mod restore;
mod scheduled;
mod upkeep;

/// A job at hand and what its handler needs.
pub struct Work {
    /// The database.
    pub store: Store,
    /// Where files lie.
    pub place: Place,
    /// The job.
    pub job: Job,
    /// The language of the person who started it.
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
    /// It can't go on just now, for this reason; later it is tried again.
    Postponed(JobError),
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
    /// A sentence for whoever looks at the job.
    pub message: JobError,
    /// The inner error.
    pub source: anyhow::Error,
}

impl Failure {
    fn new(message: JobError, error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Failure { message, source: anyhow::Error::new(error) }
    }

    /// The database failed.
    fn store(error: StoreError) -> Self {
        let message = match &error {
            StoreError::NotFound => {
                Text::new("Was zu bearbeiten war, gibt es nicht (mehr).", "What was to be worked on does not exist (any more).")
            }
            error if error.passes() => Text::new(
                "Die Datenbank antwortet gerade nicht oder hat keinen Platz mehr. Bitte später noch einmal versuchen.",
                "The database does not answer just now or has no room left. Please try again later.",
            ),
            _ => Text::new(
                "Die Datenbank hat den Vorgang abgelehnt; im Log des Servers steht der Grund.",
                "The database refused the job; the log has the reason.",
            ),
        };
        Self::new(message.into(), error)
    }
}

/// A job that may be begun again without harm waits for better times rather than failing.
fn later(error: StoreError) -> Result<Ended, Failure> {
    const WAITS: Text = Text::new(
        "Die Datenbank antwortet gerade nicht oder hat keinen Platz mehr. Es geht von selbst weiter.",
        "The database does not answer just now or has no room left. It goes on by itself.",
    );
    if error.passes() { Ok(Ended::Postponed(WAITS.into())) } else { Err(Failure::store(error)) }
}

/// What could not be saved is not changed: the job waits for better times, or fails with the reason.
fn unsaved(error: BackupError) -> Result<Ended, Failure> {
    if error.passes() {
        tracing::warn!(%error, "a backup has to wait");
        return Ok(Ended::Postponed(error.told()));
    }
    Err(Failure::new(error.told(), error))
}

/// How a job ends that was to stop before it began.
fn paused(pause: Pause) -> Ended {
    match pause {
        Pause::Cancelled => Ended::Cancelled(Value::Object(Default::default())),
        Pause::Interrupted => Ended::Interrupted,
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

/// What is left to do once the end of a job stands in the database.
pub async fn tidy(work: &Work) {
    if work.job.kind == JobKind::Import {
        import::tidy(work).await;
    }
}

/// Run the handler of the job's kind.
pub async fn run(work: &Work) -> Result<Ended, Failure> {
    match work.job.kind {
        JobKind::Import => import::run(work).await,
        JobKind::ImportCheck => import::checking::run(work).await,
        JobKind::Demo => upkeep::demo(work).await,
        JobKind::Purge => upkeep::purge(work).await,
        JobKind::BulkDelete | JobKind::BulkEdit => many::change(work).await,
        JobKind::BulkUndo => many::undo(work).await,
        JobKind::BulkRestore => many::restore(work).await,
        JobKind::ImportUndo => many::undo_import(work).await,
        JobKind::RestoreCheck => restore::check(work).await,
        JobKind::Restore => restore::run(work).await,
        JobKind::RestoreUndo => restore::undo(work).await,
        JobKind::Convert => convert::run(work).await,
        JobKind::Export => export::run(work).await,
        JobKind::Backup => backup::run(work).await,
        JobKind::NightlyBackup => backup::nightly(work).await,
        JobKind::Fetch => fetch::run(work).await,
        JobKind::ScheduledImport => scheduled::run(work).await,
    }
}
