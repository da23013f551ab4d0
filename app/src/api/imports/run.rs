//! A started import.

use std::sync::Arc;

use domain::id::{ImportId, PoolId};
use domain::import::{Mapping, Warning};
use domain::job::{Job, JobKind};
use domain::lang::Lang;
use domain::rights::Right;

use super::{Back, Run, TakenBack, form};
use crate::api::jobs::lines::line;
use crate::api::profiles::people::titles;
use crate::context::{Intake, Viewer, given, go, now, store};
use crate::error::AppError;
use crate::routes;

/// How many jobs are looked through for the one of an import.
const N_JOBS: u32 = 500;

/// So many profiles that stay as they are, are named on the page.
const N_NAMED: usize = 50;

pub(super) async fn start(viewer: &Viewer, pool: PoolId, import: ImportId, reading: &str, mapping: Mapping) -> Result<(), AppError> {
    let found = store().import(viewer.client, import).await?;
    if found.pool != pool {
        return Err(AppError::NotFound);
    }
    let reading = form::reading(reading).unwrap_or(found.reading);
    given::<Arc<dyn Intake>>()?.start(viewer.client, viewer.rights, import, reading, mapping, viewer.wish()).await?;
    go(&routes::one_import(pool, import));
    Ok(())
}

/// How it is doing; none as long as it hasn't been started.
pub(super) async fn run(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<Option<Run>, AppError> {
    let found = store().import(viewer.client, import).await?;
    if found.pool != pool {
        return Err(AppError::NotFound);
    }
    let jobs = store().jobs(viewer.client, None, N_JOBS).await?;
    let about = |job: &Job| job.payload.get("import").and_then(serde_json::Value::as_i64) == Some(import.get());
    let its = |kind: JobKind| jobs.iter().find(|job| job.kind == kind && about(job));
    let Some(job) = its(JobKind::Import) else { return Ok(None) };
    let undoing = its(JobKind::ImportUndo).filter(|job| !job.state.ended());
    let open = job.state.ended() && undoing.is_none() && viewer.reach().is_whole();
    let back = Back {
        open: open && store().may_undo_import(viewer.client, import, now()).await?,
        job: undoing.map(|job| line(job, viewer, Some(&found.file_name))),
        done: taken_back(viewer, pool, import).await?,
    };
    let warnings = warnings(job, viewer.lang);
    Ok(Some(Run { job: line(job, viewer, Some(&found.file_name)), counts: found.counts, back, warnings }))
}

/// What was taken back so far, and who was left as they are.
async fn taken_back(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<Option<TakenBack>, AppError> {
    let Some(undone) = store().import_undone(viewer.client, import).await? else { return Ok(None) };
    let first = &undone.named[..undone.named.len().min(N_NAMED)];
    let named = match viewer.rights.has(Right::SeeProfiles) {
        true => titles(viewer, pool, first).await?,
        false => Vec::new(),
    };
    Ok(Some(TakenBack { n: undone.n, kept: undone.kept, named }))
}

/// Has it taken back by a job, which its page shows.
pub(super) async fn undo(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<(), AppError> {
    let seen = viewer.pool(pool).await?;
    store().ask_to_undo_import(&viewer.reach(), &seen, import, viewer.wish()).await?;
    go(&routes::one_import(pool, import));
    Ok(())
}

/// What the job has noted about its file.
fn warnings(job: &Job, lang: Lang) -> Vec<String> {
    let late = job.result.as_ref().and_then(|result| result.get("late_names")).and_then(serde_json::Value::as_array);
    let names: Vec<String> = late.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    if names.is_empty() { Vec::new() } else { vec![Warning::LateNames { names }.message(lang)] }
}
