//! Who is calling, and where they are signed in.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{lang::Lang, rights::Right};

use super::shapes::{MeShape, Problem, SessionShape, Sessions, SessionsEnded};
use crate::{
    clock,
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// Who is calling, for which client, and with which rights
#[utoipa::path(get, operation_id = "read_me", path = "/me", tag = "me", responses((status = 200, body = MeShape)))]
pub(super) async fn me(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
) -> Result<Json<MeShape>, Refusal> {
    let user = state.store.user(caller.user).await?;
    let member = state.store.member(caller.client, caller.user).await?;
    let client = state.store.client_settings(caller.client).await?;
    Ok(Json(MeShape::of(&caller, user, &member, &client, lang)))
}

/// Sessions are more than most tokens are made for: those need the right that making tokens needs, too.
fn own(caller: &Caller) -> Result<[u8; 32], Refusal> {
    match caller.session_hash {
        Some(hash) => Ok(hash),
        None => caller.may(Right::Api).map(|()| [0; 32]),
    }
}

/// Where the caller's person is signed in, newest first
#[utoipa::path(get, operation_id = "list_sessions", path = "/me/sessions", tag = "me",
    responses((status = 200, body = Sessions), (status = 403, body = Problem, content_type = "application/problem+json", description = "A token without the right api")))]
pub(super) async fn sessions(State(state): State<AppState>, caller: Caller) -> Result<Json<Sessions>, Refusal> {
    let this = own(&caller)?;
    let sessions = state.store.sessions_of(caller.user, &this, clock::now()).await?;
    Ok(Json(Sessions { items: sessions.into_iter().map(SessionShape::from).collect() }))
}

/// Sign out of one session
#[utoipa::path(delete, operation_id = "end_session", path = "/me/sessions/{session}", tag = "me", params(("session" = String, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn end(State(state): State<AppState>, caller: Caller, Path(session): Path<String>) -> Result<StatusCode, Refusal> {
    own(&caller)?;
    state.store.end_session_of(caller.user, &session, &caller.wish(Lang::default())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out everywhere, but for the session that is calling
#[utoipa::path(delete, operation_id = "end_sessions", path = "/me/sessions", tag = "me", responses((status = 200, body = SessionsEnded)))]
pub(super) async fn end_all(State(state): State<AppState>, caller: Caller) -> Result<Json<SessionsEnded>, Refusal> {
    let this = own(&caller)?;
    let ended = state.store.end_other_sessions(caller.user, &this, &caller.wish(Lang::default())).await?;
    Ok(Json(SessionsEnded { ended }))
}
