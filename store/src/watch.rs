//! Hearing of what other processes changed.

use std::time::Duration;

use domain::id::{ClientId, JobId, PoolId};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgListener;
use sqlx::{PgPool, Sqlite, SqlitePool};
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

use crate::changes::{Bus, Change, ChangeKind};
use crate::db::Db;
use crate::error::{Result, StoreError};
use crate::exec;
use crate::statement::Statement;
use crate::{Reach, Store};

/// How often SQLite is asked whether another process has written; a pragma that reads no page.
const POLL: Duration = Duration::from_millis(500);

/// How long a lost connection is waited for before the next attempt.
const RECONNECT: Duration = Duration::from_secs(1);

/// Listens as long as it is kept.
#[derive(Debug)]
#[must_use = "dropped, it stops to listen"]
pub struct Watch(JoinHandle<()>);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Store {
    /// What changes from now on. Committed by this process it arrives at once; by another only
    /// while [`watch`](Self::watch) runs. A listener that lags behind is told how much it missed.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.bus().listen()
    }

    /// What somebody may hear of a change; nothing when it is another client's. Where profiles are named of whom one is out
    /// of reach, or was until now, or is from now on, they hear only that the pool has changed.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn heard(&self, reach: &Reach, change: Change) -> Result<Option<Change>> {
        if change.client != reach.client() {
            return Ok(None);
        }
        let (ChangeKind::Profiles(ids), Some(pool), false) = (&change.kind, change.pool, reach.is_whole()) else {
            return Ok(Some(change));
        };
        let within = match self.pool(reach.client(), pool).await {
            Ok(pool) => self.reached(reach, &pool, ids.clone()).await?.len(),
            // Deleted meanwhile.
            Err(StoreError::NotFound) => 0,
            Err(error) => return Err(error),
        };
        let kind = if within == ids.len() { change.kind } else { ChangeKind::Bulk };
        Ok(Some(Change { kind, ..change }))
    }

    /// Begins to hear of the changes of other processes: at once on PostgreSQL, within half a
    /// second on SQLite.
    ///
    /// # Errors
    /// Those of the engine while it begins; later it connects again by itself.
    pub async fn watch(&self) -> Result<Watch> {
        let store = self.clone();
        Ok(Watch(match self.db() {
            Db::Postgres(pool) => {
                let listener = listener(pool).await?;
                tokio::spawn(async move { store.hear(listener).await })
            }
            Db::Sqlite { read, .. } => {
                let mut poller = Poller::new(read).await?;
                self.compare(false).await?;
                let closed = read.close_event();
                tokio::spawn(async move {
                    tokio::select! {
                        () = store.poll_for_ever(&mut poller) => {}
                        // Who closes the store waits for the poller's connection.
                        _ = closed => {}
                    }
                })
            }
        }))
    }

    async fn hear(&self, mut listener: PgListener) {
        loop {
            match listener.try_recv().await {
                Ok(Some(message)) => self.bus().receive(message.payload()),
                // The connection was lost and made again; what was sent meanwhile is not repeated.
                Ok(None) => self.compare_and_warn().await,
                Err(sqlx::Error::PoolClosed) => return,
                Err(error) => {
                    tracing::warn!(%error, "changes of other processes can't be heard");
                    tokio::time::sleep(RECONNECT).await;
                }
            }
        }
    }

    async fn compare_and_warn(&self) {
        if let Err(error) = self.compare(true).await {
            tracing::warn!(%error, "missed changes can't be found out");
        }
    }

    async fn poll_for_ever(&self, poller: &mut Poller) {
        loop {
            tokio::time::sleep(POLL).await;
            match poller.has_news().await {
                Ok(true) => self.compare_and_warn().await,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "changes of other processes can't be read"),
            }
        }
    }

    /// Compares pools and jobs with what the listeners know, and tells them the difference.
    async fn compare(&self, tell: bool) -> Result<()> {
        const POOLS: &str = "select id, client_id, revision, shape from pools where deleted_at is null";
        const JOBS: &str = "select id, client_id, version from jobs order by id desc limit 100";
        let mut news = Vec::new();
        for row in self.db().rows(Statement::new(POOLS)).await? {
            let pool = PoolId::new(row.int(0)?);
            let client = ClientId::new(row.int(1)?);
            let (revision, shape) = (row.int(2)?, row.int(3)?);
            let kinds = self.bus().known(|known| known.learn_pool(pool, revision, shape));
            news.extend(kinds.into_iter().map(|kind| Change { client, pool: Some(pool), revision, kind }));
        }
        for row in self.db().rows(Statement::new(JOBS)).await? {
            let job = JobId::new(row.int(0)?);
            let client = ClientId::new(row.int(1)?);
            let revision = row.int(2)?;
            if self.bus().known(|known| known.learn_job(job, revision)) {
                news.push(Change { client, pool: None, revision, kind: ChangeKind::Job(job) });
            }
        }
        if tell {
            news.into_iter().for_each(|change| self.bus().send(change));
        }
        Ok(())
    }
}

async fn listener(pool: &PgPool) -> Result<PgListener> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(Bus::CHANNEL).await?;
    Ok(listener)
}

/// Asks one and the same connection, because the answer only compares with its own earlier ones.
struct Poller {
    connection: PoolConnection<Sqlite>,
    version: i64,
}

impl Poller {
    async fn new(read: &SqlitePool) -> Result<Self> {
        let mut poller = Self { connection: read.acquire().await?, version: 0 };
        poller.has_news().await?;
        Ok(poller)
    }

    async fn has_news(&mut self) -> Result<bool> {
        let asked = Statement::new("pragma data_version");
        let version = match exec::row(&mut *self.connection, asked).await? {
            Some(row) => row.int(0)?,
            None => self.version,
        };
        Ok(std::mem::replace(&mut self.version, version) != version)
    }
}
