//! Roles: their rights, seen and shaped.

#[cfg(feature = "ssr")]
use domain::rights::Right;
use domain::rights::Rights;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// A role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleLine {
    /// Its code.
    pub code: String,
    /// Its name in the viewer's language.
    pub name: String,
    /// What it allows.
    pub rights: Rights,
    /// To which profiles it is limited, as a text; empty: all.
    pub rule: String,
    /// How many people have it.
    pub members: u64,
    /// Whether it comes with every client.
    pub ready: bool,
    /// Whether the client chose its rights or name.
    pub changed: bool,
    /// Whether the viewer may change it.
    pub changeable: bool,
}

/// All roles of the client.
#[server(prefix = "/api", endpoint = "roles/list", output = Postcard)]
pub async fn roles() -> Result<Vec<RoleLine>, AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::roles(&viewer).await
}

/// Make a role, or change one; its code.
#[server(prefix = "/api", endpoint = "roles/save", output = Postcard)]
pub async fn save_role(
    #[server(default)] code: String,
    #[server(default)] name: String,
    #[server(default)] rights: Vec<String>,
    #[server(default)] rule: String,
) -> Result<String, AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::save(&viewer, &code, &name, &rights, &rule).await
}

/// Delete a role that nobody has; a ready one gets its own rights back.
#[server(prefix = "/api", endpoint = "roles/delete", output = Postcard)]
pub async fn delete_role(code: String) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::delete(&viewer, &code).await
}
