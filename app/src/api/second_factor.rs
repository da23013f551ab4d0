//! What the pages of the second factor show. The server puts it beside the request, so that the secret of an app and
//! recovery codes stand in the one page that is to show them and are asked for by no other way.

use serde::{Deserialize, Serialize};

/// A QR code, to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// Squares in each direction, without the margin.
    pub size: u32,
    /// The dark ones, as the path of an SVG.
    pub path: String,
}

/// How far somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Not known here: the page was built by the browser alone.
    #[default]
    Unknown,
    /// Signing in: one of these is asked for.
    Asked(Ways),
    /// There is no second factor.
    Off,
    /// One is being set up.
    Begun {
        /// The secret, for people who type it.
        secret: String,
        /// The address that apps read.
        link: Option<String>,
        /// The same as a picture.
        qr: Option<Qr>,
    },
    /// A passkey is being made instead, where one of both is demanded: what the browser is told, as JSON.
    Passkey(String),
    /// There is one.
    On {
        /// Since when, in the viewer's language.
        since: String,
        /// How many recovery codes are left.
        codes: u64,
    },
}

/// By what the second step of signing in may be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// Whether there is an app that shows codes.
    pub code: bool,
    /// How many recovery codes are left, if few.
    pub left: Option<u64>,
    /// What the browser is told to ask a passkey for, as JSON.
    pub passkey: Option<String>,
    /// Whether there are passkeys that can't be asked at this address.
    pub elsewhere: bool,
}

/// What the pages of the second factor show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorSheet {
    /// How far they are.
    pub stage: Stage,
    /// Recovery codes that were made a moment ago, to be shown this once.
    pub fresh: Vec<String>,
    /// Whether the password is asked for again; somebody may have none.
    pub password: bool,
    /// Whether the client demands a second factor of everybody.
    pub required: bool,
    /// Whether the address that people use is a place for passkeys.
    pub passkeys: bool,
}

/// What `server` gives to the page at hand.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct GivenSheet(pub FactorSheet);

/// What the page shows; nothing where the browser builds it.
pub fn given_sheet() -> FactorSheet {
    #[cfg(feature = "ssr")]
    let sheet = leptos::prelude::use_context::<GivenSheet>().map(|given| given.0).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let sheet = FactorSheet::default();
    sheet
}
