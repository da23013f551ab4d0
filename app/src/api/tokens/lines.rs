//! What the functions about tokens do on the server.

use std::sync::Arc;

use domain::id::TokenId;
use domain::rights::{Right, Rights};
use domain::text::Name;
use domain::time::show_time;
use store::tokens::{ApiToken, NewToken};

use super::{TokenLine, TokenList};
use crate::api::profiles::plain;
use crate::context::{Keys, Viewer, given, now, once, store, take_once};
use crate::error::AppError;
use crate::routes;

pub(super) async fn tokens(viewer: &Viewer) -> Result<TokenList, AppError> {
    let known = store().tokens_for(viewer.client, &viewer.manager()).await?;
    let lines = known.into_iter().map(|token| line(token, viewer)).collect();
    Ok(TokenList { lines, rights: viewer.rights, made: take_once() })
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
    let name = Name::parse(name).map_err(|problem| AppError::invalid("name", problem))?;
    // The form offers no others.
    let rights = rights.iter().filter_map(|code| Right::from_code(code)).collect::<Rights>().and(viewer.rights);
    let (token, hash) = given::<Arc<dyn Keys>>()?.token();
    let new = NewToken::own(&viewer.manager(), name, rights, days, hash, now())?;
    store().create_token(viewer.client, &new, viewer.wish()).await?;
    if plain::is_plain() {
        once(&token);
        plain::to(routes::TOKENS);
    }
    Ok(token)
}

pub(super) async fn revoke(viewer: &Viewer, token: TokenId) -> Result<(), AppError> {
    store().revoke_token_for(viewer.client, &viewer.manager(), token, viewer.wish()).await?;
    plain::to(routes::TOKENS);
    Ok(())
}
