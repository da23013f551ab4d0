//! Clients (Mandanten): all of them for operators, and what one has set for itself.

use axum::{Extension, Json, extract::State, http::StatusCode};
use domain::{
    client::{Colour, IDLE_MINUTES, PASSWORD_LENGTH, PASSWORD_LENGTHS, SESSION_HOURS, in_range, parse_domain},
    lang::Lang,
    problem::Problem as Wrong,
    rights::Right,
    text::Name,
    time::Zone,
};
use store::clients::ClientSettings;

use super::{
    body::Body,
    shapes::{ClientShape, Clients, NewClientInput, Problem, SettingsPatch, SettingsShape},
};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// All clients of the installation, by name
///
/// For operators.
#[utoipa::path(get, operation_id = "list_clients", path = "/clients", tag = "clients",
    responses((status = 200, body = Clients), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Clients>, Refusal> {
    caller.may(Right::Clients)?;
    Ok(Json(Clients { items: all(&state, &caller).await? }))
}

async fn all(state: &AppState, caller: &Caller) -> Result<Vec<ClientShape>, Refusal> {
    let mine = state.store.membership(caller.user).await?;
    let all = state.store.clients().await?.into_iter();
    Ok(all
        .map(|client| (mine.iter().any(|(id, ..)| *id == client.id), client))
        .map(|(mine, client)| ClientShape::of(client, mine))
        .collect())
}

/// Make a client
///
/// For operators. The caller's person becomes its first operator; a token opens the client that it was made in alone.
#[utoipa::path(post, operation_id = "create_client", path = "/clients", tag = "clients", request_body = NewClientInput,
    responses((status = 201, body = SettingsShape), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    mut body: Body,
) -> Result<(StatusCode, Json<SettingsShape>), Refusal> {
    caller.may(Right::Clients)?;
    let name = body.parsed("name", Name::parse);
    let zone = body.optional("zone", zone);
    body.end()?;
    let zone = match zone {
        Some(zone) => zone,
        None => state.store.zone(caller.client).await?,
    };
    let name = name.ok_or_else(Refusal::internal)?;
    let client = state.store.found_client(&name, &zone, caller.user, caller.wish(lang)).await?;
    Ok((StatusCode::CREATED, Json(SettingsShape::of(client, state.store.client_settings(client).await?))))
}

fn zone(text: &str) -> Result<Zone, Wrong> {
    text.trim().parse().map_err(|_| Wrong::UnknownZone)
}

/// What the caller's client has set for itself
#[utoipa::path(get, operation_id = "read_client", path = "/client", tag = "clients",
    responses((status = 200, body = SettingsShape), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn settings(State(state): State<AppState>, caller: Caller) -> Result<Json<SettingsShape>, Refusal> {
    caller.may(Right::Users)?;
    Ok(Json(SettingsShape::of(caller.client, state.store.client_settings(caller.client).await?)))
}

/// Change what the caller's client has set for itself
///
/// Only what is named changes.
#[utoipa::path(patch, operation_id = "change_client", path = "/client", tag = "clients", request_body = SettingsPatch,
    responses((status = 200, body = SettingsShape), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    mut body: Body,
) -> Result<Json<SettingsShape>, Refusal> {
    caller.may(Right::Users)?;
    let unknown = |code: &str| Wrong::UnknownChoice { value: code.to_owned() };
    let name = body.optional("name", Name::parse);
    let zone = body.optional("zone", zone);
    let language = body.optional("lang", |code| code.parse::<Lang>());
    let colour = body.optional("colour", |code| Colour::from_code(code).ok_or_else(|| unknown(code)));
    let domain = body.has("sending_domain").then(|| body.optional("sending_domain", parse_domain));
    let mut number = |field: &str, range| body.has(field).then(|| body.whole(field, |n| in_range(n, &range)));
    let password_length = number("password_length", PASSWORD_LENGTHS);
    let (idle_minutes, session_hours) = (number("idle_minutes", IDLE_MINUTES), number("session_hours", SESSION_HOURS));
    let second_factor = body.truth("second_factor");
    body.end()?;
    let change = move |settings: &mut ClientSettings| {
        put(&mut settings.name, name);
        put(&mut settings.zone, zone);
        put(&mut settings.lang, language);
        put(&mut settings.colour, colour);
        put(&mut settings.sending_domain, domain);
        put(&mut settings.password_length, password_length.map(|length| length.unwrap_or(PASSWORD_LENGTH)));
        put(&mut settings.policy.idle_minutes, idle_minutes);
        put(&mut settings.policy.session_hours, session_hours);
        put(&mut settings.second_factor, second_factor);
    };
    state.store.adapt_client(caller.client, change, caller.wish(lang)).await?;
    Ok(Json(SettingsShape::of(caller.client, state.store.client_settings(caller.client).await?)))
}

fn put<T>(place: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *place = new;
    }
}
