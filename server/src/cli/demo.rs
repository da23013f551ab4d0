//! `lagune demo`.

use clap::Args;

use super::{Failed, open, say};
use crate::{clock, config::Settings, demo, session::first};

#[derive(Args)]
pub(super) struct Demo {
    /// How many profiles
    #[arg(long, default_value_t = demo::DEFAULT_PROFILES)]
    profiles: u64,
    /// The same seed makes the same people
    #[arg(long, default_value_t = demo::DEFAULT_SEED)]
    seed: u64,
}

impl Demo {
    /// Prints the id of the pool it made.
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failed> {
        let store = open(&settings).await?;
        let now = clock::now();
        let client = first::client(&store, now).await?;
        let pool = demo::load(&store, client, self.profiles, self.seed, now).await?;
        store.close().await;
        say(pool)
    }
}
