//! What the functions about tokens do on the server.

use std::sync::Arc;

use domain::id::TokenId;
use domain::problem::Problem;
use domain::rights::{Right, Rights};
use domain::text::Name;
use domain::time::show_time;
use store::tokens::{ApiToken, NewToken};

use super::{TokenLine, TokenList};
use crate::api::profiles::plain;
use crate::context::{Keys, Viewer, given, now, once, store, take_once};
use crate::error::AppError;
use crate::routes;

/// The longest life of a token, in days.
const LONGEST: u32 = 3_650;

pub(super) async fn tokens(viewer: &Viewer) -> Result<TokenList, AppError> {
    let lines = known(viewer).await?.into_iter().map(|token| line(token, viewer)).collect();
    Ok(TokenList { lines, rights: viewer.rights, made: take_once() })
}

/// One's own, or everybody's for those who manage users.
async fn known(viewer: &Viewer) -> Result<Vec<ApiToken>, AppError> {
    let mut tokens = store().tokens(viewer.client).await?;
    tokens.retain(|token| token.user == viewer.user || viewer.rights.has(Right::Users));
    Ok(tokens)
}

fn line(token: ApiToken, viewer: &Viewer) -> TokenLine {
    let shown = |at| show_time(at, viewer.lang, &viewer.zone);
    TokenLine {
        id: token.id,
        name: token.name,
        user: token.user_name,
        rights: token.rights,
        created: shown(token.created_at),
        used: token.last_used_at.map(shown),
        expires: token.expires_at.map(shown),
        over: token.expires_at.is_some_and(|at| at <= now()),
    }
}

pub(super) async fn create(viewer: &Viewer, name: &str, days: u32, rights: &[String]) -> Result<String, AppError> {
    const DAY: i64 = 86_400_000;
    let name = Name::parse(name).map_err(|problem| AppError::invalid("name", problem))?;
    let rights: Rights = rights.iter().filter_map(|code| Right::from_code(code)).collect();
    let rights = rights.and(viewer.rights).effective();
    if rights == Rights::NONE {
        return Err(AppError::invalid("rights", Problem::Required));
    }
    let expires_at = (days > 0).then(|| now().plus(i64::from(days.min(LONGEST)) * DAY));
    let (token, hash) = given::<Arc<dyn Keys>>()?.token();
    let new = NewToken { user: viewer.user, name, hash, rights: Some(rights), expires_at };
    store().create_token(viewer.client, &new, viewer.wish()).await?;
    if plain::is_plain() {
        once(&token);
        plain::to(routes::TOKENS);
    }
    Ok(token)
}

pub(super) async fn revoke(viewer: &Viewer, token: TokenId) -> Result<(), AppError> {
    if !known(viewer).await?.iter().any(|one| one.id == token) {
        return Err(AppError::NotFound);
    }
    store().revoke_token(viewer.client, token, viewer.wish()).await?;
    plain::to(routes::TOKENS);
    Ok(())
}
