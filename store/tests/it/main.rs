//! The store on both databases: each behaviour once, run on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod bin;
mod changes;
mod fields;
mod first;
mod imports;
mod jobs;
mod layouts;
mod list;
mod many;
mod migrations;
mod pools;
mod profiles;
mod schema_parity;
mod search;
mod sessions;
mod strangers;
mod tokens;
