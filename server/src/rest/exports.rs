//! A list as a file, made while it is sent or in the background.

use axum::{
    Extension, Json,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{export::Wish, id::JobId, rights::Right, time::Millis};
use serde::Deserialize;

use super::{
    body::Body,
    profiles::list::Pairs,
    scope,
    shapes::{ExportInput, ExportShape, Problem},
};
use crate::{
    errors::{Language, Refusal},
    export::{asked, link, taken},
    session::Caller,
    state::AppState,
};

/// Profiles as a file
///
/// Takes the parameters of the list but for the page. Without further ones it is CSV with commas, in UTF-8, with field keys and codes:
/// importing the file again changes nothing, as long as it holds the profile id. Empty fields are left out of JSON, NDJSON, XML and vCard.
/// A file that would take long is better made in the background: `create_export`.
#[utoipa::path(get, operation_id = "export_profiles", path = "/pools/{pool}/export", tag = "exports",
    params(
        ("pool" = String, Path, description = "Id or name"),
        ("layout" = Option<String>, Query, description = "A saved layout, by its name or id: fields and form as it says, but for what is said here"),
        ("format" = Option<String>, Query, description = "csv, xlsx, json, ndjson, vcard (version 4) or xml", example = "ndjson"),
        ("values" = Option<String>, Query, description = "plain: codes and labels of options; labels: as people read them; ids: options as ids"),
        ("lang" = Option<String>, Query, description = "de or en, for labels and headings; the language asked for without it"),
        ("zone" = Option<String>, Query, description = "The time zone of points in time; UTC without it, for labels and xlsx that of the client", example = "Europe/Berlin"),
        ("columns" = Option<String>, Query, description = "Fields in their order, `all`, or `list` as the caller has arranged the list; all without it (also called `fields`)", example = "NAME,EMAIL"),
        ("delimiter" = Option<String>, Query, description = "Of CSV: comma, semicolon or tab"),
        ("encoding" = Option<String>, Query, description = "Of CSV: utf8, utf8_bom or windows1252, which has a question mark for what it lacks"),
        ("line_end" = Option<String>, Query, description = "Of CSV: crlf or lf"),
        ("guard" = Option<String>, Query, description = "Of CSV: on puts an apostrophe before what a spreadsheet would run as a formula; off does not"),
        ("dialect" = Option<String>, Query, description = "excel stands for semicolons, utf8_bom and labels"),
        ("q" = Option<String>, Query, description = "As for the list"),
        ("filter" = Option<Vec<String>>, Query, description = "As for the list"),
        ("sort" = Option<String>, Query, description = "As for the list"),
        ("ids" = Option<String>, Query, description = "Only these profiles, separated by commas", example = "1,2"),
        ("except" = Option<String>, Query, description = "All but these profiles"),
    ),
    responses((status = 200, body = String, content_type = "application/octet-stream", description = "The file, as its format has it"),
        (status = 404, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn file(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    Query(pairs): Pairs,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::ExportProfiles).await?;
    let export = asked::read(&state.store, &caller, pool, &pairs, &Wish::default(), lang).await?;
    asked::answer(&state, &caller, export).await
}

/// Profiles as CSV, at the older address
///
/// The same as `export_profiles`.
#[utoipa::path(get, operation_id = "export_profiles_csv", path = "/pools/{pool}/export.csv", tag = "exports",
    params(
        ("pool" = String, Path, description = "Id or name"),
        ("dialect" = Option<String>, Query, description = "plain or excel"),
        ("q" = Option<String>, Query, description = "As for the list"),
        ("filter" = Option<Vec<String>>, Query, description = "As for the list"),
        ("sort" = Option<String>, Query, description = "As for the list"),
        ("ids" = Option<String>, Query, description = "Only these profiles, separated by commas", example = "1,2"),
        ("except" = Option<String>, Query, description = "All but these profiles"),
        ("fields" = Option<String>, Query, description = "Columns; all without it", example = "NAME,EMAIL"),
    ),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn csv(
    state: State<AppState>,
    caller: Caller,
    language: Extension<Language>,
    named: Path<String>,
    pairs: Pairs,
) -> Result<Response, Refusal> {
    file(state, caller, language, named, pairs).await
}

/// Have a file made in the background
///
/// Takes what `export_profiles` takes, as members of an object. The job says how far it is, `read_export` where the file is then; it is
/// kept for a day.
#[utoipa::path(post, operation_id = "create_export", path = "/pools/{pool}/exports", tag = "exports",
    params(("pool" = String, Path, description = "Id or name")), request_body = ExportInput,
    responses((status = 202, body = ExportShape, headers(("location" = String))), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::ExportProfiles).await?;
    let pairs = ExportInput::pairs(&mut body);
    body.end()?;
    let export = asked::read(&state.store, &caller, pool, &pairs, &Wish::default(), lang).await?;
    let job = asked::enqueue(&state.store, &caller, export).await?;
    let shape = ExportShape::of(&state.store, &taken::known(&state.store, &caller, job).await?, lang).await?;
    let mut response = (StatusCode::ACCEPTED, Json(shape)).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/exports/{job}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// A file that is made in the background
///
/// Its number is that of its job.
#[utoipa::path(get, operation_id = "read_export", path = "/exports/{export}", tag = "exports", params(("export" = i64, Path)),
    responses((status = 200, body = ExportShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(export): Path<String>,
) -> Result<Json<ExportShape>, Refusal> {
    caller.may(Right::ExportProfiles)?;
    let id: JobId = scope::id(&export)?;
    Ok(Json(ExportShape::of(&state.store, &taken::known(&state.store, &caller, id).await?, lang).await?))
}

/// What makes a link good.
#[derive(Deserialize)]
pub(super) struct Signed {
    #[serde(default)]
    until: i64,
    #[serde(default)]
    sign: String,
}

/// The file that was made in the background
///
/// By its link alone, which `read_export` tells.
#[utoipa::path(get, operation_id = "read_export_file", path = "/exports/{export}/file", tag = "exports",
    params(("export" = i64, Path), ("until" = Option<i64>, Query, description = "As in the link"), ("sign" = Option<String>, Query, description = "As in the link")),
    responses((status = 200, body = String, content_type = "application/octet-stream"), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "The link has run out")))]
pub(super) async fn taken_file(
    State(state): State<AppState>,
    caller: Caller,
    Path(export): Path<String>,
    Query(signed): Query<Signed>,
) -> Result<Response, Refusal> {
    caller.may(Right::ExportProfiles)?;
    let id: JobId = scope::id(&export)?;
    let found = taken::known(&state.store, &caller, id).await?;
    let until = Millis::new(signed.until);
    if found.until() != Some(until) || !link::holds(&state.store, caller.client, id, until, &signed.sign).await? {
        return Err(Refusal::run_out());
    }
    found.file(&state.store, &caller, &state.settings.data_dir).await
}
