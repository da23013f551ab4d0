//! What a person sets for themselves.

use domain::lang::Lang;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

use crate::context::Theme;
use crate::error::AppError;

/// Keep language and theme, for the person and for this browser.
#[server(prefix = "/api", endpoint = "settings/look", output = Postcard)]
pub async fn save_look(lang: Lang, theme: Theme) -> Result<(), AppError> {
    let viewer = crate::context::viewer().await?;
    crate::context::keep(crate::context::LANG_COOKIE, lang.code());
    crate::context::keep(crate::context::THEME_COOKIE, theme.code());
    Ok(crate::context::store().set_preferences(viewer.user, lang, theme.code()).await?)
}

/// Change one's password.
#[server(prefix = "/api", endpoint = "settings/password", output = Postcard)]
pub async fn change_password(old: String, new: String) -> Result<(), AppError> {
    let viewer = crate::context::viewer().await?;
    let passwords = crate::context::given::<std::sync::Arc<dyn crate::context::Passwords>>()?;
    passwords.change(viewer.user, old, new).await
}
