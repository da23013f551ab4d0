//! What the frame shows: who is here, which pools there are, what is at work.

use domain::client::Colour;
use domain::id::{ClientId, PoolId};
use domain::rights::{Right, Rights};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
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
    /// What the viewer may do.
    pub rights: Rights,
    /// The colour of the client's mark.
    pub colour: Colour,
    /// The other clients that the viewer works for.
    pub clients: Vec<(ClientId, String)>,
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
    /// Whether the viewer may do something.
    pub fn may(&self, right: Right) -> bool {
        self.rights.has(right)
    }

    /// The pool with this id.
    pub fn pool(&self, id: PoolId) -> Option<&PoolLine> {
        self.pools.iter().find(|pool| pool.id == id)
    }
}

/// What the frame of a page shows, loaded before the page is rendered: everything on the page stands inside the frame,
/// and would be rendered anew if the frame had to wait.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct GivenFrame(pub Result<FrameData, AppError>);

#[cfg(feature = "ssr")]
impl GivenFrame {
    /// Loads it for somebody who is signed in.
    pub async fn load(store: &store::Store, viewer: &crate::context::Viewer) -> Self {
        Self(super::pools::lines::frame_of(store, viewer).await)
    }
}

/// What the frame shows at first: what the server loaded for this page; nothing yet where the browser builds it.
pub fn first_frame() -> Result<FrameData, AppError> {
    #[cfg(feature = "ssr")]
    let first = use_context::<GivenFrame>().map_or(Err(AppError::SignedOut), |given| given.0).inspect_err(crate::context::answer_with);
    #[cfg(not(feature = "ssr"))]
    let first = Ok(FrameData::default());
    first
}

/// What the frame shows.
#[server(prefix = "/api", endpoint = "session/frame", output = Postcard)]
pub async fn load_frame() -> Result<FrameData, AppError> {
    let viewer = crate::context::viewer().await?;
    super::pools::lines::frame_of(&crate::context::store(), &viewer).await
}
