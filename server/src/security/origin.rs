//! Changing requests with a cookie must come from our own pages: no other site may make a browser send them.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::{errors::Refusal, session, state::AppState};

/// Refuses changing requests from elsewhere.
pub(crate) async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !is_ours(request.headers(), state.settings.public_url.as_deref()) {
        return Refusal::foreign_origin().into_response();
    }
    next.run(request).await
}

/// Every browser of the last years sends `Sec-Fetch-Site`; older ones send `Origin` with a post.
/// Without both it isn't a browser, which is only believed where no cookie is involved.
fn is_ours(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match text(header::ORIGIN) {
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            public_url == Some(origin) || (host.is_some() && host == text(header::HOST))
        }
        None => !session::has_cookie(headers),
    }
}

#[cfg(test)]
mod tests;
