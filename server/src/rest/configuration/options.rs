//! The options of selections.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    config::{NewOption, Step},
    id::OptionId,
    problem::Problem as Wrong,
};

use super::{Site, named_option, place, together};
use crate::{
    errors::{Language, Refusal},
    rest::{
        body::Body,
        shapes::{ChangeShape, OptionPatch, OptionsInput, Problem},
    },
    session::Caller,
    state::AppState,
};

/// Add options to a selection; labels that exist are passed over
#[utoipa::path(post, operation_id = "add_options", path = "/pools/{pool}/fields/{field}/options", tag = "pools", request_body = OptionsInput,
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name")),
    responses((status = 201, body = ChangeShape), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn add_options(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, field)): Path<(String, String)>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let field = site.field(&field)?.id;
    let labels = body.texts("labels");
    if labels.is_none() {
        body.refuse("labels", Wrong::Required);
    }
    body.end()?;
    let options = labels.unwrap_or_default().into_iter().map(NewOption::new).collect();
    let change = site.take(&state, &caller, Step::AddOptions { field, options }).await?;
    Ok((StatusCode::CREATED, Json(change)).into_response())
}

/// Rename or move an option; the data stay as they are
#[utoipa::path(patch, operation_id = "change_option", path = "/pools/{pool}/fields/{field}/options/{option}", tag = "pools", request_body = OptionPatch,
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name"), ("option" = String, Path, description = "Label or id")),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn change_option(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, field, option)): Path<(String, String, String)>,
    mut body: Body,
) -> Result<Json<ChangeShape>, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let field = site.field(&field)?;
    let (option, field) = (named_option(field, &option)?, field.id);
    let label = body.text("label");
    let place = place(&mut body);
    body.end()?;
    let rename = label.map(|label| Step::RenameOption { field, option, label });
    let step = place.map(|before| Step::MoveOption { field, option, before: before.map(OptionId::new) });
    Ok(Json(site.take(&state, &caller, together(rename.into_iter().chain(step).collect())).await?))
}

/// Delete an option that nothing uses
#[utoipa::path(delete, operation_id = "delete_option", path = "/pools/{pool}/fields/{field}/options/{option}", tag = "pools",
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Id or internal name"), ("option" = String, Path, description = "Label or id")),
    responses((status = 200, body = ChangeShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn delete_option(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, field, option)): Path<(String, String, String)>,
) -> Result<Json<ChangeShape>, Refusal> {
    let site = Site::of(&state, &caller, &named, language).await?;
    let field = site.field(&field)?;
    let step = Step::DeleteOptions { field: field.id, options: vec![named_option(field, &option)?] };
    Ok(Json(site.take(&state, &caller, step).await?))
}
