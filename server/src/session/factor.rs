//! What the second factor's pages do: begin, confirm, renew, remove; and how far somebody is.

use std::net::IpAddr;

use app::api::second_factor::{FactorSheet, Stage};
use domain::{
    id::{ClientId, UserId},
    time::{Millis, Zone, show_time},
};
use store::{
    Store,
    profiles::Wish,
    second_factor::{SET_UP_LASTS, SecondFactor},
};

use crate::{errors::Refusal, passkey::Site, password, state::AppState, throttle::Attempt, totp};

/// Somebody at the pages of their second factor.
pub(super) struct Person {
    pub user: UserId,
    pub client: ClientId,
    pub email: String,
    /// The hash of the token of their session.
    pub session: [u8; 32],
    pub zone: Zone,
    pub wish: Wish,
    /// When that began; now for somebody who is only on the way in.
    pub began: Millis,
    /// Where passkeys may be used, if that is where they are.
    pub site: Option<Site>,
}

/// What came of a form.
pub(super) enum Outcome {
    /// It was done.
    Done,
    /// It was done, and these recovery codes are to be shown this once.
    Codes(Vec<String>),
    /// It was not; the page has a sentence for it.
    Wrong(&'static str),
}

/// How a code proved who somebody is, in the words of the audit log.
pub(super) async fn take_code(store: &Store, user: UserId, typed: &str, now: Millis) -> Result<Option<&'static str>, Refusal> {
    if let Some(hash) = totp::recovery_hash(typed) {
        return Ok(store.use_recovery_code(user, &hash).await?.then_some("recovery"));
    }
    let Some(factor) = app(store, user).await? else { return Ok(None) };
    match totp::step_of(&factor.secret, typed, now) {
        Some(step) => Ok(store.use_step(user, step).await?.then_some("totp")),
        None => Ok(None),
    }
}

/// Attempts at the codes of a person, counted apart from those at their password: who knows that clears the latter.
pub(super) fn attempt(email: &str, address: Option<IpAddr>) -> Attempt {
    let account = format!("second factor of {email}");
    match address {
        Some(address) => Attempt::new(&account, address),
        None => Attempt::at_account(&account),
    }
}

/// How far somebody is with their second factor. The secret is shown to the session alone that began to set it up.
pub(super) async fn sheet(store: &Store, person: &Person, fresh: Vec<String>) -> Result<FactorSheet, Refusal> {
    let (user, settings) = (store.user(person.user).await?, store.client_settings(person.client).await?);
    let since = person.wish.now.plus(-SET_UP_LASTS);
    let stage = match store.second_factor(person.user).await? {
        Some(factor) if factor.confirmed_at.is_some() => {
            let since = factor.confirmed_at.map(|at| show_time(at, person.wish.lang, &person.zone)).unwrap_or_default();
            Stage::On { since, codes: factor.codes }
        }
        Some(factor) if factor.begun_in == person.session && factor.begun_at > since => {
            let link = totp::as_link(&factor.secret, &person.email);
            Stage::Begun { secret: totp::as_text(&factor.secret), qr: link.as_deref().and_then(totp::as_qr), link }
        }
        _ => Stage::Off,
    };
    let password = user.password_hash.is_some();
    Ok(FactorSheet { stage, fresh, password, required: settings.second_factor, passkeys: person.site.is_some() })
}

/// Begins to set an app up, for somebody who knows their password.
pub(super) async fn begin(state: &AppState, person: &Person, typed: String) -> Result<Outcome, Refusal> {
    if !knows_password(state, person, typed).await? {
        return Ok(Outcome::Wrong("wrong_password"));
    }
    state.store.begin_second_factor(person.user, totp::new_secret(), &person.session, person.wish.now).await?;
    Ok(Outcome::Done)
}

/// Confirms what was begun by a first code.
pub(super) async fn confirm(state: &AppState, person: &Person, typed: &str) -> Result<Outcome, Refusal> {
    let store = &state.store;
    let factor = store.second_factor(person.user).await?;
    let Some(factor) = factor.filter(|factor| factor.confirmed_at.is_none() && factor.begun_in == person.session) else {
        return Ok(Outcome::Wrong("begun_over"));
    };
    let attempt = attempt(&person.email, None);
    attempt.begin(store, person.wish.now).await?;
    let Some(step) = totp::step_of(&factor.secret, typed, person.wish.now) else { return Ok(Outcome::Wrong("wrong_code")) };
    attempt.succeeded(store).await?;
    let (codes, hashes) = totp::recovery_codes();
    if !store.confirm_second_factor(person.user, &person.session, step, &hashes, &person.wish).await? {
        return Ok(Outcome::Wrong("begun_over"));
    }
    tracing::info!(user = %person.user, "user {} has a second factor now", person.user);
    Ok(Outcome::Codes(codes))
}

/// Makes other recovery codes, for somebody who knows the password and has a code.
pub(super) async fn renew(state: &AppState, person: &Person, typed: String, code: &str) -> Result<Outcome, Refusal> {
    if let Some(wrong) = proves_nothing(state, person, typed, code).await? {
        return Ok(Outcome::Wrong(wrong));
    }
    let (codes, hashes) = totp::recovery_codes();
    let done = state.store.renew_recovery_codes(person.user, &hashes, &person.wish).await?;
    Ok(if done { Outcome::Codes(codes) } else { Outcome::Wrong("none") })
}

/// Removes the second factor, for somebody who knows the password and has a code.
pub(super) async fn remove(state: &AppState, person: &Person, typed: String, code: &str) -> Result<Outcome, Refusal> {
    if let Some(wrong) = proves_nothing(state, person, typed, code).await? {
        return Ok(Outcome::Wrong(wrong));
    }
    let done = state.store.remove_second_factor(person.user, &person.wish).await?;
    Ok(if done { Outcome::Done } else { Outcome::Wrong("none") })
}

/// What is wrong with a password and a code; nothing where both are right. Without an app no code is asked for.
pub(super) async fn proves_nothing(state: &AppState, person: &Person, typed: String, code: &str) -> Result<Option<&'static str>, Refusal> {
    if !knows_password(state, person, typed).await? {
        return Ok(Some("wrong_password"));
    }
    if app(&state.store, person.user).await?.is_none() {
        return Ok(None);
    }
    let attempt = attempt(&person.email, None);
    attempt.begin(&state.store, person.wish.now).await?;
    if take_code(&state.store, person.user, code, person.wish.now).await?.is_none() {
        return Ok(Some("wrong_code"));
    }
    attempt.succeeded(&state.store).await?;
    Ok(None)
}

/// The app that shows codes to somebody, if they have set one up to the end.
pub(super) async fn app(store: &Store, user: UserId) -> Result<Option<SecondFactor>, Refusal> {
    Ok(store.second_factor(user).await?.filter(|factor| factor.confirmed_at.is_some()))
}

/// Whether somebody knows their password; who has none came in by other means and is not asked.
async fn knows_password(state: &AppState, person: &Person, typed: String) -> Result<bool, Refusal> {
    let user = state.store.user(person.user).await?;
    Ok(user.password_hash.is_none() || password::is_known(&state.store, &user, typed, person.wish.now).await?)
}
