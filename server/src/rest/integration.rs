//! What a program needs to know of a pool before it works with its profiles.

use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use domain::rights::Right;
use serde::Deserialize;

use super::{scope, shapes::Problem};
use crate::{
    errors::{Language, Refusal},
    export::Dialect,
    integration::{Kind, Server},
    session::Caller,
    state::AppState,
};

/// How a table is written.
#[derive(Deserialize)]
pub(super) struct How {
    dialect: Option<String>,
}

/// All fields with the ids of their options
///
/// Pool, categories and fields: id, internal name, variable, type, what has to be filled, what only Lagune fills, default, help, options.
#[utoipa::path(get, operation_id = "read_integration", path = "/pools/{pool}/integration.json", tag = "pools", params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = Object), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn json(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    server: Server,
) -> Result<Response, Refusal> {
    Kind::Json.of(&scope::pool(&state, &caller, &named, Right::SeePools).await?, &server, lang)
}

/// The same as CSV
///
/// A row for each field; the options in one cell as `12=Ski|13=Rad`, where a `|` or `\` of a label has a `\` in front.
#[utoipa::path(get, operation_id = "read_integration_csv", path = "/pools/{pool}/integration.csv", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("dialect" = Option<String>, Query, description = "plain or excel")),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn csv(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    Query(how): Query<How>,
    server: Server,
) -> Result<Response, Refusal> {
    let dialect = how.dialect.as_deref().map_or(Dialect::Plain, Dialect::named);
    Kind::Csv(dialect).of(&scope::pool(&state, &caller, &named, Right::SeePools).await?, &server, lang)
}

/// The JSON Schema of the pool's profiles
///
/// Draft 2020-12: `Profile` as it is read, under `$defs` also `ProfileInput` and `ProfilePatch` as they are sent.
#[utoipa::path(get, operation_id = "read_schema", path = "/pools/{pool}/schema.json", tag = "pools", params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = Object, content_type = "application/schema+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn schema(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    server: Server,
) -> Result<Response, Refusal> {
    Kind::Schema.of(&scope::pool(&state, &caller, &named, Right::SeePools).await?, &server, lang)
}

/// The description of the pool's own calls
///
/// OpenAPI 3.1 with the pool's id and fields: what code can be generated from.
#[utoipa::path(get, operation_id = "read_pool_openapi", path = "/pools/{pool}/openapi.json", tag = "pools", params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = Object), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn openapi(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    server: Server,
) -> Result<Response, Refusal> {
    Kind::OpenApi.of(&scope::pool(&state, &caller, &named, Right::SeePools).await?, &server, lang)
}
