//! What the page of passkeys shows. The server puts it beside the request, as with the second factor.

use domain::id::PasskeyId;
use serde::{Deserialize, Serialize};

/// A passkey in its person's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyLine {
    /// Names it.
    pub id: PasskeyId,
    /// As its person called it.
    pub name: String,
    /// Since when it is here, in the viewer's language.
    pub added: String,
    /// When it last signed in; none: never yet.
    pub used: Option<String>,
}

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeySheet {
    /// Whether the server filled it; else the page was built by the browser alone.
    pub known: bool,
    /// Those there are, the oldest first.
    pub passkeys: Vec<PasskeyLine>,
    /// A new one is being made: what the browser is told, as JSON.
    pub asked: Option<String>,
    /// Whether the address that people use is a place for passkeys.
    pub possible: bool,
    /// Whether the password is asked for again; somebody may have none.
    pub password: bool,
    /// Whether a code of their app is asked for, too.
    pub code: bool,
}

/// What `server` gives to the page at hand.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct GivenPasskeys(pub PasskeySheet);

/// What the page shows; nothing where the browser builds it.
pub fn given_passkeys() -> PasskeySheet {
    #[cfg(feature = "ssr")]
    let sheet = leptos::prelude::use_context::<GivenPasskeys>().map(|given| given.0).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let sheet = PasskeySheet::default();
    sheet
}
