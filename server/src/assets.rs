//! The site's files: embedded in release builds, read from `target/site` in development.

use std::fmt::Write as _;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::errors::Refusal;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Site;

/// Whether the path names a file of the site; such files are public.
pub(crate) fn is_asset(path: &str) -> bool {
    path.starts_with("/pkg/") || (!path.ends_with('/') && path.len() > 1 && Site::get(&path[1..]).is_some())
}

/// Serves a file of the site, brotli-compressed where the browser takes it.
///
/// # Errors
/// Not found.
pub(crate) async fn serve(request: Request) -> Result<Response, Refusal> {
    let path = request.uri().path().trim_start_matches('/');
    let takes_brotli = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|one| one.trim().split(';').next() == Some("br")));
    let packed = takes_brotli.then(|| Site::get(&format!("{path}.br"))).flatten();
    let encoding = packed.is_some().then_some("br");
    let file = packed.or_else(|| Site::get(path)).filter(|_| !path.ends_with(".br")).ok_or(Refusal::not_found())?;

    let tag = tag(&file);
    let fresh = request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if fresh { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(file.data.into_owned()).into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime(request.uri().query())));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// A file asked for by its version never changes; the others are asked for again each time and mostly answered 304.
fn lifetime(query: Option<&str>) -> &'static str {
    if query.is_some_and(|query| query.starts_with("v=")) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn tag(file: &EmbeddedFile) -> String {
    let mut tag = "\"".to_owned();
    for byte in &file.metadata.sha256_hash()[..12] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
