//! Regular imports.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    id::{PoolId, ScheduleId},
    lang::Lang,
    rights::Right,
    schedule::{Source, Typed},
};
use store::{StoreError, schedules::Schedule};

use super::{
    body::Body,
    scope,
    shapes::{JobShape, Problem, ScheduleFileShape, ScheduleFiles, ScheduleInput, ScheduleShape, Schedules},
};
use crate::{
    errors::{Language, Refusal},
    schedules::{inbox, save},
    session::Caller,
    state::AppState,
};

/// How many files are told.
const FILES: u32 = 100;

/// The regular imports of a pool
#[utoipa::path(get, operation_id = "list_schedules", path = "/pools/{pool}/schedules", tag = "imports",
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = Schedules), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
) -> Result<Json<Schedules>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let items = state.store.import_schedules(caller.client, pool.id).await?;
    Ok(Json(Schedules { items: items.into_iter().map(|one| shape(&state, &caller, one, lang)).collect() }))
}

/// Import regularly
///
/// Files of a folder, of a web server or of an SFTP server: each that is new, or whose content is another, becomes an import. They are
/// imported with the rights of whoever saved this last. Refused rows above a share, and whatever goes wrong, are told by mail.
#[utoipa::path(post, operation_id = "create_schedule", path = "/pools/{pool}/schedules", tag = "imports", request_body = ScheduleInput,
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 201, body = ScheduleShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let typed = ScheduleInput::over(&mut body, Typed::default());
    body.also(typed.clone().read());
    body.end()?;
    let id = save(&state, &caller, pool.id, None, typed, lang).await?;
    let made = state.store.import_schedule(caller.client, id).await?;
    Ok((StatusCode::CREATED, Json(shape(&state, &caller, made, lang))).into_response())
}

/// A regular import
#[utoipa::path(get, operation_id = "read_schedule", path = "/pools/{pool}/schedules/{schedule}", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("schedule" = i64, Path)),
    responses((status = 200, body = ScheduleShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, schedule)): Path<(String, String)>,
) -> Result<Json<ScheduleShape>, Refusal> {
    let found = found(&state, &caller, &named, &schedule).await?;
    Ok(Json(shape(&state, &caller, found, lang)))
}

/// Change a regular import
///
/// What is left out stays. From then on it imports with the rights of the caller.
#[utoipa::path(patch, operation_id = "change_schedule", path = "/pools/{pool}/schedules/{schedule}", tag = "imports", request_body = ScheduleInput,
    params(("pool" = String, Path, description = "Id or name"), ("schedule" = i64, Path)),
    responses((status = 200, body = ScheduleShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, schedule)): Path<(String, String)>,
    mut body: Body,
) -> Result<Json<ScheduleShape>, Refusal> {
    let found = found(&state, &caller, &named, &schedule).await?;
    let typed = ScheduleInput::over(&mut body, found.typed());
    body.also(typed.clone().read());
    body.end()?;
    let id = save(&state, &caller, found.pool, Some(found.id), typed, lang).await?;
    let changed = state.store.import_schedule(caller.client, id).await?;
    Ok(Json(shape(&state, &caller, changed, lang)))
}

/// Delete a regular import
///
/// What it has imported stays.
#[utoipa::path(delete, operation_id = "delete_schedule", path = "/pools/{pool}/schedules/{schedule}", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("schedule" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, schedule)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let found = found(&state, &caller, &named, &schedule).await?;
    state.store.delete_schedule(caller.client, found.pool, found.id, &caller.wish(lang)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look for files now
///
/// The job that does it; while one is at it, that.
#[utoipa::path(post, operation_id = "run_schedule", path = "/pools/{pool}/schedules/{schedule}/run", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("schedule" = i64, Path)),
    responses((status = 202, body = JobShape, headers(("location" = String))), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn run(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, schedule)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = found(&state, &caller, &named, &schedule).await?;
    let job = state.store.run_schedule(caller.client, found.pool, found.id, &caller.wish(lang)).await?;
    let shape = JobShape::of(&state.store.job(caller.client, job).await?, lang);
    let mut response = (StatusCode::ACCEPTED, Json(shape)).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/jobs/{job}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The last 100 files that a regular import has found
#[utoipa::path(get, operation_id = "list_schedule_files", path = "/pools/{pool}/schedules/{schedule}/files", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("schedule" = i64, Path)),
    responses((status = 200, body = ScheduleFiles), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn files(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, schedule)): Path<(String, String)>,
) -> Result<Json<ScheduleFiles>, Refusal> {
    let found = found(&state, &caller, &named, &schedule).await?;
    let files = state.store.schedule_files(caller.client, found.id, FILES).await?;
    Ok(Json(ScheduleFiles { items: files.into_iter().map(|file| ScheduleFileShape::of(file, lang)).collect() }))
}

async fn found(state: &AppState, caller: &Caller, named: &str, schedule: &str) -> Result<Schedule, Refusal> {
    let pool: PoolId = scope::pool(state, caller, named, Right::Import).await?.id;
    let id: ScheduleId = scope::id(schedule)?;
    let found = state.store.import_schedule(caller.client, id).await?;
    if found.pool == pool { Ok(found) } else { Err(StoreError::NotFound.into()) }
}

fn shape(state: &AppState, caller: &Caller, schedule: Schedule, lang: Lang) -> ScheduleShape {
    let folder = match &schedule.source {
        Source::Folder(name) => Some(inbox(&state.settings.data_dir, caller.client, name).display().to_string()),
        _ => None,
    };
    ScheduleShape::of(schedule, folder, lang)
}
