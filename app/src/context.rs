//! What the surroundings give: on the server the store, the viewer and the answer's head; in the browser the document's own attributes.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
mod offers;
#[cfg(feature = "ssr")]
mod once;
#[cfg(feature = "ssr")]
mod ssr;
#[cfg(feature = "ssr")]
pub use offers::*;
#[cfg(feature = "ssr")]
pub use once::{once, take_once};
#[cfg(feature = "ssr")]
pub use ssr::*;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the form.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The name in the cookie, the database and the document.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Theme::ALL.into_iter().find(|theme| theme.code() == text).ok_or(())
    }
}

/// The cookie that keeps the language of a browser.
pub const LANG_COOKIE: &str = "lagune_lang";
/// The cookie that keeps the theme of a browser.
pub const THEME_COOKIE: &str = "lagune_theme";

/// Language and theme of the page.
#[cfg(not(feature = "ssr"))]
pub fn look() -> (domain::lang::Lang, Theme) {
    crate::browser::document::look()
}

/// What people call the provider at which they may sign in, if there is one.
#[cfg(not(feature = "ssr"))]
pub fn provider() -> Option<String> {
    crate::browser::document::provider()
}

/// Whether the address that people use is a place for passkeys.
#[cfg(not(feature = "ssr"))]
pub fn passkeys_here() -> bool {
    crate::browser::document::passkeys_here()
}

/// The status of the page's answer; only the server gives one.
#[cfg(not(feature = "ssr"))]
pub fn set_status(_status: u16) {}

/// The status that goes with an error; only the server gives one.
#[cfg(not(feature = "ssr"))]
pub fn answer_with(_error: &crate::error::AppError) {}

/// Keeps language and theme of the address; only the server can.
#[cfg(not(feature = "ssr"))]
pub fn keep_look() {}
