//! A secret that a plain form makes is shown once, by the page that it leads to.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::ssr::cookie;
use crate::routes;

/// The cookie that carries a secret from a plain form to the page that shows it, once.
const ONCE: &str = "lagune_once";

/// Has the page that a plain form leads to show a text once: a link or token that stands nowhere else.
pub fn once(text: &str) {
    let cookie = format!("{ONCE}={}; Path=/team; Max-Age=60; HttpOnly; SameSite=Strict", routes::escape(text));
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(SET_COOKIE, cookie);
    }
}

/// The text to be shown once, if there is one; it is forgotten with this.
pub fn take_once() -> Option<String> {
    let kept = cookie(&use_context::<Parts>()?, ONCE)?;
    let forget = HeaderValue::from_static("lagune_once=; Path=/team; Max-Age=0; HttpOnly; SameSite=Strict");
    use_context::<ResponseOptions>()?.append_header(SET_COOKIE, forget);
    routes::unescape(&kept)
}
