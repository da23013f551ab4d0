//! Mappings of imports that are kept under a name.

use std::collections::BTreeMap;

use axum::{
    Extension, Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::{
    id::MappingId,
    import::{Goes, Mapping, Reading, Rules, mappable, matchable},
    pool::Pool,
    problem::Problem as Wrong,
    rights::Right,
    text::Name,
};
use serde::Deserialize;
use serde_json::Value;
use store::mappings::NewMapping;

use super::{
    body::Body,
    how::word,
    scope,
    shapes::{MappingInput, MappingPatch, MappingShape, Mappings, Problem},
};
use crate::{
    errors::{Language, Refusal},
    imports::Asked,
    session::Caller,
    state::AppState,
};

/// The kept mappings of a pool, each in its newest version
#[utoipa::path(get, operation_id = "list_mappings", path = "/pools/{pool}/mappings", tag = "imports",
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = Mappings), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(State(state): State<AppState>, caller: Caller, Path(named): Path<String>) -> Result<Json<Mappings>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let items = state.store.mappings(caller.client, pool.id).await?;
    Ok(Json(Mappings { items: items.into_iter().map(Into::into).collect() }))
}

/// Keep a mapping
///
/// `POST /pools/{pool}/imports?mapping=NAME` imports by it, and the page proposes it for files with the same headings. Under a name that
/// the pool has it becomes the next version; the older ones stay.
#[utoipa::path(post, operation_id = "save_mapping", path = "/pools/{pool}/mappings", tag = "imports", request_body = MappingInput,
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 201, body = MappingShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn save(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let name = body.parsed("name", Name::parse);
    let new = read(&mut body, &pool);
    body.end()?;
    // Whatever is missing has been named by the end.
    let (Some(name), Some(new)) = (name, new) else { return Err(Refusal::internal()) };
    let (id, version) = state.store.save_mapping(caller.client, pool.id, &name, &new, caller.wish(lang)).await?;
    let saved = state.store.mapping(caller.client, pool.id, id, Some(version)).await?;
    Ok((StatusCode::CREATED, Json(MappingShape::from(saved))).into_response())
}

/// Each heading with its field, or nothing.
fn read(body: &mut Body, pool: &Pool) -> Option<NewMapping> {
    let columns = body.object("columns");
    let asked = asked(body);
    let reading = match body.value("reading") {
        Value::Null => None,
        value => match serde_json::from_value::<Reading>(value) {
            Ok(reading) => Some(reading),
            Err(_) => {
                body.refuse("reading", Wrong::WrongType { expected: "object".into() });
                None
            }
        },
    };
    let Some(columns) = columns else {
        body.refuse("columns", Wrong::Required);
        return None;
    };
    let (mut headings, mut mapping) = (Vec::new(), Mapping { columns: Vec::new() });
    for (heading, field) in columns {
        let said = word(&field);
        if !field.is_null() && said.is_none() {
            body.refuse("columns", Wrong::WrongType { expected: "text".into() });
        }
        let said = said.filter(|word| !word.trim().is_empty()).map(|word| Goes::typed(&word));
        if let Some(named) = said.iter().flat_map(Goes::fields).find(|named| !mappable(pool, named)) {
            body.refuse("columns", Wrong::UnknownField { field: named.to_owned() });
        }
        headings.push(heading);
        mapping.columns.push(said.map(|goes| goes.to_string()));
    }
    let filled = mapping.fields();
    if filled.iter().enumerate().any(|(n, field)| filled[..n].contains(field)) {
        body.refuse("columns", Wrong::Taken);
    }
    if mapping.columns.iter().all(Option::is_none) {
        body.refuse("columns", Wrong::Required);
    }
    let rules = match asked.over(Rules::proposed(&mapping)) {
        Ok(rules) => rules,
        Err(wrong) => {
            body.also::<()>(Err(wrong));
            return None;
        }
    };
    if let Some((field, _)) = rules.constants.iter().find(|(field, _)| !mappable(pool, field)) {
        body.refuse("rules", Wrong::UnknownField { field: field.clone() });
    }
    let there = |key: &String| {
        let said = mapping.column(key).is_some() || rules.constant(key).is_some();
        said && pool.field(key).is_some_and(matchable)
    };
    if !rules.key.iter().all(there) {
        body.refuse("key", Wrong::MissingKey);
    }
    Some(NewMapping { reading, headings, mapping, rules })
}

/// The rules as they are said.
fn asked(body: &mut Body) -> Asked {
    let mut asked = Asked { key: body.text("key"), ..Asked::default() };
    for (name, value) in body.object("rules").unwrap_or_default() {
        let text = value.as_str().map(str::to_owned);
        let there = match name.as_str() {
            "existing" => &mut asked.existing,
            "filled" => &mut asked.filled,
            "sets" => &mut asked.sets,
            "empty" => &mut asked.empty,
            "unknown" => &mut asked.unknown,
            "duplicates" => &mut asked.duplicates,
            "constants" => {
                match serde_json::from_value::<BTreeMap<String, String>>(value) {
                    Ok(constants) => asked.constants = constants.into_iter().collect(),
                    Err(_) => body.refuse("rules", Wrong::WrongType { expected: "object".into() }),
                }
                continue;
            }
            "dns" => {
                asked.dns = value.as_bool();
                if asked.dns.is_none() {
                    body.refuse("rules", Wrong::WrongType { expected: "boolean".into() });
                }
                continue;
            }
            _ => {
                body.refuse("rules", Wrong::UnknownChoice { value: name });
                continue;
            }
        };
        if text.is_none() {
            body.refuse("rules", Wrong::WrongType { expected: "text".into() });
        }
        *there = text;
    }
    asked
}

/// Which version is wished.
#[derive(Deserialize)]
pub(super) struct Wanted {
    version: Option<i64>,
}

/// A kept mapping
#[utoipa::path(get, operation_id = "read_mapping", path = "/pools/{pool}/mappings/{mapping}", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("mapping" = i64, Path),
        ("version" = Option<i64>, Query, description = "An older version; without it the newest")),
    responses((status = 200, body = MappingShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Path((named, mapping)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<MappingShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let id: MappingId = scope::id(&mapping)?;
    Ok(Json(state.store.mapping(caller.client, pool.id, id, wanted.version).await?.into()))
}

/// Rename a kept mapping
#[utoipa::path(patch, operation_id = "rename_mapping", path = "/pools/{pool}/mappings/{mapping}", tag = "imports", request_body = MappingPatch,
    params(("pool" = String, Path, description = "Id or name"), ("mapping" = i64, Path)),
    responses((status = 200, body = MappingShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn rename(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, mapping)): Path<(String, String)>,
    mut body: Body,
) -> Result<Json<MappingShape>, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let id: MappingId = scope::id(&mapping)?;
    let name = body.parsed("name", Name::parse);
    body.end()?;
    let Some(name) = name else { return Err(Refusal::internal()) };
    state.store.rename_mapping(caller.client, pool.id, id, &name, caller.wish(lang)).await?;
    Ok(Json(state.store.mapping(caller.client, pool.id, id, None).await?.into()))
}

/// Delete a kept mapping with all its versions
///
/// Imports that were made by it stay as they are.
#[utoipa::path(delete, operation_id = "delete_mapping", path = "/pools/{pool}/mappings/{mapping}", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("mapping" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, mapping)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    state.store.delete_mapping(caller.client, pool.id, scope::id(&mapping)?, caller.wish(lang)).await?;
    Ok(StatusCode::NO_CONTENT)
}
