//! Loading a file into a pool.
//!
//! Reading and checking run in a thread of their own and hand batches over; each batch, its refusals, the counters
//! and the place in the file go into the database in one transaction. A job that was killed therefore goes on exactly
//! behind its last batch: no half row, no row twice.
//!
//! What an import does, so that nobody needs to guess:
//! - A row finds its profile by the key. A row without a value there always makes a new profile.
//! - Unless its rules say otherwise (`docs/import.md`), a second row of the same key changes what the first one made, and
//!   empty cells keep what the profile has.
//! - New profiles get the permission Opt-Out; updates set no change date. Nobody's unsubscription or objection is lifted.
//! - A row with one unreadable cell is refused as a whole, with every reason; the others go on.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use domain::{
    backup::BackupKind,
    id::ImportId,
    import::{Corrections, Duplicates, ImportCounts, Mapping, Rules},
    job::JobError,
    lang::Lang,
    pool::Pool,
    time::Zone,
};
use serde_json::json;
use store::{
    Reach, Store, StoreError,
    backups::{Dumped, NewBackup},
    load::{Batch, Cursor, Import},
};
use tokio::sync::mpsc;

use super::{Ended, Failure, Pause, Work};
use crate::{
    backup::make::{self, Saved},
    clock::now,
    tabular::Reader,
};

pub(super) mod checking;
pub mod domains;
mod error;
mod feed;
mod last;
mod plan;
pub(crate) mod rejects;
pub(crate) mod told;

use domains::Domains;
pub use error::ImportError;
use feed::Feed;
use plan::Plan;

/// Batches that may wait for the database; with the two in work this bounds the memory.
const WAITING: usize = 1;

/// So long nobody wonders why a file lies there: it may just be arriving.
const LEFT_ALONE: Duration = Duration::from_secs(3_600);

/// Check a mapping before anything is changed.
///
/// # Errors
/// A missing key column, a field that does not exist or takes nothing from a file, no field at all, rules that can't be.
pub fn check(pool: &Pool, headings: &[String], mapping: &Mapping, rules: &Rules, lang: Lang) -> Result<(), ImportError> {
    Plan::new(pool, headings, mapping, rules, lang, &Zone::default()).map(drop)
}

/// Run the job; the answer is the counts and the headings that were left out.
pub(super) async fn run(work: &Work) -> Result<Ended, Failure> {
    match load(work).await {
        Err(ImportError::Store(error)) if error.passes() => {
            tracing::warn!(job = %work.job.id, %error, "an import has to wait");
            Ok(Ended::Postponed(JobError::of(|lang| ImportError::waits(&error, lang))))
        }
        Err(ImportError::Backup(error)) if error.passes() => {
            tracing::warn!(job = %work.job.id, %error, "the backup before an import has to wait");
            Ok(Ended::Postponed(error.told()))
        }
        ended => ended.map_err(|error| Failure::new(JobError::of(|lang| error.message(lang)), error)),
    }
}

/// What an import leaves behind goes when the job has ended: which of its rows counted, and the file. Not before the end
/// stands in the database: a process that is killed in between would go on without them.
pub(super) async fn tidy(work: &Work) {
    last::forget(work).await;
    forget_check(work).await;
    remove_own_upload(work).await;
}

/// Rows that a check has kept are personal data too.
async fn forget_check(work: &Work) {
    let Some(id) = work.job.payload["import"].as_i64() else { return };
    if let Err(error) = work.store.forget_check(work.job.client, ImportId::new(id)).await {
        tracing::warn!(job = %work.job.id, %error, "what a check has kept was not forgotten");
    }
}

/// Personal data do not stay about: the file goes, if it is Lagune's own copy.
async fn remove_own_upload(work: &Work) {
    let Some(id) = work.job.payload["import"].as_i64() else { return };
    let Ok(import) = work.store.import(work.job.client, ImportId::new(id)).await else { return };
    remove_upload(work, Path::new(&import.path)).await;
}

/// Remove a file from where uploads lie; it may have gone before.
pub(super) async fn remove_upload(work: &Work, file: &Path) {
    if file.starts_with(work.place.data_dir.join("uploads"))
        && let Err(error) = tokio::fs::remove_file(file).await
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!(job = %work.job.id, %error, "an uploaded file could not be removed");
    }
}

/// Remove files that nobody needs: of imports that have ended, and of uploads that were cut off, when their process was killed
/// before it could do so itself.
pub async fn sweep(store: &Store, data_dir: &Path) {
    if let Err(error) = try_sweep(store, data_dir).await {
        tracing::warn!(error = format!("{error:#}"), "uploaded files that nobody needs could not be removed");
    }
}

async fn try_sweep(store: &Store, data_dir: &Path) -> anyhow::Result<()> {
    let folder = data_dir.join("uploads");
    let mut old = tokio::task::spawn_blocking(move || files_before(&folder, SystemTime::now() - LEFT_ALONE)).await??;
    if old.is_empty() {
        return Ok(());
    }
    // Asked after the folder was read: a file is noted before it is that old.
    let needed = store.needed_files().await?;
    old.retain(|file| !needed.iter().any(|path| Path::new(path).file_name() == file.file_name()));
    for file in old {
        tracing::info!(file = %file.display(), "removing an uploaded file that nobody needs");
        tokio::fs::remove_file(file).await?;
    }
    Ok(())
}

/// The files of a folder that nobody has written since.
fn files_before(folder: &Path, before: SystemTime) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(files),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.metadata()?.modified()? < before {
            files.push(entry.path());
        }
    }
    Ok(files)
}

async fn load(work: &Work) -> Result<Ended, ImportError> {
    let (store, client) = (&work.store, work.job.client);
    let id = work.job.payload["import"].as_i64().map(ImportId::new).ok_or(StoreError::NotFound)?;
    let import = store.import(client, id).await?;
    let pool = store.pool(client, import.pool).await?;
    let (feed, size) = opened(work, &import, &pool).await?;
    let left_out = feed.plan().left_out();
    let job = Running { import: id, size };
    let told = |counts: &ImportCounts, late_names: Vec<String>, rejects: u64| {
        json!({
            "import": id, "rows": counts.rows, "created": counts.created, "updated": counts.updated,
            "unchanged": counts.unchanged, "refused": counts.refused, "skipped": counts.skipped, "left_out": left_out,
            "late_names": late_names, "rejects": rejects,
        })
    };
    let stopped = |pause: Pause| match pause {
        Pause::Cancelled => Ended::Cancelled(told(&import.counts, Vec::new(), 0)),
        Pause::Interrupted => Ended::Interrupted,
    };
    if import.rules.duplicates == Duplicates::Last
        && import.rules.tells_apart()
        && let Some(pause) = last::note(work, &import, &pool).await?
    {
        return Ok(stopped(pause));
    }

    if let Some(pause) = save(work, &pool, &import).await? {
        return Ok(stopped(pause));
    }
    // Rows of lists are some 150 bytes long; only the order of magnitude counts.
    store.begin_load(client, &pool, (size - import.next.byte.min(size)) / 150).await?;
    let outcome = write(work, &pool, job, feed, &import.rules).await;
    // Also after an error: what is in the pool must be found, with the options that it has got.
    let ended = match store.pool(client, import.pool).await {
        Ok(pool) => store.end_load(client, &pool).await,
        Err(error) => Err(error),
    };
    let (late_names, pause) = outcome?;
    ended?;
    // What stands there is what was loaded: a batch may have been committed for a process that was killed meanwhile.
    let counts = store.import(client, id).await?.counts;
    let rejects = match pause {
        Some(Pause::Interrupted) => 0,
        _ if counts.refused + counts.skipped == 0 => 0,
        _ => rejects::write(work, &import).await,
    };
    let result = told(&counts, late_names, rejects);
    Ok(match pause {
        None => Ended::Done(result),
        Some(Pause::Cancelled) => Ended::Cancelled(result),
        Some(Pause::Interrupted) => Ended::Interrupted,
    })
}

/// Saves the pool before the first row goes into it; one without profiles has nothing to lose. Tells why to stop.
async fn save(work: &Work, pool: &Pool, import: &Import) -> Result<Option<Pause>, ImportError> {
    if import.next != Cursor::default() || work.store.size(&Reach::whole(work.job.client), pool).await? == 0 {
        return Ok(None);
    }
    let new = NewBackup { kind: BackupKind::Import, name: String::new(), whole: true, job: Some(work.job.id) };
    Ok(match make::save(work, pool.id, &new, Dumped::Whole).await? {
        Saved::There(_) => None,
        Saved::Paused(pause) => Some(pause),
    })
}

/// What doesn't change while a file is loaded.
#[derive(Clone, Copy)]
struct Running {
    import: ImportId,
    /// Of what is read, about, in bytes.
    size: u64,
}

/// Write batch after batch until the file ends or somebody wants to stop. Also tells the names that came too late.
async fn write(work: &Work, pool: &Pool, job: Running, feed: Feed, rules: &Rules) -> Result<(Vec<String>, Option<Pause>), ImportError> {
    let mut domains = Domains::wanted(work, rules, &feed);
    let (sender, mut batches) = mpsc::channel::<Result<Batch, ImportError>>(WAITING);
    let reading = tokio::task::spawn_blocking(move || feed.run(&sender));
    let mut load = work.store.load_by(work.job.client, pool, job.import, rules)?;
    let mut pause = None;
    while let Some(batch) = batches.recv().await {
        let mut batch = batch?;
        pause = domains::sift(&mut domains, work, &mut batch).await?;
        if pause.is_some() {
            break;
        }
        let byte = batch.next.byte;
        load.batch(batch, now()).await?;
        // The size of what is packed is only announced.
        work.progress(byte, job.size.max(byte)).await?;
        pause = work.pause().await?;
        if pause.is_some() {
            break;
        }
    }
    // The reader stops as soon as nobody listens.
    drop(batches);
    match reading.await {
        Ok(late_names) => Ok((late_names, pause)),
        Err(panic) => Err(ImportError::File(std::io::Error::other(panic).into())),
    }
}

/// The file of an import where it is to go on, with the cells that were put right, and its size.
async fn opened(work: &Work, import: &Import, pool: &Pool) -> Result<(Feed, u64), ImportError> {
    let corrections = Corrections::of(work.store.corrections(work.job.client, import.id).await?);
    let (import, pool, lang) = (import.clone(), pool.clone(), work.lang);
    blocking(move || open(&import, &pool, corrections, lang)).await
}

fn open(import: &Import, pool: &Pool, corrections: Corrections, lang: Lang) -> Result<(Feed, u64), ImportError> {
    let (path, reading) = (Path::new(&import.path), &import.reading);
    let reader = Reader::open(path, reading)?;
    let size = reader.size();
    let plan = Plan::new(pool, reader.headings(), &import.mapping, &import.rules, lang, &Zone::default())?
        .with_reading(reading)
        .with_corrections(corrections);
    Ok((Feed::open(path, reading, reader, plan, import.next)?, size))
}

async fn blocking<T: Send + 'static>(f: impl FnOnce() -> Result<T, ImportError> + Send + 'static) -> Result<T, ImportError> {
    match tokio::task::spawn_blocking(f).await {
        Ok(result) => result,
        Err(panic) => Err(ImportError::File(std::io::Error::other(panic).into())),
    }
}
