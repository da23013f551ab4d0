//! What every request can reach.

use std::sync::Arc;

use store::Store;
use tokio_util::sync::CancellationToken;

use crate::{config::Settings, oidc::Provider};

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
    /// At which people may sign in, if the deployment chose one.
    pub oidc: Option<Arc<Provider>>,
}

impl AppState {
    /// Puts the parts together.
    ///
    /// # Errors
    /// A sentence about the provider.
    pub(crate) fn new(store: Store, settings: Arc<Settings>, shutdown: CancellationToken) -> Result<Self, String> {
        let site = leptos::config::LeptosOptions::builder().output_name("lagune").site_root("target/site").site_pkg_dir("pkg").build();
        let oidc = settings.oidc.as_ref().map(Provider::new).transpose()?.map(Arc::new);
        Ok(Self { store, settings, shutdown, site, oidc })
    }
}
