//! A backup is compared with its pool, brought back, and taken back.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    id::{BackupId, FieldId, ProfileId, RestoreId},
    job::{Job, JobState},
    pool::Pool,
    problem::Problem as Wrong,
    restore::Choice,
    rights::Right,
};
use store::restores::Restore;

use super::{
    body::Body,
    scope,
    shapes::{
        Problem,
        restores::{RestoreBegun, RestoreInput, RestoreShape},
    },
};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// Compare a backup with its pool as it is now
///
/// The work of the job in the answer; nothing changes. `GET /pools/{pool}/restores/{restore}` says what it found.
#[utoipa::path(post, operation_id = "compare_backup", path = "/pools/{pool}/backups/{backup}/restores", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("backup" = i64, Path)),
    responses((status = 202, body = RestoreBegun, headers(("location" = String))), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn compare(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, backup)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Restore).await?;
    let backup: BackupId = scope::id(&backup)?;
    let found = state.store.backup(&caller.reach(), &pool, backup).await?;
    let restore = state.store.ask_to_compare(&caller.reach(), &pool, &found, caller.wish(lang)).await?;
    let job = state.store.restore(caller.client, restore).await?.check;
    let begun = RestoreBegun { restore: restore.get(), job: job.map_or(0, |job| job.get()) };
    let mut response = (StatusCode::ACCEPTED, Json(begun)).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/pools/{}/restores/{restore}", pool.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// What a comparison found, and what came of restoring by it
#[utoipa::path(get, operation_id = "read_restore", path = "/pools/{pool}/restores/{restore}", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("restore" = i64, Path)),
    responses((status = 200, body = RestoreShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, restore)): Path<(String, String)>,
) -> Result<Json<RestoreShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Restore).await?;
    let found = found(&state, &caller, &pool, &restore).await?;
    let job = match found.run.or(found.check) {
        Some(job) => state.store.job(caller.client, job).await.ok(),
        None => None,
    };
    Ok(Json(RestoreShape::of(&found, state_of(&found, job.as_ref()), job.as_ref(), lang)))
}

/// Restore a backup that was compared
///
/// Once for each comparison. Profiles that change are saved as a backup before. Unsubscriptions, objections and withdrawn consents
/// made since always survive. The work of the job in the answer; it can be taken back for 14 days.
#[utoipa::path(post, operation_id = "run_restore", path = "/pools/{pool}/restores/{restore}/run", tag = "backups", request_body = RestoreInput,
    params(("pool" = String, Path, description = "Id or name"), ("restore" = i64, Path)),
    responses((status = 202, body = RestoreBegun), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Not compared yet, or restored by already"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn run(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, restore)): Path<(String, String)>,
    body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Restore).await?;
    let found = found(&state, &caller, &pool, &restore).await?;
    let choice = choice(body, &pool)?;
    if choice.exact {
        caller.may(Right::DeleteProfiles)?;
    }
    let job = state.store.ask_to_restore_backup(&caller.reach(), &pool, found.id, choice, caller.wish(lang)).await?;
    Ok((StatusCode::ACCEPTED, Json(RestoreBegun { restore: found.id.get(), job: job.get() })).into_response())
}

/// Take a restore back
///
/// What it brought back goes into the bin again, what it changed becomes what it was, newer profiles come out of the bin; what
/// somebody changed since stays. Possible for 14 days.
#[utoipa::path(post, operation_id = "undo_restore", path = "/pools/{pool}/restores/{restore}/undo", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("restore" = i64, Path)),
    responses((status = 202, body = RestoreBegun), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, restore)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Restore).await?;
    let found = found(&state, &caller, &pool, &restore).await?;
    let job = state.store.ask_to_undo_restore(&caller.reach(), &pool, found.id, caller.wish(lang)).await?;
    Ok((StatusCode::ACCEPTED, Json(RestoreBegun { restore: found.id.get(), job: job.get() })).into_response())
}

async fn found(state: &AppState, caller: &Caller, pool: &Pool, restore: &str) -> Result<Restore, Refusal> {
    let id: RestoreId = scope::id(restore)?;
    let found = state.store.restore(caller.client, id).await?;
    if found.pool == pool.id && caller.reach().is_whole() { Ok(found) } else { Err(Refusal::not_found()) }
}

/// What is wished; without a word everything, and newer profiles stay.
fn choice(mut body: Body, pool: &Pool) -> Result<Choice, Refusal> {
    let all = Choice::all();
    let keys = body.texts("fields");
    let fields = keys.map(|keys| {
        let unknown = |key: &String| Wrong::UnknownChoice { value: key.clone() };
        let ids = keys.iter().map(|key| pool.field(key).map(|field| field.id).ok_or_else(|| unknown(key)));
        ids.collect::<Result<Vec<FieldId>, _>>()
    });
    let fields = match fields.transpose() {
        Ok(fields) => fields,
        Err(problem) => {
            body.refuse("fields", problem);
            None
        }
    };
    let choice = Choice {
        back: body.truth("back").unwrap_or(all.back),
        changed: body.truth("changed").unwrap_or(all.changed),
        only: body.numbers("ids").map(|ids| ids.into_iter().map(ProfileId::new).collect()),
        fields,
        exact: body.truth("exact").unwrap_or(all.exact),
    };
    body.end()?;
    Ok(choice)
}

/// How far it is, in a word.
fn state_of(found: &Restore, job: Option<&Job>) -> &'static str {
    match (found.run.is_some(), found.comparison.is_some(), job.map(|job| job.state)) {
        (true, _, Some(state)) => state.code(),
        (true, _, None) => JobState::Done.code(),
        (false, true, _) => "compared",
        (false, false, Some(JobState::Failed | JobState::Cancelled)) => "not_compared",
        (false, false, _) => "comparing",
    }
}
