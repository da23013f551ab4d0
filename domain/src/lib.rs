//! The words and rules of Lagune: pools, fields, values, search, lists. No input or output, no clock, no database, no screen.
#![warn(missing_docs)]

pub mod audit;
pub mod backup;
pub mod bulk;
pub mod calendar;
pub mod client;
pub mod condition;
pub mod config;
pub mod convert;
pub mod export;
pub mod field;
pub mod history;
pub mod id;
pub mod import;
#[cfg(feature = "lists")]
pub mod integration;
pub mod job;
pub mod lang;
pub mod layout;
pub mod list;
pub mod lists;
pub mod mail;
pub mod permission;
pub mod pool;
pub mod postcode;
pub mod problem;
pub mod profile;
pub mod restore;
pub mod rights;
pub mod role;
pub mod search;
pub mod text;
pub mod time;
pub mod uses;
pub mod value;
pub mod when;
