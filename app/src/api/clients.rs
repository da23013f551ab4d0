//! Clients (Mandanten): all of them for operators, and what one has set for itself.

use domain::client::Colour;
use domain::id::ClientId;
use domain::lang::Lang;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// A client in the operator's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientLine {
    /// Its id.
    pub id: ClientId,
    /// Its name.
    pub name: String,
    /// How many people work for it.
    pub members: u64,
    /// How many pools it has.
    pub pools: u64,
    /// When it was made, in the viewer's language.
    pub created: String,
    /// Whether the viewer works for it.
    pub mine: bool,
}

/// What a client has set for itself, as a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientForm {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// IANA name of its time zone.
    #[serde(default)]
    pub zone: String,
    /// The language of new people's screens.
    #[serde(default)]
    pub lang: Lang,
    /// Of its mark.
    #[serde(default)]
    pub colour: Colour,
    /// From which it sends mail; empty: none.
    #[serde(default)]
    pub sending_domain: String,
    /// The fewest characters of a password.
    #[serde(default)]
    pub password_length: String,
    /// Minutes after which a session ends; empty: as the installation has it.
    #[serde(default)]
    pub idle_minutes: String,
    /// Hours after which it ends in any case; empty: as the installation has it.
    #[serde(default)]
    pub session_hours: String,
    /// Whether everybody needs a second factor to sign in.
    #[serde(default)]
    pub second_factor: bool,
}

/// All clients of the installation.
#[server(prefix = "/api", endpoint = "clients/list", output = Postcard)]
pub async fn clients() -> Result<Vec<ClientLine>, AppError> {
    let viewer = crate::context::may(Right::Clients).await?;
    lines::clients(&viewer).await
}

/// Make a client; the viewer becomes its first operator.
#[server(prefix = "/api", endpoint = "clients/create", output = Postcard)]
pub async fn create_client(#[server(default)] name: String) -> Result<ClientId, AppError> {
    let viewer = crate::context::may(Right::Clients).await?;
    lines::create(&viewer, &name).await
}

/// Go on with another client.
#[server(prefix = "/api", endpoint = "clients/switch", output = Postcard)]
pub async fn switch_client(client: ClientId) -> Result<(), AppError> {
    let viewer = crate::context::viewer().await?;
    lines::switch(&viewer, client).await
}

/// What the viewer's client has set for itself.
#[server(prefix = "/api", endpoint = "clients/settings", output = Postcard)]
pub async fn client_settings() -> Result<ClientForm, AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::settings(&viewer).await
}

/// Keep what the viewer's client sets for itself.
#[server(prefix = "/api", endpoint = "clients/save", output = Postcard)]
pub async fn save_client(#[server(default)] form: ClientForm) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::save(&viewer, &form).await
}
