//! `lagune pool`.

use clap::{Args, Subcommand};
use domain::{lang::Lang, text::PoolName};
use store::{Conflict, StoreError};

use super::{Failed, open, say};
use crate::{clock, config::Settings, session::first};

#[derive(Subcommand)]
pub(super) enum PoolCommand {
    /// Make a pool with the standard fields and print its id; also makes the first client if there is none
    Create(Create),
}

#[derive(Args)]
pub(super) struct Create {
    /// Its name
    name: String,
}

impl PoolCommand {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let Self::Create(new) = self;
        let name = PoolName::parse(&new.name).map_err(|problem| Failed::Usage(format!("NAME: {}", problem.message(Lang::En))))?;
        let store = open(settings).await?;
        let now = clock::now();
        let client = first::client(&store, now).await?;
        let pool = store.create_pool(client, &name, now).await.map_err(|error| match error {
            StoreError::Conflict(Conflict::PoolNameTaken) => Failed::Work(format!("There is a pool “{name}” already.")),
            error => error.into(),
        })?;
        store.close().await;
        say(pool)
    }
}
