//! What protects every request: its id, who really sent it, where it comes from, and what the answer allows a browser.

mod headers;
mod origin;
mod peer;

use std::{fmt, sync::Arc};

use axum::{extract::Request, http::HeaderValue, middleware::Next, response::Response};
use tracing::Instrument as _;

pub(crate) use headers::{Nonce, protect};
pub(crate) use origin::same_origin;
pub(crate) use peer::{Peer, find_peer};

/// Ties the lines of the log, the answer and what a person reports together.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

const HEADER: &str = "x-request-id";

/// Gives the request its id, its span in the log and one line at its end.
pub(crate) async fn number(mut request: Request, next: Next) -> Response {
    let id = RequestId(crate::random::token(9).into());
    request.extensions_mut().insert(id.clone());
    // Pages name it in their own error messages; what a caller sends under this name is not believed.
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        request.headers_mut().insert(HEADER, value);
    }
    // Only the path: queries hold what people search for.
    let span = tracing::info_span!("request", request_id = %id, method = %request.method(), path = request.uri().path());
    async move {
        let started = std::time::Instant::now();
        let mut response = next.run(request).await;
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status = response.status().as_u16(), milliseconds, "request answered");
        if let Ok(value) = HeaderValue::from_str(&id.0) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }
    .instrument(span)
    .await
}
