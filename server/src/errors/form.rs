//! The forms of a refusal: problem document (RFC 9457) or page.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use domain::lang::{Lang, Text};
use serde_json::json;

use super::{Refusal, language};
use crate::security::RequestId;

/// Who reads the answer.
pub(super) struct Reader {
    kind: Kind,
    lang: Lang,
    path: String,
    /// Where a person can go back to; what was typed there, the browser still has.
    came_from: Option<String>,
    request_id: String,
}

enum Kind {
    /// Also the browser's half of a server function, which reads the status out of the document.
    Program,
    Person,
}

impl Reader {
    pub(super) fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let kind = if !is_rest(path) && takes_html(request.headers()) { Kind::Person } else { Kind::Program };
        let came_from = own_page(request.headers());
        let request_id = request.extensions().get::<RequestId>().map(|id| id.to_string()).unwrap_or_default();
        Self { kind, lang: language(request.headers()), path: path.to_owned(), came_from, request_id }
    }
}

/// The page of ours on which the link or the form was.
fn own_page(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let path = referer.split_once("://")?.1.strip_prefix(host)?;
    path.starts_with('/').then(|| path.to_owned())
}

/// Whether the path belongs to the REST interface.
fn is_rest(path: &str) -> bool {
    path == "/api/v1" || path.starts_with("/api/v1/")
}

/// Whether the caller is a browser that opens a page or sends a form.
pub(crate) fn takes_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

pub(super) fn write(refusal: &Refusal, reader: &Reader, mut response: Response) -> Response {
    let (content_type, body) = match reader.kind {
        Kind::Program => ("application/problem+json", problem(refusal, reader)),
        Kind::Person => ("text/html; charset=utf-8", page(refusal, reader)),
    };
    *response.status_mut() = refusal.status;
    *response.body_mut() = Body::from(body);
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(reader.lang.code()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in &refusal.headers {
        headers.insert(name.clone(), value.clone());
    }
    response
}

fn problem(refusal: &Refusal, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut document = json!({
        "type": format!("/api/v1/docs#{}", refusal.code),
        "title": refusal.title.get(lang),
        "status": refusal.status.as_u16(),
        "detail": refusal.detail.get(lang),
        "instance": reader.path,
        "code": refusal.code,
        "request_id": reader.request_id,
    });
    if !refusal.errors.is_empty() {
        let errors = refusal.errors.iter().map(|one| json!({"field": one.field, "code": one.code, "detail": one.detail.get(lang)}));
        document["errors"] = errors.collect();
    }
    if let Some(current) = &refusal.current {
        document["current"] = (**current).clone();
    }
    document.to_string()
}

fn page(refusal: &Refusal, reader: &Reader) -> String {
    const BACK: Text = Text::new("Zurück", "Back");
    const HOME: Text = Text::new("Zur Startseite", "To the start page");
    const REFERENCE: Text = Text::new("Kennung der Anfrage", "Id of the request");
    let lang = reader.lang;
    let back = reader.came_from.as_deref().filter(|page| *page != "/");
    let back = back.map(|page| format!("<a class=\"button\" href=\"{}\">{}</a> ", escape(page), BACK.get(lang))).unwrap_or_default();
    format!(
        "<!doctype html><html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · Lagune</title><link rel=\"icon\" type=\"image/svg+xml\" href=\"/pkg/favicon.svg\"><link rel=\"stylesheet\" href=\"/pkg/lagune.css\"><link rel=\"stylesheet\" href=\"/pkg/later.css\"></head>\
         <body><main class=\"plain-page\"><h1>{title}</h1><p role=\"alert\">{detail}</p><p>{back}<a class=\"button button--quiet\" href=\"/\">{home}</a></p>\
         <p class=\"plain-page__reference\">{reference}: <code>{id}</code></p></main></body></html>",
        code = lang.code(),
        title = escape(refusal.title.get(lang)),
        detail = escape(refusal.detail.get(lang)),
        home = HOME.get(lang),
        reference = REFERENCE.get(lang),
        id = escape(&reader.request_id),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
