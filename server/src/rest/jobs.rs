//! Work that takes longer than a request.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use domain::id::JobId;

use super::{
    scope,
    shapes::{JobShape, Jobs, Problem},
};
use crate::{
    clock,
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// How many jobs the list shows.
const NEWEST: u32 = 100;

/// The newest 100 jobs
#[utoipa::path(get, operation_id = "list_jobs", path = "/jobs", tag = "jobs", responses((status = 200, body = Jobs)))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
) -> Result<Json<Jobs>, Refusal> {
    let jobs = state.store.jobs(caller.client, NEWEST).await?;
    Ok(Json(Jobs { items: jobs.iter().map(|job| JobShape::of(job, lang)).collect() }))
}

/// One job
#[utoipa::path(get, operation_id = "read_job", path = "/jobs/{job}", tag = "jobs", params(("job" = i64, Path)),
    responses((status = 200, body = JobShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(job): Path<String>,
) -> Result<Json<JobShape>, Refusal> {
    let id: JobId = scope::id(&job)?;
    Ok(Json(JobShape::of(&state.store.job(caller.client, id).await?, lang)))
}

/// Cancel a job; what it has done already stays
#[utoipa::path(post, operation_id = "cancel_job", path = "/jobs/{job}/cancel", tag = "jobs", params(("job" = i64, Path)),
    responses((status = 200, body = JobShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "It has ended already")))]
pub(super) async fn cancel(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(job): Path<String>,
) -> Result<Json<JobShape>, Refusal> {
    let id: JobId = scope::id(&job)?;
    state.store.cancel(caller.client, id, clock::now()).await?;
    Ok(Json(JobShape::of(&state.store.job(caller.client, id).await?, lang)))
}
