//! A pool as programs see it, for the people who write them.

use domain::id::PoolId;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod shown;

/// Everything on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integration {
    /// The pool's id.
    pub pool: PoolId,
    /// In the order of the pool.
    pub fields: Vec<FieldLine>,
    /// Calls to copy.
    pub examples: Vec<ExampleCall>,
}

/// A field, in the viewer's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLine {
    /// Its id.
    pub id: i64,
    /// What people call it.
    pub label: String,
    /// Its internal name.
    pub key: String,
    /// What stands for its value in texts.
    pub variable: String,
    /// Its type, for people.
    pub kind: String,
    /// Its type, for programs.
    pub code: String,
    /// The number of the type in older interfaces.
    pub number: u8,
    /// The type's picture.
    pub icon: String,
    /// Has to be filled.
    pub required: bool,
    /// Filled by Lagune only.
    pub read_only: bool,
    /// What it chooses from: id or code, and label; the first of them where there are very many.
    pub options: Vec<(String, String)>,
    /// How many there are.
    pub n_options: usize,
    /// The standard of a list that is too long to show.
    pub list: String,
}

/// A call to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleCall {
    /// What it does.
    pub title: String,
    /// What one has to know to make it one's own.
    pub hint: String,
    /// Its text in each language of the examples ([`crate::text::integration::CODES`]).
    pub texts: Vec<String>,
}

/// The fields of a pool and calls for its profiles.
#[server(prefix = "/api", endpoint = "pools/integration", output = Postcard)]
pub async fn show_integration(pool: PoolId) -> Result<Integration, AppError> {
    let viewer = crate::context::may(Right::SeePools).await?;
    let pool = crate::context::store().pool(viewer.client, pool).await?;
    shown::of(&pool, &viewer)
}
