//! Who is asking: sessions by cookie for people, tokens for programs.

mod bearer;
mod cookie;
mod factor;
pub(crate) mod first;
pub(crate) mod forgotten;
mod guard;
pub(crate) mod link;
mod next;
pub(crate) mod oidc;
pub(crate) mod own_passkeys;
pub(crate) mod passkey;
pub(crate) mod second;
pub(crate) mod sign_in;
mod staged;

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::{
    audit::{Origin, SessionMark},
    condition::Condition,
    history::Actor,
    id::{ClientId, PoolId, UserId},
    lang::Lang,
    pool::Pool,
    rights::{Right, Rights},
    time::Millis,
};
use store::{
    Reach, Store, StoreError,
    clients::Policy,
    members::Manager,
    profiles::Wish,
    sessions::{NewSession, Session},
};

pub(crate) use bearer::{PREFIX as TOKEN_PREFIX, token_hash};
pub(crate) use cookie::has_cookie;
pub(crate) use guard::{note_refused, require};
pub(crate) use next::local_path;

use crate::{clock, config::Settings, errors::Refusal, random, security::Peer, state::AppState};

/// Who is asking, known once the request passed the guard.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Whose data they may touch.
    pub client: ClientId,
    /// The person, also behind a token.
    pub user: UserId,
    /// How history names them.
    pub actor: Actor,
    /// What they may do.
    pub rights: Rights,
    /// To which profiles they are limited; none: all.
    pub rule: Option<Arc<Condition>>,
    /// The session, unless it is a token.
    pub session: Option<Box<Session>>,
    /// The hash of its token.
    pub session_hash: Option<[u8; 32]>,
    /// From where they ask, for the audit log.
    pub origin: Origin,
}

impl Caller {
    /// Whose profiles they see and change.
    pub(crate) fn reach(&self) -> Reach {
        Reach::of(self.client, self.rule.clone())
    }

    /// One of their pools, with the fields that they may know of.
    ///
    /// # Errors
    /// `NotFound`.
    pub(crate) async fn pool(&self, store: &Store, id: PoolId) -> Result<Pool, StoreError> {
        Ok(store.pool(self.client, id).await?.seen_by(self.rights))
    }

    /// Whether their role allows this.
    ///
    /// # Errors
    /// Forbidden where it doesn't.
    pub(crate) fn may(&self, right: Right) -> Result<(), Refusal> {
        if self.rights.has(right) { Ok(()) } else { Err(Refusal::forbidden().lacking(right)) }
    }

    /// As somebody who manages users, or tokens of their own.
    pub(crate) fn manager(&self) -> Manager {
        Manager { user: self.user, rights: self.rights }
    }

    /// Something that they want done now, and in which language a mistake is told.
    pub(crate) fn wish(&self, lang: Lang) -> Wish {
        Wish { actor: self.actor, origin: self.origin, user: Some(self.user), lang, now: clock::now() }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Refusal::sign_in_needed)
    }
}

/// Finds out who is asking and keeps it with the request; whether anybody has to be is the [guard's](require) matter.
pub(crate) async fn recognise(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let found = if bearer::is_rest(request.uri().path()) && bearer::token(request.headers()).is_some() {
        let token = bearer::token(request.headers()).map(str::to_owned);
        bearer::caller(&state.store, token, origin(peer, None)).await
    } else if crate::assets::is_asset(request.uri().path()) {
        Ok(None)
    } else {
        match cookie::token(request.headers(), is_https(&state, peer.as_ref())) {
            Some(token) => match by_cookie(&state, &token, peer).await {
                Ok(None) => staged::recognise(&state, &token, &mut request).await.map(|()| None),
                found => found,
            },
            None => Ok(None),
        }
    };
    match found {
        Ok(Some(caller)) => {
            request.extensions_mut().insert(caller);
        }
        Ok(None) => {}
        Err(refusal) => return refusal.into_response(),
    }
    next.run(request).await
}

/// What somebody does who is not let in yet, or not any more.
fn deed(peer: Peer, token_hash: Option<&[u8; 32]>, actor: Actor) -> Wish {
    Wish { origin: origin(Some(peer), token_hash), ..Wish::of(actor, clock::now()) }
}

/// From where a request comes, for the audit log.
fn origin(peer: Option<Peer>, token_hash: Option<&[u8; 32]>) -> Origin {
    Origin { address: peer.map(|peer| peer.address), session: token_hash.map(SessionMark::of) }
}

async fn by_cookie(state: &AppState, token: &str, peer: Option<Peer>) -> Result<Option<Caller>, Refusal> {
    let hash = random::hash(token);
    let now = clock::now();
    let Some(session) = state.store.session(&hash, now).await? else { return Ok(None) };
    renew(state, &hash, &session, now).await?;
    let (client, user, rights) = (session.client, session.user, session.granted.rights);
    let rule = session.granted.rule.clone();
    let (session, session_hash, origin) = (Some(Box::new(session)), Some(hash), origin(peer, Some(&hash)));
    let caller = Caller { client, user, actor: Actor::User(user), rights, rule, session, session_hash, origin };
    Ok(Some(caller))
}

/// A session lives on while it is used, but never past its absolute end. Written at most once a minute.
async fn renew(state: &AppState, hash: &[u8; 32], session: &Session, now: Millis) -> Result<(), Refusal> {
    const MINUTE: i64 = 60_000;
    let until = expiry(&state.settings, session.policy, session.created_at, now);
    if until.get() - session.expires_at.get() >= MINUTE {
        state.store.renew_session(hash, until).await?;
    }
    Ok(())
}

/// The nearer one of the idle and the absolute end: the installation's, or what the client wants.
fn expiry(settings: &Settings, policy: Policy, created: Millis, now: Millis) -> Millis {
    let idle = now.get() + i64::from(policy.idle_minutes.unwrap_or(settings.session_idle_minutes)) * 60_000;
    let absolute = created.get() + i64::from(policy.session_hours.unwrap_or(settings.session_hours)) * 3_600_000;
    Millis::new(idle.min(absolute))
}

/// Whether cookies have to be marked for https.
fn is_https(state: &AppState, peer: Option<&Peer>) -> bool {
    state.settings.is_https() || peer.is_some_and(|peer| peer.https)
}

/// From where somebody signs in.
struct From<'a> {
    peer: &'a Peer,
    /// The token of an older session of the same browser.
    cookie: Option<String>,
    /// What the browser says it is.
    agent: String,
}

impl<'a> From<'a> {
    fn of(headers: &HeaderMap, peer: &'a Peer, https: bool) -> Self {
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default().to_owned();
        Self { peer, cookie: cookie::token(headers, https), agent }
    }
}

/// Begins a session of a person with a fresh token; an older one of the same browser ends with it. `by` tells the audit
/// log how they proved who they are. Whoever has a second factor gets one that opens the second step alone: the
/// [guard](require) leads there, wherever they are sent.
async fn begin(state: &AppState, user: UserId, by: &'static str, from: From<'_>) -> Result<String, Refusal> {
    let now = clock::now();
    let (client, ..) = state.store.membership(user).await?.into_iter().next().ok_or_else(Refusal::forbidden)?;
    if let Some(old) = &from.cookie {
        state.store.end_session(&random::hash(old)).await?;
    }
    let (token, session) = fresh(state, user, client, &from, now).await?;
    if state.store.has_second_factor(user).await? {
        let session = NewSession { expires_at: staged::expiry(now), ..session };
        state.store.stage_session(&session, by, now).await?;
        return Ok(token);
    }
    state.store.sign_in(&session, by, &deed(*from.peer, Some(&session.token_hash), Actor::User(user))).await?;
    Ok(token)
}

/// A session to be begun, and the token that opens it.
async fn fresh(state: &AppState, user: UserId, client: ClientId, from: &From<'_>, now: Millis) -> Result<(String, NewSession), Refusal> {
    let token = random::token(32);
    let policy = state.store.client_settings(client).await?.policy;
    let session = NewSession {
        token_hash: random::hash(&token),
        user,
        client,
        expires_at: expiry(&state.settings, policy, now, now),
        address: from.peer.address.to_string(),
        agent: from.agent.clone(),
    };
    Ok((token, session))
}
