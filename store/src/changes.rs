//! Word of changes: to every open browser of this process, and between processes.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, PoisonError};

use domain::id::{ClientId, JobId, PoolId, ProfileId};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

/// Something has changed and was committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Whose data.
    pub client: ClientId,
    /// In which pool; none for jobs.
    pub pool: Option<PoolId>,
    /// The pool's revision after the change; a job's own count of changes.
    pub revision: i64,
    /// What.
    pub kind: ChangeKind,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// These profiles were made, edited, deleted or restored.
    Profiles(Vec<ProfileId>),
    /// Many profiles at once, or some that another process changed.
    Bulk,
    /// The pool itself: its name, categories, fields or options.
    Pool,
    /// A job came further or ended.
    Job(JobId),
}

/// How many messages a slow listener may lag behind before it misses some (and is told so).
const BACKLOG: usize = 1_024;

/// The largest payload that PostgreSQL takes is just under 8 000 bytes.
const LARGEST_MESSAGE: usize = 7_900;

/// Carries changes within this process and knows which of them came from here.
#[derive(Debug)]
pub(crate) struct Bus {
    sender: broadcast::Sender<Change>,
    origin: String,
    known: Mutex<Known>,
}

/// The newest state that the listeners of this process have heard of.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The revision of each pool.
    revisions: HashMap<PoolId, i64>,
    /// The shape of each pool; none after this process changed it.
    shapes: HashMap<PoolId, i64>,
    /// The version of each recent job.
    jobs: HashMap<JobId, i64>,
}

impl Known {
    /// Takes in the state of a pool; what the listeners have not heard of yet.
    pub(crate) fn learn_pool(&mut self, pool: PoolId, revision: i64, shape: i64) -> Vec<ChangeKind> {
        let mut news = Vec::new();
        let before = self.revisions.insert(pool, revision);
        let shape_before = self.shapes.insert(pool, shape);
        match shape_before {
            Some(before) if before != shape => news.push(ChangeKind::Pool),
            // Reshaped by this process, whose listeners have heard of it.
            None if before.is_some() => {}
            None => news.push(ChangeKind::Pool),
            Some(_) => {}
        }
        if before.is_some_and(|before| before < revision) {
            news.push(ChangeKind::Bulk);
        }
        news
    }

    /// Takes in the version of a job; whether it is new to the listeners.
    pub(crate) fn learn_job(&mut self, job: JobId, version: i64) -> bool {
        self.jobs.insert(job, version) != Some(version)
    }

    fn heard(&mut self, change: &Change) {
        if let Some(pool) = change.pool {
            let revision = self.revisions.entry(pool).or_default();
            *revision = change.revision.max(*revision);
            if change.kind == ChangeKind::Pool {
                self.shapes.remove(&pool);
            }
        }
        if let ChangeKind::Job(job) = change.kind {
            self.jobs.insert(job, change.revision);
        }
    }
}

/// A change on its way through PostgreSQL.
#[derive(Serialize, Deserialize)]
struct Message {
    origin: String,
    change: Change,
}

impl Bus {
    /// The channel of PostgreSQL's `notify`.
    pub(crate) const CHANNEL: &'static str = "lagune";

    pub(crate) fn new() -> Self {
        let random = RandomState::new().build_hasher().finish();
        Self { sender: broadcast::Sender::new(BACKLOG), origin: format!("{}-{random:x}", std::process::id()), known: Mutex::default() }
    }

    /// Changes from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Change> {
        self.sender.subscribe()
    }

    /// Tells every listener of this process; that nobody listens is no failure.
    pub(crate) fn send(&self, change: Change) {
        self.known(|known| known.heard(&change));
        let _ = self.sender.send(change);
    }

    /// The text for other processes; too many profiles for one message become `Bulk`.
    pub(crate) fn message(&self, change: &Change) -> String {
        let text = self.text(change.clone());
        if text.len() <= LARGEST_MESSAGE {
            return text;
        }
        self.text(Change { kind: ChangeKind::Bulk, ..change.clone() })
    }

    fn text(&self, change: Change) -> String {
        let origin = self.origin.clone();
        serde_json::to_string(&Message { origin, change }).expect("ids and numbers have a JSON form")
    }

    /// Tells the listeners what another process sent; what came from here they have heard already.
    pub(crate) fn receive(&self, text: &str) {
        match serde_json::from_str::<Message>(text) {
            Ok(message) if message.origin != self.origin => self.send(message.change),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a message of another version was left out"),
        }
    }

    /// Reads or writes what is known. A panic elsewhere can't leave it half changed.
    pub(crate) fn known<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests;
