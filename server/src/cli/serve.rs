//! `lagune serve` and `lagune worker`.

use clap::Args;
use store::Store;
use tokio_util::sync::CancellationToken;

use super::{Failed, accounts::base, configure, open, say};
use crate::{
    backup::Place,
    config::Settings,
    mail::{self, Post},
    serve::{Application, asked_to_end},
    worker,
};

#[derive(Args)]
pub(super) struct Serve {
    /// Leave jobs to processes started with `lagune worker`
    #[arg(long)]
    no_worker: bool,
    /// Don't touch the schema; /readyz tells when it isn't up to date
    #[arg(long)]
    no_migrate: bool,
}

impl Serve {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failed> {
        make_folder(&settings)?;
        let store = if self.no_migrate { Store::open(settings.database_url.reveal()).await? } else { open(&settings).await? };
        configure(&store, &settings);
        let migrated = store.pending_migrations().await? == 0;
        let application = Application::build(settings, store, !self.no_worker).await?;
        let (url, address) = (application.url(), application.address());
        if url.ends_with(&address.to_string()) {
            say(format_args!("Lagune: {url}"))?;
        } else {
            say(format_args!("Lagune: {url} (listens on http://{address})"))?;
        }
        // Without its tables the database can't tell who there is.
        let link = if migrated { application.first_link().await? } else { None };
        if let Some(link) = link {
            say(format_args!("Sign in as the first administrator (once, within 48 hours): {link}"))?;
        }
        Ok(application.run_until(asked_to_end()).await?)
    }
}

/// Where uploads will lie; better missed now than when somebody sends one.
fn make_folder(settings: &Settings) -> Result<(), Failed> {
    let folder = settings.data_dir.join("uploads");
    std::fs::create_dir_all(&folder).map_err(|error| {
        Failed::Usage(format!("The setting data_dir (LAGUNE_DATA_DIR): the folder {} can't be made: {error}.", folder.display()))
    })
}

/// Works off jobs until asked to end.
pub(super) async fn work(settings: Settings) -> Result<(), Failed> {
    make_folder(&settings)?;
    let store = open(&settings).await?;
    let shutdown = CancellationToken::new();
    let watch = store.watch().await?;
    let mailing = Post::of(&settings, &base(&settings)).map(|post| tokio::spawn(mail::run(store.clone(), post, shutdown.clone())));
    let working = tokio::spawn(worker::run(store.clone(), Place::from(&settings), shutdown.clone()));
    asked_to_end().await;
    shutdown.cancel();
    let _ = working.await;
    if let Some(mailing) = mailing {
        let _ = mailing.await;
    }
    drop(watch);
    store.close().await;
    Ok(())
}
