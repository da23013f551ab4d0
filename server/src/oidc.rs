//! Signing in at a provider (OpenID Connect): what is asked of it, and what is believed of its answers.
//!
//! Authorization code flow with PKCE, state and nonce (RFC 9700). Requests, sessions and the database are `session::oidc`'s.

mod http;
mod provider;

use std::error::Error;

pub(crate) use provider::{Person, Provider};

/// Why a sign-in at the provider came to nothing; for the log alone.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It does not answer, or not as a provider would.
    #[error("the provider does not answer: {0}")]
    Down(String),
    /// What it or somebody in its name answered is not to be believed.
    #[error("the provider's answer is not to be believed: {0}")]
    Untrusted(String),
}

/// An error with everything that caused it.
fn told(error: &dyn Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
