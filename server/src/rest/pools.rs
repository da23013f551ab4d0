//! Pools.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    config::{file::PoolFile, template::Template},
    lang::Lang,
    pool::Pool,
    problem::Problem as Wrong,
    rights::Right,
    text::PoolName,
};

use super::{
    body::Body,
    scope,
    shapes::{NewPoolInput, PoolInput, PoolShape, Pools, Problem},
};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// All pools, by name
#[utoipa::path(get, operation_id = "list_pools", path = "/pools", tag = "pools", responses((status = 200, body = Pools), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Pools>, Refusal> {
    caller.may(Right::SeePools)?;
    let pools = state.store.pools(&caller.reach()).await?;
    Ok(Json(Pools { items: pools.into_iter().map(PoolShape::from).collect() }))
}

/// A pool as the caller sees it.
pub(super) async fn shape(state: &AppState, caller: &Caller, pool: &Pool) -> Result<PoolShape, Refusal> {
    Ok(PoolShape::of(pool, state.store.size(&caller.reach(), pool).await?))
}

/// One pool
#[utoipa::path(get, operation_id = "read_pool", path = "/pools/{pool}", tag = "pools", params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = PoolShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(State(state): State<AppState>, caller: Caller, Path(named): Path<String>) -> Result<Json<PoolShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::SeePools).await?;
    Ok(Json(shape(&state, &caller, &pool).await?))
}

/// Create a pool
///
/// With the standard fields; with `template` or `copy_of` also with more.
#[utoipa::path(post, operation_id = "create_pool", path = "/pools", tag = "pools", request_body = NewPoolInput,
    responses((status = 201, body = PoolShape, headers(("location" = String))), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    mut body: Body,
) -> Result<Response, Refusal> {
    caller.may(Right::CreatePools)?;
    let name = body.parsed("name", PoolName::parse);
    let template =
        body.optional("template", |code| Template::from_code(code).ok_or_else(|| Wrong::UnknownChoice { value: code.to_owned() }));
    let copy_of = body.text("copy_of");
    if template.is_some() && copy_of.is_some() {
        body.refuse("copy_of", Wrong::UnknownChoice { value: copy_of.clone().unwrap_or_default() });
    }
    body.end()?;
    let Some(name) = name else { return Err(Refusal::internal()) };
    let layout = match copy_of {
        Some(named) => Some(PoolFile::of(&scope::pool(&state, &caller, &named, Right::SeePools).await?)),
        None => template.map(|template| template.file(lang)),
    };
    let wish = caller.wish(lang);
    let id = match layout {
        Some(file) => state.store.create_pool_from(caller.client, &name, &file, &wish).await?,
        None => state.store.create_pool(caller.client, &name, wish).await?,
    };
    let pool = state.store.pool(caller.client, id).await?;
    let location = format!("/api/v1/pools/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(shape(&state, &caller, &pool).await?)).into_response())
}

/// Rename a pool
#[utoipa::path(patch, operation_id = "rename_pool", path = "/pools/{pool}", tag = "pools", request_body = PoolInput, params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = PoolShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn rename(
    State(state): State<AppState>,
    caller: Caller,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Json<PoolShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::EditPools).await?;
    let name = body.parsed("name", PoolName::parse);
    body.end()?;
    let Some(name) = name else { return Err(Refusal::internal()) };
    state.store.rename_pool(caller.client, pool.id, &name, caller.wish(Lang::default())).await?;
    let pool = state.store.pool(caller.client, pool.id).await?;
    Ok(Json(shape(&state, &caller, &pool).await?))
}

/// Delete a pool with its profiles
#[utoipa::path(delete, operation_id = "delete_pool", path = "/pools/{pool}", tag = "pools", params(("pool" = String, Path, description = "Id or name")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete(State(state): State<AppState>, caller: Caller, Path(named): Path<String>) -> Result<StatusCode, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::DeletePools).await?;
    state.store.delete_pool(caller.client, pool.id, caller.wish(Lang::default())).await?;
    Ok(StatusCode::NO_CONTENT)
}
