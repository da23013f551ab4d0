//! Access tokens of the REST interface: made, shown once, revoked.

use domain::id::TokenId;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use domain::rights::Rights;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// The tokens that a viewer may know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenList {
    /// The newest first.
    pub lines: Vec<TokenLine>,
    /// What a new token can be made for.
    pub rights: Rights,
    /// A token that was made just now by a page without script.
    pub made: Option<String>,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLine {
    /// Its id.
    pub id: TokenId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub user: String,
    /// What it allows.
    pub rights: Rights,
    /// When it was made, in the viewer's language.
    pub created: String,
    /// When it was last used, to the minute.
    pub used: Option<String>,
    /// When it ends.
    pub expires: Option<String>,
    /// Whether it has ended.
    pub over: bool,
}

/// The viewer's tokens; all of the client for those who manage users.
#[server(prefix = "/api", endpoint = "tokens/list", output = Postcard)]
pub async fn tokens() -> Result<TokenList, AppError> {
    let viewer = crate::context::may(Right::Api).await?;
    lines::tokens(&viewer).await
}

/// Make a token, which is shown this once. `days` 0: it does not end by itself.
#[server(prefix = "/api", endpoint = "tokens/create", output = Postcard)]
pub async fn create_token(
    #[server(default)] name: String,
    #[server(default)] days: u32,
    #[server(default)] rights: Vec<String>,
) -> Result<String, AppError> {
    let viewer = crate::context::may(Right::Api).await?;
    lines::create(&viewer, &name, days, &rights).await
}

/// Take a token away for good.
#[server(prefix = "/api", endpoint = "tokens/revoke", output = Postcard)]
pub async fn revoke_token(token: TokenId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Api).await?;
    lines::revoke(&viewer, token).await
}
