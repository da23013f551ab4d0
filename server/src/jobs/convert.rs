//! A field gets another type, or its former one back.

use domain::{backup::BackupKind, id::PoolId, job::JobError, lang::Text};
use serde::Deserialize;
use serde_json::json;
use store::{
    Reach, StoreError,
    backups::{Dumped, NewBackup},
    conversions::Filling,
};

use super::{Ended, Failure, Pause, Work, later, unsaved};
use crate::{
    backup::{
        BackupError,
        make::{self, Saved},
    },
    clock::now,
};

/// What stands in the way of the exchange may take a while; nothing is lost by waiting.
const WAITS: Text = Text::new(
    "Ein Import oder eine Änderung vieler Profile läuft noch. Danach geht es von selbst weiter.",
    "An import or a change of many profiles is still running. It goes on by itself afterwards.",
);

#[derive(Deserialize)]
struct Payload {
    conversion: i64,
}

/// Fill the new column, exchange both, bring the search index up to date. Begun again it goes on where it stood; stopped
/// before the exchange, nothing has changed.
pub(super) async fn run(work: &Work) -> Result<Ended, Failure> {
    let Payload { conversion } = serde_json::from_value(work.job.payload.clone())
        .map_err(|error| Failure::new(Text::new("Der Auftrag ist unvollständig.", "The job is incomplete.").into(), error))?;
    match save(work).await {
        Ok(None) => {}
        Ok(Some(Pause::Cancelled)) => {
            work.store.give_up_conversion(work.job.client, conversion, now()).await.map_err(Failure::store)?;
            return Ok(Ended::Cancelled(json!({ "conversion": conversion })));
        }
        Ok(Some(Pause::Interrupted)) => return Ok(Ended::Interrupted),
        Err(BackupError::Store(StoreError::NotFound)) => {} // Found out below, and cleared up.
        Err(error) => {
            if !error.passes() {
                // What can't be saved keeps its type.
                work.store.give_up_conversion(work.job.client, conversion, now()).await.map_err(Failure::store)?;
            }
            return unsaved(error);
        }
    }
    match convert(work, conversion).await {
        Ok(ended) => Ok(ended),
        Err(error) if error.passes() => later(error),
        Err(error) => {
            // The field or the pool is gone: what was filled goes too.
            if let Err(error) = work.store.give_up_conversion(work.job.client, conversion, now()).await {
                tracing::debug!(%error, conversion, "left to the nightly job");
            }
            Err(Failure::store(error))
        }
    }
}

/// The whole pool, before its values get another form; one without profiles has none. Tells why to stop.
async fn save(work: &Work) -> Result<Option<Pause>, BackupError> {
    let client = work.job.client;
    let pool = work.job.payload["pool"].as_i64().map(PoolId::new).ok_or(StoreError::NotFound)?;
    if work.store.size(&Reach::whole(client), &work.store.pool(client, pool).await?).await? == 0 {
        return Ok(None);
    }
    let new = NewBackup { kind: BackupKind::Convert, name: String::new(), whole: true, job: Some(work.job.id) };
    Ok(match make::save(work, pool, &new, Dumped::Whole).await? {
        Saved::There(_) => None,
        Saved::Paused(pause) => Some(pause),
    })
}

async fn convert(work: &Work, conversion: i64) -> Result<Ended, StoreError> {
    let client = work.job.client;
    while let Filling::Part { done, total } = work.store.fill_conversion(client, conversion).await? {
        work.progress(done.min(total), total).await?;
        match work.pause().await? {
            None => {}
            Some(Pause::Interrupted) => return Ok(Ended::Interrupted),
            Some(Pause::Cancelled) => {
                work.store.give_up_conversion(client, conversion, now()).await?;
                return Ok(Ended::Cancelled(json!({ "conversion": conversion })));
            }
        }
    }
    let Some(done) = work.store.exchange_columns(client, conversion, now()).await? else {
        return Ok(Ended::Postponed(JobError::from(WAITS)));
    };
    work.store.catch_up(client, &work.store.pool(client, done.pool).await?).await?;
    Ok(Ended::Done(json!({
        "conversion": conversion,
        "pool": done.pool,
        "values": done.values,
        "converted": done.converted,
        "kept": done.kept,
    })))
}
