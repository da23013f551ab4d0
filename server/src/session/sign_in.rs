//! `POST /sign-in` and `POST /sign-out`: plain forms, so that they work before and without WASM.

use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::HeaderMap,
    response::Response,
};
use domain::{
    audit::{Deed, Note, Object},
    history::Actor,
    text::Email,
};
use serde::Deserialize;
use store::accounts::User;

use super::{Caller, From, begin, cookie, deed, is_https, local_path, next::wanted, staged::OnTheWay};
use crate::{clock, errors::Refusal, link::with_query, password, random, security::Peer, state::AppState, throttle::Attempt};

/// What the sign-in form sends.
#[derive(Deserialize)]
pub(crate) struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    next: Option<String>,
}

/// Signs a person in and sends them where they wanted to go; else back to the form, which keeps the address typed.
///
/// # Errors
/// Too many attempts, or the database's.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    form: Result<Form<SignIn>, FormRejection>,
) -> Result<Response, Refusal> {
    let Ok(Form(form)) = form else { return Ok(back("incomplete", None, None)) };
    let next = form.next.as_deref();
    let typed = form.email.trim();
    // The same key for every spelling of an address, and one for what isn't an address at all.
    let email = Email::parse(typed).ok();
    let attempt = Attempt::new(&email.as_ref().map_or_else(|| "no address".to_owned(), ToString::to_string), peer.address);
    attempt.begin(&state.store, clock::now()).await?;

    let user = match &email {
        Some(email) => state.store.user_by_email(email).await?,
        None => None,
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let short_enough = form.password.len() <= password::LONGEST;
    let typed_password = if short_enough { form.password } else { String::new() };
    let fits = password::verify(typed_password, hash).await && short_enough;
    let Some(user) = user.as_ref().filter(|_| fits) else {
        tracing::info!(address = %peer.address, "a sign-in failed");
        note_failure(&state, user.as_ref(), email.as_ref(), peer).await?;
        return Ok(back("sign_in_failed", Some(typed), next));
    };

    attempt.succeeded(&state.store).await?;
    let https = is_https(&state, Some(&peer));
    let token = begin(&state, user.id, "password", From::of(&headers, &peer, https)).await?;
    tracing::info!(user = %user.id, "user {} signed in", user.id);
    Ok(cookie::redirect(local_path(next), cookie::set(&token, https)))
}

/// A failed attempt stands in the audit log, with the address that was typed if it is one: people type passwords into the
/// wrong box.
async fn note_failure(state: &AppState, user: Option<&User>, typed: Option<&Email>, peer: Peer) -> Result<(), Refusal> {
    let object = Object::user(user.map(|user| user.id), typed.map_or("", Email::as_str));
    let wish = deed(peer, None, Actor::Nobody);
    Ok(state.store.audit_person(user.map(|user| user.id), &wish, Note::new(Deed::SignInFailed, object)).await?)
}

/// Ends the session, here and in the database.
///
/// # Errors
/// The database's.
pub(crate) async fn sign_out(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    caller: Option<Extension<Caller>>,
    on_the_way: Option<Extension<OnTheWay>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let https = is_https(&state, Some(&peer));
    if let Some(token) = cookie::token(&headers, https) {
        let actor = match (&caller, &on_the_way) {
            (Some(caller), _) => caller.actor,
            (None, Some(way)) => Actor::User(way.staged.user),
            (None, None) => Actor::Nobody,
        };
        let hash = random::hash(&token);
        state.store.sign_out(&hash, &deed(peer, Some(&hash), actor)).await?;
    }
    Ok(cookie::redirect("/sign-in?notice=signed_out", cookie::clear(https)))
}

/// Back to the form with a word for what went wrong.
fn back(problem: &str, email: Option<&str>, next: Option<&str>) -> Response {
    let email = email.filter(|text| text.len() <= 254);
    let to = with_query("/sign-in", &[("problem", Some(problem)), ("email", email), ("next", wanted(next))]);
    cookie::redirect(&to, None)
}
