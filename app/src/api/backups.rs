//! The backups of a pool: listed, made, named, pinned, looked into, deleted. A file is an address of the server.

use domain::id::{BackupId, PoolId};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// The backups of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupList {
    /// The pool.
    pub pool: PoolId,
    /// The newest first.
    pub lines: Vec<BackupLine>,
    /// How much room the backups of all pools take, and may take.
    pub space: (String, String),
    /// The same in whole per cent.
    pub percent: u8,
}

/// A backup, in the viewer's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupLine {
    /// Its id.
    pub id: BackupId,
    /// When it was made.
    pub when: String,
    /// What it was made for.
    pub kind: String,
    /// What somebody calls it; empty: nothing.
    pub name: String,
    /// Who made it; none: the schedule.
    pub by: Option<String>,
    /// Whether it is the whole pool.
    pub whole: bool,
    /// How many profiles it holds.
    pub n: u64,
    /// How large its file is.
    pub size: String,
    /// Until when it is kept; none while it is pinned.
    pub until: Option<String>,
    /// Whether it is on its way.
    pub making: bool,
    /// Whether it can be looked into, taken away and restored.
    pub usable: bool,
    /// Why it can't.
    pub error: Option<String>,
    /// Whether its file is encrypted.
    pub encrypted: bool,
    /// When its file was last read and found sound.
    pub verified: Option<String>,
    /// The SHA-256 of the file.
    pub sha256: String,
}

impl BackupLine {
    /// What it is called: the given name, else what it was made for.
    pub fn title(&self) -> &str {
        if self.name.is_empty() { &self.kind } else { &self.name }
    }
}

/// One backup and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupSheet {
    /// The pool.
    pub pool: PoolId,
    /// The backup.
    pub line: BackupLine,
    /// Whether the viewer may take the file away.
    pub may_take: bool,
    /// The names of its fields.
    pub fields: Vec<String>,
    /// Its first profiles: number, values.
    pub rows: Vec<(i64, Vec<String>)>,
    /// Why nothing of it can be shown.
    pub unreadable: Option<AppError>,
}

/// The backups of a pool.
#[server(prefix = "/api", endpoint = "backups/list", output = Postcard)]
pub async fn backups(pool: PoolId) -> Result<BackupList, AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    lines::all(&viewer, pool).await
}

/// One backup, and what it holds.
#[server(prefix = "/api", endpoint = "backups/one", output = Postcard)]
pub async fn one_backup(pool: PoolId, backup: BackupId) -> Result<BackupSheet, AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    lines::one(&viewer, pool, backup).await
}

/// Have a backup made.
#[server(prefix = "/api", endpoint = "backups/create", output = Postcard)]
pub async fn create_backup(pool: PoolId, #[server(default)] name: String) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    lines::create(&viewer, pool, &name).await
}

/// Give a backup another name.
#[server(prefix = "/api", endpoint = "backups/rename", output = Postcard)]
pub async fn rename_backup(pool: PoolId, backup: BackupId, #[server(default)] name: String) -> Result<String, AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    lines::rename(&viewer, pool, backup, &name).await
}

/// Keep a backup until somebody says otherwise, or no longer; the answer says which.
#[server(prefix = "/api", endpoint = "backups/pin", output = Postcard)]
pub async fn pin_backup(pool: PoolId, backup: BackupId, #[server(default)] pinned: bool) -> Result<bool, AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    lines::pin(&viewer, pool, backup, pinned).await
}

/// Delete a backup for good.
#[server(prefix = "/api", endpoint = "backups/delete", output = Postcard)]
pub async fn delete_backup(pool: PoolId, backup: BackupId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    lines::delete(&viewer, pool, backup).await
}
