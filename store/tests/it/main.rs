//! The store on both databases: each behaviour once, run on SQLite and on PostgreSQL.

mod accounts;
mod changes;
mod fields;
mod first;
mod jobs;
mod layouts;
mod migrations;
mod pools;
mod schema_parity;
mod sessions;
mod strangers;
mod tokens;
