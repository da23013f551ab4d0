//! `GET /sign-in/oidc` and where it comes back to: signing in at the provider that the deployment chose.
//!
//! Nobody gets an account by this: who comes must have been invited. The first time they are known by an address that the
//! provider has made sure of, from then on by what it calls them.

use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, header},
    response::Response,
};
use domain::{
    audit::{Deed, Note, Object},
    history::Actor,
    id::UserId,
    text::Email,
};
use serde::Deserialize;
use serde_json::json;
use store::identities::BegunSignIn;

use super::{From, begin, cookie, deed, is_https, local_path, next::wanted};
use crate::{
    clock,
    errors::Refusal,
    integration::Server,
    link::with_query,
    oidc::{Failure, Person, Provider},
    random,
    security::Peer,
    state::AppState,
    throttle,
};

/// How long somebody may take at the provider.
const MINUTES: i64 = 10;

/// Where the provider sends people back to; it has to know this address.
pub(crate) const CALLBACK: &str = "/sign-in/oidc/callback";

/// `?next=`.
#[derive(Deserialize)]
pub(crate) struct Start {
    next: Option<String>,
}

/// What the provider adds to the address it sends people back to.
#[derive(Deserialize)]
pub(crate) struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Sends somebody to the provider.
///
/// # Errors
/// Not found where there is none; too many attempts, or the database's.
pub(crate) async fn start(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    query: Result<Query<Start>, QueryRejection>,
) -> Result<Response, Refusal> {
    let provider = state.oidc.clone().ok_or_else(Refusal::not_found)?;
    let next = query.ok().and_then(|Query(start)| start.next).filter(|next| wanted(Some(next)).is_some() && next.len() <= 2_000);
    throttle::begun(&state.store, peer.address, clock::now()).await?;
    let Server(base) = Server::of(&state, &headers);
    let begun = match provider.begin(&format!("{base}{CALLBACK}")).await {
        Ok(begun) => begun,
        Err(failure) => return Ok(back(failed(&failure), next.as_deref())),
    };
    let https = is_https(&state, Some(&peer));
    // Somebody who begins in two tabs may finish in both.
    let browser = cookie::browser(&headers, cookie::OIDC, https).unwrap_or_else(|| random::token(32));
    let kept = BegunSignIn {
        state_hash: random::hash(&begun.state),
        browser_hash: random::hash(&browser),
        nonce: begun.nonce,
        verifier: begun.verifier,
        next,
        expires_at: clock::now().plus(MINUTES * 60_000),
    };
    state.store.begin_sign_in(&kept).await?;
    Ok(cookie::redirect(&begun.url, cookie::set_browser(&browser, cookie::OIDC, https)))
}

/// Signs somebody in who comes back from the provider; else back to the form, with a sentence.
///
/// # Errors
/// Not found where there is none; the database's.
pub(crate) async fn callback(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    query: Result<Query<Callback>, QueryRejection>,
) -> Result<Response, Refusal> {
    let provider = state.oidc.clone().ok_or_else(Refusal::not_found)?;
    let https = is_https(&state, Some(&peer));
    let lost = || Ok(back("oidc_lost", None));
    let Ok(Query(answer)) = query else { return lost() };
    let (Some(token), Some(browser)) = (&answer.state, cookie::browser(&headers, cookie::OIDC, https)) else { return lost() };
    let taken = state.store.take_sign_in(&random::hash(token), &random::hash(&browser), clock::now()).await?;
    let Some(begun) = taken else { return lost() };
    let next = begun.next.clone();
    let Server(base) = Server::of(&state, &headers);
    let user = match known(&state, &provider, peer, answer, begun, &format!("{base}{CALLBACK}")).await? {
        Ok(user) => user,
        Err(Unknown { problem, user, email }) => {
            tracing::info!(address = %peer.address, problem, "a sign-in at the provider failed");
            let object = Object::user(user, email.as_ref().map_or("", Email::as_str));
            let note = Note::new(Deed::SignInFailed, object).after(json!({ "by": "oidc" }));
            let wish = deed(peer, None, Actor::Nobody);
            state.store.audit_person(user, &wish, note).await?;
            return Ok(back(problem, next.as_deref()));
        }
    };
    let token = begin(&state, user, "oidc", From::of(&headers, &peer, https)).await?;
    tracing::info!(user = %user, "user {user} signed in at the provider");
    let mut response = cookie::redirect(local_path(next.as_deref()), cookie::set(&token, https));
    if let Some(clear) = cookie::clear_browser(cookie::OIDC, https) {
        response.headers_mut().append(header::SET_COOKIE, clear);
    }
    Ok(response)
}

/// Why somebody is not signed in.
struct Unknown {
    problem: &'static str,
    user: Option<UserId>,
    email: Option<Email>,
}

impl Unknown {
    fn because(problem: &'static str) -> Self {
        Self { problem, user: None, email: None }
    }
}

/// Whom an answer signs in.
async fn known(
    state: &AppState,
    provider: &Provider,
    peer: Peer,
    answer: Callback,
    begun: BegunSignIn,
    redirect: &str,
) -> Result<Result<UserId, Unknown>, Refusal> {
    let problem = |failure: &Failure| Unknown::because(failed(failure));
    if let Err(failure) = provider.is_of(answer.iss.as_deref()).await {
        return Ok(Err(problem(&failure)));
    }
    let code = match (answer.code, answer.error) {
        (Some(code), None) => code,
        (_, Some(error)) if error == "access_denied" => return Ok(Err(Unknown::because("oidc_denied"))),
        (_, error) => return Ok(Err(problem(&Failure::Untrusted(format!("it says {error:?}"))))),
    };
    match provider.finish(code, begun.nonce, begun.verifier, redirect).await {
        Ok(person) => person_here(state, provider.issuer(), peer, person).await,
        Err(failure) => Ok(Err(problem(&failure))),
    }
}

/// Who a person of the provider is here, if they may sign in.
async fn person_here(state: &AppState, issuer: &str, peer: Peer, person: Person) -> Result<Result<UserId, Unknown>, Refusal> {
    let store = &state.store;
    let email = person.email.as_deref().and_then(|email| Email::parse(email).ok());
    let known = store.identity(issuer, &person.subject).await?;
    let no = |problem, user| Ok(Err(Unknown { problem, user, email: email.clone() }));
    let user = match (known, &email) {
        (Some(user), _) => user,
        // An address that nobody has made sure of could be anybody's.
        (None, _) if !person.verified => return no("oidc_unverified", None),
        (None, None) => return no("oidc_unverified", None),
        (None, Some(email)) => match store.user_by_email(email).await? {
            Some(user) => user.id,
            None => return no("oidc_unknown", None),
        },
    };
    if store.membership(user).await?.is_empty() {
        return no("oidc_disabled", Some(user));
    }
    if known.is_none() {
        let wish = deed(peer, None, Actor::User(user));
        let added = store.add_identity(issuer, &person.subject, user, &wish).await?;
        // Of two tabs at once one was first; else the address belongs to another person of the provider now.
        if !added && store.identity(issuer, &person.subject).await? != Some(user) {
            return no("oidc_other", Some(user));
        }
    }
    Ok(Ok(user))
}

/// What the person reads; the cause stands in the log.
fn failed(failure: &Failure) -> &'static str {
    tracing::warn!(error = %failure, "signing in at the provider does not work");
    match failure {
        Failure::Down(_) => "oidc_down",
        Failure::Untrusted(_) => "oidc_failed",
    }
}

fn back(problem: &str, next: Option<&str>) -> Response {
    cookie::redirect(&with_query("/sign-in", &[("problem", Some(problem)), ("next", next)]), None)
}
