//! The process of Lagune: settings, command line, sessions, public interfaces and jobs around `store` and `app`.
//! It holds no rules of the business (`domain`) and no SQL (`store`).

mod clock;
pub mod demo;
pub mod jobs;
pub mod tabular;
pub mod worker;
