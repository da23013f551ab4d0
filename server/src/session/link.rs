//! `POST /sign-in/link`: a one-time link signs its person in, and lets them choose a password where they have none or forgot it.
//!
//! Opening the link only shows a page with a button: programs that look at links before people do would use it up.

use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::HeaderMap,
    response::Response,
};
use domain::{
    audit::{Deed, Note, Object},
    history::Actor,
    id::UserId,
    problem::Problem,
    text::{Email, Name},
};
use serde::Deserialize;
use serde_json::json;
use store::{Conflict, StoreError, accounts::User, profiles::Wish};

use super::{From, begin, cookie, deed, is_https, local_path};
use crate::{clock, errors::Refusal, link::with_query, password, random, security::Peer, state::AppState, throttle::Attempt};

/// How long a link can be used.
pub(crate) const LINK_HOURS: i64 = 48;

/// What the link's page sends; whoever has a password may leave all but the token out.
#[derive(Deserialize)]
pub(crate) struct Redeem {
    token: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: Option<String>,
}

/// Signs the person of the link in.
///
/// # Errors
/// Too many attempts, or the database's.
pub(crate) async fn redeem(
    State(state): State<AppState>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    form: Result<Form<Redeem>, FormRejection>,
) -> Result<Response, Refusal> {
    let Ok(Form(form)) = form else { return Ok(cookie::redirect("/sign-in?problem=incomplete", None)) };
    let now = clock::now();
    let hash = random::hash(&form.token);
    let attempt = Attempt::new("one-time links", peer.address);
    let Some(user) = state.store.link_user(&hash, now).await? else {
        attempt.begin(&state.store, now).await?;
        let note = Note::new(Deed::SignInFailed, Object::user(None, "")).after(json!({ "by": "link" }));
        state.store.audit_person(None, &deed(peer, None, Actor::Nobody), note).await?;
        return Ok(cookie::redirect("/sign-in?problem=link_used", None));
    };
    let user = state.store.user(user).await?;
    let chooses = user.password_hash.is_none() || !form.password.is_empty();
    let shortest = state.store.password_length(user.id).await?;
    let about = password::about(&state.store, &user).await?;
    let chosen = match chooses.then(|| Chosen::parse(&form, &user, shortest, about)) {
        Some(Ok(chosen)) => Some(chosen),
        Some(Err(problem)) => return Ok(back(&form, problem)),
        None => None,
    };
    if let Some(chosen) = chosen {
        let wish = deed(peer, None, Actor::User(user.id));
        match chosen.keep(&state, user.id, wish).await {
            Err(StoreError::Conflict(Conflict::EmailTaken)) => return Ok(back(&form, "email_taken")),
            kept => kept?,
        }
    }
    // Used up only now, so that a mistake in the form doesn't cost the link; of two at once only one passes.
    let Some(user) = state.store.use_link(&hash, now).await? else {
        return Ok(cookie::redirect("/sign-in?problem=link_used", None));
    };
    let https = is_https(&state, Some(&peer));
    let token = begin(&state, user, "link", From::of(&headers, &peer, https)).await?;
    tracing::info!(user = %user, "user {user} signed in by link");
    Ok(cookie::redirect(local_path(form.next.as_deref()), cookie::set(&token, https)))
}

/// What a new person chose.
struct Chosen {
    name: Name,
    email: Email,
    password: String,
}

impl Chosen {
    fn parse(form: &Redeem, user: &User, shortest: u32, mut about: Vec<String>) -> Result<Self, &'static str> {
        // Somebody who was given an account with name and address needn't type them again.
        let or = |typed: &str, known: &str| if typed.trim().is_empty() { known.to_owned() } else { typed.to_owned() };
        let email = if super::first::is_unnamed(&user.email) { form.email.clone() } else { or(&form.email, &user.email) };
        let name = Name::parse(&or(&form.name, &user.name)).map_err(|_| "name_needed")?;
        let email = Email::of_account(&email).map_err(|_| "email_invalid")?;
        about.extend([name.to_string(), email.to_string()]);
        password::check(&form.password, shortest, &about).map_err(|problem| match problem {
            Problem::TooShort { .. } => "password_short",
            Problem::TooLong { .. } => "password_long",
            Problem::NamedPassword => "password_named",
            _ => "password_common",
        })?;
        Ok(Self { name, email, password: form.password.clone() })
    }

    async fn keep(self, state: &AppState, user: UserId, wish: Wish) -> Result<(), StoreError> {
        let hash = password::hash(self.password).await.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        state.store.set_identity(user, &self.email, &self.name, wish).await?;
        state.store.set_password(user, &hash, wish).await
    }
}

/// Back to the link's page, which keeps what was typed but for the password.
fn back(form: &Redeem, problem: &str) -> Response {
    let short = |text: &str| text.chars().take(254).collect::<String>();
    let (name, email) = (short(&form.name), short(&form.email));
    let filled = |text: &'_ String| (!text.is_empty()).then(|| text.clone());
    let to = with_query(
        "/sign-in/link",
        &[
            ("token", Some(&form.token)),
            ("problem", Some(problem)),
            ("name", filled(&name).as_deref()),
            ("email", filled(&email).as_deref()),
        ],
    );
    cookie::redirect(&to, None)
}

/// Makes a link for a person; its address is shown once and kept only as a hash.
///
/// # Errors
/// The database's.
pub(crate) async fn make(store: &store::Store, user: UserId, base: &str, wish: impl Into<Wish>) -> Result<String, StoreError> {
    let (token, wish) = (random::token(32), wish.into());
    store.create_link(&random::hash(&token), user, wish.now.plus(LINK_HOURS * 3_600_000), wish).await?;
    Ok(address(base, &token))
}

/// The address of a link.
pub(crate) fn address(base: &str, token: &str) -> String {
    format!("{base}/sign-in/link?token={token}")
}
