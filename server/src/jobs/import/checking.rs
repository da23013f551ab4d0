//! What would come of a file: it is read and sorted out as an import would do it, and nothing is written into the pool. A
//! check that was killed begins anew.

use domain::{id::ImportId, import::Duplicates, job::JobError};
use serde_json::json;
use store::{
    StoreError,
    load::{Batch, Cursor, Import},
};
use tokio::sync::mpsc;

use super::{Domains, Ended, Failure, ImportError, Pause, WAITING, Work, domains, feed::Feed, opened};
use crate::clock::now;

/// Run the job.
pub(in crate::jobs) async fn run(work: &Work) -> Result<Ended, Failure> {
    match check(work).await {
        Err(ImportError::Store(error)) if error.passes() => super::super::later(error),
        ended => ended.map_err(|error| Failure::new(JobError::of(|lang| error.message(lang)), error)),
    }
}

async fn check(work: &Work) -> Result<Ended, ImportError> {
    let (store, client, job) = (&work.store, work.job.client, work.job.id);
    let id = work.job.payload["import"].as_i64().map(ImportId::new).ok_or(StoreError::NotFound)?;
    let overtaken = || Ended::Cancelled(json!({ "import": id }));
    if !store.begin_check(client, id, job).await? {
        return Ok(overtaken());
    }
    let import = Import { next: Cursor::default(), ..store.import(client, id).await? };
    let pool = store.pool(client, import.pool).await?;
    let mut check = store.check_by(client, &pool, id, &import.rules)?;
    let stopped = |pause| match pause {
        Pause::Cancelled => overtaken(),
        Pause::Interrupted => Ended::Interrupted,
    };
    if import.rules.duplicates == Duplicates::Last && import.rules.tells_apart() {
        let (feed, _) = opened(work, &import, &pool).await?;
        let mut domains = Domains::wanted(work, &import.rules, &feed);
        let mut lines = Lines::of(feed);
        while let Some(mut batch) = lines.next().await? {
            if let Some(pause) = domains::sift(&mut domains, work, &mut batch).await? {
                return Ok(stopped(pause));
            }
            check.note_last(&batch.rows);
            if let Some(pause) = work.pause().await? {
                return Ok(stopped(pause));
            }
        }
    }
    let (feed, size) = opened(work, &import, &pool).await?;
    let mut domains = Domains::wanted(work, &import.rules, &feed);
    let mut lines = Lines::of(feed);
    while let Some(mut batch) = lines.next().await? {
        if let Some(pause) = domains::sift(&mut domains, work, &mut batch).await? {
            return Ok(stopped(pause));
        }
        let byte = batch.next.byte;
        if !check.batch(job, batch, now()).await? {
            return Ok(overtaken());
        }
        work.progress(byte, size.max(byte)).await?;
        if let Some(pause) = work.pause().await? {
            return Ok(stopped(pause));
        }
    }
    let counts = store.check_of(client, id).await?.map(|found| found.counts).unwrap_or_default();
    Ok(Ended::Done(json!({ "import": id, "rows": counts.rows, "refused": counts.refused })))
}

/// The batches of a file; reading stops as soon as nobody asks for them.
struct Lines {
    batches: mpsc::Receiver<Result<Batch, ImportError>>,
    reading: Option<tokio::task::JoinHandle<Vec<String>>>,
}

impl Lines {
    fn of(feed: Feed) -> Self {
        let (sender, batches) = mpsc::channel(WAITING);
        Self { batches, reading: Some(tokio::task::spawn_blocking(move || feed.run(&sender))) }
    }

    async fn next(&mut self) -> Result<Option<Batch>, ImportError> {
        if let Some(batch) = self.batches.recv().await {
            return batch.map(Some);
        }
        if let Some(reading) = self.reading.take() {
            reading.await.map_err(|panic| ImportError::File(std::io::Error::other(panic).into()))?;
        }
        Ok(None)
    }
}
