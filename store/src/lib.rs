//! Everything that knows SQL: profiles, pools and jobs on SQLite and on PostgreSQL.
#![warn(missing_docs)]

pub mod accounts;
mod arg;
pub mod audit;
pub mod backups;
pub mod bin;
pub mod changes;
pub mod clients;
mod condition;
pub mod config;
pub mod conversions;
pub mod db;
mod dialect;
pub mod dump;
pub mod error;
mod exec;
pub mod export_layouts;
mod fields;
mod first;
mod history;
pub mod identities;
mod imports;
pub mod jobs;
mod layouts;
mod link_keys;
pub mod list;
pub mod load;
pub mod mails;
pub mod mappings;
pub mod members;
mod migrations;
mod open;
pub mod passkeys;
pub mod pool_table;
pub mod pools;
pub mod profiles;
mod purge;
mod reach;
pub mod restores;
pub mod roles;
pub mod row;
pub mod schedules;
mod search;
pub mod second_factor;
pub mod sessions;
mod snapshot;
pub mod statement;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
pub mod tx;
mod undone;
pub mod uploads;
mod watch;

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use domain::config::FIELD_LIMITS;

pub use changes::{Change, ChangeKind};
pub use config::PastChange;
pub use error::{Conflict, Result, StoreError};
pub use open::is_address;
pub use reach::Reach;
pub use watch::Watch;

use changes::Bus;
use db::{Db, Engine};
use tx::Tx;

/// The database of a Lagune installation. Cheap to clone; all clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    db: Db,
    bus: Arc<Bus>,
    /// What was found out about lists.
    lists: list::cache::Cache,
    /// How pools are made up.
    shapes: pools::shapes::Shapes,
    /// Held by whoever makes a sort index.
    sorting: tokio::sync::Mutex<()>,
    /// Held by whoever looks up the places of a long list.
    signposts: tokio::sync::Mutex<()>,
    /// How many fields a pool carries, internal ones not counted.
    field_limit: AtomicUsize,
    /// For how many days the audit log is kept; 0: for ever.
    audit_days: AtomicU32,
    /// Whether mail is sent.
    mailing: AtomicBool,
    /// What holds for backups.
    backup_rules: RwLock<backups::BackupRules>,
    /// Saves what is about to be deleted.
    saver: Saver,
}

/// Who saves what is about to be deleted, once there is somebody.
#[derive(Default)]
struct Saver(OnceLock<Arc<dyn backups::Saver>>);

impl std::fmt::Debug for Saver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.get().is_some() { "Saver(there)" } else { "Saver(none)" })
    }
}

impl Store {
    /// Opens the database at a `sqlite:` or `postgres:` address; creates the SQLite file and its
    /// folder when missing. The schema is brought up to date by [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// `Unusable` with a sentence that says what to do.
    pub async fn open(url: &str) -> Result<Self> {
        let db = open::open(url).await?;
        let shared = Shared {
            db,
            bus: Arc::new(Bus::new()),
            lists: Default::default(),
            shapes: Default::default(),
            sorting: Default::default(),
            signposts: Default::default(),
            field_limit: AtomicUsize::new(*FIELD_LIMITS.end()),
            audit_days: AtomicU32::new(audit::AUDIT_DAYS),
            mailing: AtomicBool::new(false),
            backup_rules: Default::default(),
            saver: Default::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Closes every connection and lets what runs come to its end.
    pub async fn close(&self) {
        self.db().close().await;
    }

    /// Lets pools of this installation carry this many fields, internal ones not counted; the nearest of [`FIELD_LIMITS`].
    pub fn limit_fields(&self, limit: usize) {
        self.shared.field_limit.store(limit.clamp(*FIELD_LIMITS.start(), *FIELD_LIMITS.end()), Ordering::Relaxed);
    }

    /// How many fields a pool carries, internal ones not counted.
    #[must_use]
    pub fn field_limit(&self) -> usize {
        self.shared.field_limit.load(Ordering::Relaxed)
    }

    pub(crate) fn db(&self) -> &Db {
        &self.shared.db
    }

    pub(crate) fn bus(&self) -> &Bus {
        &self.shared.bus
    }

    pub(crate) fn lists(&self) -> &list::cache::Cache {
        &self.shared.lists
    }

    pub(crate) fn shapes(&self) -> &pools::shapes::Shapes {
        &self.shared.shapes
    }

    pub(crate) fn sorting(&self) -> &tokio::sync::Mutex<()> {
        &self.shared.sorting
    }

    pub(crate) fn engine(&self) -> Engine {
        self.db().engine()
    }

    /// Begins a write transaction.
    pub(crate) async fn write(&self) -> Result<Tx> {
        Tx::begin(self.db(), Arc::clone(&self.shared.bus)).await
    }
}
