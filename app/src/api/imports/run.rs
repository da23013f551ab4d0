//! A started import.

use std::sync::Arc;

use domain::id::{ImportId, PoolId};
use domain::import::Mapping;
use domain::job::{Job, JobKind};

use super::{Run, form};
use crate::api::jobs::lines::line;
use crate::context::{Intake, Viewer, given, go, store};
use crate::error::AppError;
use crate::routes;

/// How many jobs are looked through for the one of an import.
const N_JOBS: u32 = 500;

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
    let is_its =
        |job: &Job| job.kind == JobKind::Import && job.payload.get("import").and_then(serde_json::Value::as_i64) == Some(import.get());
    let job = store().jobs(viewer.client, None, N_JOBS).await?.into_iter().find(is_its);
    Ok(job.map(|job| Run { job: line(&job, viewer, Some(&found.file_name)), counts: found.counts }))
}
