//! Pools: make, rename, delete, fill with demo data.

use domain::id::PoolId;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use super::session::PoolLine;
use crate::error::AppError;

#[cfg(feature = "ssr")]
pub(super) mod lines;

/// A deleted pool in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedPoolLine {
    /// Its id.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// How many profiles come back with it.
    pub n_profiles: i64,
    /// When it was deleted, in the viewer's language.
    pub deleted_at: String,
    /// Until then it can be brought back.
    pub until: String,
}

/// All pools of the viewer's client.
#[server(prefix = "/api", endpoint = "pools/list", output = Postcard)]
pub async fn pools() -> Result<Vec<PoolLine>, AppError> {
    let viewer = crate::context::may(Right::SeePools).await?;
    lines::pools_of(&crate::context::store(), &viewer).await
}

/// How many fields each pool has, internal ones not counted.
#[server(prefix = "/api", endpoint = "pools/field_counts", output = Postcard)]
pub async fn field_counts() -> Result<Vec<(PoolId, i64)>, AppError> {
    let viewer = crate::context::may(Right::SeePools).await?;
    Ok(crate::context::store().field_counts(viewer.client).await?)
}

/// Make a pool and go to it; `start` is the code of a template, or `copy` for one like the pool `copy_of`.
#[server(prefix = "/api", endpoint = "pools/create", output = Postcard)]
pub async fn create_pool(name: String, start: Option<String>, copy_of: Option<String>) -> Result<PoolId, AppError> {
    let viewer = crate::context::may(Right::CreatePools).await?;
    let name = lines::pool_name(&name)?;
    lines::create(&viewer, &name, lines::layout(&viewer, start, copy_of).await?, false).await
}

/// Rename a pool; `back` is where a plain form goes on.
#[server(prefix = "/api", endpoint = "pools/rename", output = Postcard)]
pub async fn rename_pool(pool: PoolId, name: String, back: Option<String>) -> Result<String, AppError> {
    let viewer = crate::context::may(Right::EditPools).await?;
    let name = lines::pool_name(&name)?;
    crate::context::store().rename_pool(viewer.client, pool, &name, viewer.wish()).await?;
    back.iter().for_each(|path| crate::context::go(path));
    Ok(name.as_str().to_owned())
}

/// Delete a pool; it can be brought back.
#[server(prefix = "/api", endpoint = "pools/delete", output = Postcard)]
pub async fn delete_pool(pool: PoolId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::DeletePools).await?;
    lines::delete(&viewer, pool).await
}

/// The pools that can be brought back, last deleted first.
#[server(prefix = "/api", endpoint = "pools/deleted", output = Postcard)]
pub async fn deleted_pools() -> Result<Vec<DeletedPoolLine>, AppError> {
    let viewer = crate::context::may(Right::DeletePools).await?;
    lines::deleted(&viewer).await
}

/// Bring a deleted pool back.
#[server(prefix = "/api", endpoint = "pools/restore", output = Postcard)]
pub async fn restore_pool(pool: PoolId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::DeletePools).await?;
    lines::restore(&viewer, pool).await
}

/// Make a pool for a file and go on to choosing the file.
#[server(prefix = "/api", endpoint = "pools/create_for_file", output = Postcard)]
pub async fn begin_with_file() -> Result<PoolId, AppError> {
    let viewer = crate::context::may(Right::CreatePools).await?;
    let name = lines::pool_name(crate::text::pools::FIRST_IMPORT_NAME.get(viewer.lang))?;
    lines::create(&viewer, &name, None, true).await
}

/// Have a pool of invented profiles made, and go to where it can be watched.
#[server(prefix = "/api", endpoint = "pools/demo", output = Postcard)]
pub async fn load_demo() -> Result<(), AppError> {
    let viewer = crate::context::may(Right::CreatePools).await?;
    lines::demo(&viewer).await
}
