//! Signing in by a passkey: `/sign-in/passkey/begin`, which asks, `POST /sign-in/passkey`, which takes the answer as a plain
//! form, and the passkey as the second step behind a password or a link.
//!
//! A passkey alone is two factors (the device, and what unlocks it), so that it opens a whole session. Nobody names
//! themselves before: the answer tells whose it is, and every other one is refused in the same words.

use app::api::second_factor::Ways;
use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use domain::{
    audit::{Deed, Note, Object},
    history::Actor,
    id::UserId,
};
use serde::Deserialize;
use serde_json::json;
use store::{
    StoreError,
    passkeys::{Ceremony, CeremonyKind, UsedPasskey},
};

use super::{From, cookie, deed, factor, fresh, is_https, local_path, second, staged::OnTheWay};
use crate::{
    clock,
    errors::Refusal,
    integration::Server,
    passkey::{ANSWER_WITHIN, Answer, Question, Site, Untrue},
    random,
    security::Peer,
    state::AppState,
    throttle::{self, Attempt},
};

/// Where the answer goes.
pub(crate) const SIGN_IN_PASSKEY: &str = "/sign-in/passkey";

/// Where the question comes from.
pub(crate) const BEGIN_PASSKEY: &str = "/sign-in/passkey/begin";

/// So many recovery codes are few: then the second step says how many are left.
const FEW: u64 = 3;

/// What the sign-in page sends.
#[derive(Deserialize)]
pub(crate) struct Answered {
    credential: String,
    #[serde(default)]
    next: Option<String>,
}

/// Where passkeys may be used at the address that people use, if that is a place for them.
pub(crate) fn site(state: &AppState, headers: &HeaderMap) -> Option<Site> {
    Site::at(&Server::of(state, headers).0)
}

/// Asks whoever is there for a passkey, whosever it is.
///
/// # Errors
/// Not found where there are none; too many attempts, or the database's.
pub(crate) async fn begin(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let site = site(&state, &headers).ok_or_else(Refusal::not_found)?;
    throttle::begun(&state.store, peer.address, clock::now()).await?;
    let https = is_https(&state, Some(&peer));
    // Somebody who begins in two tabs may finish in both.
    let browser = cookie::browser(&headers, cookie::PASSKEY, https).unwrap_or_else(|| random::token(32));
    let question = site.ask(&[])?;
    keep(&state, &question, random::hash(&browser), CeremonyKind::SignIn).await?;
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], question.options).into_response();
    if let Some(cookie) = cookie::set_browser(&browser, cookie::PASSKEY, https) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Keeps a question until it is answered.
pub(super) async fn keep(state: &AppState, question: &Question, holder_hash: [u8; 32], kind: CeremonyKind) -> Result<(), Refusal> {
    let (challenge_hash, expires_at) = (question.challenge_hash, clock::now().plus(ANSWER_WITHIN));
    let ceremony = Ceremony { challenge_hash, holder_hash, kind, state: question.state.clone(), expires_at };
    Ok(state.store.begin_ceremony(&ceremony).await?)
}

/// Signs the person of a passkey in and sends them where they wanted to go; else back to the form.
///
/// # Errors
/// Not found where there are none; too many attempts, or the database's.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    form: Result<Form<Answered>, FormRejection>,
) -> Result<Response, Refusal> {
    let site = site(&state, &headers).ok_or_else(Refusal::not_found)?;
    let Ok(Form(form)) = form else { return Ok(back(None)) };
    let next = form.next.as_deref();
    let (now, https) = (clock::now(), is_https(&state, Some(&peer)));
    let attempt = Attempt::by_passkey(peer.address);
    attempt.begin(&state.store, now).await?;
    let Some(browser) = cookie::browser(&headers, cookie::PASSKEY, https) else { return Ok(back(next)) };
    let asked = Asked { holder: random::hash(&browser), kind: CeremonyKind::SignIn, of: None };
    let used = match prove(&state, &site, &form.credential, &asked).await? {
        Proof::True(used) => used,
        Proof::False(because) => {
            note_failure(&state, peer, None, because).await?;
            return Ok(back(next));
        }
    };
    let from = From::of(&headers, &peer, https);
    let Some(token) = enter(&state, &used, &from).await? else {
        note_failure(&state, peer, None, Because { user: Some(used.user), why: None }).await?;
        return Ok(back(next));
    };
    attempt.succeeded(&state.store).await?;
    tracing::info!(user = %used.user, "user {} signed in by a passkey", used.user);
    let mut response = cookie::redirect(local_path(next), cookie::set(&token, https));
    if let Some(clear) = cookie::clear_browser(cookie::PASSKEY, https) {
        response.headers_mut().append(header::SET_COOKIE, clear);
    }
    Ok(response)
}

/// Begins a session with a fresh token; an older one of the same browser ends. None where its person works for no client
/// any more, or the passkey was removed or used elsewhere meanwhile.
async fn enter(state: &AppState, used: &UsedPasskey, from: &From<'_>) -> Result<Option<String>, Refusal> {
    let now = clock::now();
    let Some((client, ..)) = state.store.membership(used.user).await?.into_iter().next() else { return Ok(None) };
    let (token, session) = fresh(state, used.user, client, from, now).await?;
    let wish = deed(*from.peer, Some(&session.token_hash), Actor::User(used.user));
    match state.store.sign_in_by_passkey(used, &session, &wish).await {
        Ok(true) => {}
        Ok(false) | Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    if let Some(old) = &from.cookie {
        state.store.end_session(&random::hash(old)).await?;
    }
    Ok(Some(token))
}

/// What an answer has to be an answer to.
struct Asked {
    holder: [u8; 32],
    kind: CeremonyKind,
    /// Whose passkey it has to be, where that is known.
    of: Option<UserId>,
}

/// What an answer is worth.
enum Proof {
    True(UsedPasskey),
    False(Because),
}

/// Why it is worth nothing, for the audit log.
struct Because {
    user: Option<UserId>,
    why: Option<&'static str>,
}

async fn prove(state: &AppState, site: &Site, text: &str, asked: &Asked) -> Result<Proof, Refusal> {
    let store = &state.store;
    let no = |user, why| Ok(Proof::False(Because { user, why }));
    let answer = Answer::parse(text).and_then(|answer| Some((answer.challenge_hash()?, answer)));
    let Some((challenge, answer)) = answer else { return no(asked.of, None) };
    // Taken before anything is looked at: whatever the answer is worth, it was the only one.
    let Some(question) = store.take_ceremony(&challenge, &asked.holder, asked.kind, clock::now()).await? else { return no(asked.of, None) };
    let found = store.passkey(answer.credential_id()).await?;
    let Some(passkey) = found.filter(|passkey| asked.of.is_none_or(|user| user == passkey.user)) else { return no(asked.of, None) };
    match site.check(&answer, &question, &passkey, asked.of.is_some()) {
        Ok((credential, counter)) => Ok(Proof::True(UsedPasskey { id: passkey.id, user: passkey.user, credential, counter })),
        Err(Untrue::Counter) => no(Some(passkey.user), Some("counter")),
        Err(Untrue::Other) => no(Some(passkey.user), None),
    }
}

async fn note_failure(state: &AppState, peer: Peer, session: Option<&[u8; 32]>, because: Because) -> Result<(), Refusal> {
    tracing::info!(address = %peer.address, why = because.why, "a sign-in by a passkey failed");
    let email = match because.user {
        Some(user) => state.store.user(user).await?.email,
        None => String::new(),
    };
    let wish = deed(peer, session, Actor::Nobody);
    let told = match because.why {
        Some(why) => json!({ "by": "passkey", "why": why }),
        None => json!({ "by": "passkey" }),
    };
    let note = Note::new(Deed::SignInFailed, Object::user(because.user, email)).after(told);
    Ok(state.store.audit_person(because.user, &wish, note).await?)
}

/// By what somebody may take the second step.
pub(super) async fn ways(state: &AppState, parts: &Parts, way: &OnTheWay) -> Result<Ways, Refusal> {
    let user = way.staged.user;
    let app = factor::app(&state.store, user).await?;
    let known: Vec<Vec<u8>> = state.store.passkeys(user).await?.into_iter().map(|passkey| passkey.credential_id).collect();
    let passkey = match site(state, &parts.headers) {
        Some(site) if !known.is_empty() => {
            throttle::begun(&state.store, second::peer(parts)?.address, clock::now()).await?;
            let question = site.ask(&known)?;
            keep(state, &question, way.hash, CeremonyKind::Second).await?;
            Some(question.options)
        }
        _ => None,
    };
    let elsewhere = passkey.is_none() && !known.is_empty();
    Ok(Ways { code: app.is_some(), left: app.map(|app| app.codes).filter(|left| *left <= FEW), passkey, elsewhere })
}

/// The passkey behind a password or a link. The session that waited for it ends, and one with a fresh token begins.
pub(super) async fn finish(state: &AppState, parts: &Parts, way: &OnTheWay, by: &str, credential: &str) -> Result<Response, Refusal> {
    let next = second::next_of(parts);
    let (now, staged, peer) = (clock::now(), &way.staged, second::peer(parts)?);
    let attempt = factor::attempt(&staged.email, Some(peer.address));
    attempt.begin(&state.store, now).await?;
    let refused = || Ok(second::back(second::SECOND, "passkey_failed", next.as_deref()));
    let Some(site) = site(state, &parts.headers) else { return refused() };
    let asked = Asked { holder: way.hash, kind: CeremonyKind::Second, of: Some(staged.user) };
    let used = match prove(state, &site, credential, &asked).await? {
        Proof::True(used) => used,
        Proof::False(because) => {
            note_failure(state, peer, Some(&way.hash), because).await?;
            return refused();
        }
    };
    let https = is_https(state, Some(&peer));
    let (token, session) = fresh(state, staged.user, staged.client, &From::of(&parts.headers, &peer, https), now).await?;
    let wish = deed(peer, Some(&session.token_hash), Actor::User(staged.user));
    match state.store.confirm_by_passkey(&used, &way.hash, &session, &format!("{by}+passkey"), &wish).await {
        Ok(true) => {}
        Ok(false) => return refused(),
        Err(StoreError::NotFound) => return Ok(cookie::redirect("/sign-in?problem=session_ended", None)),
        Err(error) => return Err(error.into()),
    }
    attempt.succeeded(&state.store).await?;
    tracing::info!(user = %staged.user, "user {} signed in by {by} and a passkey", staged.user);
    Ok(cookie::redirect(local_path(next.as_deref()), cookie::set(&token, https)))
}

fn back(next: Option<&str>) -> Response {
    second::back("/sign-in", "passkey_failed", next)
}
