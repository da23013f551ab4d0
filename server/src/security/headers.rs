//! The headers that tell a browser what a page may do: next to nothing that isn't ours.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::Peer;
use crate::state::AppState;

/// Marks the inline scripts of one page as ours.
#[derive(Clone, Debug)]
pub(crate) struct Nonce(pub String);

const EVERYWHERE: [(HeaderName, &str); 2] =
    [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (HeaderName::from_static("cross-origin-resource-policy"), "same-origin")];

const PAGES: [(HeaderName, &str); 4] = [
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// What a picture may do when somebody opens it by itself: it has its own style, and that is all. Other assets are no
/// documents; a browser shows them as text or saves them.
const OF_PICTURES: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// Adds them to every answer. A first visit loads nine assets: what they have no use for would be 4 kB.
pub(crate) async fn protect(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = crate::random::token(16);
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let https = state.settings.is_https() || request.extensions().get::<Peer>().is_some_and(|peer| peer.https);
    let path = request.uri().path();
    let below_assets = path.starts_with("/pkg/");
    let picture = path.ends_with(".svg");
    let mut response = next.run(request).await;

    let is_asset = below_assets && !response.status().is_client_error();
    let headers = response.headers_mut();
    headers.extend(EVERYWHERE.map(|(name, value)| (name, HeaderValue::from_static(value))));
    if is_asset && picture {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OF_PICTURES));
    } else if !is_asset {
        headers.extend(PAGES.map(|(name, value)| (name, HeaderValue::from_static(value))));
        if let Ok(policy) = HeaderValue::from_str(&policy(&nonce)) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if !is_asset {
        // Pages and answers hold personal data; no cache on the way may keep them.
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    }
    response
}

fn policy(nonce: &str) -> String {
    // In development a page hears from `make dev` when it shall load anew.
    let reload = if cfg!(debug_assertions) { " ws://127.0.0.1:3001 ws://localhost:3001" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{reload}; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}
