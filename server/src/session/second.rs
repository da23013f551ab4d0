//! `/sign-in/second`, the step behind the password or a link, and `/settings/second-factor`, where it is set up: pages that the
//! server alone fills, and the plain forms on them.

use app::api::second_factor::{FactorSheet, GivenSheet, Stage};
use axum::{
    Form,
    body::Body,
    extract::{FromRequest as _, Query, Request, State},
    http::{HeaderValue, Method, header, request::Parts},
    response::Response,
};
use domain::{
    audit::{Deed, Note, Object},
    history::Actor,
    time::Zone,
};
use serde::Deserialize;
use serde_json::json;
use store::{StoreError, profiles::Wish};

use super::{
    Caller, From, cookie, deed,
    factor::{self, Outcome, Person},
    fresh, is_https, local_path,
    next::wanted,
    origin, own_passkeys, passkey,
    staged::OnTheWay,
};
use crate::{clock, errors::Refusal, link::with_query, pages, security::Peer, state::AppState};

/// Where the second step is taken.
pub(super) const SECOND: &str = "/sign-in/second";
const SECOND_FACTOR: &str = "/settings/second-factor";

/// What the forms send, each a part of it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub r#do: String,
    pub password: String,
    pub code: String,
    /// What a browser says of a passkey, as JSON.
    pub credential: String,
    /// The name of a new passkey.
    pub name: String,
    /// Which passkey.
    pub id: String,
}

/// Where somebody wants to go, as the address of the form says.
#[derive(Deserialize)]
struct Next {
    next: Option<String>,
}

pub(super) fn next_of(parts: &Parts) -> Option<String> {
    Query::<Next>::try_from_uri(&parts.uri).ok()?.0.next
}

/// Reads a form and keeps the head of its request.
pub(super) async fn read(request: Request) -> (Parts, Option<Typed>) {
    let (parts, body) = request.into_parts();
    let form = Form::from_request(Request::from_parts(parts.clone(), body), &()).await;
    (parts, form.ok().map(|Form(typed)| typed))
}

/// The page of the second step, for somebody who has to take it.
///
/// # Errors
/// The database's.
pub(crate) async fn show_step(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, _) = request.into_parts();
    let Some(way) = parts.extensions.get::<OnTheWay>() else {
        let signed_in = parts.extensions.get::<Caller>().is_some();
        return Ok(cookie::redirect(if signed_in { "/" } else { "/sign-in" }, None));
    };
    let sheet = match &way.staged.by {
        Some(_) => FactorSheet { stage: Stage::Asked(passkey::ways(&state, &parts, way).await?), ..FactorSheet::default() },
        None => factor::sheet(&state.store, &on_the_way(&state, way, &parts), Vec::new()).await?,
    };
    page(state, parts, GivenSheet(sheet)).await
}

/// Takes the second step, or sets a second factor up where one is missing.
///
/// # Errors
/// Too many attempts, or the database's.
pub(crate) async fn take_step(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, typed) = read(request).await;
    let Some(way) = parts.extensions.get::<OnTheWay>().cloned() else {
        return Ok(cookie::redirect("/sign-in?problem=session_ended", None));
    };
    let next = next_of(&parts);
    let Some(typed) = typed else { return Ok(back(SECOND, "incomplete", next.as_deref())) };
    match &way.staged.by {
        Some(by) if !typed.credential.is_empty() => passkey::finish(&state, &parts, &way, by, &typed.credential).await,
        Some(by) => finish(&state, &parts, &way, by, &typed.code).await,
        None => set_up_first(state, parts, &way, typed).await,
    }
}

/// The code behind the password. The session that waited for it ends, and one with a fresh token begins.
async fn finish(state: &AppState, parts: &Parts, way: &OnTheWay, by: &str, code: &str) -> Result<Response, Refusal> {
    let next = next_of(parts);
    let (now, staged, peer) = (clock::now(), &way.staged, peer(parts)?);
    let attempt = factor::attempt(&staged.email, Some(peer.address));
    attempt.begin(&state.store, now).await?;
    let Some(proof) = factor::take_code(&state.store, staged.user, code, now).await? else {
        tracing::info!(address = %peer.address, "a second step failed");
        let wish = deed(peer, Some(&way.hash), Actor::Nobody);
        let note = Note::new(Deed::SignInFailed, Object::user(staged.user, staged.email.as_str())).after(json!({ "by": "totp" }));
        state.store.audit_person(Some(staged.user), &wish, note).await?;
        return Ok(back(SECOND, "wrong_code", next.as_deref()));
    };
    attempt.succeeded(&state.store).await?;
    let cookie = exchange(state, parts, way, Some(&format!("{by}+{proof}"))).await?;
    let Some(cookie) = cookie else { return Ok(cookie::redirect("/sign-in?problem=session_ended", None)) };
    tracing::info!(user = %staged.user, "user {} signed in by {by} and {proof}", staged.user);
    Ok(cookie::redirect(local_path(next.as_deref()), Some(cookie)))
}

/// A session with a fresh token in the place of the one that opened nothing; none when that has been exchanged already.
async fn exchange(state: &AppState, parts: &Parts, way: &OnTheWay, by: Option<&str>) -> Result<Option<HeaderValue>, Refusal> {
    let (now, peer) = (clock::now(), peer(parts)?);
    let https = is_https(state, Some(&peer));
    let from = From::of(&parts.headers, &peer, https);
    let (token, session) = fresh(state, way.staged.user, way.staged.client, &from, now).await?;
    let wish = deed(peer, Some(&session.token_hash), Actor::User(way.staged.user));
    match state.store.exchange_session(&way.hash, &session, by, &wish).await {
        Ok(()) => Ok(cookie::set(&token, https)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Setting up where the client demands a second factor and somebody has none.
async fn set_up_first(state: AppState, parts: Parts, way: &OnTheWay, typed: Typed) -> Result<Response, Refusal> {
    let person = on_the_way(&state, way, &parts);
    let next = next_of(&parts);
    let done = match typed.r#do.as_str() {
        "passkey" => match own_passkeys::begin(&state, &person, typed).await? {
            Ok(options) => {
                let sheet = FactorSheet { stage: Stage::Passkey(options), required: true, ..FactorSheet::default() };
                return page(state, parts, GivenSheet(sheet)).await;
            }
            Err(problem) => Outcome::Wrong(problem),
        },
        "passkey_add" => match own_passkeys::add(&state, &person, &typed.credential).await? {
            Ok(()) => {
                let cookie = exchange(&state, &parts, way, None).await?;
                return Ok(cookie::redirect(local_path(next.as_deref()), cookie));
            }
            Err(problem) => Outcome::Wrong(problem),
        },
        "begin" => factor::begin(&state, &person, typed.password).await?,
        "confirm" => factor::confirm(&state, &person, &typed.code).await?,
        _ => Outcome::Wrong("incomplete"),
    };
    match done {
        Outcome::Done => Ok(cookie::redirect(&with_query(SECOND, &[("next", wanted(next.as_deref()))]), None)),
        Outcome::Wrong(problem) => Ok(back(SECOND, problem, next.as_deref())),
        Outcome::Codes(codes) => {
            let cookie = exchange(&state, &parts, way, None).await?;
            let sheet = factor::sheet(&state.store, &person, codes).await?;
            let mut response = page(state, parts, GivenSheet(sheet)).await?;
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
    }
}

/// The page of one's own second factor.
///
/// # Errors
/// The database's.
pub(crate) async fn show_own(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, _) = request.into_parts();
    let person = signed_in(&state, &parts)?;
    let sheet = factor::sheet(&state.store, &person, Vec::new()).await?;
    page(state, parts, GivenSheet(sheet)).await
}

/// Sets it up, renews its recovery codes or removes it.
///
/// # Errors
/// Too many attempts, or the database's.
pub(crate) async fn change_own(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, typed) = read(request).await;
    let person = signed_in(&state, &parts)?;
    let Some(typed) = typed else { return Ok(back(SECOND_FACTOR, "incomplete", None)) };
    let done = match typed.r#do.as_str() {
        "begin" => factor::begin(&state, &person, typed.password).await?,
        "confirm" => factor::confirm(&state, &person, &typed.code).await?,
        "renew" => factor::renew(&state, &person, typed.password, &typed.code).await?,
        "remove" => factor::remove(&state, &person, typed.password, &typed.code).await?,
        _ => Outcome::Wrong("incomplete"),
    };
    match done {
        Outcome::Done if typed.r#do == "remove" => Ok(cookie::redirect(&with_query(SECOND_FACTOR, &[("notice", Some("removed"))]), None)),
        Outcome::Done => Ok(cookie::redirect(SECOND_FACTOR, None)),
        Outcome::Wrong(problem) => Ok(back(SECOND_FACTOR, problem, None)),
        Outcome::Codes(codes) => {
            let sheet = factor::sheet(&state.store, &person, codes).await?;
            page(state, parts, GivenSheet(sheet)).await
        }
    }
}

/// The page at the address of the request, with what it shows. It may hold a secret beside a word of the address, so it
/// is not compressed: its length tells nothing then.
pub(super) async fn page(state: AppState, mut parts: Parts, given: impl Clone + Send + Sync + 'static) -> Result<Response, Refusal> {
    if parts.method != Method::HEAD {
        parts.method = Method::GET;
    }
    parts.extensions.insert(given);
    let mut response = pages::page(State(state), Request::from_parts(parts, Body::empty())).await?;
    response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    Ok(response)
}

pub(super) fn signed_in(state: &AppState, parts: &Parts) -> Result<Person, Refusal> {
    let caller = parts.extensions.get::<Caller>().ok_or_else(Refusal::sign_in_needed)?;
    let (session, hash) = caller.session.as_ref().zip(caller.session_hash).ok_or_else(Refusal::sign_in_needed)?;
    Ok(Person {
        user: caller.user,
        client: caller.client,
        email: session.email.clone(),
        session: hash,
        zone: session.zone,
        began: session.created_at,
        wish: caller.wish(session.lang),
        site: passkey::site(state, &parts.headers),
    })
}

fn on_the_way(state: &AppState, way: &OnTheWay, parts: &Parts) -> Person {
    let origin = origin(parts.extensions.get::<Peer>().copied(), Some(&way.hash));
    let wish = Wish { origin, ..Wish::of(Actor::User(way.staged.user), clock::now()) };
    let (user, client, email) = (way.staged.user, way.staged.client, way.staged.email.clone());
    let (began, site) = (wish.now, passkey::site(state, &parts.headers));
    Person { user, client, email, session: way.hash, zone: Zone::UTC, wish, began, site }
}

pub(super) fn peer(parts: &Parts) -> Result<Peer, Refusal> {
    parts.extensions.get::<Peer>().copied().ok_or_else(Refusal::internal)
}

pub(super) fn back(to: &str, problem: &str, next: Option<&str>) -> Response {
    cookie::redirect(&with_query(to, &[("problem", Some(problem)), ("next", wanted(next))]), None)
}
