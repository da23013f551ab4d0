//! What pages ask of `server`, which puts the answers into the context of each request.

use std::future::Future;
use std::pin::Pin;

use domain::backup::{Backup, Contents};
use domain::id::{ClientId, ImportId, JobId, PoolId, ScheduleId, UserId};
use domain::import::{Asked, Mapping, Parts, Preview, Reading, Rules};
use domain::lang::Lang;
use domain::mail::MailKind;
use domain::pool::Pool;
use domain::rights::Rights;
use domain::role::RoleCode;
use domain::schedule::Typed;
use domain::text::{Email, Name};
use store::members::{Manager, Member};
use store::profiles::Wish;

use crate::error::AppError;

/// What is going to be.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send + 'a>>;

/// The beginning of an uploaded file, as it is or would be read.
#[derive(Clone, Debug)]
pub struct Glance {
    /// How it was read: as asked, else as recognised.
    pub reading: Reading,
    /// Headings and first rows.
    pub preview: Preview,
    /// Size of the file.
    pub n_bytes: u64,
}

/// Reads uploaded files and has them imported; `server` provides one as `Arc<dyn Intake>`.
pub trait Intake: Send + Sync {
    /// The first `n_rows` rows of an uploaded file; what isn't said about it is recognised.
    ///
    /// # Errors
    /// `NotFound`, or `Refused` with what is wrong with the file.
    fn preview(&self, client: ClientId, import: ImportId, asked: Asked, n_rows: usize) -> Answer<'_, Glance>;

    /// The files of an archive, and the sheets of what is read. Large files are looked through for it.
    ///
    /// # Errors
    /// Those of [`Intake::preview`].
    fn parts(&self, client: ClientId, import: ImportId, reading: Reading) -> Answer<'_, Parts>;

    /// Keeps how a file is read, which column goes where, and by which rules.
    ///
    /// # Errors
    /// `NotFound`, `Invalid` or `Refused` for what can't be or is beyond these rights, `Conflict` when it runs already.
    fn settle(
        &self,
        client: ClientId,
        rights: Rights,
        import: ImportId,
        reading: Reading,
        mapping: Mapping,
        rules: Rules,
    ) -> Answer<'_, ()>;

    /// Queues the import; the answer is its job.
    ///
    /// # Errors
    /// `NotFound`.
    fn start(&self, client: ClientId, import: ImportId, wish: Wish) -> Answer<'_, JobId>;

    /// Queues a check of an import that has not begun; the answer is its job.
    ///
    /// # Errors
    /// `NotFound`, `Conflict` when it has begun.
    fn check(&self, client: ClientId, import: ImportId, wish: Wish) -> Answer<'_, JobId>;

    /// The servers from which files may be fetched.
    fn hosts(&self) -> Vec<String>;

    /// Has a file of one of them fetched, to be looked at before it is imported; the answer is the job.
    ///
    /// # Errors
    /// `Refused` for an address that is none, or not allowed.
    fn fetch(&self, pool: PoolId, address: String, lang: Lang) -> Answer<'_, JobId>;

    /// The folder into which the files of a regular import are put whose source has this name.
    fn inbox(&self, client: ClientId, name: &str) -> String;

    /// Makes a regular import, or changes one.
    ///
    /// # Errors
    /// `Invalid` naming all that can't stay so; `NotFound`.
    fn save_schedule(&self, pool: PoolId, id: Option<ScheduleId>, typed: Typed, lang: Lang) -> Answer<'_, ScheduleId>;
}

/// Looks into the files of backups; `server` provides one as `Arc<dyn Vault>`.
pub trait Vault: Send + Sync {
    /// What the file of a backup holds, as far as somebody may see it who sees the pool like this.
    ///
    /// # Errors
    /// `Refused` with what is wrong with the file.
    fn look(&self, client: ClientId, backup: Backup, pool: Pool) -> Answer<'_, Contents>;

    /// Removes the files of deleted backups.
    ///
    /// # Errors
    /// `Unavailable`; the hourly upkeep removes them then.
    fn sweep(&self) -> Answer<'_, ()>;
}

/// Checks and changes passwords; `server` provides one as `Arc<dyn Passwords>`.
pub trait Passwords: Send + Sync {
    /// Sets a new password for somebody who knows the old one.
    ///
    /// # Errors
    /// `Invalid` naming `old` or `new`.
    fn change(&self, user: UserId, old: String, new: String, wish: Wish) -> Answer<'_, ()>;
}

/// Somebody to be let in.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// By which they sign in.
    pub email: Email,
    /// What they are called, as long as they have not said it themselves.
    pub name: Name,
    /// The role that they get.
    pub role: RoleCode,
}

/// Somebody who was invited or given a link.
#[derive(Clone, Debug)]
pub struct Handed {
    /// Who.
    pub member: Member,
    /// The link that lets them in, to be handed over; none for somebody who signs in already, or who gets it by mail.
    pub link: Option<String>,
    /// The mail that is on its way.
    pub mailed: Option<MailKind>,
}

/// Makes links and tokens that nobody can guess; `server` provides one as `Arc<dyn Keys>`.
pub trait Keys: Send + Sync {
    /// Makes somebody a member of a client. Who has yet to choose a password gets a link, by mail or to be handed over.
    ///
    /// # Errors
    /// Those of [`invite`](store::Store::invite).
    fn invite(&self, client: ClientId, by: Manager, who: Newcomer, wish: Wish) -> Answer<'_, Handed>;

    /// A link that signs a member in once, by mail or to be handed over.
    ///
    /// # Errors
    /// Those of [`linkable`](store::Store::linkable).
    fn link(&self, client: ClientId, by: Manager, user: UserId, wish: Wish) -> Answer<'_, Handed>;

    /// A fresh token of the REST interface, and what the database keeps of it.
    fn token(&self) -> (String, [u8; 32]);
}
