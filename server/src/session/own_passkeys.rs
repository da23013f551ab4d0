//! `/settings/passkeys`: a person's passkeys, added and removed by them.

use app::api::passkeys::{GivenPasskeys, PasskeyLine, PasskeySheet};
use axum::{
    extract::{Request, State},
    response::Response,
};
use domain::{id::PasskeyId, text::clean_line, time::show_time};
use store::passkeys::{CeremonyKind, MAX_PASSKEYS, NewPasskey, Passkey};

use super::{
    cookie,
    factor::{self, Person},
    passkey,
    second::{self, Typed},
};
use crate::{
    clock,
    errors::Refusal,
    link::with_query,
    passkey::{MakeAnswer, Newcomer, new_handle},
    state::AppState,
};

const PASSKEYS: &str = "/settings/passkeys";

/// The longest name of a passkey, in characters; the rest is left out.
const LONGEST_NAME: usize = 60;

/// So many milliseconds after signing in somebody without a password counts as just signed in.
const LATELY: i64 = 10 * 60_000;

/// The page of one's own passkeys.
///
/// # Errors
/// The database's.
pub(crate) async fn show(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, _) = request.into_parts();
    let person = second::signed_in(&state, &parts)?;
    let sheet = sheet(&state, &person, None).await?;
    second::page(state, parts, GivenPasskeys(sheet)).await
}

/// Asks for a new one, takes it, or removes one.
///
/// # Errors
/// Too many attempts, or the database's.
pub(crate) async fn change(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let (parts, typed) = second::read(request).await;
    let person = second::signed_in(&state, &parts)?;
    let Some(typed) = typed else { return Ok(second::back(PASSKEYS, "incomplete", None)) };
    let done = match typed.r#do.as_str() {
        "begin" => match begin(&state, &person, typed).await? {
            Ok(options) => {
                let sheet = sheet(&state, &person, Some(options)).await?;
                return second::page(state, parts, GivenPasskeys(sheet)).await;
            }
            Err(problem) => Err(problem),
        },
        "add" => add(&state, &person, &typed.credential).await?.map(|()| "added"),
        "remove" => {
            let id = typed.id.clone();
            match remove(&state, &person, typed).await? {
                Ok(()) => Ok("removed"),
                Err(problem) => {
                    let to = with_query(PASSKEYS, &[("remove", Some(&id)), ("problem", Some(problem))]);
                    return Ok(cookie::redirect(&to, None));
                }
            }
        }
        _ => Err("incomplete"),
    };
    Ok(match done {
        Ok(notice) => cookie::redirect(&with_query(PASSKEYS, &[("notice", Some(notice))]), None),
        Err(problem) => second::back(PASSKEYS, problem, None),
    })
}

/// Asks the browser for a new passkey, for somebody who knows their password, and a code where they have an app: what it is
/// told, or what is wrong.
pub(super) async fn begin(state: &AppState, person: &Person, typed: Typed) -> Result<Result<String, &'static str>, Refusal> {
    let Some(site) = &person.site else { return Ok(Err("not_here")) };
    if let Some(wrong) = unproven(state, person, typed.password, &typed.code).await? {
        return Ok(Err(wrong));
    }
    let passkeys = state.store.passkeys(person.user).await?;
    if passkeys.len() >= MAX_PASSKEYS {
        return Ok(Err("too_many"));
    }
    let handle = passkeys.first().map_or_else(new_handle, |passkey| passkey.handle.clone());
    let known: Vec<Vec<u8>> = passkeys.into_iter().map(|passkey| passkey.credential_id).collect();
    let (user, called) = (state.store.user(person.user).await?, called(&typed.name));
    let name = if user.name.is_empty() { &user.email } else { &user.name };
    let newcomer = Newcomer { handle: &handle, email: &user.email, name, known: &known, called: &called };
    let question = site.ask_for_new(&newcomer)?;
    passkey::keep(state, &question, person.session, CeremonyKind::Register).await?;
    Ok(Ok(question.options))
}

/// Adds the passkey that the browser made, in the session that asked for it.
pub(super) async fn add(state: &AppState, person: &Person, credential: &str) -> Result<Result<(), &'static str>, Refusal> {
    let Some(site) = &person.site else { return Ok(Err("not_here")) };
    let answer = MakeAnswer::parse(credential).and_then(|answer| Some((answer.challenge_hash()?, answer)));
    let Some((challenge, answer)) = answer else { return Ok(Err("not_made")) };
    let asked = state.store.take_ceremony(&challenge, &person.session, CeremonyKind::Register, clock::now()).await?;
    let Some(made) = asked.and_then(|question| site.make(&answer, &question).ok()) else { return Ok(Err("not_made")) };
    let new = NewPasskey { credential_id: made.credential_id, handle: made.handle, credential: made.credential, name: made.name };
    if !state.store.add_passkey(person.user, &person.session, &new, &person.wish).await? {
        return Ok(Err("not_made"));
    }
    tracing::info!(user = %person.user, "user {} has a new passkey", person.user);
    Ok(Ok(()))
}

async fn remove(state: &AppState, person: &Person, typed: Typed) -> Result<Result<(), &'static str>, Refusal> {
    let Ok(id) = typed.id.parse::<PasskeyId>() else { return Ok(Err("gone")) };
    if let Some(wrong) = unproven(state, person, typed.password, &typed.code).await? {
        return Ok(Err(wrong));
    }
    let done = state.store.remove_passkey(person.user, id, &person.wish).await?;
    Ok(if done { Ok(()) } else { Err("gone") })
}

/// What is wrong with a password and a code. Who has neither came in by other means, and has to have done so lately.
async fn unproven(state: &AppState, person: &Person, password: String, code: &str) -> Result<Option<&'static str>, Refusal> {
    if let Some(wrong) = factor::proves_nothing(state, person, password, code).await? {
        return Ok(Some(wrong));
    }
    let lately = person.wish.now.get() - person.began.get() < LATELY;
    let has_any = state.store.user(person.user).await?.password_hash.is_some() || factor::app(&state.store, person.user).await?.is_some();
    Ok((!has_any && !lately).then_some("long_ago"))
}

fn called(typed: &str) -> String {
    let name: String = clean_line(typed).chars().take(LONGEST_NAME).collect();
    if name.trim().is_empty() { "Passkey".to_owned() } else { name }
}

async fn sheet(state: &AppState, person: &Person, asked: Option<String>) -> Result<PasskeySheet, Refusal> {
    let user = state.store.user(person.user).await?;
    let show = |at| show_time(at, person.wish.lang, &person.zone);
    let line = |passkey: Passkey| PasskeyLine {
        id: passkey.id,
        name: passkey.name,
        added: show(passkey.created_at),
        used: passkey.last_used_at.map(show),
    };
    Ok(PasskeySheet {
        known: true,
        passkeys: state.store.passkeys(person.user).await?.into_iter().map(line).collect(),
        asked,
        possible: person.site.is_some(),
        password: user.password_hash.is_some(),
        code: factor::app(&state.store, person.user).await?.is_some(),
    })
}
