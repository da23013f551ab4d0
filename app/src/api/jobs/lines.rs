//! What the functions about jobs do on the server.

use domain::id::{BackupId, ImportId, JobId, PoolId, RestoreId};
use domain::job::{Job, JobKind, JobState};
use domain::rights::Right;
use domain::time::{Millis, show_time};
use store::Store;

use super::JobLine;
use crate::context::{Viewer, now};
use crate::error::AppError;
use crate::routes;

/// How many jobs the page lists.
const N_LISTED: u32 = 200;

pub(crate) async fn jobs_of(store: &Store, viewer: &Viewer) -> Result<Vec<JobLine>, AppError> {
    let whose = (!viewer.rights.has(Right::SeeJobs)).then_some(viewer.user);
    let jobs = store.jobs(viewer.client, whose, N_LISTED).await?;
    let pools = store.pools(&viewer.reach()).await?;
    let name = |id: PoolId| pools.iter().find(|pool| pool.id == id).map(|pool| pool.name.as_str());
    let shown = jobs.iter().filter(|job| job.kind != JobKind::Purge || job.state == JobState::Failed);
    Ok(shown.map(|job| line(job, viewer, pool_of(job).and_then(name))).collect())
}

pub(crate) async fn active_of(store: &Store, viewer: &Viewer) -> Result<Vec<JobLine>, AppError> {
    let mut jobs = jobs_of(store, viewer).await?;
    jobs.retain(|job| !job.state.ended());
    Ok(jobs)
}

/// Stops a job: one's own, or anybody's with that right.
pub(super) async fn cancel(store: &Store, viewer: &Viewer, id: JobId) -> Result<(), AppError> {
    let job = store.job(viewer.client, id).await?;
    if job.created_by != Some(viewer.user) {
        crate::context::may(Right::EditJobs).await?;
    }
    Ok(store.cancel(viewer.client, id, viewer.wish()).await?)
}

fn pool_of(job: &Job) -> Option<PoolId> {
    job.payload.get("pool").and_then(serde_json::Value::as_i64).map(PoolId::new)
}

/// Where the result of a job can be opened that has a page of its own.
fn page_of(job: &Job) -> Option<String> {
    let (pool, about) = (pool_of(job)?, |name: &str| job.payload.get(name).and_then(serde_json::Value::as_i64));
    if job.kind == JobKind::ScheduledImport {
        return Some(routes::schedules(pool));
    }
    // What was fetched has become one.
    let became = || job.result.as_ref()?.get("import")?.as_i64();
    match (about("import").or_else(became), about("backup"), about("restore")) {
        (Some(import), ..) if job.kind == JobKind::ImportCheck => Some(routes::import_check(pool, ImportId::new(import), None, None)),
        (Some(import), ..) => Some(routes::one_import(pool, ImportId::new(import))),
        (_, Some(backup), Some(restore)) => Some(routes::one_restore(pool, BackupId::new(backup), RestoreId::new(restore), None)),
        _ => None,
    }
}

/// Where the file of an export is, for whoever may have it.
fn file_of(job: &Job, viewer: &Viewer, until: Option<i64>) -> Option<String> {
    let own = job.created_by == Some(viewer.user);
    let there = job.kind == JobKind::Export && job.state == JobState::Done && until.is_some_and(|until| until > now().get());
    (there && own && viewer.rights.has(Right::ExportProfiles)).then(|| routes::exported(job.id))
}

/// A job as it is shown; what it is about stands in its payload.
pub(crate) fn line(job: &Job, viewer: &Viewer, pool_name: Option<&str>) -> JobLine {
    let file = job.payload.get("file_name").and_then(serde_json::Value::as_str);
    let label = job.kind.label(viewer.lang);
    let what = file.or(pool_name);
    let shown = |at: Millis| show_time(at, viewer.lang, &viewer.zone);
    let result = |name: &str| job.result.as_ref()?.get(name).cloned();
    let end = job.finished_at.unwrap_or_else(now);
    JobLine {
        id: job.id,
        kind: job.kind,
        title: what.map_or(label.to_owned(), |what| format!("{label} {what}")),
        state: job.state,
        progress: job.progress,
        pool: pool_of(job),
        page: page_of(job),
        file: file_of(job, viewer, result("until").and_then(|until| until.as_i64())),
        n: result("n").and_then(|n| n.as_u64()),
        batch: result("batch").and_then(|batch| batch.as_i64()),
        error: job.error.as_ref().map(|error| error.get(viewer.lang).to_owned()),
        created: shown(job.created_at),
        finished: job.finished_at.map(shown),
        elapsed: job.started_at.map_or(0, |start| end.get() - start.get()),
    }
}
