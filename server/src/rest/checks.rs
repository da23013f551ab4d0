//! What would come of an import before it begins.

use axum::{
    Extension, Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::{
    id::ImportId,
    import::{Correction, Fate, MAX_CORRECTED, MAX_CORRECTIONS, shown},
    pool::Pool,
    problem::Problem as Wrong,
    rights::Right,
};
use serde::Deserialize;
use store::{Conflict, StoreError, load::Import};

use super::{
    body::Body,
    scope,
    shapes::{Begun, CellInput, CellShape, Cells, CheckRows, CheckShape, CorrectionsInput, Problem},
};
use crate::{
    errors::{Language, Refusal},
    imports,
    session::Caller,
    state::AppState,
    uploads::Upload,
};

/// Rows in one answer.
const PAGE: u32 = 100;
/// The most of them.
const MOST: u32 = 1_000;

/// Check an import again
///
/// For imports that have not begun: of `POST /pools/{pool}/imports?check=true`, or of an upload in parts with `review=true`. The job reads
/// the whole file and changes nothing in the pool.
#[utoipa::path(post, operation_id = "check_import", path = "/imports/{import}/check", tag = "imports", params(("import" = i64, Path)),
    responses((status = 202, body = Begun), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn again(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(import): Path<String>,
) -> Result<Response, Refusal> {
    let (found, _) = found(&state, &caller, &import).await?;
    let job = imports::ask_to_check(&state.store, caller.client, &found, &caller.wish(lang)).await?;
    Ok((StatusCode::ACCEPTED, Json(Begun { import: found.id.get(), job: job.get() })).into_response())
}

/// What a check has found
#[utoipa::path(get, operation_id = "read_check", path = "/imports/{import}/check", tag = "imports", params(("import" = i64, Path)),
    responses((status = 200, body = CheckShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(State(state): State<AppState>, caller: Caller, Path(import): Path<String>) -> Result<Json<CheckShape>, Refusal> {
    let (import, _) = found(&state, &caller, &import).await?;
    let check = state.store.check_of(caller.client, import.id).await?.ok_or_else(Refusal::not_found)?;
    let job = state.store.job(caller.client, check.job).await?;
    Ok(Json(CheckShape::of(&check, &job)))
}

/// Which rows are asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    fate: Option<String>,
    behind: Option<String>,
    limit: Option<u32>,
}

/// The first 1 000 rows of a fate
///
/// Of refused rows one item for each cell that can't be read. What profiles have now is told to those alone who see all profiles.
#[utoipa::path(get, operation_id = "list_check_rows", path = "/imports/{import}/check/rows", tag = "imports",
    params(("import" = i64, Path), ("fate" = String, Query, description = "`created`, `updated`, `unchanged`, `refused` or `skipped`", example = "refused"),
        ("behind" = Option<String>, Query, description = "Rows behind this one: `next` of the answer before"),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 1 000", example = 100)),
    responses((status = 200, body = CheckRows), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn rows(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(import): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<CheckRows>, Refusal> {
    let (import, pool) = found(&state, &caller, &import).await?;
    let wrong =
        |field: &str, value: &str| Refusal::from(domain::problem::Invalid::one(field, Wrong::UnknownChoice { value: value.to_owned() }));
    let fate = asked.fate.unwrap_or_default();
    let fate = Fate::from_code(&fate).ok_or_else(|| wrong("fate", &fate))?;
    let behind = match asked.behind.as_deref() {
        None | Some("") => (0, 0),
        Some(behind) => place(behind).ok_or_else(|| wrong("behind", behind))?,
    };
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, MOST);
    let rows = state.store.check_rows(caller.client, import.id, fate, behind, limit).await?;
    let sees = caller.rights.has(Right::SeeProfiles) && caller.reach().is_whole();
    Ok(Json(CheckRows::of(&pool, &rows, limit, sees, lang)))
}

/// A row and its place, as [`CheckRows`] writes them.
fn place(text: &str) -> Option<(u64, i64)> {
    let (row, id) = text.split_once('.')?;
    Some((row.parse().ok()?, id.parse().ok()?))
}

/// The cells that were put right
#[utoipa::path(get, operation_id = "list_corrections", path = "/imports/{import}/corrections", tag = "imports", params(("import" = i64, Path)),
    responses((status = 200, body = Cells), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn corrections(State(state): State<AppState>, caller: Caller, Path(import): Path<String>) -> Result<Json<Cells>, Refusal> {
    let (import, _) = found(&state, &caller, &import).await?;
    let items = state.store.corrections(caller.client, import.id).await?;
    Ok(Json(Cells { items: items.into_iter().map(CellShape::from).collect() }))
}

/// Put cells right
///
/// Of an import that has not begun. The file stays as it is; check and import read these cells as they are given here. What was said of the
/// same cell before no longer counts.
#[utoipa::path(post, operation_id = "correct_cells", path = "/imports/{import}/corrections", tag = "imports", request_body = CorrectionsInput,
    params(("import" = i64, Path)),
    responses((status = 200, body = Cells), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn correct(
    State(state): State<AppState>,
    caller: Caller,
    Path(import): Path<String>,
    mut body: Body,
) -> Result<Json<Cells>, Refusal> {
    let (import, _) = found(&state, &caller, &import).await?;
    let cells = match serde_json::from_value::<Vec<CellInput>>(body.value("cells")) {
        Ok(cells) => cells,
        Err(_) => {
            body.refuse("cells", Wrong::WrongType { expected: "list".into() });
            Vec::new()
        }
    };
    if cells.len() > MAX_CORRECTIONS {
        body.refuse("cells", Wrong::WrongType { expected: "list".into() });
    }
    if cells.iter().any(|cell| cell.value.chars().count() > MAX_CORRECTED) {
        body.refuse("cells", Wrong::TooLong { max: MAX_CORRECTED as u64 });
    }
    body.end()?;
    let cells: Vec<Correction> = cells
        .into_iter()
        .map(|CellInput { row, column, was, value }| Correction { row, column, was: shown(&was), value: value.replace('\0', "\u{fffd}") })
        .collect();
    state.store.correct_cells(caller.client, import.id, &cells).await?;
    let items = state.store.corrections(caller.client, import.id).await?;
    Ok(Json(Cells { items: items.into_iter().map(CellShape::from).collect() }))
}

/// Begin an import that was only checked
#[utoipa::path(post, operation_id = "start_import", path = "/imports/{import}/start", tag = "imports", params(("import" = i64, Path)),
    responses((status = 202, body = Begun), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn start(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(import): Path<String>,
) -> Result<Response, Refusal> {
    let (found, pool) = found(&state, &caller, &import).await?;
    // Its file may be gone by now, which would be the lesser news.
    if state.store.import_job(caller.client, found.id).await?.is_some() {
        return Err(StoreError::Conflict(Conflict::JobEnded).into());
    }
    imports::may_begin(&found.rules, caller.rights)?;
    let upload = Upload { path: found.path.into(), file_name: found.file_name };
    let begun = imports::start(&state.store, caller.client, &pool, found.id, &upload, &caller.wish(lang)).await?;
    Ok((StatusCode::ACCEPTED, Json(Begun { import: begun.import.get(), job: begun.job.get() })).into_response())
}

async fn found(state: &AppState, caller: &Caller, import: &str) -> Result<(Import, Pool), Refusal> {
    caller.may(Right::Import)?;
    let id: ImportId = scope::id(import)?;
    let found = state.store.import(caller.client, id).await?;
    let pool = caller.pool(&state.store, found.pool).await?;
    Ok((found, pool))
}
