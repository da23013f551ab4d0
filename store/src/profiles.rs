//! Profiles: one at a time, by people and programs. Many at a time: `load`; lists of them: `list`.

pub(crate) mod columns;
pub(crate) mod create;
mod delete;
pub(crate) mod read;
mod restore;
pub(crate) mod stamp;
mod update;

pub use delete::{Deleted, Selection};
