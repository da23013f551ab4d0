//! Creating, changing and deleting profiles.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{
    bulk::Bulk,
    field::{FieldDef, FieldKind},
    id::{FieldId, ProfileId},
    lang::Lang,
    pool::Pool,
    problem::Problem as Wrong,
    profile::{Draft, Profile},
    rights::Right,
    value::{Value, from_json},
};
use store::{StoreError, profiles::Selection};

use super::list::answer;
use crate::{
    clock,
    errors::Refusal,
    rest::{
        body::Body,
        scope,
        shapes::{Problem, ProfileInput, ProfilePatch, ProfileShape},
    },
    session::Caller,
    state::AppState,
};

/// Create a profile
#[utoipa::path(post, operation_id = "create_profile", path = "/pools/{pool}/profiles", tag = "profiles", request_body = ProfileInput, params(("pool" = String, Path, description = "Id or name")),
    responses((status = 201, body = ProfileShape, headers(("location" = String), ("etag" = String))), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::CreateProfiles).await?;
    let changes = changes(&state, &caller, &pool, None, &mut body).await?;
    let draft = body.also(Draft::of(&pool, changes));
    body.end()?;
    let draft = draft.ok_or_else(Refusal::internal)?;
    let profile = state.store.create_profile(&caller.reach(), &pool, draft, &caller.actor, clock::now()).await?;
    let mut response = answer(&profile, &all(&pool));
    *response.status_mut() = StatusCode::CREATED;
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/pools/{}/profiles/{}", pool.id, profile.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Change fields of a profile
///
/// Only the named fields change; `null` empties one. With `If-Match` or `revision` nothing is overwritten that somebody else
/// changed meanwhile: the answer is then 412 or 409 and shows the profile as it is now.
#[utoipa::path(patch, operation_id = "patch_profile", path = "/pools/{pool}/profiles/{profile}", tag = "profiles", request_body = ProfilePatch,
    params(("pool" = String, Path, description = "Id or name"), ("profile" = i64, Path), ("If-Match" = Option<String>, Header, description = "The revision in quotes")),
    responses((status = 200, body = ProfileShape, headers(("etag" = String))), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn patch(
    State(state): State<AppState>,
    caller: Caller,
    Path((named, profile)): Path<(String, String)>,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::EditProfiles).await?;
    let id: ProfileId = scope::id(&profile)?;
    let known = state.store.profile(&caller.reach(), &pool, id).await?;
    let changes = changes(&state, &caller, &pool, Some(&known), &mut body).await?;
    let revision = body.number("revision");
    body.end()?;
    let matched = headers.get(header::IF_MATCH).map(tagged_revision);
    let base = match matched {
        // A tag that was never given out can't match.
        Some(Tag::Unknown) => Some(-1),
        Some(Tag::Revision(revision)) => Some(revision),
        Some(Tag::Any) | None => revision,
    };
    let updated = state.store.update_profile(&caller.reach(), &pool, id, base, &changes, &caller.actor, clock::now()).await;
    match updated {
        Ok(profile) => Ok(answer(&profile, &all(&pool))),
        Err(StoreError::Stale(current)) => {
            let shown = serde_json::to_value(ProfileShape::of(&current, &all(&pool))).unwrap_or_default();
            let status = if matched.is_some() { StatusCode::PRECONDITION_FAILED } else { StatusCode::CONFLICT };
            Err(Refusal::stale().showing(shown).with_status(status))
        }
        Err(error) => Err(error.into()),
    }
}

/// Delete a profile; it lies in the bin for 14 days
#[utoipa::path(delete, operation_id = "delete_profile", path = "/pools/{pool}/profiles/{profile}", tag = "profiles", params(("pool" = String, Path, description = "Id or name"), ("profile" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Path((named, profile)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::DeleteProfiles).await?;
    let id: ProfileId = scope::id(&profile)?;
    state.store.profile(&caller.reach(), &pool, id).await?;
    let wish = caller.wish(Lang::default());
    state.store.ask_for_many(&caller.reach(), &pool, Selection::Ids(vec![id]), Bulk::Delete, wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The changes under `fields`; every wrong one is noted in the body.
async fn changes(
    state: &AppState,
    caller: &Caller,
    pool: &Pool,
    known: Option<&Profile>,
    body: &mut Body,
) -> Result<Vec<(FieldId, Option<Value>)>, Refusal> {
    let zone = state.store.zone(caller.client).await?;
    let fields = body.object("fields").unwrap_or_default();
    let country = pool.fields.iter().find(|field| field.kind == FieldKind::Country).and_then(|field| match fields.get(&field.key) {
        Some(json) => from_json(field, json, &scope::reading(&zone, None)).ok()?,
        None => known?.value(field.id).cloned(),
    });
    let country = match &country {
        Some(Value::Text(code)) => Some(code.as_str()),
        _ => None,
    };
    let mut changes = Vec::new();
    for (key, json) in fields {
        let Some(field) = pool.field(&key) else {
            body.refuse(&key, Wrong::UnknownField { field: key.clone() });
            continue;
        };
        if !field.writable() {
            body.refuse(&key, Wrong::ReadOnly);
            continue;
        }
        match from_json(field, &json, &scope::reading(&zone, country)).and_then(|value| field.accept(value)) {
            Ok(value) => changes.push((field.id, value)),
            Err(problem) => body.refuse(&key, problem),
        }
    }
    Ok(changes)
}

fn all(pool: &Pool) -> Vec<&FieldDef> {
    pool.fields.iter().collect()
}

#[derive(Clone, Copy)]
enum Tag {
    Any,
    Revision(i64),
    Unknown,
}

fn tagged_revision(value: &HeaderValue) -> Tag {
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Tag::Any;
    }
    text.trim_start_matches("W/").trim_matches('"').parse().map_or(Tag::Unknown, Tag::Revision)
}
