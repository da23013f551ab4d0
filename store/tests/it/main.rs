//! The store on both databases: each behaviour once, run on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod audit;
mod backups;
mod bin;
mod changes;
mod condition;
mod configuration;
mod convert;
mod deleted;
mod dump;
mod fields;
mod first;
mod identities;
mod import_rules;
mod import_undo;
mod imports;
mod jobs;
mod layout_file;
mod layouts;
mod link_keys;
mod list;
mod mails;
mod many;
mod mappings;
mod merge;
mod migrations;
mod passkeys;
mod pools;
mod profiles;
mod reach;
mod reshaped;
mod restores;
mod roles;
mod rows;
mod schema_parity;
mod search;
mod second_factor;
mod sessions;
mod strangers;
mod tokens;
mod uploads;
