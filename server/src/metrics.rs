//! Numbers for Prometheus: requests, jobs, pools. For this machine, or for whoever has the token.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{LazyLock, Mutex, Once, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::{
    id::PoolId,
    job::{JobKind, JobState},
};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::{errors::Refusal, random, security::Peer, state::AppState};

/// Upper ends of the latency histogram, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// One recorder for the process; `None` when another one was installed before.
static RECORDER: LazyLock<Option<PrometheusHandle>> = LazyLock::new(|| {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("http_request_duration_seconds".to_owned()), &BUCKETS)
        .ok()?
        .install_recorder()
        .ok()
});

/// Samples wait this long at most until they are put into their histograms; nobody else does it.
const UPKEEP: Duration = Duration::from_secs(5);

/// Pools that have been told of: one that is deleted holds nobody any more.
static POOLS: Mutex<BTreeSet<PoolId>> = Mutex::new(BTreeSet::new());

/// Begins counting; nothing is counted before.
pub(crate) fn start() {
    static UPKEPT: Once = Once::new();
    let Some(handle) = &*RECORDER else {
        tracing::warn!("numbers cannot be recorded");
        return;
    };
    UPKEPT.call_once(|| {
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(UPKEEP);
                handle.run_upkeep();
            }
        });
    });
}

/// Counts a request under its route (never its path: that would name profiles) and its status.
pub(crate) async fn measure(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("page".to_owned(), |path| path.as_str().to_owned());
    let method = known_method(request.method());
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    histogram!("http_request_duration_seconds", "route" => route.clone(), "method" => method).record(started.elapsed());
    counter!("http_requests_total", "route" => route, "method" => method, "status" => status).increment(1);
    response
}

/// Whatever else a stranger calls a method is counted together: each name is a row of its own, for ever.
fn known_method(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("OTHER")
}

/// The numbers as Prometheus reads them.
///
/// # Errors
/// Not found for everybody else.
pub(crate) async fn show(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    if !may_read(&state, &request) {
        return Err(Refusal::not_found());
    }
    let Some(handle) = &*RECORDER else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let sizes: BTreeMap<PoolId, i64> = state.store.pool_sizes().await?.into_iter().collect();
    let mut known = POOLS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    known.extend(sizes.keys());
    for pool in &known {
        gauge!("lagune_pool_profiles", "pool" => pool.to_string()).set(sizes.get(pool).copied().unwrap_or_default() as f64);
    }
    *POOLS.lock().unwrap_or_else(PoisonError::into_inner) = known;
    let jobs = state.store.job_counts().await?;
    for (kind, job_state) in JobKind::ALL.into_iter().flat_map(|kind| JobState::ALL.map(|state| (kind, state))) {
        let n: i64 = jobs.iter().filter(|(of, at, _)| (*of, *at) == (kind, job_state)).map(|(_, _, n)| n).sum();
        gauge!("lagune_jobs", "kind" => kind.code(), "state" => job_state.code()).set(n as f64);
    }
    handle.run_upkeep();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response())
}

fn may_read(state: &AppState, request: &Request) -> bool {
    if request.extensions().get::<Peer>().is_some_and(|peer| peer.local) {
        return true;
    }
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match (&state.settings.metrics_token, given.and_then(|value| value.strip_prefix("Bearer "))) {
        // Compared as hashes, so that the time it takes says nothing about the token.
        (Some(token), Some(given)) => random::hash(token.reveal()) == random::hash(given),
        _ => false,
    }
}
