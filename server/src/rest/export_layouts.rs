//! Layouts of exports that are kept under a name.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::{export::Wish, id::ExportLayoutId, rights::Right, text::Name};

use super::{
    body::Body,
    scope,
    shapes::{ExportInput, ExportLayoutInput, ExportLayoutShape, ExportLayouts, Problem},
};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// The saved export layouts of a pool
#[utoipa::path(get, operation_id = "list_export_layouts", path = "/pools/{pool}/export-layouts", tag = "exports",
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = ExportLayouts), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(State(state): State<AppState>, caller: Caller, Path(named): Path<String>) -> Result<Json<ExportLayouts>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::ExportProfiles).await?;
    let items = state.store.export_layouts(caller.client, pool.id).await?;
    Ok(Json(ExportLayouts { items: items.into_iter().map(Into::into).collect() }))
}

/// Save an export layout
///
/// `layout=NAME` exports by it, here and on the page. Under a name that the pool has it replaces the one there.
#[utoipa::path(post, operation_id = "save_export_layout", path = "/pools/{pool}/export-layouts", tag = "exports", request_body = ExportLayoutInput,
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 201, body = ExportLayoutShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn save(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::ExportProfiles).await?;
    let name = body.parsed("name", Name::parse);
    let pairs = ExportInput::form(&mut body);
    let wish = Wish::from_pairs(&pairs, &Wish::default());
    let wish = body.also(wish.and_then(|wish| wish.fields(&pool, None).map(|_| wish)));
    body.end()?;
    // Whatever is missing has been named by the end.
    let (Some(name), Some(wish)) = (name, wish) else { return Err(Refusal::internal()) };
    state.store.save_export_layout(caller.client, pool.id, &name, &wish.layout(), caller.wish(lang)).await?;
    let saved = state.store.find_export_layout(caller.client, pool.id, name.as_str()).await?;
    Ok((StatusCode::CREATED, Json(ExportLayoutShape::from(saved))).into_response())
}

/// Delete a saved export layout
#[utoipa::path(delete, operation_id = "delete_export_layout", path = "/pools/{pool}/export-layouts/{layout}", tag = "exports",
    params(("pool" = String, Path, description = "Id or name"), ("layout" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, layout)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::ExportProfiles).await?;
    let id: ExportLayoutId = scope::id(&layout)?;
    state.store.delete_export_layout(caller.client, pool.id, id, caller.wish(lang)).await?;
    Ok(StatusCode::NO_CONTENT)
}
