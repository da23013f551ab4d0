//! The site's files; pages are not linked in yet.

use axum::{Router, extract::Request, http::StatusCode, response::Response};

use crate::{assets, errors::Refusal, state::AppState};

/// A file of the site.
///
/// # Errors
/// Not found.
pub(crate) async fn page(request: Request) -> Result<Response, Refusal> {
    if assets::is_asset(request.uri().path()) { assets::serve(request).await } else { Err(Refusal::not_found()) }
}

/// Routes of all server functions.
pub(crate) fn server_functions() -> Router<AppState> {
    Router::new()
}

/// Search engines have no business here.
pub(crate) async fn robots() -> (StatusCode, &'static str) {
    (StatusCode::OK, "User-agent: *\nDisallow: /\n")
}
