//! A field gets another type, seen before and taken back.

use axum::{
    Extension, Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::field::FieldKind;
use domain::problem::Problem as Wrong;
use domain::rights::Right;
use store::conversions::Begun;

use super::{
    body::Body,
    scope,
    shapes::{
        Problem,
        conversions::{BegunShape, ConversionInput, ConversionShape, Kind, PreviewShape},
    },
};
use crate::{
    downloads,
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// See what another type would make of a field's values
///
/// Nothing changes. Of the values that don't convert the first 100 are named; `…/preview/failures.csv` has all.
#[utoipa::path(post, operation_id = "preview_conversion", path = "/pools/{pool}/fields/{field}/conversions/preview", tag = "pools", request_body = ConversionInput,
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Key or id")),
    responses((status = 200, body = PreviewShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn preview(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
    body: Body,
) -> Result<Json<PreviewShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let field = scope::field(&pool, &field)?.id;
    let preview = state.store.preview_conversion(&caller.reach(), &pool, field, kind(body)?, lang).await?;
    Ok(Json(PreviewShape::of(preview, lang)))
}

/// All values that would not convert, as CSV
#[utoipa::path(get, operation_id = "read_conversion_failures", path = "/pools/{pool}/fields/{field}/conversions/preview/failures.csv", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Key or id"), ("kind" = String, Query, description = "The type")),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn failures(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
    Query(Kind { kind }): Query<Kind>,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let field = scope::field(&pool, &field)?.clone();
    downloads::failures(&state.store, &caller, pool, field, &kind, lang).await
}

/// Give a field another type
///
/// The work of the job in the answer. Until it has ended nothing changes for anybody; values that don't convert are empty
/// then, and everything can be taken back for 14 days.
#[utoipa::path(post, operation_id = "begin_conversion", path = "/pools/{pool}/fields/{field}/conversions", tag = "pools", request_body = ConversionInput,
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Key or id")),
    responses((status = 202, body = BegunShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "A standard field, or in use by an import or another conversion"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn begin(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
    body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let field = scope::field(&pool, &field)?.id;
    let wish = caller.wish(lang);
    let begun = state.store.begin_conversion(caller.client, pool.id, field, kind(body)?, &wish).await?;
    Ok(started(begun))
}

/// One conversion
#[utoipa::path(get, operation_id = "read_conversion", path = "/pools/{pool}/fields/{field}/conversions/{conversion}", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Key or id"), ("conversion" = i64, Path)),
    responses((status = 200, body = ConversionShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Path((named, field, conversion)): Path<(String, String, String)>,
) -> Result<Json<ConversionShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let field = scope::field(&pool, &field)?.id;
    let found = state.store.conversion(caller.client, pool.id, scope::id(&conversion)?).await?;
    if found.field != field { Err(Refusal::not_found()) } else { Ok(Json(ConversionShape::from(found))) }
}

/// Give a field its former type back
///
/// Values that nobody has changed since come back exactly, others are converted. Possible for 14 days.
#[utoipa::path(post, operation_id = "undo_conversion", path = "/pools/{pool}/fields/{field}/conversions/{conversion}/undo", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Key or id"), ("conversion" = i64, Path)),
    responses((status = 202, body = BegunShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, field, conversion)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let field = scope::field(&pool, &field)?.id;
    let found = state.store.conversion(caller.client, pool.id, scope::id(&conversion)?).await?;
    if found.field != field {
        return Err(Refusal::not_found());
    }
    let wish = caller.wish(lang);
    Ok(started(state.store.undo_conversion(caller.client, pool.id, found.id, &wish).await?))
}

fn started(begun: Begun) -> Response {
    (StatusCode::ACCEPTED, Json(BegunShape::from(begun))).into_response()
}

fn kind(mut body: Body) -> Result<FieldKind, Refusal> {
    let kind = body.parsed("kind", |code| FieldKind::from_code(code).ok_or_else(|| Wrong::UnknownChoice { value: code.to_owned() }));
    body.end()?;
    kind.ok_or_else(Refusal::internal)
}
