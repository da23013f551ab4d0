//! `lagune pool`.

mod layout;

use clap::{Args, Subcommand};
use domain::{
    config::{file::PoolFile, template::Template},
    history::Actor,
    lang::Lang,
    text::PoolName,
};
use store::{Conflict, StoreError, profiles::Wish};

use super::{Failed, language, open, say, scope};
use crate::{clock, config::Settings, session::first};

#[derive(Subcommand)]
pub(super) enum PoolCommand {
    /// Make a pool and print its id; also makes the first client if there is none
    Create(Create),
    /// Write how a pool is made up (categories, fields, options) to stdout
    Export(layout::Export),
    /// Make a pool as a file says; prints what changes
    Apply(layout::Apply),
}

#[derive(Args)]
pub(super) struct Create {
    /// Its name
    name: String,
    /// What it begins with beside the standard fields
    #[arg(long, value_parser = ["newsletter", "b2b", "event"], conflicts_with = "copy_of")]
    template: Option<String>,
    /// Name or id of a pool that it is to be like, without the profiles
    #[arg(long, value_name = "POOL")]
    copy_of: Option<String>,
}

impl PoolCommand {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        match self {
            Self::Create(new) => new.run(settings).await,
            Self::Export(export) => export.run(settings).await,
            Self::Apply(apply) => apply.run(settings).await,
        }
    }
}

impl Create {
    async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let name = PoolName::parse(&self.name).map_err(|problem| Failed::Usage(format!("NAME: {}", problem.message(Lang::En))))?;
        let store = open(settings).await?;
        let wish = Wish { lang: language(), ..Wish::of(Actor::CommandLine, clock::now()) };
        let client = first::client(&store, wish).await?;
        let layout = match (&self.copy_of, self.template.as_deref().and_then(Template::from_code)) {
            (Some(named), _) => Some(PoolFile::of(&scope::pool(&store, client, named).await?)),
            (None, template) => template.map(|template| template.file(language())),
        };
        let made = match layout {
            Some(file) => store.create_pool_from(client, &name, &file, &wish).await,
            None => store.create_pool(client, &name, wish).await,
        };
        let pool = made.map_err(|error| match error {
            StoreError::Conflict(Conflict::PoolNameTaken) => Failed::Work(format!("There is a pool “{name}” already.")),
            error => error.into(),
        })?;
        store.close().await;
        say(pool)
    }
}
