//! One thing is done to many profiles, and taken back.

use app::pages::profiles::place::pairs_of;
use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    bulk::{Bulk, How},
    id::{JobId, ProfileId},
    lang::Lang,
    list::ListQuery,
    problem::Problem as Wrong,
    rights::Right,
    value::from_json,
};
use serde::Serialize;
use store::profiles::{Asked, Selection};

use crate::{
    errors::{Language, Refusal},
    rest::{
        body::Body,
        scope,
        shapes::{BatchShape, EditInput, JobShape, Problem, SelectionInput, UndoneShape},
    },
    session::Caller,
    state::AppState,
};

/// Delete many profiles; they lie in the bin for 14 days
///
/// Up to 10 000 at once; more are the work of the job in the answer 202, whose result names the batch.
#[utoipa::path(post, operation_id = "delete_profiles", path = "/pools/{pool}/profiles/delete", tag = "profiles", request_body = SelectionInput, params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = BatchShape), (status = 202, body = JobShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::DeleteProfiles).await?;
    let selection = selection(&mut body);
    body.end()?;
    let asked = state.store.ask_for_many(&caller.reach(), &pool, selection, Bulk::Delete, caller.wish(lang)).await?;
    answer(&state, &caller, lang, asked, BatchShape::from).await
}

/// Change a field of many profiles
///
/// Up to 10 000 at once; more are the work of the job in the answer 202, whose result names the batch. Postcodes and states are
/// read without a country.
#[utoipa::path(post, operation_id = "edit_profiles", path = "/pools/{pool}/profiles/edit", tag = "profiles", request_body = EditInput, params(("pool" = String, Path, description = "Id or name")),
    responses((status = 200, body = BatchShape), (status = 202, body = JobShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    mut body: Body,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::EditProfiles).await?;
    let selection = selection(&mut body);
    let how = body.optional("how", |code| How::from_code(code).ok_or_else(|| Wrong::WrongType { expected: "set, add, remove".to_owned() }));
    let field = body.parsed("field", |key| match pool.field(key) {
        None => Err(Wrong::UnknownField { field: key.to_owned() }),
        Some(field) if !field.writable() => Err(Wrong::ReadOnly),
        Some(field) => Ok(field),
    });
    let value = body.value("value");
    let zone = state.store.zone(caller.client).await?;
    let bulk = field.and_then(|field| {
        let wrong = Wrong::WrongType { expected: "list".to_owned() };
        let value = from_json(field, &value, &scope::reading(&zone, None))
            .and_then(|value| how.unwrap_or(How::Set).with(field.accept(value)?).ok_or(wrong));
        let edit = value.map_err(|problem| body.refuse("value", problem)).ok()?;
        Some(Bulk::Edit { field: field.id, edit })
    });
    body.end()?;
    let bulk = bulk.ok_or_else(Refusal::internal)?;
    let asked = state.store.ask_for_many(&caller.reach(), &pool, selection, bulk, caller.wish(lang)).await?;
    answer(&state, &caller, lang, asked, BatchShape::from).await
}

/// Take back what was done to many profiles
///
/// Deleted profiles leave the bin, changed fields are as they were. A later change of the same field wins.
#[utoipa::path(post, operation_id = "undo_batch", path = "/pools/{pool}/batches/{batch}/undo", tag = "profiles", params(("pool" = String, Path, description = "Id or name"), ("batch" = i64, Path)),
    responses((status = 200, body = UndoneShape), (status = 202, body = JobShape), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(in crate::rest) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, batch)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let right = if caller.rights.has(Right::DeleteProfiles) { Right::DeleteProfiles } else { Right::EditProfiles };
    let pool = scope::pool(&state, &caller, &named, right).await?;
    let asked = state.store.ask_to_undo(&caller.reach(), &pool, scope::id(&batch)?, caller.wish(lang)).await?;
    answer(&state, &caller, lang, asked, UndoneShape::from).await
}

/// `ids`, or `query` and `except`; neither is a mistake, for it could mean everything.
fn selection(body: &mut Body) -> Selection {
    let profiles = |ids: Option<Vec<i64>>| ids.unwrap_or_default().into_iter().map(ProfileId::new).collect::<Vec<_>>();
    let (ids, query, except) = (body.numbers("ids"), body.text("query"), body.numbers("except"));
    match (ids, query) {
        (None, Some(query)) => {
            let pairs = pairs_of(query.trim_start_matches('?'));
            Selection::Query { query: ListQuery::from_pairs(pairs.into_iter()), except: profiles(except) }
        }
        (ids, query) => {
            if ids.is_none() || query.is_some() {
                body.refuse("ids", Wrong::Required);
            }
            Selection::Ids(profiles(ids))
        }
    }
}

async fn answer<T, S: Serialize>(
    state: &AppState,
    caller: &Caller,
    lang: Lang,
    asked: Asked<T>,
    shape: impl FnOnce(T) -> S,
) -> Result<Response, Refusal> {
    Ok(match asked {
        Asked::Done(done) => Json(shape(done)).into_response(),
        Asked::Job(job) => (StatusCode::ACCEPTED, Json(started(state, caller, lang, job).await?)).into_response(),
    })
}

async fn started(state: &AppState, caller: &Caller, lang: Lang, job: JobId) -> Result<JobShape, Refusal> {
    Ok(JobShape::of(&state.store.job(caller.client, job).await?, lang))
}
