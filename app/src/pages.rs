//! One file a page; the address tells which.

pub mod audit;
pub mod backups;
pub mod configuration;
pub mod convert;
pub mod export;
pub mod forgotten;
pub mod import;
pub mod integration;
pub mod jobs;
pub mod layout_file;
pub mod link;
pub mod not_found;
pub mod passkeys;
pub mod pools;
pub mod profiles;
pub mod restore;
pub mod schedules;
pub mod second_factor;
pub mod settings;
pub mod sign_in;
pub mod start;
pub mod team;
