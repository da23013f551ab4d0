//! Backups that somebody wished, and those of the night.

use domain::{backup::BackupKind, lang::Text};
use serde_json::json;
use store::{
    StoreError,
    backups::{BackupJob, Dumped, NewBackup},
};

use super::{Ended, Failure, Pause, Work, later, paused, unsaved};
use crate::{
    backup::{
        BackupError,
        make::{self, Saved},
    },
    clock::now,
};

/// Writes the backup that a row asks for. Begun again after a crash it begins from the start: a file counts when it is whole.
pub(super) async fn run(work: &Work) -> Result<Ended, Failure> {
    let BackupJob { backup, .. } = serde_json::from_value(work.job.payload.clone())
        .map_err(|error| Failure::new(Text::new("Der Auftrag ist unvollständig.", "The job is incomplete.").into(), error))?;
    let client = work.job.client;
    let done = async {
        let found = work.store.backup_of(client, backup).await?;
        if found.usable() {
            return Ok(Saved::There(backup));
        }
        make::fill(&work.store, &work.place, client, &found, Dumped::Whole, Some(work)).await
    };
    match done.await {
        Ok(Saved::There(_)) => Ok(Ended::Done(json!({ "backup": backup }))),
        Ok(Saved::Paused(pause)) => {
            if pause == Pause::Cancelled {
                let stopped = BackupError::Stopped.told();
                work.store.fail_backup(client, backup, &stopped).await.map_err(Failure::store)?;
            }
            Ok(paused(pause))
        }
        // Somebody deleted it meanwhile.
        Err(BackupError::Store(StoreError::NotFound)) => Ok(Ended::Cancelled(json!({}))),
        Err(error) => unsaved(error),
    }
}

/// Writes a backup of each pool that changed since its last one. Begun again it finds those that are left.
pub(super) async fn nightly(work: &Work) -> Result<Ended, Failure> {
    let client = work.job.client;
    let every = work.job.payload["every"].as_i64().unwrap_or(0);
    let pools = match work.store.pools_to_back_up(client, every, now()).await {
        Ok(pools) => pools,
        Err(error) => return later(error),
    };
    let (mut n, mut failed) = (0_u64, None);
    for pool in &pools {
        let new = NewBackup { kind: BackupKind::Nightly, name: String::new(), whole: true, job: Some(work.job.id) };
        match make::save(work, *pool, &new, Dumped::Whole).await {
            Ok(Saved::There(_)) => n += 1,
            Ok(Saved::Paused(pause)) => return Ok(paused(pause)),
            // Deleted since.
            Err(BackupError::Store(StoreError::NotFound)) => {}
            Err(error) if error.passes() => return unsaved(error),
            Err(error) => {
                tracing::error!(%error, pool = %pool, "the nightly backup of a pool failed");
                failed = Some(error);
            }
        }
        if let Err(error) = work.progress(n, pools.len() as u64).await {
            tracing::debug!(%error, "how far the backups are could not be told");
        }
    }
    match failed {
        // The others are there all the same.
        Some(error) => unsaved(error),
        None => Ok(Ended::Done(json!({ "pools": n }))),
    }
}
