//! The fields of a pool.

pub(super) mod deleted;

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    config::{NewField, NewOption, Step, own_key},
    field::FieldKind,
    id::{CategoryId, FieldId},
    pool::CategoryRole,
    problem::Problem as Wrong,
    rights::Right,
    text::Name,
};

use super::{
    body::Body,
    configuration::fields::tag,
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
    let pool = scope::pool(&state, &caller, &named, Right::SeePools).await?;
    Ok(Json(Fields { items: pool.fields.iter().map(|field| FieldShape::of(field, lang)).collect() }))
}

/// One field, by its id or internal name, with its entity tag
#[utoipa::path(get, operation_id = "read_field", path = "/pools/{pool}/fields/{field}", tag = "pools", params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name")),
    responses((status = 200, body = FieldShape, headers(("etag" = String, description = "For If-Match"))), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::SeePools).await?;
    let field = scope::field(&pool, &field)?;
    Ok(([(header::ETAG, tag(field))], Json(FieldShape::of(field, lang))).into_response())
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
    let pool = scope::pool(&state, &caller, &named, Right::Configure).await?;
    let label = body.parsed("label", Name::parse);
    let kind = body.parsed("kind", kind);
    let key = body.optional("key", own_key);
    let category = body.number("category").map(CategoryId::new);
    let (required, matching) = (body.truth("required").unwrap_or_default(), body.truth("matching").unwrap_or_default());
    let (profiling, tagging) = (body.truth("profiling").unwrap_or_default(), body.truth("tagging").unwrap_or_default());
    let (default, help) = (body.text("default").unwrap_or_default(), body.text("help").unwrap_or_default());
    let options: Result<Vec<Name>, Wrong> = body.texts("options").unwrap_or_default().iter().map(|label| Name::parse(label)).collect();
    let options = options.unwrap_or_else(|problem| {
        body.refuse("options", problem);
        Vec::new()
    });
    body.end()?;
    let (Some(label), Some(kind)) = (label, kind) else { return Err(Refusal::internal()) };

    let unassigned = pool.categories.iter().find(|category| category.role == CategoryRole::Unassigned);
    let category = category.or_else(|| Some(unassigned.or(pool.categories.first())?.id)).ok_or_else(Refusal::internal)?;
    let options = options.into_iter().map(NewOption::new).collect();
    let field = NewField { key, required, matching, profiling, tagging, default, help, options, ..NewField::new(label, kind, category) };
    let wish = caller.wish(lang);
    let done = state.store.configure(caller.client, pool.id, &Step::AddField(field), &wish).await?;
    let id = done.made.map(FieldId::new).ok_or_else(Refusal::internal)?;
    let pool = caller.pool(&state.store, pool.id).await?;
    let field = pool.field_by_id(id).ok_or_else(Refusal::not_found)?;
    Ok((StatusCode::CREATED, Json(FieldShape::of(field, lang))).into_response())
}

/// Kinds that only the system uses can't be added.
fn kind(code: &str) -> Result<FieldKind, Wrong> {
    let offered = FieldKind::from_code(code).filter(|kind| kind.offered());
    offered.ok_or_else(|| Wrong::UnknownChoice { value: code.to_owned() })
}
