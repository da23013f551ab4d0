//! What a person sets for themselves.

use domain::lang::Lang;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::context::Theme;
use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// Keep language and theme, for the person and for this browser.
#[server(prefix = "/api", endpoint = "settings/look", output = Postcard)]
pub async fn save_look(lang: Lang, theme: Theme) -> Result<(), AppError> {
    let viewer = crate::context::viewer().await?;
    crate::context::keep(crate::context::LANG_COOKIE, lang.code());
    crate::context::keep(crate::context::THEME_COOKIE, theme.code());
    Ok(crate::context::store().set_preferences(viewer.user, lang, theme.code()).await?)
}

/// A session of the viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Names it in the list.
    pub key: String,
    /// From which internet address.
    pub address: String,
    /// Browser and system, as far as the browser says.
    pub agent: String,
    /// When it began, in the viewer's language.
    pub since: String,
    /// Whether it is this one.
    pub this: bool,
}

/// Where the viewer is signed in.
#[server(prefix = "/api", endpoint = "settings/sessions", output = Postcard)]
pub async fn sessions() -> Result<Vec<SessionLine>, AppError> {
    let viewer = crate::context::viewer().await?;
    lines::sessions(&viewer).await
}

/// Sign out elsewhere: one session, or all others where none is named.
#[server(prefix = "/api", endpoint = "settings/end_sessions", output = Postcard)]
pub async fn end_sessions(#[server(default)] key: String) -> Result<(), AppError> {
    let viewer = crate::context::viewer().await?;
    lines::end(&viewer, &key).await
}

/// Change one's password.
#[server(prefix = "/api", endpoint = "settings/password", output = Postcard)]
pub async fn change_password(old: String, new: String) -> Result<(), AppError> {
    let viewer = crate::context::viewer().await?;
    let passwords = crate::context::given::<std::sync::Arc<dyn crate::context::Passwords>>()?;
    passwords.change(viewer.user, old, new, viewer.wish()).await
}
