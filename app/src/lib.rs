//! What a person sees and may ask: pages, components, and the server functions behind them.

// A page's type tells its whole structure; the compiler follows it further than by default.
#![recursion_limit = "512"]

pub mod api;
pub mod browser;
pub mod components;
pub mod context;
pub mod error;
pub mod i18n;
pub mod pages;
mod parts;
pub mod root;
pub mod routes;
pub mod text;
pub mod wire;

pub use root::{App, shell};
