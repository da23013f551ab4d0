//! What every request can reach.

use std::sync::Arc;

use store::Store;
use tokio_util::sync::CancellationToken;

use crate::config::Settings;

/// Cheap to clone; all clones share the same things.
#[derive(Clone)]
pub(crate) struct AppState {
    /// The database.
    pub store: Store,
    /// What the deployment decided.
    pub settings: Arc<Settings>,
    /// Cancelled when the process shall end: streams end, running requests finish.
    pub shutdown: CancellationToken,
    /// What the page shell needs to know.
    pub site: leptos::config::LeptosOptions,
}

impl AppState {
    /// Puts the parts together.
    pub(crate) fn new(store: Store, settings: Arc<Settings>, shutdown: CancellationToken) -> Self {
        let site = leptos::config::LeptosOptions::builder().output_name("lagune").site_root("target/site").site_pkg_dir("pkg").build();
        Self { store, settings, shutdown, site }
    }
}
