//! Tokens of the REST interface: `Authorization: Bearer lagune_…`.

use axum::http::{HeaderMap, header};
use domain::{audit::Origin, history::Actor};
use store::Store;

use super::Caller;
use crate::{clock, errors::Refusal, random};

/// What tokens begin with, so that a leaked one is recognised in logs and repositories.
pub(crate) const PREFIX: &str = "lagune_";

/// What the database keeps of a token.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    random::hash(token)
}

/// Whether the path belongs to the REST interface.
pub(super) fn is_rest(path: &str) -> bool {
    path.starts_with("/api/v1/")
}

/// The token that came along.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whom the token belongs to. A wrong one is nobody, whatever cookie came with it.
pub(super) async fn caller(store: &Store, token: Option<String>, origin: Origin) -> Result<Option<Caller>, Refusal> {
    let Some(token) = token.filter(|token| token.starts_with(PREFIX)) else { return Ok(None) };
    let found = store.token(&token_hash(&token), clock::now()).await?;
    Ok(found.map(|token| Caller {
        client: token.client,
        user: token.user,
        actor: Actor::Api(token.id),
        rights: token.rights,
        rule: token.rule,
        session: None,
        session_hash: None,
        origin,
    }))
}
