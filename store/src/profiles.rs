//! Profiles: one at a time, by people and programs. Many at a time: `load`; lists of them: `list`.

pub(crate) mod batches;
pub(crate) mod columns;
pub(crate) mod create;
mod delete;
mod edit_many;
pub(crate) mod many;
mod merge;
pub(crate) mod read;
pub(crate) mod restore;
pub(crate) mod stamp;
mod told;
pub(crate) mod update;
pub(crate) mod update_many;
mod wish;

pub use many::{Batch, PART, Selection, Undone};
pub use merge::Merged;
pub use wish::{AT_ONCE, Asked, ManyJob, UndoJob, Wish};
