//! What can be changed about a field, also on condition that nobody else has changed it meanwhile.

use std::fmt::Write as _;

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use domain::{
    config::{FieldChange, Step},
    field::FieldDef,
};
use sha2::{Digest as _, Sha256};
use store::StoreError;

use super::Site;
use crate::{
    errors::{Language, Refusal},
    rest::{
        body::Body,
        shapes::{ChangeShape, FieldPatch, FieldShape, Problem},
    },
    session::Caller,
    state::AppState,
};

/// So many times a change is tried again when others reshape the pool at the same time.
const TRIES: usize = 5;

/// Change what can be changed about a field
///
/// Only what is named changes. With `If-Match` nothing is overwritten that somebody else changed meanwhile: the answer is then
/// 412 and shows the field as it is now.
#[utoipa::path(patch, operation_id = "change_field", path = "/pools/{pool}/fields/{field}", tag = "pools", request_body = FieldPatch,
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name"),
        ("If-Match" = Option<String>, Header, description = "The entity tag of the field as it was read")),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn change_field(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Json<ChangeShape>, Refusal> {
    let mut site = Site::of(&state, &caller, &named, language).await?;
    let id = site.field(&field)?.id;
    let change = FieldChange {
        label: body.text("label"),
        required: body.truth("required"),
        matching: body.truth("matching"),
        profiling: body.truth("profiling"),
        tagging: body.truth("tagging"),
        default: body.text("default"),
        help: body.text("help"),
    };
    body.end()?;
    let step = Step::ChangeField { field: id, change };
    let Some(expected) = headers.get(header::IF_MATCH).filter(|expected| expected.as_bytes() != b"*") else {
        return Ok(Json(site.take(&state, &caller, step).await?));
    };
    for _ in 0..TRIES {
        let now = site.pool.field_by_id(id).ok_or_else(Refusal::not_found)?;
        if !is_tag_of(expected, now) {
            let shown = serde_json::to_value(FieldShape::of(now, language.0)).unwrap_or_default();
            return Err(Refusal::stale().showing(shown).with_status(StatusCode::PRECONDITION_FAILED));
        }
        let taken = state.store.configure_since(caller.client, site.pool.id, Some(site.pool.shape), &step, &site.wish).await;
        match taken {
            Err(StoreError::Reshaped) => site.pool = caller.pool(&state.store, site.pool.id).await?,
            done => return Ok(Json(done?.into())),
        }
    }
    Err(Refusal::busy())
}

/// The entity tag of a field: another one whenever something about it changes, but for its place among the others.
pub(in crate::rest) fn tag(field: &FieldDef) -> String {
    let made_up = serde_json::to_vec(&FieldDef { position: 0, ..field.clone() }).unwrap_or_default();
    let mut tag = "\"".to_owned();
    for byte in &Sha256::digest(made_up)[..12] {
        _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn is_tag_of(expected: &HeaderValue, field: &FieldDef) -> bool {
    expected.to_str().is_ok_and(|expected| expected.trim().trim_start_matches("W/") == tag(field))
}
