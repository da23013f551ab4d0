//! Claims jobs and runs them, in the serving process or in one of its own.

use std::time::Duration;

use domain::{
    id::JobId,
    job::{Job, JobKind},
    lang::Lang,
};
use store::{Conflict, Store, StoreError, changes::ChangeKind};
use tokio::time::{interval, sleep, timeout};
use tokio_util::sync::CancellationToken;

mod sign;

use crate::{
    backup::{Place, upkeep},
    clock::{hour, now},
    jobs::{self, Ended, Work},
    uploads,
};
use sign::Sign;

/// How long a worker may be silent before another takes its job, if it is not known to be dead.
const LEASE: Duration = Duration::from_secs(30);
/// How long a job that can't go on is left alone.
const LATER: Duration = Duration::from_secs(30);
/// How often each client's bin is looked through, and how often to look whether it is time.
const PURGE_EVERY: Duration = Duration::from_secs(24 * 3_600);
const PURGE_LOOK: Duration = Duration::from_secs(3_600);
/// The hours of this machine's clock in which backups are made, and how often to look whether it is time.
const NIGHT: std::ops::Range<u32> = 1..5;
const NIGHT_LOOK: Duration = Duration::from_secs(1_800);
/// How long to wait for news before looking for work anyway.
const LOOK: Duration = Duration::from_secs(5);

/// Run jobs until `stop` is cancelled; a job that is running then ends its step, is given back and goes on at the
/// next start.
pub async fn run(store: Store, place: impl Into<Place>, stop: CancellationToken) {
    let (worker, place): (String, Place) = (name(), place.into());
    let _sign = Sign::set(&place.data_dir, &worker).await;
    let upkeep = tokio::spawn(keep_up(store.clone(), stop.clone()));
    let nights = tokio::spawn(nights(store.clone(), stop.clone()));
    let regular = tokio::spawn(regular(store.clone(), stop.clone()));
    let schedule = tokio::spawn(schedule(store.clone(), place.clone(), stop.clone()));
    let mut changes = store.changes();
    while !stop.is_cancelled() {
        sign::bury_the_dead(&store, &place.data_dir).await;
        match store.claim(&worker, millis(LEASE), now()).await {
            Ok(Some(job)) => {
                let id = job.id;
                if let Err(error) = run_claimed(&store, &place, job, &worker, &stop).await {
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
    let _ = tokio::join!(upkeep, schedule, nights, regular);
}

/// See to it that what was deleted long ago goes for good, now and once a day, and with the hour files that nobody can take
/// away, or goes on sending, any more.
async fn schedule(store: Store, place: Place, stop: CancellationToken) {
    loop {
        jobs::export::sweep(&place.data_dir).await;
        uploads::sweep(&store, &place.data_dir).await;
        jobs::import::sweep(&store, &place.data_dir).await;
        if let Err(error) = upkeep::sweep(&store, &place, now()).await {
            tracing::warn!(%error, "backups could not be looked after");
        }
        if let Err(error) = store.schedule(JobKind::Purge, millis(PURGE_EVERY), now()).await {
            tracing::warn!(%error, "the bin's emptying could not be scheduled");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(PURGE_LOOK) => {}
        }
    }
}

/// See to it that regular imports look for files when their time has come, and that somebody hears of what went wrong.
async fn regular(store: Store, stop: CancellationToken) {
    loop {
        if let Err(error) = store.enqueue_due(now()).await {
            tracing::warn!(%error, "regular imports could not be begun");
        }
        if let Err(error) = store.settle_schedules(now()).await {
            tracing::warn!(%error, "regular imports could not be looked at");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(LOOK) => {}
        }
    }
}

/// See to it that each pool that changed is saved once a night, or, where this machine sleeps at night, once a day.
async fn nights(store: Store, stop: CancellationToken) {
    loop {
        // Not in the first minutes, in which everybody begins their work.
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(NIGHT_LOOK) => {}
        }
        let every = if NIGHT.contains(&hour()) { Duration::from_secs(18 * 3_600) } else { Duration::from_secs(26 * 3_600) };
        if let Err(error) = store.schedule_backups(millis(every), now()).await {
            tracing::warn!(%error, "the nightly backups could not be scheduled");
        }
    }
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
pub async fn run_job(store: &Store, place: impl Into<Place>, id: JobId, stop: &CancellationToken) -> Result<bool, StoreError> {
    let (worker, place) = (name(), place.into());
    let _sign = Sign::set(&place.data_dir, &worker).await;
    let Some(job) = store.claim_job(id, &worker, millis(LEASE), now()).await? else { return Ok(false) };
    run_claimed(store, &place, job, &worker, stop).await?;
    Ok(true)
}

async fn run_claimed(store: &Store, place: &Place, job: Job, worker: &str, stop: &CancellationToken) -> Result<(), StoreError> {
    let id = job.id;
    let lang = language(store, &job).await;
    let work = Work { store: store.clone(), place: place.clone(), job, lang, stop: stop.child_token() };
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
    let over = !matches!(outcome, Ok(Ended::Interrupted | Ended::Postponed(_)));
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
        Ok(Ended::Postponed(why)) => {
            tracing::warn!(job = %id, seconds, reason = why.en, "job postponed");
            store.postpone(id, worker, &why, now().plus(millis(LATER))).await
        }
        Err(failure) => {
            tracing::error!(job = %id, seconds, error = format!("{:#}", failure.source), "job failed");
            store.fail(id, worker, &failure.message, now()).await
        }
    };
    match closed {
        Err(StoreError::Conflict(Conflict::LeaseLost)) => Ok(()),
        Ok(()) => {
            if over {
                jobs::tidy(&work).await;
            }
            Ok(())
        }
        other => other,
    }
}

/// The language in which the job was asked for, else that of the person.
async fn language(store: &Store, job: &Job) -> Lang {
    if let Some(lang) = job.payload["lang"].as_str().and_then(|lang| lang.parse().ok()) {
        return lang;
    }
    match job.created_by {
        Some(user) => store.user(user).await.map(|user| user.lang).unwrap_or_default(),
        None => Lang::En,
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
