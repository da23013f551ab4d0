//! What the frame shows: who is here, which pools there are, what is at work.

use domain::id::PoolId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::jobs::JobLine;
use crate::error::AppError;

/// What stands in the frame around every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameData {
    /// The viewer's name.
    pub name: String,
    /// The viewer's address.
    pub email: String,
    /// Whose data it is.
    pub client_name: String,
    /// Whether the viewer may make, rename and delete pools.
    pub administrator: bool,
    /// All pools.
    pub pools: Vec<PoolLine>,
    /// What is waiting or running.
    pub jobs: Vec<JobLine>,
}

/// A pool in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolLine {
    /// Its id.
    pub id: PoolId,
    /// Its name.
    pub name: String,
    /// Number of profiles, without those in the bin.
    pub n_profiles: i64,
    /// When something was last changed, in the viewer's language.
    pub last_activity: String,
}

impl FrameData {
    /// The pool with this id.
    pub fn pool(&self, id: PoolId) -> Option<&PoolLine> {
        self.pools.iter().find(|pool| pool.id == id)
    }
}

/// What the frame shows.
#[server(prefix = "/api", endpoint = "session/frame")]
pub async fn load_frame() -> Result<FrameData, AppError> {
    let viewer = crate::context::viewer().await?;
    super::pools::lines::frame_of(&viewer).await
}
