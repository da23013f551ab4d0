//! All words of the frame and its pages, in both languages, grouped by page.

pub mod errors;
pub mod frame;
pub mod import;
pub mod jobs;
pub mod pools;
pub mod settings;
pub mod sign_in;
