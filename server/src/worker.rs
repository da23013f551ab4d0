//! Claims jobs and runs them, in the serving process or in one of its own.

use std::{path::PathBuf, time::Duration};

use domain::{id::JobId, job::Job, lang::Lang};
use store::{Conflict, Store, StoreError, changes::ChangeKind};
use tokio::time::{interval, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::now,
    jobs::{self, Ended, Work},
};

/// How long a worker may be silent before another takes its job.
const LEASE: Duration = Duration::from_secs(30);
/// How long to wait for news before looking for work anyway.
const LOOK: Duration = Duration::from_secs(5);

/// Run jobs until `stop` is cancelled; a job that is running then ends its step, is given back and goes on at the
/// next start.
pub async fn run(store: Store, data_dir: PathBuf, stop: CancellationToken) {
    let worker = name();
    let upkeep = tokio::spawn(keep_up(store.clone(), stop.clone()));
    let mut changes = store.changes();
    while !stop.is_cancelled() {
        match store.claim(&worker, millis(LEASE), now()).await {
            Ok(Some(job)) => {
                let id = job.id;
                if let Err(error) = run_claimed(&store, &data_dir, job, &worker, &stop).await {
                    tracing::error!(job = %id, %error, "job could not be closed");
                }
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "no job could be claimed"),
        }
        let news = async {
            while let Ok(change) = changes.recv().await {
                if matches!(change.kind, ChangeKind::Job(_)) {
                    return;
                }
            }
            // Too many changes to follow, or none to come: look by the clock.
            sleep(Duration::from_millis(500)).await;
        };
        tokio::select! {
            () = stop.cancelled() => {}
            _ = timeout(LOOK, news) => {}
        }
    }
    // It breaks off between two steps; whatever is left is done at the next start.
    let _ = upkeep.await;
}

/// Repair what killed processes left behind, then keep the search index of all fields up with the imports.
async fn keep_up(store: Store, stop: CancellationToken) {
    let work = async {
        if let Err(error) = store.repair().await {
            tracing::error!(%error, "search indexes could not be repaired");
        }
        loop {
            match store.catch_up_pending().await {
                Ok(0) => {}
                Ok(n) => tracing::info!(profiles = n, "search index of all fields is up to date"),
                Err(error) => tracing::warn!(%error, "search index of all fields is behind"),
            }
            sleep(LOOK).await;
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = work => {}
    }
}

/// Run one job here and now, for the command line; false when another worker has it or it has ended.
pub async fn run_job(store: &Store, data_dir: PathBuf, id: JobId, stop: &CancellationToken) -> Result<bool, StoreError> {
    let worker = name();
    let Some(job) = store.claim_job(id, &worker, millis(LEASE), now()).await? else { return Ok(false) };
    run_claimed(store, &data_dir, job, &worker, stop).await?;
    Ok(true)
}

async fn run_claimed(
    store: &Store,
    data_dir: &std::path::Path,
    job: Job,
    worker: &str,
    stop: &CancellationToken,
) -> Result<(), StoreError> {
    let id = job.id;
    let lang = match job.created_by {
        Some(user) => store.user(user).await.map(|user| user.lang).unwrap_or_default(),
        None => Lang::En,
    };
    let work = Work { store: store.clone(), data_dir: data_dir.to_owned(), job, lang, stop: stop.child_token() };
    let begun = std::time::Instant::now();
    tracing::info!(job = %id, kind = work.job.kind.code(), "job begins");
    let outcome = {
        let beat = heartbeat(store, id, worker, &work.stop);
        tokio::pin!(beat);
        let handler = jobs::run(&work);
        tokio::pin!(handler);
        tokio::select! {
            outcome = &mut handler => outcome,
            // The job is lost to another worker; the handler notices by its token and ends its step.
            () = &mut beat => handler.await,
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    let closed = match outcome {
        Ok(Ended::Done(result)) => {
            tracing::info!(job = %id, seconds, "job done");
            store.finish(id, worker, &result, now()).await
        }
        Ok(Ended::Cancelled(result)) => {
            tracing::info!(job = %id, seconds, "job stopped by a person");
            store.stop(id, worker, Some(&result), now()).await
        }
        Ok(Ended::Interrupted) => {
            tracing::info!(job = %id, seconds, "job interrupted");
            store.release(id, worker).await
        }
        Err(failure) => {
            tracing::error!(job = %id, seconds, error = format!("{:#}", failure.source), "job failed");
            store.fail(id, worker, &failure.message, now()).await
        }
    };
    match closed {
        Err(StoreError::Conflict(Conflict::LeaseLost)) => Ok(()),
        other => other,
    }
}

/// Renew the lease until it is lost; a database that does not answer is asked again.
async fn heartbeat(store: &Store, id: JobId, worker: &str, lost: &CancellationToken) {
    let mut ticks = interval(LEASE / 3);
    loop {
        ticks.tick().await;
        match store.heartbeat(id, worker, millis(LEASE), now()).await {
            Err(StoreError::Conflict(Conflict::LeaseLost)) => {
                lost.cancel();
                return;
            }
            Err(error) => tracing::warn!(job = %id, %error, "lease not renewed"),
            Ok(()) => {}
        }
    }
}

/// A name that no other worker has.
fn name() -> String {
    format!("{}-{:016x}", std::process::id(), rand::random::<u64>())
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
