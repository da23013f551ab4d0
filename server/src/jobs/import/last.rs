//! Where the last row of a key counts: the whole file is read once before, and which row is the last of each key stands in
//! the database, so that memory stays bounded. A job that was killed does it again.

use domain::{id::ImportId, pool::Pool};
use store::{
    StoreError,
    load::{Batch, Cursor, Import},
};
use tokio::sync::mpsc;

use super::{Domains, ImportError, Pause, WAITING, Work, domains, opened};

/// Reads the file of an import through and notes the last row of each key.
pub(super) async fn note(work: &Work, import: &Import, pool: &Pool) -> Result<Option<Pause>, ImportError> {
    let whole = Import { next: Cursor::default(), ..import.clone() };
    let (feed, size) = opened(work, &whole, pool).await?;
    let mut domains = Domains::wanted(work, &import.rules, &feed);
    let (sender, mut batches) = mpsc::channel::<Result<Batch, ImportError>>(WAITING);
    let reading = tokio::task::spawn_blocking(move || feed.run(&sender));
    let mut pause = None;
    while let Some(batch) = batches.recv().await {
        let mut batch = batch?;
        pause = domains::sift(&mut domains, work, &mut batch).await?;
        if pause.is_some() {
            break;
        }
        work.store.note_last_rows(work.job.client, import.id, &batch.rows).await?;
        work.progress(import.next.byte, size.max(import.next.byte)).await?;
        pause = work.pause().await?;
        if pause.is_some() {
            break;
        }
    }
    drop(batches);
    match reading.await {
        Ok(_) => Ok(pause),
        Err(panic) => Err(ImportError::File(std::io::Error::other(panic).into())),
    }
}

/// Forgets which rows count, when an import has ended; a failure leaves some numbers behind and nothing else.
pub(super) async fn forget(work: &Work) {
    let Some(id) = work.job.payload["import"].as_i64() else { return };
    let forgotten: Result<(), StoreError> = work.store.forget_rows(work.job.client, ImportId::new(id)).await;
    if let Err(error) = forgotten {
        tracing::warn!(job = %work.job.id, %error, "which rows of a file count was not forgotten");
    }
}
