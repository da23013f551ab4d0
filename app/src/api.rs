//! What the browser may ask of the server: who, what, do.

pub mod imports;
pub mod jobs;
pub mod pools;
pub mod profiles;
pub mod session;
pub mod settings;
