//! What asks other servers: one client for whoever does, so that all keep the same promises.

use reqwest::{Client, ClientBuilder, redirect::Policy};

/// A client that follows nobody of its own accord, says who it is, and trusts the system's certificates; each adds its limits.
pub(crate) fn client() -> ClientBuilder {
    // The process has one provider of cryptography; whoever was first chose the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(Policy::none()).user_agent(concat!("lagune/", env!("CARGO_PKG_VERSION")))
}
