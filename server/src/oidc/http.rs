//! The provider is asked without following redirects, for some seconds at most, and no more is read than an answer can be.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};

use crate::elsewhere;

/// Until a connection stands.
const CONNECTING: Duration = Duration::from_secs(5);

/// Until an answer is there, connecting included: description, keys, code and person fit into our patience for one request.
const ANSWERING: Duration = Duration::from_secs(7);

/// Descriptions and keys of providers take some tens of kilobytes.
const LARGEST: usize = 1 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// Of the network or its encryption; without the address, which may carry what is secret.
    #[error("the request failed")]
    Failed(#[source] reqwest::Error),
    /// Whoever sends so much means no good.
    #[error("the answer is larger than {LARGEST} bytes")]
    TooLarge,
    /// What was answered can't be put together.
    #[error("the answer is no HTTP")]
    Form(#[from] http::Error),
}

impl From<reqwest::Error> for HttpError {
    fn from(error: reqwest::Error) -> Self {
        Self::Failed(error.without_url())
    }
}

/// Asks the provider.
#[derive(Debug)]
pub(super) struct Http(reqwest::Client);

impl Http {
    /// With `https_only` it asks nobody else, wherever the provider's description points.
    ///
    /// # Errors
    /// The system's certificates can't be read.
    pub(super) fn new(https_only: bool) -> Result<Self, reqwest::Error> {
        elsewhere::client().https_only(https_only).connect_timeout(CONNECTING).timeout(ANSWERING).build().map(Self)
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let mut answer = self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(HttpError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(response.body(bytes)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
