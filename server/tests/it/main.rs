//! The whole program as its users meet it: real processes, real requests, files in and out, on both databases; and the rules of the house.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod cli;
mod configuration;
mod conversions;
mod device;
mod disk_full;
mod events;
mod export;
mod exports;
mod field_dialog;
mod foreign;
mod formats;
mod guard;
mod headers;
mod http;
mod import;
mod imports;
mod installation;
mod integration;
mod jobs;
mod killed;
mod layout;
mod limits;
mod mail;
mod many;
mod metrics;
mod oidc;
mod passkeys;
mod people;
mod pools;
mod problems;
mod profiles;
mod provider;
mod reach;
mod rest_team;
mod rights;
mod second_factor;
mod security;
mod seen;
mod sign_in;
mod support;
mod tidy;
mod upkeep;
