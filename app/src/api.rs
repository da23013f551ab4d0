//! What the browser may ask of the server: who, what, do.

pub mod audit;
pub mod backups;
pub mod clients;
pub mod configuration;
pub mod convert;
pub mod export;
pub mod imports;
pub mod integration;
pub mod jobs;
pub mod layout;
pub mod mails;
pub mod mappings;
pub mod passkeys;
pub mod pools;
pub mod profiles;
pub mod restore;
pub mod roles;
pub mod schedules;
pub mod second_factor;
pub mod session;
pub mod settings;
pub mod team;
pub mod tokens;
