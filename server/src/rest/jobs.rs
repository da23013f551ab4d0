//! Work that takes longer than a request.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use domain::{id::JobId, job::Job, rights::Right};

use super::{
    scope,
    shapes::{JobShape, Jobs, Problem},
};
use crate::{
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
    let whose = (!caller.rights.has(Right::SeeJobs)).then_some(caller.user);
    let jobs = state.store.jobs(caller.client, whose, NEWEST).await?;
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
    Ok(Json(JobShape::of(&seen(&state, &caller, &job).await?, lang)))
}

/// A job that the caller may know of: their own, or anybody's with that right.
async fn seen(state: &AppState, caller: &Caller, named: &str) -> Result<Job, Refusal> {
    let id: JobId = scope::id(named)?;
    let job = state.store.job(caller.client, id).await?;
    if job.created_by == Some(caller.user) || caller.rights.has(Right::SeeJobs) { Ok(job) } else { Err(Refusal::not_found()) }
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
    let job = seen(&state, &caller, &job).await?;
    if job.created_by != Some(caller.user) {
        caller.may(Right::EditJobs)?;
    }
    state.store.cancel(caller.client, job.id, caller.wish(lang)).await?;
    Ok(Json(JobShape::of(&state.store.job(caller.client, job.id).await?, lang)))
}
