//! Mappings of imports that are kept under a name: save, rename, delete. Which one fits a file: `imports::kept`.

use domain::id::{ImportId, MappingId, PoolId};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
pub(crate) mod kept;

/// How well a kept mapping fits a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fit {
    /// Other headings.
    Not,
    /// Nearly the same headings.
    Nearly,
    /// The same headings.
    Same,
}

/// A kept mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLine {
    /// Its id.
    pub id: MappingId,
    /// Its name.
    pub name: String,
    /// Its newest version; there is each from 1.
    pub version: i64,
    /// How well it fits the file at hand.
    pub fit: Fit,
}

/// The one that a file is read by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptChoice {
    /// Its id.
    pub id: MappingId,
    /// Its name.
    pub name: String,
    /// The version.
    pub version: i64,
    /// Whether it was proposed by the headings rather than chosen.
    pub proposed: bool,
    /// What the file lacks, by heading; only columns that go to a field.
    pub lacking: Vec<String>,
}

impl KeptChoice {
    /// As addresses and forms name it.
    pub fn code(&self) -> String {
        format!("{}.{}", self.id, self.version)
    }
}

/// The kept mappings of a pool beside a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// All, by name.
    pub lines: Vec<KeptLine>,
    /// The one that holds.
    pub chosen: Option<KeptChoice>,
}

/// Keep how a file is read and mapped under a name; where the pool has one of this name, as its next version.
#[server(prefix = "/api", endpoint = "mappings/save", output = Postcard)]
pub async fn save_mapping(
    pool: PoolId,
    import: ImportId,
    reading: String,
    columns: Vec<String>,
    used: Option<Vec<usize>>,
    key: Option<String>,
    kept: Option<String>,
    #[server(default)] name: String,
) -> Result<(MappingId, i64), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    let (mapping, key) = super::imports::form::mapping(columns, &used.unwrap_or_default(), key, false)?;
    kept::save(&viewer, pool, import, kept::Keeping { reading, mapping, key, kept }, &name).await
}

/// Give a kept mapping another name.
#[server(prefix = "/api", endpoint = "mappings/rename", output = Postcard)]
pub async fn rename_mapping(pool: PoolId, mapping: MappingId, name: String) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    kept::rename(&viewer, pool, mapping, &name).await
}

/// Delete a kept mapping with all its versions.
#[server(prefix = "/api", endpoint = "mappings/delete", output = Postcard)]
pub async fn delete_mapping(pool: PoolId, mapping: MappingId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Import).await?;
    kept::delete(&viewer, pool, mapping).await
}
