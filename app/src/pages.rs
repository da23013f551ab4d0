//! One file a page; the address tells which.

pub mod import;
pub mod jobs;
pub mod link;
pub mod not_found;
pub mod pools;
pub mod profiles;
pub mod settings;
pub mod sign_in;
pub mod start;
