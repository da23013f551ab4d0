//! Profiles as a file: what its page offers. The file itself is an address of the server.

use domain::id::{ExportLayoutId, PoolId};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod sheet;

/// A field that the file can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportField {
    /// Its internal name.
    pub key: String,
    /// Its name in the viewer's language.
    pub label: String,
    /// Whether the file has it.
    pub chosen: bool,
}

/// Of what the profiles are a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// All of the pool.
    All,
    /// The hits of a list.
    Hits,
    /// Chosen ones.
    Chosen,
}

/// What the page shows: everything as the address has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportSheet {
    /// The pool's name.
    pub pool: String,
    /// How many profiles go into the file.
    pub n: u64,
    /// Which.
    pub extent: Extent,
    /// The address' pairs that say which.
    pub kept: Vec<(String, String)>,
    /// The chosen fields in their order, then the others.
    pub fields: Vec<ExportField>,
    /// The other choices, by their names in the address.
    pub choices: Vec<(String, String)>,
    /// The client's time zone.
    pub zone: String,
    /// The kept layouts of the pool, by name.
    pub layouts: Vec<(ExportLayoutId, String)>,
    /// The one by which the page is filled in.
    pub layout: Option<ExportLayoutId>,
    /// Whether it was kept just now.
    pub kept_now: bool,
    /// A name under which nothing can be kept.
    pub wrong_name: Option<String>,
}

impl ExportSheet {
    /// What is chosen; empty: nothing in particular.
    pub fn choice(&self, name: &str) -> &str {
        self.choices.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

/// The page of an export. `query` is the address behind the question mark.
#[server(prefix = "/api", endpoint = "exports/sheet", output = Postcard)]
pub async fn load_export(pool: PoolId, #[server(default)] query: String) -> Result<ExportSheet, AppError> {
    let viewer = crate::context::may(Right::ExportProfiles).await?;
    sheet::sheet(&viewer, pool, &query).await
}
