//! `/events?pool=`: tells an open page what changed, so that it needn't ask.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use domain::{id::PoolId, job::Job, rights::Right};
use futures::Stream;
use serde::Deserialize;
use serde_json::json;
use store::{
    Reach, Store,
    changes::{Change, ChangeKind},
};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_util::sync::CancellationToken;

use crate::{clock, errors::Refusal, session::Caller, state::AppState};

/// Something is sent at least this often, so that nobody on the way takes the silence for the end.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Which pool to hear of; without one only jobs.
#[derive(Deserialize)]
pub(crate) struct Listen {
    pool: Option<PoolId>,
}

/// The stream of changes of the caller's client.
///
/// # Errors
/// Not found, for a pool that isn't the client's.
pub(crate) async fn events(
    State(state): State<AppState>,
    caller: Caller,
    Query(listen): Query<Listen>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    // Listening before looking, so that nothing falls in between.
    let changes = state.store.changes();
    let revision = match listen.pool {
        Some(pool) => {
            caller.may(Right::SeeProfiles)?;
            Some(state.store.pool(caller.client, pool).await?.revision)
        }
        None => None,
    };
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse::<i64>().ok());
    let missed = seen.zip(revision).is_some_and(|(seen, now)| seen < now);
    let listener = Listener {
        store: state.store.clone(),
        reach: caller.reach(),
        session: caller.session_hash,
        pool: listen.pool,
        changes,
        shutdown: state.shutdown.clone(),
        // The first event carries the revision, so that a lost connection knows where it was.
        first: Some(bulk(revision.unwrap_or(0), missed)),
    };
    let stream = futures::stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

struct Listener {
    store: Store,
    reach: Reach,
    /// None for a token, which can't open this address.
    session: Option<[u8; 32]>,
    pool: Option<PoolId>,
    changes: Receiver<Change>,
    shutdown: CancellationToken,
    first: Option<Event>,
}

impl Listener {
    /// The next event; none when the process ends.
    async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let change = tokio::select! {
                () = self.shutdown.cancelled() => return None,
                change = self.changes.recv() => change,
            };
            match change {
                Ok(change) => {
                    if !self.concerns(&change) {
                        continue;
                    }
                    if !self.may_still_hear().await {
                        return None;
                    }
                    if let Some(change) = self.heard(change).await
                        && let Some(event) = self.event(change).await
                    {
                        return Some(event);
                    }
                }
                // Too slow to hear everything: say that much changed.
                Err(RecvError::Lagged(_)) => {
                    if !self.may_still_hear().await {
                        return None;
                    }
                    let revision = match self.pool {
                        Some(pool) => self.store.pool(self.reach.client(), pool).await.ok()?.revision,
                        None => 0,
                    };
                    return Some(bulk(revision, true));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Whether a change is one of this page's client and pool.
    fn concerns(&self, change: &Change) -> bool {
        change.client == self.reach.client() && (change.pool == self.pool || change.pool.is_none())
    }

    /// A stream may be open for days: it ends with its session, and hears as much as the role allows now.
    async fn may_still_hear(&mut self) -> bool {
        let Some(hash) = self.session else { return false };
        match self.store.session(&hash, clock::now()).await {
            Ok(Some(session)) if session.client == self.reach.client() => {
                self.reach = Reach::of(session.client, session.granted.rule.clone());
                self.pool.is_none() || session.granted.rights.has(Right::SeeProfiles)
            }
            Ok(_) => false,
            Err(error) => {
                tracing::warn!(%error, "whether a stream may go on was not looked up");
                false
            }
        }
    }

    /// What its reader may hear of a change.
    async fn heard(&self, change: Change) -> Option<Change> {
        let unnamed = Change { kind: ChangeKind::Bulk, ..change.clone() };
        self.store.heard(&self.reach, change).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "whom a change is about was not looked up");
            Some(unnamed)
        })
    }

    async fn event(&self, change: Change) -> Option<Event> {
        if let ChangeKind::Job(id) = change.kind {
            let job = self.store.job(self.reach.client(), id).await.ok()?;
            return Some(job_event(&job));
        }
        if change.pool.is_none() || change.pool != self.pool {
            return None;
        }
        let revision = change.revision;
        match change.kind {
            ChangeKind::Profiles(ids) => {
                let data = json!({"ids": ids, "revision": revision});
                Some(Event::default().event("profiles").id(revision.to_string()).data(data.to_string()))
            }
            ChangeKind::Bulk => Some(bulk(revision, true)),
            ChangeKind::Pool => {
                let data = json!({"revision": revision});
                Some(Event::default().event("pool").id(revision.to_string()).data(data.to_string()))
            }
            ChangeKind::Job(_) => None,
        }
    }
}

/// Much changed (`bulk`), or nothing did since the page was made (`hello`).
fn bulk(revision: i64, changed: bool) -> Event {
    let name = if changed { "bulk" } else { "hello" };
    Event::default().event(name).id(revision.to_string()).data(json!({"revision": revision}).to_string())
}

/// Without an id: it must not disturb the count of the pool's revisions.
fn job_event(job: &Job) -> Event {
    let data = json!({
        "id": job.id,
        "kind": job.kind.code(),
        "state": job.state.code(),
        "done": job.progress.done,
        "total": job.progress.total,
    });
    Event::default().event("job").data(data.to_string())
}
