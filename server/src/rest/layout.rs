//! How a pool is made up, as a file.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, Query, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    config::file::{Comparison, Format, MAX_BYTES, PoolFile, Said, Sign, Unreadable, compare},
    id::PoolId,
    lang::Lang,
    rights::Right,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    pools::shape,
    scope,
    shapes::{PoolShape, Problem},
};
use crate::{
    errors::{Detail, FieldRefusal, Language, Refusal},
    link::encode,
    session::Caller,
    state::AppState,
};

/// What a layout means for a pool, or has done to it.
#[derive(Serialize, ToSchema)]
pub(super) struct LayoutAnswer {
    /// Whether it has happened.
    applied: bool,
    /// By which it can be undone, where something has happened.
    #[schema(example = 12)]
    change: Option<i64>,
    /// How many changes there are.
    changes: u64,
    /// One line for each thing that is added, changed, kept, or can't be.
    lines: Vec<LayoutLine>,
}

/// A line of a comparison.
#[derive(Serialize, ToSchema)]
pub(super) struct LayoutLine {
    /// added, changed, kept, refused
    #[schema(value_type = String, example = "changed")]
    sign: Sign,
    /// What it is about.
    #[schema(example = "Kundennummer (CUSTOMERNO)")]
    subject: String,
    /// What happens to it, in the language asked for.
    #[schema(example = "Pflichtfeld")]
    text: String,
    /// As it was.
    #[schema(example = "nein")]
    before: Option<String>,
    /// As it will be.
    #[schema(example = "ja")]
    after: Option<String>,
}

impl From<Said> for LayoutLine {
    fn from(said: Said) -> Self {
        let Said { sign, subject, text, before, after } = said;
        Self { sign, subject, text, before, after }
    }
}

impl LayoutAnswer {
    fn of(comparison: &Comparison, change: Option<i64>, applied: bool, lang: Lang) -> Self {
        let lines = comparison.said(lang).into_iter().map(LayoutLine::from).collect();
        Self { applied, change, changes: comparison.changes.len() as u64, lines }
    }
}

/// The layout of a pool as a file
///
/// Categories, fields and options, without anybody's data. `format` or `Accept` chooses between JSON and YAML.
#[utoipa::path(get, operation_id = "read_layout", path = "/pools/{pool}/layout", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("format" = Option<String>, Query, description = "json or yaml")),
    responses((status = 200, body = String, description = "See docs/pool-layout.md", content_type = "application/yaml"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(state): State<AppState>,
    caller: Caller,
    Path(named): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::ExportPools).await?;
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let asked = pairs.iter().find(|(name, _)| name == "format").and_then(|(_, code)| Format::from_code(code));
    let format = asked.unwrap_or(if accepts.contains("yaml") { Format::Yaml } else { Format::Json });
    let mut response = PoolFile::of(&pool).write(format).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    let disposition = format!("attachment; filename*=UTF-8''{}.{}", encode(&pool.name).replace('/', "%2F"), format.code());
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Make a pool as a file says
///
/// In one change, which can be undone as one. What the file does not name stays; what can't be is named and left as it is.
/// `dry_run=true` only compares.
#[utoipa::path(put, operation_id = "apply_layout", path = "/pools/{pool}/layout", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("dry_run" = Option<bool>, Query, description = "Only compare")),
    request_body(content = String, description = "JSON or YAML, at most 1 MB, see docs/pool-layout.md", content_type = "application/yaml"),
    responses((status = 200, body = LayoutAnswer), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn apply(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Json<LayoutAnswer>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let bytes = bytes.map_err(|_| Refusal::too_large(MAX_BYTES as u64))?;
    let file = PoolFile::read(&bytes).map_err(unreadable)?;
    let wish = caller.wish(lang);
    let comparison = compare(&pool, &file, wish.now, &pool.zone);
    if pairs.iter().any(|(name, value)| name == "dry_run" && value != "false") {
        return Ok(Json(LayoutAnswer::of(&comparison, None, false, lang)));
    }
    let done = state.store.apply_file(caller.client, pool.id, &file, &wish).await?;
    Ok(Json(LayoutAnswer::of(&comparison, done.map(|done| done.change), true, lang)))
}

/// Bring a deleted pool back
///
/// Within 14 days, with its profiles.
#[utoipa::path(post, operation_id = "restore_pool", path = "/pools/{pool}/restore", tag = "pools", params(("pool" = i64, Path)),
    responses((status = 200, body = PoolShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn restore(
    State(state): State<AppState>,
    caller: Caller,
    Path(pool): Path<String>,
) -> Result<(StatusCode, Json<PoolShape>), Refusal> {
    let pool: PoolId = scope::id(&pool)?;
    caller.may(Right::DeletePools)?;
    state.store.restore_pool(caller.client, pool, caller.wish(Lang::default())).await?;
    let pool = state.store.pool(caller.client, pool).await?;
    Ok((StatusCode::OK, Json(shape(&state, &caller, &pool).await?)))
}

/// What is wrong with a file, each thing by its place.
fn unreadable(faults: Vec<Unreadable>) -> Refusal {
    let both = |fault: &Unreadable| Detail::made(fault.message(Lang::De), fault.message(Lang::En));
    let first = faults.first().map_or_else(|| Detail::made("", ""), both);
    let named = faults.iter().map(|fault| FieldRefusal { field: fault.place.clone(), code: "layout".to_owned(), detail: both(fault) });
    Refusal::unreadable_file("unreadable_layout", first).naming(named.collect())
}
