//! Refusals: what a request is told when it isn't served, in one type for pages, server functions and the REST interface.
//!
//! A handler returns a [`Refusal`]; the layer [`render`] writes it in the language and the form the caller understands.
//! The text of an inner error never becomes part of it: that goes to the log, once, in `From<StoreError>`.

mod form;
mod from;
mod store;

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    lang::{Lang, Text},
    rights::Right,
};
use serde_json::Value;

pub(crate) use form::takes_html;

/// Why a request isn't served.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    /// Stable word for programs.
    code: &'static str,
    /// The kind of refusal.
    title: Text,
    /// This one, with what to do.
    detail: Detail,
    errors: Vec<FieldRefusal>,
    /// The right that is missing, for the audit log.
    lacking: Option<Right>,
    /// The thing as it is now, when the caller knew an older one.
    current: Option<Box<Value>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// One wrong field of a request.
#[derive(Clone, Debug)]
pub(crate) struct FieldRefusal {
    /// Its name as the caller wrote it.
    pub field: String,
    /// Stable word for programs.
    pub code: String,
    /// What is wrong and what to do.
    pub detail: Detail,
}

/// A sentence in both languages.
#[derive(Clone, Debug)]
pub(crate) enum Detail {
    /// Known when the program was written.
    Fixed(Text),
    /// Made while running, German first.
    Made(Box<(String, String)>),
}

impl Detail {
    /// A sentence with something of the request in it.
    pub(crate) fn made(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Made(Box::new((de.into(), en.into())))
    }

    /// The sentence in one language.
    pub(crate) fn get(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Self::Fixed(text), lang) => text.get(lang),
            (Self::Made(both), Lang::De) => &both.0,
            (Self::Made(both), Lang::En) => &both.1,
        }
    }
}

impl Refusal {
    /// A refusal with a fixed sentence.
    pub(crate) fn new(status: StatusCode, code: &'static str, title: Text, detail: Text) -> Self {
        Self { status, code, title, detail: Detail::Fixed(detail), errors: Vec::new(), lacking: None, current: None, headers: Vec::new() }
    }

    /// The same with another sentence.
    #[must_use]
    pub(crate) fn because(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// Names the wrong fields.
    #[must_use]
    pub(crate) fn naming(mut self, errors: Vec<FieldRefusal>) -> Self {
        self.errors = errors;
        self
    }

    /// Says which right is missing.
    #[must_use]
    pub(crate) fn lacking(mut self, right: Right) -> Self {
        self.lacking = Some(right);
        self
    }

    /// The right that is missing.
    pub(crate) fn lacks(&self) -> Option<Right> {
        self.lacking
    }

    /// Shows the thing as it is now.
    #[must_use]
    pub(crate) fn showing(mut self, current: Value) -> Self {
        self.current = Some(Box::new(current));
        self
    }

    /// The same answer under another status.
    #[must_use]
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The wrong fields that it names.
    pub(crate) fn errors(self) -> Vec<FieldRefusal> {
        self.errors
    }

    /// Adds a header.
    #[must_use]
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// When to come again.
    #[must_use]
    pub(crate) fn after_seconds(self, seconds: u64) -> Self {
        self.with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Its sentence alone.
    pub(crate) fn detail(&self, lang: Lang) -> String {
        self.detail.get(lang).to_owned()
    }

    /// What it says, for the command line.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        let details = self.errors.iter().map(|one| format!(" {}: {}", one.field, one.detail.get(lang)));
        format!("{}{}", self.detail.get(lang), details.collect::<String>())
    }
}

impl IntoResponse for Refusal {
    /// An empty answer that carries the refusal to [`render`].
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes refusals as the caller can read them, whoever made them.
pub(crate) async fn render(mut request: Request, next: Next) -> Response {
    let reader = form::Reader::of(&request);
    let language = Language(language(request.headers()));
    request.extensions_mut().insert(language);
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Refusal>() {
        Some(refusal) => form::write(&refusal, &reader, response),
        None => response,
    }
}

/// The language a caller asks for; German where the caller doesn't say.
pub(crate) fn language(headers: &axum::http::HeaderMap) -> Lang {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or(Lang::De, preferred)
}

fn preferred(accepted: &str) -> Lang {
    let weight =
        |item: &str| item.split(';').nth(1).and_then(|q| q.trim().strip_prefix("q=")).and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
    let mut best = (Lang::De, 0.0);
    for item in accepted.split(',') {
        let tag = item.split([';', '-']).next().unwrap_or_default().trim().to_ascii_lowercase();
        let lang = match tag.as_str() {
            "de" => Lang::De,
            "en" => Lang::En,
            _ => continue,
        };
        if weight(item) > best.1 {
            best = (lang, weight(item));
        }
    }
    best.0
}

/// The language of an answer, kept with the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Language(pub Lang);
