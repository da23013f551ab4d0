//! The command line. Answers go to stdout, everything else to stderr; exit codes: 0 done, 1 failed, 2 wrongly asked.

mod accounts;
mod audit;
mod backup;
mod backups;
mod date;
mod demo;
mod export;
mod import;
mod pool;
mod scope;
mod serve;

use std::{
    fmt,
    io::{Write as _, stderr, stdout},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use domain::lang::Lang;
use store::{Store, StoreError};

use crate::{
    config::{SettingFlags, Settings, WrongSetting},
    telemetry,
};

/// A self-hosted home for customer profiles
#[derive(Parser)]
#[command(name = "lagune", version, propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    settings: SettingFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site, and work off jobs in the same process
    Serve(serve::Serve),
    /// Work off jobs in a process of its own
    Worker,
    /// Bring the database's schema up to date
    Migrate,
    /// People who may sign in
    #[command(subcommand)]
    User(accounts::UserCommand),
    /// Tokens for the REST interface
    #[command(subcommand)]
    Token(accounts::TokenCommand),
    /// Make a new one-time sign-in link for somebody
    Link(accounts::Link),
    /// Pools of profiles
    #[command(subcommand)]
    Pool(pool::PoolCommand),
    /// Import a file into a pool and wait for the result
    Import(Box<import::Import>),
    /// Write the profiles of a pool to stdout
    Export(Box<export::Export>),
    /// Write the whole installation into a file, while everybody goes on
    Backup(backup::Backup),
    /// Make an empty installation what a backup shows
    Restore(backup::Restore),
    /// Backups of a pool: made, listed, read again
    Backups(backups::Backups),
    /// The audit log: who did what to which object, when and from where
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Print the point in time that a text such as "next monday 9am" or "vor 5 Tagen" means
    Date(date::Date),
    /// Fill a new pool with invented profiles to try things out
    Demo(demo::Demo),
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failed {
    /// It was asked wrongly.
    Usage(String),
    /// It could not be done.
    Work(String),
    /// Whoever reads stdout has gone; nobody is left to be told.
    Silent,
}

impl fmt::Display for Failed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Work(text) => out.write_str(text),
            Self::Silent => Ok(()),
        }
    }
}

impl From<WrongSetting> for Failed {
    fn from(wrong: WrongSetting) -> Self {
        Self::Usage(wrong.0)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Work("The database is busy. Please try again in a moment.".to_owned()),
            StoreError::Full => Self::Work("The disk of the database has no room left. Please make room and try again.".to_owned()),
            StoreError::Unusable(sentence) => Self::Work(sentence),
            error => Self::Work(format!("The database refused: {error}.")),
        }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe { Self::Silent } else { Self::Work(format!("{error}.")) }
    }
}

impl From<crate::serve::ServeError> for Failed {
    fn from(error: crate::serve::ServeError) -> Self {
        Self::Work(format!("{error}."))
    }
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        // What asks neither database nor network needs no settings.
        Command::Date(date) => date.run(),
        command => Settings::load(&cli.settings, variables()).map_err(Failed::from).and_then(|settings| {
            telemetry::start(&settings, matches!(command, Command::Serve(_) | Command::Worker));
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(run(command, settings))
        }),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed::Silent) => ExitCode::FAILURE,
        Err(failed) => {
            let _ = writeln!(stderr(), "lagune: {failed}");
            ExitCode::from(if matches!(failed, Failed::Usage(_)) { 2 } else { 1 })
        }
    }
}

async fn run(command: Command, settings: Settings) -> Result<(), Failed> {
    match command {
        Command::Serve(serve) => serve.run(settings).await,
        Command::Worker => serve::work(settings).await,
        Command::Migrate => {
            open(&settings).await?.close().await;
            Ok(())
        }
        Command::User(command) => command.run(&settings).await,
        Command::Token(command) => command.run(&settings).await,
        Command::Link(command) => command.run(&settings).await,
        Command::Pool(command) => command.run(&settings).await,
        Command::Import(import) => import.run(settings).await,
        Command::Export(export) => export.run(&settings).await,
        Command::Backup(backup) => backup.run(&settings).await,
        Command::Restore(restore) => restore.run(&settings).await,
        Command::Backups(command) => command.run(&settings).await,
        Command::Audit(command) => command.run(&settings).await,
        Command::Date(date) => date.run(),
        Command::Demo(demo) => demo.run(settings).await,
    }
}

/// The environment; a variable that isn't text can't be one of ours.
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// The language of whoever types: the first of these variables that is set counts, as everywhere at the command line.
fn language() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    let locale = set.unwrap_or_default();
    locale.split(['.', '@']).next().and_then(|locale| locale.parse().ok()).unwrap_or(Lang::En)
}

/// Opens the database with its schema up to date.
async fn open(settings: &Settings) -> Result<Store, Failed> {
    let store = Store::open(settings.database_url.reveal()).await?;
    store.migrate().await?;
    configure(&store, settings);
    Ok(store)
}

/// What the store needs to know of the settings.
fn configure(store: &Store, settings: &Settings) {
    store.limit_fields(settings.field_limit);
    store.keep_audit(settings.audit_days);
    store.keep_backups(settings.backups.rules);
    store.send_mail(settings.smtp_url.is_some());
}

/// Writes an answer to stdout.
fn say(line: impl fmt::Display) -> Result<(), Failed> {
    Ok(writeln!(stdout(), "{line}")?)
}

/// Tells a person something that isn't the answer.
fn remark(line: impl fmt::Display) {
    let _ = writeln!(stderr(), "{line}");
}
