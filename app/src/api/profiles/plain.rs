//! Where a plain form goes once its work is done. Callers with WASM get their answer and stay where they are.

use axum::http::header::{ACCEPT, REFERER};
use axum::http::request::Parts;
use domain::id::PoolId;
use leptos::prelude::use_context;

use super::shapes::Bulked;

/// Was this asked by a form of a page that is not awake?
pub fn is_plain() -> bool {
    header(ACCEPT).is_some_and(|accept| accept.contains("text/html"))
}

fn header(name: axum::http::HeaderName) -> Option<String> {
    use_context::<Parts>()?.headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Go to an address of this site.
pub fn to(path: &str) {
    if is_plain() {
        leptos_axum::redirect(path);
    }
}

/// Go back to the page that held the form.
pub fn back() {
    if let Some(referer) = header(REFERER) {
        let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        to(path.as_deref().filter(|path| crate::routes::is_local(path)).unwrap_or("/"));
    }
}

/// Go to the list.
pub fn to_list(pool: PoolId) {
    to(&crate::routes::pool(pool));
}

/// After a change that can't be: to the list, which says so.
pub fn refused(pool: PoolId, query: &str) {
    let parts = if query.is_empty() { String::new() } else { format!("{query}&") };
    to(&format!("{}?{parts}refused=1", crate::routes::pool(pool)));
}

/// After a change of many profiles: to the list with the way to undo it, or to the job that is at it.
pub fn after(pool: PoolId, query: &str, bulked: Bulked) {
    let Bulked::Done(batch) = bulked else { return to(crate::routes::JOBS) };
    let mut parts: Vec<String> = query.split('&').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    parts.push(format!("undo={}.{}{}", batch.id, batch.n, if batch.edited { ".edited" } else { "" }));
    to(&format!("{}?{}", crate::routes::pool(pool), parts.join("&")));
}
