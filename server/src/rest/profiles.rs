//! The profiles of a pool.

pub(super) mod list;
pub(super) mod many;
pub(super) mod write;
