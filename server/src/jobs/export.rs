//! Profiles into a file that is taken away afterwards. Begun again after a crash it begins from the start: a file is there
//! when it is whole, and not before.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use domain::{export::Wish, job::JobError, lang::Text};
use futures::{StreamExt as _, TryStreamExt as _};
use serde_json::json;
use store::StoreError;
use tokio::fs;

use super::{Ended, Failure, Pause, Work, import::rejects};
use crate::{
    clock::now,
    export::{
        Draft, Export, ExportError,
        asked::{ExportJob, folder},
        link::KEPT,
    },
    link::pairs,
    random,
};

/// How often it is told how far the file is, and asked whether to stop.
const TELL: Duration = Duration::from_millis(500);

/// The answer says how many profiles there are (`n`), how large the file is (`bytes`), how many cells were too long for
/// Excel (`shortened`), and until when it can be taken away (`until`, unix milliseconds).
pub(super) async fn run(work: &Work) -> Result<Ended, Failure> {
    let job: ExportJob = serde_json::from_value(work.job.payload.clone())
        .map_err(|error| Failure::new(Text::new("Der Auftrag ist unvollständig.", "The job is incomplete.").into(), error))?;
    // A worker that has lost the job without knowing may still write: not into the file of its successor.
    let draft = folder(&work.place.data_dir).join(format!("{}.{}.part", work.job.id, random::token(6)));
    let ended = make(work, &job, &draft).await;
    if !matches!(ended, Ok(Ended::Done(_))) {
        remove(&draft).await;
    }
    match ended {
        Ok(ended) => Ok(ended),
        Err(error) if error.passes() => {
            tracing::warn!(job = %work.job.id, %error, "an export has to wait");
            Ok(Ended::Postponed(error.waits().into()))
        }
        Err(ExportError::Store(error)) => Err(Failure::store(error)),
        Err(error) => Err(Failure::new(JobError::from(UNWRITABLE), error)),
    }
}

const UNWRITABLE: Text = Text::new(
    "Die Datei ließ sich nicht schreiben; im Log des Servers steht der Grund.",
    "The file could not be written; the log of the server has the reason.",
);

async fn make(work: &Work, job: &ExportJob, draft: &Path) -> Result<Ended, ExportError> {
    let folder = folder(&work.place.data_dir);
    let pool = work.store.pool(work.job.client, job.pool).await?.seen_by(job.rights());
    let wish = Wish::from_pairs(&pairs(&job.query), &Wish::default()).map_err(StoreError::Invalid)?;
    let export = Export::new(job.reach.clone(), pool, wish, None, job.lang).map_err(StoreError::Invalid)?;
    fs::create_dir_all(&folder).await?;
    let mut file = Draft::begin(&export, fs::File::create(draft).await?.into_std().await, &folder).await?;
    let mut rows = export.rows(&work.store).boxed();
    let (mut n, mut told) = (0, None::<Instant>);
    while let Some(part) = rows.try_next().await? {
        let (done, total) = (part.done, part.total);
        n += part.len() as u64;
        file = file.write(part).await?;
        if told.is_some_and(|at| at.elapsed() < TELL) && done < total {
            continue;
        }
        told = Some(Instant::now());
        work.progress(done, total).await?;
        match work.pause().await? {
            None => {}
            Some(Pause::Cancelled) => return Ok(Ended::Cancelled(json!({}))),
            Some(Pause::Interrupted) => return Ok(Ended::Interrupted),
        }
    }
    let (bytes, shortened) = file.finish().await?;
    fs::rename(draft, path(&work.place.data_dir, work.job.id.get(), export.format().ending())).await?;
    Ok(Ended::Done(json!({ "n": n, "bytes": bytes, "shortened": shortened, "until": now().plus(KEPT) })))
}

/// Where the file of a job lies.
pub(crate) fn path(data_dir: &Path, job: i64, ending: &str) -> PathBuf {
    folder(data_dir).join(format!("{job}.{ending}"))
}

/// Removes files that nobody can take away any more, and what killed processes left behind.
pub(crate) async fn sweep(data_dir: &Path) {
    remove_older(&folder(data_dir), KEPT).await;
    remove_older(&rejects::folder(data_dir), store::bin::KEPT).await;
}

/// Removes the files of a folder that nobody has written to for so many milliseconds.
async fn remove_older(folder: &Path, kept: i64) {
    let before = SystemTime::UNIX_EPOCH + Duration::from_millis(now().plus(-kept).get().unsigned_abs());
    let Ok(mut files) = fs::read_dir(folder).await else { return };
    while let Ok(Some(file)) = files.next_entry().await {
        let changed = file.metadata().await.ok().filter(|about| about.is_file()).and_then(|about| about.modified().ok());
        if changed.is_some_and(|changed| changed < before) {
            remove(&file.path()).await;
        }
    }
}

async fn remove(file: &Path) {
    match fs::remove_file(file).await {
        Err(error) if error.kind() != ErrorKind::NotFound => tracing::warn!(%error, "the file of an export could not be removed"),
        _ => {}
    }
}
