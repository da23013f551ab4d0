//! Deleted fields, which can be brought back for some days.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use domain::rights::Right;

use crate::{
    errors::{Language, Refusal},
    rest::{
        scope,
        shapes::{ChangeShape, DeletedFieldShape, DeletedFields, Problem},
    },
    session::Caller,
    state::AppState,
};

/// The deleted fields of a pool that can be brought back, last deleted first
#[utoipa::path(get, operation_id = "list_deleted_fields", path = "/pools/{pool}/fields/deleted", tag = "pools",
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = DeletedFields), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
) -> Result<Json<DeletedFields>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let deleted = state.store.deleted_fields(caller.client, pool.id).await?;
    Ok(Json(DeletedFields { items: deleted.iter().map(|deleted| DeletedFieldShape::of(deleted, lang)).collect() }))
}

/// Bring a deleted field back
///
/// Within 14 days, with its data, to where it was. It is a change like any other, which can be taken back.
#[utoipa::path(post, operation_id = "restore_field", path = "/pools/{pool}/fields/{field}/restore", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("field" = i64, Path)),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn restore(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
) -> Result<Json<ChangeShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let done = state.store.restore_field(caller.client, pool.id, scope::id(&field)?, &caller.wish(lang)).await?;
    Ok(Json(done.into()))
}
