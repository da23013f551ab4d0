//! Tokens of this interface.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{client::in_range, id::TokenId, lang::Lang, rights::Right, text::Name};
use store::tokens::{ApiToken, LONGEST, NewToken};

use super::{
    body::Body,
    scope,
    shapes::{MadeToken, Problem, TokenInput, TokenShape, Tokens},
};
use crate::{
    clock,
    errors::{Language, Refusal},
    keyring::fresh_token,
    session::Caller,
    state::AppState,
};

/// The tokens of the caller's person, newest first; all of the client for who manages users
#[utoipa::path(get, operation_id = "list_tokens", path = "/tokens", tag = "tokens",
    responses((status = 200, body = Tokens), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Tokens>, Refusal> {
    caller.may(Right::Api)?;
    let tokens = state.store.tokens_for(caller.client, &caller.manager()).await?;
    Ok(Json(Tokens { items: tokens.into_iter().map(TokenShape::from).collect() }))
}

/// Make a token for the caller's person
///
/// The answer shows its secret, this once. It can't allow more than the caller: a token makes none that may more than itself, and
/// none that outlives it.
#[utoipa::path(post, operation_id = "create_token", path = "/tokens", tag = "tokens", request_body = TokenInput,
    responses((status = 201, body = MadeToken),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    mut body: Body,
) -> Result<(StatusCode, Json<MadeToken>), Refusal> {
    caller.may(Right::Api)?;
    let name = body.parsed("name", Name::parse);
    let rights = body.needed_rights("rights");
    let days = body.whole("days", |days| in_range(days, &(1..=LONGEST)));
    let (secret, hash) = fresh_token();
    let wish = caller.wish(lang);
    let new = match (name, rights) {
        (Some(name), Some(rights)) => {
            body.also(NewToken::own(&caller.manager(), name, rights, days.unwrap_or_default(), hash, clock::now()))
        }
        _ => None,
    };
    body.end()?;
    let by_token = caller.session.is_none().then(|| caller.actor.id()).flatten();
    let calling = match by_token {
        Some(id) => Some(one(&state, &caller, TokenId::new(id)).await?),
        None => None,
    };
    let new = new.ok_or_else(Refusal::internal)?.ending_by(calling.and_then(|token| token.expires_at));
    let id = state.store.create_token(caller.client, &new, wish).await?;
    let token = one(&state, &caller, id).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { token: TokenShape::from(token), secret })))
}

async fn one(state: &AppState, caller: &Caller, id: TokenId) -> Result<ApiToken, Refusal> {
    let tokens = state.store.tokens_for(caller.client, &caller.manager()).await?;
    tokens.into_iter().find(|token| token.id == id).ok_or_else(Refusal::not_found)
}

/// Take a token away for good
///
/// Also the one that is calling. Its name stays readable in the history.
#[utoipa::path(delete, operation_id = "revoke_token", path = "/tokens/{token}", tag = "tokens", params(("token" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn revoke(State(state): State<AppState>, caller: Caller, Path(token): Path<String>) -> Result<StatusCode, Refusal> {
    caller.may(Right::Api)?;
    state.store.revoke_token_for(caller.client, &caller.manager(), scope::id(&token)?, caller.wish(Lang::default())).await?;
    Ok(StatusCode::NO_CONTENT)
}
