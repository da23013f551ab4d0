//! Roles, and the rights that they bundle.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{condition::Condition, lang::Lang, problem::Problem as Wrong, rights::Right, role::RoleCode, text::Name};
use serde_json::Value;
use store::{
    StoreError,
    roles::{RolePatch, RoleWish},
};

use super::{
    body::Body,
    shapes::{Problem, RightShape, RightsList, RoleInput, RolePatchInput, RoleShape, Roles},
};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// All rights there are
#[utoipa::path(get, operation_id = "list_rights", path = "/rights", tag = "people", responses((status = 200, body = RightsList)))]
pub(super) async fn rights(_: Caller, Extension(Language(lang)): Extension<Language>) -> Json<RightsList> {
    Json(RightsList { items: Right::ALL.map(|right| RightShape::of(right, lang)).into() })
}

/// The roles of the client: those that come with Lagune first, then its own by name
#[utoipa::path(get, operation_id = "list_roles", path = "/roles", tag = "people",
    responses((status = 200, body = Roles), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
) -> Result<Json<Roles>, Refusal> {
    caller.may(Right::Users)?;
    let roles = state.store.roles(caller.client).await?;
    Ok(Json(Roles { items: roles.iter().map(|role| RoleShape::of(role, &caller.manager(), lang)).collect() }))
}

/// One role
#[utoipa::path(get, operation_id = "read_role", path = "/roles/{role}", tag = "people", params(("role" = String, Path, description = "Its code")),
    responses((status = 200, body = RoleShape), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(role): Path<String>,
) -> Result<Json<RoleShape>, Refusal> {
    caller.may(Right::Users)?;
    Ok(Json(shape(&state, &caller, &role, lang).await?))
}

async fn shape(state: &AppState, caller: &Caller, code: &str, lang: Lang) -> Result<RoleShape, Refusal> {
    let roles = state.store.roles(caller.client).await?;
    let role = roles.iter().find(|role| role.code.as_str() == code).ok_or_else(Refusal::not_found)?;
    Ok(RoleShape::of(role, &caller.manager(), lang))
}

/// Make a role
///
/// Its code is made from the name. It can't allow more than the caller.
#[utoipa::path(post, operation_id = "create_role", path = "/roles", tag = "people", request_body = RoleInput,
    responses((status = 201, body = RoleShape, headers(("location" = String))),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    mut body: Body,
) -> Result<Response, Refusal> {
    caller.may(Right::Users)?;
    let name = body.parsed("name", Name::parse);
    let rights = body.needed_rights("rights");
    let rule = rule(&state, &caller, &mut body).await?;
    body.end()?;
    let (Some(name), Some(rights)) = (name, rights) else { return Err(Refusal::internal()) };
    let wish = RoleWish { name: None, rights, rule: rule.flatten() };
    let code = state.store.create_role(caller.client, caller.rights, &name, &wish, caller.wish(lang)).await?;
    let location = format!("/api/v1/roles/{code}");
    let role = shape(&state, &caller, code.as_str(), lang).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(role)).into_response())
}

/// Give a role another name, other rights, another rule
///
/// Only what is named changes. What its people may do changes with their next request. A role that allows, or would allow, more
/// than the caller is not changed, nor the rights of `operator` and `administrator`.
#[utoipa::path(patch, operation_id = "change_role", path = "/roles/{role}", tag = "people", request_body = RolePatchInput,
    params(("role" = String, Path, description = "Its code")),
    responses((status = 200, body = RoleShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(role): Path<String>,
    mut body: Body,
) -> Result<Json<RoleShape>, Refusal> {
    caller.may(Right::Users)?;
    let code = code(&role)?;
    shape(&state, &caller, code.as_str(), lang).await?;
    let name = body.has("name").then(|| body.optional("name", Name::parse));
    let rights = body.rights("rights");
    let patch = RolePatch { name, rights, rule: rule(&state, &caller, &mut body).await? };
    body.end()?;
    state.store.patch_role(caller.client, caller.rights, &code, patch, caller.wish(lang)).await?;
    Ok(Json(shape(&state, &caller, code.as_str(), lang).await?))
}

fn code(role: &str) -> Result<RoleCode, Refusal> {
    role.parse().map_err(|_| Refusal::not_found())
}

/// The rule of a body, as text or as tree: none where it is not named, no rule where it is `null`. Some pool must be able to
/// answer it.
async fn rule(state: &AppState, caller: &Caller, body: &mut Body) -> Result<Option<Option<Condition>>, Refusal> {
    let (as_text, as_tree) = (body.has("rule"), body.has("rule_tree"));
    if !as_text && !as_tree {
        return Ok(None);
    }
    let typed = body.optional("rule", |text| text.parse::<Condition>());
    let tree = match body.value("rule_tree") {
        Value::Null => None,
        _ if as_text => {
            body.refuse("rule_tree", Wrong::UnknownChoice { value: "rule_tree".to_owned() });
            None
        }
        tree => match serde_json::from_value::<Condition>(tree.clone()) {
            Ok(rule) => Some(rule),
            Err(_) => {
                body.refuse("rule_tree", Wrong::NotACondition { part: tree.to_string() });
                None
            }
        },
    };
    let rule = typed.or(tree);
    if let Some(rule) = &rule {
        match state.store.check_rule(caller.client, rule).await {
            Err(StoreError::Invalid(invalid)) => _ = body.also::<()>(Err(invalid)),
            checked => checked?,
        }
    }
    Ok(Some(rule))
}

/// Delete a role that nobody has
///
/// One that comes with Lagune gets its own name and rights back.
#[utoipa::path(delete, operation_id = "delete_role", path = "/roles/{role}", tag = "people", params(("role" = String, Path, description = "Its code")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete(State(state): State<AppState>, caller: Caller, Path(role): Path<String>) -> Result<StatusCode, Refusal> {
    caller.may(Right::Users)?;
    state.store.delete_role(caller.client, caller.rights, &code(&role)?, caller.wish(Lang::default())).await?;
    Ok(StatusCode::NO_CONTENT)
}
