//! `/sign-in/forgotten`: whoever forgot their password asks for a link by mail. A plain form, before and without WASM.
//!
//! Every address gets the same answer after the same work: the wish is written down, and whose address it is, if anybody's,
//! is found out later by the worker that sends.

use axum::{
    Extension, Form,
    extract::{Request, State, rejection::FormRejection},
    response::Response,
};
use domain::text::Email;
use serde::Deserialize;

use super::cookie;
use crate::{clock, errors::Refusal, link::with_query, pages, security::Peer, state::AppState, throttle::Attempt};

const PATH: &str = "/sign-in/forgotten";

/// What the page is told where no mail is sent: it names the administration instead of showing a form.
const BY_ADMINISTRATION: &str = "by=administration";

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Forgotten {
    #[serde(default)]
    email: String,
}

/// The page, which tells by its address alone what it shows.
///
/// # Errors
/// Those of pages.
pub(crate) async fn show(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let query = request.uri().query().unwrap_or_default();
    if state.store.mailing() || query.split('&').any(|part| part == BY_ADMINISTRATION) {
        return pages::page(State(state), request).await;
    }
    let more = if query.is_empty() { String::new() } else { format!("&{query}") };
    Ok(cookie::redirect(&format!("{PATH}?{BY_ADMINISTRATION}{more}"), None))
}

/// Takes the wish for a link.
///
/// # Errors
/// Too many wishes, or the database's.
pub(crate) async fn ask(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    form: Result<Form<Forgotten>, FormRejection>,
) -> Result<Response, Refusal> {
    if !state.store.mailing() {
        return Ok(cookie::redirect(&format!("{PATH}?{BY_ADMINISTRATION}"), None));
    }
    let typed = form.map(|Form(form)| form.email).unwrap_or_default();
    let Ok(email) = Email::parse(&typed) else {
        let kept: String = typed.trim().chars().take(254).collect();
        return Ok(cookie::redirect(&with_query(PATH, &[("problem", Some("email_invalid")), ("email", Some(&kept))]), None));
    };
    let now = clock::now();
    Attempt::at_reset(email.as_str(), peer.address).begin(&state.store, now).await?;
    state.store.ask_reset(&email, peer.address, now).await?;
    Ok(cookie::redirect(&format!("{PATH}?sent=1"), None))
}
