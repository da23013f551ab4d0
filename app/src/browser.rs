//! The only place that touches the browser. Each file has a half for the server, where there is none.

#[cfg(feature = "hydrate")]
pub mod asleep;
pub mod connection;
pub mod copy;
pub mod dialog;
pub mod document;
pub mod events;
pub mod files;
pub mod forms;
pub mod json;
pub mod keys;
pub mod list;
pub mod listbox;
pub mod passkey;
pub mod reorder;
pub mod rows;
pub mod text_file;
pub mod unsaved;
