//! The process of Lagune: settings, command line, sessions, public interfaces and jobs around `store` and `app`.
//! It holds no rules of the business (`domain`) and no SQL (`store`).

// A page's type tells its whole structure; the compiler follows it further than by default.
#![recursion_limit = "512"]

mod assets;
mod audit;
pub mod backup;
pub mod cli;
mod clock;
pub mod config;
pub mod demo;
mod downloads;
mod elsewhere;
mod errors;
mod events;
pub mod export;
mod fetch;
mod health;
mod imports;
mod installation;
mod intake;
mod integration;
pub mod jobs;
mod keyring;
mod link;
mod mail;
mod metrics;
mod oidc;
mod pages;
mod passkey;
mod password;
mod random;
mod rest;
mod router;
mod schedules;
mod secrets;
mod security;
pub mod serve;
mod session;
mod state;
pub mod tabular;
mod telemetry;
mod throttle;
mod totp;
mod uploads;
pub mod worker;
