//! The serving process: listens, works, and ends in good order.

mod connections;
mod slow;

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use store::{Store, StoreError};
use tokio::{net::TcpListener, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    backup::{FileSaver, Place},
    clock,
    config::Settings,
    mail::{self, Post},
    metrics,
    router::router,
    session::{first::waiting_administrator, link},
    state::AppState,
    worker,
};

/// Requests and job steps get this long to end after the signal.
const LAST_ORDERS: Duration = Duration::from_secs(25);

/// Why serving could not begin or had to end.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or isn't this machine's.
    #[error("Lagune cannot listen on {0} (setting listen): {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The provider of identities can't be asked.
    #[error("{0}")]
    Provider(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The network.
    #[error("the server ended: {0}")]
    Io(#[from] std::io::Error),
}

/// A server that listens but doesn't answer yet.
pub struct Application {
    listener: TcpListener,
    state: AppState,
    address: SocketAddr,
    work: bool,
}

impl Application {
    /// Listens on the address of the settings; the database must have been migrated.
    ///
    /// # Errors
    /// The address or the provider of identities can't be used.
    pub async fn build(settings: Settings, store: Store, work: bool) -> Result<Self, ServeError> {
        let wanted = settings.listen;
        let listener = TcpListener::bind(wanted).await.map_err(|error| ServeError::Listen(wanted, error))?;
        let address = listener.local_addr()?;
        store.saved_by(Arc::new(FileSaver(Place::from(&settings))));
        let state = AppState::new(store, Arc::new(settings), CancellationToken::new()).map_err(ServeError::Provider)?;
        metrics::start();
        Ok(Self { listener, state, address, work })
    }

    /// The real address, also where port 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How browsers reach it.
    pub fn url(&self) -> String {
        self.state.settings.public_url.clone().unwrap_or_else(|| format!("http://{}", self.address))
    }

    /// A link for the first administrator, as long as there is none.
    ///
    /// # Errors
    /// The database's.
    pub async fn first_link(&self) -> Result<Option<String>, StoreError> {
        let now = clock::now();
        match waiting_administrator(&self.state.store, now).await? {
            Some(user) => link::make(&self.state.store, user, &self.url(), now).await.map(Some),
            None => Ok(None),
        }
    }

    /// Answers until the future comes, then lets everything that runs come to its end.
    ///
    /// # Errors
    /// The network's.
    pub async fn run_until(self, end: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let url = self.url();
        let Self { listener, state, work, .. } = self;
        let shutdown = state.shutdown.clone();
        let store = state.store.clone();
        let tasks = TaskTracker::new();
        let watch = store.watch().await?;
        if work {
            tasks.spawn(worker::run(store.clone(), Place::from(&*state.settings), shutdown.clone()));
            if let Some(post) = Post::of(&state.settings, &url) {
                tasks.spawn(mail::run(store.clone(), post, shutdown.clone()));
            }
        }
        tasks.spawn(prune(store.clone(), shutdown.clone()));
        tasks.close();

        let patience = state.settings.patience();
        let service = router(state);
        let ending = shutdown.clone();
        let stop = async move {
            end.await;
            tracing::info!("ending: requests and job steps that run may finish");
            ending.cancel();
        };
        let serving = tokio::spawn(connections::answer(listener, service, patience, stop));
        shutdown.cancelled().await;
        if timeout(LAST_ORDERS, serving).await.is_err() {
            tracing::warn!("some requests did not end in time and are cut off");
        }
        if timeout(LAST_ORDERS, tasks.wait()).await.is_err() {
            tracing::warn!("some work did not end in time and will be resumed at the next start");
        }
        drop(watch);
        store.close().await;
        Ok(())
    }
}

/// Removes once an hour what ran out, and mails that nobody asks about any more.
async fn prune(store: Store, shutdown: CancellationToken) {
    const HOUR: Duration = Duration::from_secs(3_600);
    const DAY: i64 = 24 * 3_600_000;
    loop {
        let now = clock::now();
        if let Err(error) = store.prune_sign_ins(now, now.plus(-DAY)).await {
            tracing::warn!(%error, "sessions that ran out could not be removed");
        }
        if let Err(error) = store.prune_mails(now.plus(-30 * DAY)).await {
            tracing::warn!(%error, "old mails could not be removed");
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(HOUR) => {}
        }
    }
}

/// Comes when the process is asked to end (SIGTERM, SIGINT).
pub async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        tracing::error!("signals cannot be heard");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
