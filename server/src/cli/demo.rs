//! `lagune demo`.

use clap::Args;
use domain::history::Actor;
use store::profiles::Wish;

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
        let wish = Wish::of(Actor::CommandLine, clock::now());
        let client = first::client(&store, wish).await?;
        let pool = demo::load(&store, client, self.profiles, self.seed, wish).await?;
        store.close().await;
        say(pool)
    }
}
