//! Backups of a pool: made, named, kept, looked into, taken away, deleted.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{audit::Deed, id::BackupId, pool::Pool, rights::Right};
use store::backups::BackupChange;

use super::{
    body::Body,
    scope,
    shapes::{
        Problem,
        backups::{BackupInput, BackupPatch, BackupShape, BackupsShape, ContentsShape},
    },
};
use crate::{
    backup::{Place, look, taken, upkeep},
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// All backups of a pool
///
/// Newest first, with the room that those of all pools take.
#[utoipa::path(get, operation_id = "list_backups", path = "/pools/{pool}/backups", tag = "backups",
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = BackupsShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
) -> Result<Json<BackupsShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Restore).await?;
    let items = state.store.backups(&caller.reach(), &pool).await?;
    let used = state.store.backup_bytes(caller.client).await?;
    let items = items.iter().map(|backup| BackupShape::of(backup, lang)).collect();
    Ok(Json(BackupsShape { items, used, quota: state.store.backup_rules().quota }))
}

/// Make a backup of a pool
///
/// The work of the job in the answer; the backup can be used when its `state` is `done`.
#[utoipa::path(post, operation_id = "create_backup", path = "/pools/{pool}/backups", tag = "backups", request_body = BackupInput,
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 202, body = BackupShape, headers(("location" = String))), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "No room left, or too many"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Restore).await?;
    let name = body.parsed("name", domain::backup::name).unwrap_or_default();
    body.end()?;
    let (id, _) = state.store.ask_for_backup(&caller.reach(), &pool, &name, &caller.wish(lang)).await?;
    let made = state.store.backup(&caller.reach(), &pool, id).await?;
    let mut response = (StatusCode::ACCEPTED, Json(BackupShape::of(&made, lang))).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/pools/{}/backups/{id}", pool.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// One backup
#[utoipa::path(get, operation_id = "read_backup", path = "/pools/{pool}/backups/{backup}", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("backup" = i64, Path)),
    responses((status = 200, body = BackupShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, backup)): Path<(String, String)>,
) -> Result<Json<BackupShape>, Refusal> {
    let (pool, id) = known(&state, &caller, &named, &backup).await?;
    Ok(Json(BackupShape::of(&state.store.backup(&caller.reach(), &pool, id).await?, lang)))
}

/// Name a backup, or keep it longer
///
/// What is left out stays.
#[utoipa::path(patch, operation_id = "change_backup", path = "/pools/{pool}/backups/{backup}", tag = "backups", request_body = BackupPatch,
    params(("pool" = String, Path, description = "Id or name"), ("backup" = i64, Path)),
    responses((status = 200, body = BackupShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, backup)): Path<(String, String)>,
    mut body: Body,
) -> Result<Json<BackupShape>, Refusal> {
    let (pool, id) = known(&state, &caller, &named, &backup).await?;
    let change = BackupChange { name: body.optional("name", domain::backup::name), pinned: body.truth("pinned") };
    body.end()?;
    let changed = state.store.change_backup(&caller.reach(), &pool, id, &change, &caller.wish(lang)).await?;
    Ok(Json(BackupShape::of(&changed, lang)))
}

/// Delete a backup for good
#[utoipa::path(delete, operation_id = "delete_backup", path = "/pools/{pool}/backups/{backup}", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("backup" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, backup)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let (pool, id) = known(&state, &caller, &named, &backup).await?;
    state.store.delete_backup(&caller.reach(), &pool, id, &caller.wish(lang)).await?;
    upkeep::remove_gone(&state.store, &Place::from(&*state.settings)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a backup holds
///
/// Its fields and its first 20 profiles, with values as the file has them. Nothing is restored.
#[utoipa::path(get, operation_id = "read_backup_contents", path = "/pools/{pool}/backups/{backup}/contents", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("backup" = i64, Path)),
    responses((status = 200, body = ContentsShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Not there, damaged or encrypted")))]
pub(super) async fn contents(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, backup)): Path<(String, String)>,
) -> Result<Json<ContentsShape>, Refusal> {
    let (pool, id) = known(&state, &caller, &named, &backup).await?;
    let found = taken::usable(&state, &caller, &pool, id).await?;
    let contents = look::look(&Place::from(&*state.settings), caller.client, &found, &pool).await?;
    state.store.note_backup(caller.client, &found, Deed::BackupRead, &caller.wish(lang)).await?;
    Ok(Json(contents.into()))
}

/// Read a backup again
///
/// Its whole file is read and held against its sums; `verified_at` says when that was.
#[utoipa::path(post, operation_id = "verify_backup", path = "/pools/{pool}/backups/{backup}/verify", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("backup" = i64, Path)),
    responses((status = 200, body = BackupShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Not there, damaged or encrypted")))]
pub(super) async fn verify(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, backup)): Path<(String, String)>,
) -> Result<Json<BackupShape>, Refusal> {
    let (pool, id) = known(&state, &caller, &named, &backup).await?;
    taken::usable(&state, &caller, &pool, id).await?;
    look::verify(&state.store, &Place::from(&*state.settings), caller.client, id).await?;
    Ok(Json(BackupShape::of(&state.store.backup(&caller.reach(), &pool, id).await?, lang)))
}

/// The file of a backup
///
/// For who may restore, export and see internet addresses. docs/backup.md says what is in it.
#[utoipa::path(get, operation_id = "read_backup_file", path = "/pools/{pool}/backups/{backup}/file", tag = "backups",
    params(("pool" = String, Path, description = "Id or name"), ("backup" = i64, Path)),
    responses((status = 200, body = String, content_type = "application/zstd"), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Not there")))]
pub(super) async fn file(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, backup)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (pool, id) = known(&state, &caller, &named, &backup).await?;
    taken::file(&state, &caller, &pool, id, lang).await
}

async fn known(state: &AppState, caller: &Caller, named: &str, backup: &str) -> Result<(Pool, BackupId), Refusal> {
    let pool = scope::pool(state, caller, named, Right::Restore).await?;
    Ok((pool, scope::id(backup)?))
}
