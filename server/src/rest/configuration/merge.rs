//! An option that becomes another one, in all profiles.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::problem::Problem as Wrong;
use store::profiles::Asked;

use super::{Site, named_option};
use crate::{
    errors::{Language, Refusal},
    rest::{
        body::Body,
        scope,
        shapes::{
            JobShape, Problem,
            conversions::{MergeInput, MergedShape},
        },
    },
    session::Caller,
    state::AppState,
};

/// Merge an option into another one
///
/// All profiles that have it get the other one, then it is deleted. Up to 10 000 profiles at once; more are the work of the
/// job in the answer 202. Taking the batch back brings the option back too.
#[utoipa::path(post, operation_id = "merge_options", path = "/pools/{pool}/fields/{field}/options/{option}/merge", tag = "pools", request_body = MergeInput,
    params(("pool" = String, Path, description = "Id or name"), ("field" = String, Path, description = "Key or id"), ("option" = String, Path, description = "Label or id")),
    responses((status = 200, body = MergedShape), (status = 202, body = JobShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn merge_options(
    State(state): State<AppState>,
    caller: Caller,
    Extension(language): Extension<Language>,
    Path((named, field, option)): Path<(String, String, String)>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let Site { pool, wish } = Site::of(&state, &caller, &named, language).await?;
    let field = scope::field(&pool, &field)?;
    let from = named_option(field, &option)?;
    let into = body.parsed("into", |into| named_option(field, into).map_err(|_| Wrong::UnknownOption { value: into.to_owned() }));
    body.end()?;
    let into = into.ok_or_else(Refusal::internal)?;
    let lang = wish.lang;
    Ok(match state.store.ask_to_merge_options(caller.client, &pool, field.id, from, into, wish).await? {
        Asked::Done(merged) => Json(MergedShape::from(merged)).into_response(),
        Asked::Job(job) => {
            let job = JobShape::of(&state.store.job(caller.client, job).await?, lang);
            (StatusCode::ACCEPTED, Json(job)).into_response()
        }
    })
}
