//! A backup is compared with its pool, brought back by a choice, and taken back.

use domain::id::{BackupId, FieldId, PoolId, ProfileId, RestoreId};
use domain::restore::{Counts, Group};
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use super::imports::Back;
use super::jobs::JobLine;
use crate::error::AppError;

#[cfg(feature = "ssr")]
mod posted;
#[cfg(feature = "ssr")]
mod sheet;

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestoreSheet {
    /// What the backup is called.
    pub title: String,
    /// The moment that it shows, in the viewer's language.
    pub made_at: String,
    /// Whether it is still there.
    pub there: bool,
    /// Earlier comparisons with it, newest first.
    pub earlier: Vec<Earlier>,
    /// The comparison at hand.
    pub at_hand: Option<(RestoreId, Stage)>,
}

/// A comparison in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its id.
    pub id: RestoreId,
    /// When it was asked for, in the viewer's language.
    pub at: String,
    /// Whether it was restored by.
    pub restored: bool,
}

/// How far a comparison is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    /// It is under way, or has failed.
    Checking(Box<JobLine>),
    /// It is there, and a choice can be made.
    Compared(Box<Compared>),
    /// It was restored by.
    Run(Box<Run>),
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// How many profiles of each kind.
    pub counts: Counts,
    /// Fields that can't be brought back, and why.
    pub left_out: Vec<(String, String)>,
    /// Whether the backup holds the whole pool.
    pub whole: bool,
    /// Whether the pool has changed since.
    pub stale: bool,
    /// Fields that can be chosen.
    pub fields: Vec<(FieldId, String)>,
    /// Whether the viewer may put newer profiles into the bin.
    pub may_delete: bool,
    /// The first profiles of the group that is looked at.
    pub shown: Option<(Group, Vec<SampleLine>)>,
}

/// A profile of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleLine {
    /// Which one.
    pub profile: ProfileId,
    /// What it is called: its name, address or number.
    pub title: String,
    /// Whether it can be opened.
    pub lives: bool,
    /// What differs: field, then, now; in the viewer's language.
    pub changes: Vec<(String, String, String)>,
}

/// A restore under way, or ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its work.
    pub job: JobLine,
    /// What it has changed so far.
    pub counts: Counts,
    /// Whether the pool had changed since the comparison.
    pub anew: bool,
    /// Whether the profiles that changed were saved before.
    pub saved: bool,
    /// Its way back.
    pub back: Back,
}

/// A backup, the comparison at hand, and the profiles of a group.
#[server(prefix = "/api", endpoint = "restores/sheet", output = Postcard)]
pub async fn load_restore(
    pool: PoolId,
    backup: BackupId,
    restore: Option<RestoreId>,
    show: Option<String>,
) -> Result<RestoreSheet, AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    sheet::sheet(&viewer, pool, backup, restore, show.as_deref().and_then(Group::from_code)).await
}

/// Compare a backup with its pool; nothing changes.
#[server(prefix = "/api", endpoint = "restores/compare", output = Postcard)]
pub async fn compare_backup(pool: PoolId, backup: BackupId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    posted::compare(&viewer, pool, backup).await
}

/// Restore what was compared, by a choice; boxes that are not ticked are not sent.
#[server(prefix = "/api", endpoint = "restores/start", output = Postcard)]
pub async fn start_restore(
    pool: PoolId,
    restore: RestoreId,
    back: Option<String>,
    changed: Option<String>,
    picked: Option<String>,
    ids: Option<Vec<ProfileId>>,
    fields: Option<Vec<FieldId>>,
    newer: Option<String>,
) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    let ids = picked.is_some().then(|| ids.unwrap_or_default());
    posted::start(&viewer, pool, restore, (back.is_some(), changed.is_some()), ids, fields, newer.as_deref() == Some("bin")).await
}

/// Take a restore back; what somebody changed since stays.
#[server(prefix = "/api", endpoint = "restores/undo", output = Postcard)]
pub async fn undo_restore(pool: PoolId, restore: RestoreId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Restore).await?;
    posted::undo(&viewer, pool, restore).await
}
