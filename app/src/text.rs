//! All words of the frame and its pages, in both languages, grouped by page.

pub mod audit;
pub mod backups;
pub mod configuration;
pub mod convert;
pub mod errors;
pub mod export;
pub mod frame;
pub mod import;
pub mod integration;
pub mod jobs;
pub mod layout;
pub mod passkeys;
pub mod pools;
pub mod restore;
pub mod schedules;
pub mod second_factor;
pub mod settings;
pub mod sign_in;
pub mod team;
