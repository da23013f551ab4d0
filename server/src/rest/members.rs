//! The people of a client.

use app::context::Newcomer;
use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    id::UserId,
    lang::Lang,
    problem::Problem as Wrong,
    rights::Right,
    role::RoleCode,
    text::{Email, Name},
};
use store::{members::MemberPatch, roles::Role};

use super::{
    body::Body,
    scope,
    shapes::{HandedShape, MemberInput, MemberPatchInput, MemberShape, Members, Problem},
};
use crate::{
    errors::{Language, Refusal},
    integration::Server,
    keyring::Keyring,
    session::Caller,
    state::AppState,
};

/// Everybody who works for the client, by name
#[utoipa::path(get, operation_id = "list_members", path = "/members", tag = "people",
    responses((status = 200, body = Members), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
) -> Result<Json<Members>, Refusal> {
    caller.may(Right::Users)?;
    let members = state.store.members(caller.client).await?;
    Ok(Json(Members { items: members.iter().map(|member| MemberShape::of(member, &caller.manager(), lang)).collect() }))
}

/// Somebody who works for the client
#[utoipa::path(get, operation_id = "read_member", path = "/members/{user}", tag = "people", params(("user" = i64, Path)),
    responses((status = 200, body = MemberShape), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(user): Path<String>,
) -> Result<Json<MemberShape>, Refusal> {
    caller.may(Right::Users)?;
    shape(&state, &caller, scope::id(&user)?, lang).await
}

async fn shape(state: &AppState, caller: &Caller, user: UserId, lang: Lang) -> Result<Json<MemberShape>, Refusal> {
    let member = state.store.member(caller.client, user).await?;
    Ok(Json(MemberShape::of(&member, &caller.manager(), lang)))
}

/// Invite somebody
///
/// They belong to the client at once. Who has yet to choose a password gets a sign-in link by mail; where no mail is sent, the
/// answer shows it, this once. A role that allows more than the caller can't be given.
#[utoipa::path(post, operation_id = "invite_member", path = "/members", tag = "people", request_body = MemberInput,
    responses((status = 201, body = HandedShape, headers(("location" = String))),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn invite(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Server(base): Server,
    mut body: Body,
) -> Result<Response, Refusal> {
    caller.may(Right::Users)?;
    let roles = state.store.roles(caller.client).await?;
    let email = body.parsed("email", Email::of_account);
    let name = body.parsed("name", Name::parse);
    let role = body.parsed("role", |code| role(&roles, code));
    body.end()?;
    let (Some(email), Some(name), Some(role)) = (email, name, role) else { return Err(Refusal::internal()) };
    let keys = Keyring { store: state.store.clone(), base };
    let handed = keys.invite_as(caller.client, &caller.manager(), Newcomer { email, name, role }, caller.wish(lang)).await?;
    let location = format!("/api/v1/members/{}", handed.member.user);
    let handed = HandedShape::of(handed, &caller.manager(), lang);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(handed)).into_response())
}

/// The role of the client with this code.
fn role(roles: &[Role], code: &str) -> Result<RoleCode, Wrong> {
    let known = roles.iter().find(|role| role.code.as_str() == code);
    known.map(|role| role.code.clone()).ok_or_else(|| Wrong::UnknownChoice { value: code.to_owned() })
}

/// Give a member another role, or let them sign in no longer, or again
///
/// Only what is named changes, all or nothing. Neither somebody whose role allows more than the caller nor the last one who
/// manages users is changed.
#[utoipa::path(patch, operation_id = "change_member", path = "/members/{user}", tag = "people", request_body = MemberPatchInput,
    params(("user" = i64, Path)),
    responses((status = 200, body = MemberShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(user): Path<String>,
    mut body: Body,
) -> Result<Json<MemberShape>, Refusal> {
    caller.may(Right::Users)?;
    let user = state.store.member(caller.client, scope::id(&user)?).await?.user;
    let roles = state.store.roles(caller.client).await?;
    let to = MemberPatch { role: body.optional("role", |code| role(&roles, code)), disabled: body.truth("disabled") };
    body.end()?;
    state.store.change_member(caller.client, caller.rights, user, &to, caller.wish(lang)).await?;
    shape(&state, &caller, user, lang).await
}

/// Take somebody out of the client
///
/// What they did keeps their name.
#[utoipa::path(delete, operation_id = "remove_member", path = "/members/{user}", tag = "people", params(("user" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn remove(State(state): State<AppState>, caller: Caller, Path(user): Path<String>) -> Result<StatusCode, Refusal> {
    caller.may(Right::Users)?;
    state.store.remove_member(caller.client, caller.rights, scope::id(&user)?, caller.wish(Lang::default())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a sign-in link for a member
///
/// For somebody who forgot their password, or let the first link run out. It goes by mail; where no mail is sent, the answer
/// shows it, this once. Only for others who work for this client alone, and whose role allows no more than the caller.
#[utoipa::path(post, operation_id = "make_link", path = "/members/{user}/link", tag = "people", params(("user" = i64, Path)),
    responses((status = 200, body = HandedShape), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn link(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Server(base): Server,
    Path(user): Path<String>,
) -> Result<Json<HandedShape>, Refusal> {
    caller.may(Right::Users)?;
    let keys = Keyring { store: state.store.clone(), base };
    let handed = keys.link_as(caller.client, &caller.manager(), scope::id(&user)?, caller.wish(lang)).await?;
    Ok(Json(HandedShape::of(handed, &caller.manager(), lang)))
}

/// Take the second factor of a member away who lost their phone
///
/// Their sessions end: the phone may be in other hands. For those for whom the caller could make a sign-in link; where there is
/// no second factor, nothing happens.
#[utoipa::path(post, operation_id = "reset_second_factor", path = "/members/{user}/second-factor/reset", tag = "people",
    params(("user" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn reset_factor(State(state): State<AppState>, caller: Caller, Path(user): Path<String>) -> Result<StatusCode, Refusal> {
    caller.may(Right::Users)?;
    let (user, wish) = (scope::id(&user)?, caller.wish(Lang::default()));
    state.store.reset_members_factor(caller.client, &caller.manager(), user, &wish).await?;
    Ok(StatusCode::NO_CONTENT)
}
