//! What the functions about clients do on the server.

use std::ops::RangeInclusive;

use domain::client::{IDLE_MINUTES, PASSWORD_LENGTHS, SESSION_HOURS, in_range, parse_domain};
use domain::id::ClientId;
use domain::problem::{Invalid, Problem};
use domain::text::Name;
use domain::time::{Zone, show_time};
use store::clients::{ClientSettings, Policy};

use super::{ClientForm, ClientLine};
use crate::api::profiles::plain;
use crate::context::{Viewer, go, store};
use crate::error::AppError;
use crate::routes;

pub(super) async fn clients(viewer: &Viewer) -> Result<Vec<ClientLine>, AppError> {
    let store = store();
    let (all, mine) = futures::try_join!(store.clients(), store.membership(viewer.user))?;
    let line = |client: store::clients::ClientLine| ClientLine {
        mine: mine.iter().any(|(id, ..)| *id == client.id),
        id: client.id,
        name: client.name,
        members: client.members,
        pools: client.pools,
        created: show_time(client.created_at, viewer.lang, &viewer.zone),
    };
    Ok(all.into_iter().map(line).collect())
}

pub(super) async fn create(viewer: &Viewer, name: &str) -> Result<ClientId, AppError> {
    let name = Name::parse(name).map_err(|problem| AppError::invalid("name", problem))?;
    let client = store().found_client(&name, &viewer.zone, viewer.user, viewer.wish()).await?;
    plain::to(routes::CLIENTS);
    Ok(client)
}

pub(super) async fn switch(viewer: &Viewer, client: ClientId) -> Result<(), AppError> {
    store().switch_client(&viewer.session, client, &viewer.wish()).await?;
    go(routes::START);
    Ok(())
}

pub(super) async fn settings(viewer: &Viewer) -> Result<ClientForm, AppError> {
    let settings = store().client_settings(viewer.client).await?;
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    Ok(ClientForm {
        name: settings.name.to_string(),
        zone: settings.zone.name().to_owned(),
        lang: settings.lang,
        colour: settings.colour,
        sending_domain: settings.sending_domain.unwrap_or_default(),
        password_length: settings.password_length.to_string(),
        idle_minutes: number(settings.policy.idle_minutes),
        session_hours: number(settings.policy.session_hours),
        second_factor: settings.second_factor,
    })
}

pub(super) async fn save(viewer: &Viewer, form: &ClientForm) -> Result<(), AppError> {
    store().change_client(viewer.client, &parse(form)?, viewer.wish()).await?;
    plain::to(routes::CLIENT);
    Ok(())
}

fn parse(form: &ClientForm) -> Result<ClientSettings, Invalid> {
    let mut wrong = Invalid::default();
    let mut number = |field: &str, typed: &str, range: RangeInclusive<u32>| match typed.trim() {
        "" => None,
        // What is no number is out of every range.
        typed => in_range(typed.parse().unwrap_or(-1), &range).map_err(|problem| wrong.push(field, problem)).ok(),
    };
    let password_length = number("password_length", &form.password_length, PASSWORD_LENGTHS);
    let policy = Policy {
        idle_minutes: number("idle_minutes", &form.idle_minutes, IDLE_MINUTES),
        session_hours: number("session_hours", &form.session_hours, SESSION_HOURS),
    };
    let mut keep = |field: &str, problem| wrong.push(field, problem);
    let name = Name::parse(&form.name).map_err(|problem| keep("name", problem)).ok();
    let zone = form.zone.trim().parse::<Zone>().map_err(|_| keep("zone", Problem::UnknownZone)).ok();
    let sending_domain = match form.sending_domain.trim() {
        "" => None,
        typed => parse_domain(typed).map_err(|problem| keep("sending_domain", problem)).ok(),
    };
    let (Some(name), Some(zone), true) = (name, zone, wrong.problems.is_empty()) else { return Err(wrong) };
    Ok(ClientSettings {
        name,
        zone,
        lang: form.lang,
        colour: form.colour,
        sending_domain,
        password_length: password_length.unwrap_or(domain::client::PASSWORD_LENGTH),
        policy,
        second_factor: form.second_factor,
    })
}
