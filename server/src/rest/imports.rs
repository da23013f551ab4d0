//! Files into a pool.

use axum::{
    Extension, Json,
    extract::{Path, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::id::ImportId;
use domain::rights::Right;
use serde::Deserialize;

use super::{
    scope,
    shapes::{Begun, ImportShape, Problem},
};
use crate::{
    downloads,
    errors::{Language, Refusal},
    imports,
    session::Caller,
    state::AppState,
    uploads,
};

/// How a file is to be imported.
#[derive(Deserialize)]
pub(super) struct How {
    /// The field by which existing profiles are found.
    key: Option<String>,
    file_name: Option<String>,
    file: Option<String>,
    sheet: Option<String>,
    header_row: Option<u32>,
}

/// Import a file
///
/// The body is the file itself, or a form (`multipart/form-data`) with a part `file`: CSV, XLSX, XLS, ODS, an HTML table, JSON, NDJSON,
/// vCard or XML, each also as ZIP or GZIP. What kind it is, its encoding and delimiter are recognised by its content, whatever content type
/// is sent, and columns are matched to fields by their headings.
#[utoipa::path(post, operation_id = "create_import", path = "/pools/{pool}/imports", tag = "imports",
    request_body(content((String = "text/csv"), (String = "application/json"), (String = "application/x-ndjson"), (String = "text/vcard"),
        (String = "application/xml"), (String = "text/html"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.ms-excel"), (Vec<u8> = "application/vnd.oasis.opendocument.spreadsheet"), (Vec<u8> = "application/zip"),
        (Vec<u8> = "application/gzip"))),
    params(("pool" = String, Path, description = "Id or name"),
        ("key" = Option<String>, Query, description = "Existing profiles are found by this field and updated", example = "EMAIL"),
        ("file_name" = Option<String>, Query, description = "How the import is called in lists"),
        ("file" = Option<String>, Query, description = "Which file of an archive, by its name or its number from 1"),
        ("sheet" = Option<String>, Query, description = "Which sheet, table or list, by its name or its number from 1", example = "Kontakte"),
        ("header_row" = Option<u32>, Query, description = "The row with the headings, from 1; 0 where there are none")),
    responses((status = 202, body = Begun, headers(("location" = String))), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    Query(how): Query<How>,
    request: Request,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let mut upload = uploads::receive(&state, request).await?;
    if let Some(name) = how.file_name {
        upload.file_name = uploads::file_name(&name);
    }
    let wished = imports::How { key: how.key, file: how.file, sheet: how.sheet, header_row: how.header_row };
    let begun = imports::begin(&state.store, caller.client, &pool, &upload, &wished, &caller.wish(lang)).await?;
    let mut response = (StatusCode::ACCEPTED, Json(Begun { import: begun.import.get(), job: begun.job.get() })).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/imports/{}", begun.import)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// What came of an import
#[utoipa::path(get, operation_id = "read_import", path = "/imports/{import}", tag = "imports", params(("import" = i64, Path)),
    responses((status = 200, body = ImportShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(State(state): State<AppState>, caller: Caller, Path(import): Path<String>) -> Result<Json<ImportShape>, Refusal> {
    caller.may(Right::Import)?;
    let id: ImportId = scope::id(&import)?;
    let import = state.store.import(caller.client, id).await?;
    Ok(Json(ImportShape {
        id: id.get(),
        pool: import.pool.get(),
        file_name: import.file_name.clone(),
        state: import.state.code(),
        counts: import.counts.into(),
        taken_back: state.store.import_undone(caller.client, id).await?.map(Into::into),
    }))
}

/// Take an import back
///
/// What it made goes into the bin, what it changed becomes what it was; what somebody changed since stays. Possible for 14 days. A job
/// does it; `GET /imports/{import}` says what came of it.
#[utoipa::path(post, operation_id = "undo_import", path = "/imports/{import}/undo", tag = "imports", params(("import" = i64, Path)),
    responses((status = 202, body = Begun), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(import): Path<String>,
) -> Result<Response, Refusal> {
    caller.may(Right::Import)?;
    let id: ImportId = scope::id(&import)?;
    let found = state.store.import(caller.client, id).await?;
    let pool = caller.pool(&state.store, found.pool).await?;
    let job = state.store.ask_to_undo_import(&caller.reach(), &pool, id, caller.wish(lang)).await?;
    Ok((StatusCode::ACCEPTED, Json(Begun { import: id.get(), job: job.get() })).into_response())
}

/// The refused rows as CSV
#[utoipa::path(get, operation_id = "read_refusals", path = "/imports/{import}/refusals.csv", tag = "imports", params(("import" = i64, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn refusals(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(import): Path<String>,
) -> Result<Response, Refusal> {
    caller.may(Right::Import)?;
    downloads::refusals(&state.store, &caller, scope::id(&import)?, lang).await
}
