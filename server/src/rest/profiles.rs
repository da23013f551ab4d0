//! The profiles of a pool.

pub(super) mod list;
pub(super) mod write;
