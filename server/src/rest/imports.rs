//! Files into a pool.

use axum::{
    Extension, Json,
    extract::{Path, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::id::ImportId;
use domain::rights::Right;

use super::{
    body::Body,
    how::How,
    scope,
    shapes::{Begun, FetchInput, ImportShape, JobShape, Problem},
};
use crate::{
    downloads,
    errors::{Language, Refusal},
    imports, jobs,
    session::Caller,
    state::AppState,
    uploads::{self, whole::Wanted},
};

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
        ("key" = Option<String>, Query, description = "Existing profiles are found by these fields together, with commas between; `none`: every row makes a new profile. Without it by the e-mail address, else by the profile id, where the file has it", example = "EMAIL"),
        ("existing" = Option<String>, Query, description = "`create` makes new profiles only, `update` changes existing ones only, `both` does both; the other rows are skipped", example = "both"),
        ("filled" = Option<String>, Query, description = "`merge`: the filled cells of a row count; `replace`: all columns of the file do, empty cells empty their field", example = "merge"),
        ("empty" = Option<String>, Query, description = "What an empty cell says: `keep` what the profile has, `clear` the field, or give it its `default`", example = "keep"),
        ("sets" = Option<String>, Query, description = "Whether options of multi-selections are added (`add`), take the place of those there (`replace`), or are taken away (`remove`)", example = "replace"),
        ("unknown" = Option<String>, Query, description = "An option that the field doesn't have: `refuse` the row, `skip` the option, or `create` it, which needs the right to configure pools", example = "refuse"),
        ("duplicates" = Option<String>, Query, description = "Of several rows with the same key the `first` counts, the `last`, or all one after the other (`merge`)", example = "merge"),
        ("columns" = Option<String>, Query, description = "JSON object: headings, or numbers of columns from 1, and the fields that they go to; an empty field leaves the column out. A column is split by `name` (two to four fields: salutation, title, first and last name), `street`, `town` or `text`: `{\"split\":\"name\",\"fields\":[\"FIRSTNAME\",\"NAME\"]}`, `{\"split\":\"text\",\"at\":\"/\",\"fields\":[\"CITY\",\"STATE\"]}`; several are joined to one field in the order of the file: `{\"join\":\"STREET\",\"with\":\" \"}`. `PERMISSION` and `UNSUBSCRIBED` are only taken over when they are named here, and `PERMISSION_SOURCE`, `PERMISSION_DATE` and `PERMISSION_IP` are what proves a permission", example = json!(r#"{"Kd-Nr":"EXTERNALID"}"#)),
        ("constants" = Option<String>, Query, description = "JSON object: fields and their values for all rows", example = json!(r#"{"LANGUAGE":"de"}"#)),
        ("raise_consent" = Option<String>, Query, description = "Permissions may rise, and this is where the consent was given; needs the right to change consent, and stands in the audit log. Without it a permission only falls. No import ever lifts an unsubscription or an objection to tracking"),
        ("dns" = Option<bool>, Query, description = "Ask the DNS whether the domains of e-mail addresses take mail, and refuse rows where it says no; without an answer nobody is refused", example = false),
        ("file_name" = Option<String>, Query, description = "How the import is called in lists"),
        ("file" = Option<String>, Query, description = "Which file of an archive, by its name or its number from 1"),
        ("sheet" = Option<String>, Query, description = "Which sheet, table or list, by its name or its number from 1", example = "Kontakte"),
        ("header_row" = Option<u32>, Query, description = "The row with the headings, from 1; 0 where there are none"),
        ("mapping" = Option<String>, Query, description = "A saved mapping, by its name or id: columns go where it says, and its rules hold, but for what is said here", example = "Messe"),
        ("check" = Option<bool>, Query, description = "Only find out what would come of it: the job checks, and nothing changes until `POST /imports/{import}/start`", example = false)),
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
    let file_name = how.file_name.as_deref().map(uploads::file_name);
    let checks = how.check.unwrap_or_default();
    let wished = how.wished(&caller)?;
    let mut upload = uploads::receive(&state, request).await?;
    if let Some(name) = file_name {
        upload.file_name = name;
    }
    let wish = caller.wish(lang);
    let begun = match checks {
        true => imports::begin_check(&state.store, caller.client, &pool, &upload, &wished, &wish).await?,
        false => imports::begin(&state.store, caller.client, &pool, &upload, &wished, &wish).await?,
    };
    let mut response = (StatusCode::ACCEPTED, Json(Begun { import: begun.import.get(), job: begun.job.get() })).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/imports/{}", begun.import)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Fetch a file from another server and import it
///
/// Only from servers that the setting `LAGUNE_IMPORT_HOSTS` allows. A job fetches it, on where it was after a lost connection, as far as the
/// server can do that; the result of the job names the import.
#[utoipa::path(post, operation_id = "fetch_import", path = "/pools/{pool}/imports/address", tag = "imports", request_body = FetchInput,
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 202, body = JobShape, headers(("location" = String))), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn fetch(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let address = body.parsed("address", |address| Ok(address.to_owned()));
    let review = body.truth("review").unwrap_or_default();
    let how = How::of(&mut body);
    body.end()?;
    let file_name = how.file_name.as_deref().map(uploads::file_name).unwrap_or_default();
    let wanted = Wanted { file_name, review, how: how.wished(&caller)? };
    let job = jobs::fetch::begin(&state, &caller, pool.id, &address.unwrap_or_default(), wanted, lang).await?;
    let found = state.store.job(caller.client, job).await?;
    let mut response = (StatusCode::ACCEPTED, Json(JobShape::of(&found, lang))).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/jobs/{job}")) {
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
        noted: import.noted.into(),
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

/// The refused and skipped rows as CSV
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

/// The refused and skipped rows as a file to correct and import again
///
/// In the format of the file that was imported, with a last column that says why; vCards and XML come back as CSV. Kept for 14 days.
#[utoipa::path(get, operation_id = "read_rejects", path = "/imports/{import}/rejects", tag = "imports", params(("import" = i64, Path)),
    responses((status = 200, body = String, content_type = "application/octet-stream"), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "There is none, or not any more")))]
pub(super) async fn rejects(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(import): Path<String>,
) -> Result<Response, Refusal> {
    caller.may(Right::Import)?;
    downloads::rejected(&state, &caller, scope::id(&import)?, lang).await
}
