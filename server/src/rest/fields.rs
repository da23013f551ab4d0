//! The fields of a pool.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{field::FieldKind, pool::CategoryRole, problem::Problem as Wrong, text::Name};
use store::fields::NewField;

use super::{
    body::Body,
    scope,
    shapes::{FieldInput, FieldShape, Fields, Problem},
};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// All fields of a pool, in the order in which forms show them
#[utoipa::path(get, operation_id = "list_fields", path = "/pools/{pool}/fields", tag = "pools", params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = Fields), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
) -> Result<Json<Fields>, Refusal> {
    let pool = scope::pool(&state, &caller, &named).await?;
    Ok(Json(Fields { items: pool.fields.iter().map(|field| FieldShape::of(field, lang)).collect() }))
}

/// Add a field to a pool
#[utoipa::path(post, operation_id = "create_field", path = "/pools/{pool}/fields", tag = "pools", request_body = FieldInput, params(("pool" = String, Path, description = "Id or name")),
    responses((status = 201, body = FieldShape), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named).await?;
    caller.administrator()?;
    let label = body.parsed("label", Name::parse);
    let kind = body.parsed("kind", kind);
    let key = body.optional("key", internal_key);
    let options: Result<Vec<Name>, Wrong> = body.texts("options").unwrap_or_default().iter().map(|label| Name::parse(label)).collect();
    let options = options.unwrap_or_else(|problem| {
        body.refuse("options", problem);
        Vec::new()
    });
    body.end()?;
    let (Some(label), Some(kind)) = (label, kind) else { return Err(Refusal::internal()) };

    let unassigned = pool.categories.iter().find(|category| category.role == CategoryRole::Unassigned);
    let category = unassigned.or(pool.categories.first()).ok_or_else(Refusal::internal)?.id;
    let options = options.iter().map(ToString::to_string).collect();
    let field = NewField { key, label: label.to_string(), kind, category, required: false, help: String::new(), options };
    let id = state.store.create_field(caller.client, pool.id, &field).await?;
    let pool = state.store.pool(caller.client, pool.id).await?;
    let field = pool.field_by_id(id).ok_or_else(Refusal::not_found)?;
    Ok((StatusCode::CREATED, Json(FieldShape::of(field, lang))).into_response())
}

/// Kinds that only the system uses can't be added.
fn kind(code: &str) -> Result<FieldKind, Wrong> {
    let offered = FieldKind::from_code(code).filter(|kind| kind.offered());
    offered.ok_or_else(|| Wrong::UnknownChoice { value: code.to_owned() })
}

/// Capital letters, digits and underscores, beginning with a letter.
fn internal_key(key: &str) -> Result<String, Wrong> {
    let fits = key.starts_with(|c: char| c.is_ascii_uppercase())
        && key.len() <= 60
        && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    if fits { Ok(key.to_owned()) } else { Err(Wrong::NotAnInternalName) }
}
