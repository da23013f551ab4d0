//! `lagune backups`.

use std::time::Duration;

use clap::{Args, Subcommand};
use domain::{backup::Backup, history::Actor, id::BackupId, lang::Lang, time::rfc3339};
use store::{Conflict, Reach, Store, StoreError, profiles::Wish};
use tokio_util::sync::CancellationToken;

use super::{Failed, language, open, say, scope};
use crate::{
    backup::{Place, look},
    clock,
    config::Settings,
    worker,
};

/// How often it is looked whether another process has made it.
const LOOK: Duration = Duration::from_millis(250);

#[derive(Args)]
pub(super) struct Backups {
    /// Name or id of the pool
    #[arg(long)]
    pool: String,
    #[command(subcommand)]
    command: BackupCommand,
}

#[derive(Subcommand)]
enum BackupCommand {
    /// Make a backup under a name and print its file
    Make {
        /// What it is called
        name: String,
    },
    /// List the backups, newest first: number, time, kind, state, profiles, bytes, file, name
    List,
    /// Read a backup again as a whole
    Verify {
        /// Its number
        id: i64,
    },
}

impl Backups {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let store = open(settings).await?;
        let client = scope::client(&store).await?;
        let pool = scope::pool(&store, client, &self.pool).await?;
        let (reach, place) = (Reach::whole(client), Place::from(settings));
        match self.command {
            BackupCommand::Make { name } => {
                let name = domain::backup::name(&name).map_err(|problem| Failed::Usage(format!("NAME: {}", problem.message(Lang::En))))?;
                let wish = Wish { lang: language(), ..Wish::of(Actor::CommandLine, clock::now()) };
                let (id, job) = store.ask_for_backup(&reach, &pool, &name, &wish).await.map_err(refused)?;
                // Where a worker of another process is quicker, that one does it.
                worker::run_job(&store, place.clone(), job, &CancellationToken::new()).await?;
                let mut job = store.job(client, job).await?;
                while !job.state.ended() && job.error.is_none() {
                    tokio::time::sleep(LOOK).await;
                    job = store.job(client, job.id).await?;
                }
                let made = store.backup(&reach, &pool, id).await?;
                if !made.usable() {
                    let why = made.error.or(job.error).map(|error| error.get(language()).to_owned());
                    return Err(Failed::Work(why.unwrap_or_else(|| "The backup was stopped.".to_owned())));
                }
                say(place.shown(client, &made))?;
            }
            BackupCommand::List => {
                for backup in store.backups(&reach, &pool).await? {
                    say(line(&backup))?;
                }
            }
            BackupCommand::Verify { id } => verify(&store, &place, &reach, &pool, BackupId::new(id)).await?,
        }
        store.close().await;
        Ok(())
    }
}

async fn verify(store: &Store, place: &Place, reach: &Reach, pool: &domain::pool::Pool, id: BackupId) -> Result<(), Failed> {
    let found = store.backup(reach, pool, id).await.map_err(|error| match error {
        StoreError::NotFound => Failed::Work(format!("The pool has no backup {id}.")),
        error => error.into(),
    })?;
    if found.file.is_empty() {
        return Err(Failed::Work(format!("The backup {id} has no file.")));
    }
    let n = look::verify(store, place, reach.client(), id).await.map_err(|error| Failed::Work(error.message(language()).to_owned()))?;
    say(format_args!("{id}: {n} profiles, sound"))
}

fn line(backup: &Backup) -> String {
    let at = rfc3339(backup.made_at, &domain::time::Zone::UTC).unwrap_or_default();
    let Backup { id, kind, state, n_profiles, n_bytes, file, name, .. } = backup;
    format!("{id}\t{at}\t{}\t{}\t{n_profiles}\t{n_bytes}\t{file}\t{name}", kind.code(), state.code())
}

fn refused(error: StoreError) -> Failed {
    let text = match error {
        StoreError::Conflict(Conflict::TooManyBackups) => domain::backup::TOO_MANY,
        StoreError::Conflict(Conflict::NoRoomForBackup) => domain::backup::NO_ROOM,
        error => return error.into(),
    };
    Failed::Work(text.get(language()).to_owned())
}
