//! A backup is compared with its pool, brought back, and that taken back again.
//!
//! What a restore does so that nobody needs to guess stands in docs/backup.md. Begun again after a crash it goes on behind the
//! last stretch that stands: the place moves in the same transaction as what was done.

use domain::{
    backup::{BackupKind, Manifest},
    id::ProfileId,
    pool::Pool,
    restore::{Choice, Comparison, Counts, Group, Plan, SHOWN, Sample},
};
use serde_json::json;
use store::{
    StoreError,
    backups::{Dumped, NewBackup},
    profiles::PART,
    restores::{Restore, RestoreJob, Restoring, Saved},
};

use super::{Ended, Failure, Pause, Work, later, many::payload, paused, unsaved};
use crate::{
    backup::{BackupError, make},
    clock::now,
};

mod walk;

use walk::Walk;

/// Compares; begun again from the beginning, because it changes nothing.
pub(super) async fn check(work: &Work) -> Result<Ended, Failure> {
    let job: RestoreJob = payload(work)?;
    let done = async {
        let (pool, found) = asked(work, &job).await?;
        let (walk, manifest) = Walk::open(work, &found).await?;
        let plan = plan(&manifest, &pool)?;
        let choice = Choice { exact: manifest.whole, ..Choice::all() };
        let looked = look(work, &pool, &plan, &choice, walk, manifest.n_profiles).await?;
        let Looked { counts, samples, pause, .. } = looked;
        if let Some(pause) = pause {
            return Ok(paused(pause));
        }
        let whole = manifest.whole;
        let comparison = Comparison { counts, left_out: plan.left_out, revision: pool.revision, whole };
        work.store.note_comparison(work.job.client, job.restore, &comparison, &samples).await?;
        Ok::<_, BackupError>(Ended::Done(json!({ "restore": job.restore, "rows": counts.rows })))
    };
    done.await.or_else(unsaved)
}

/// Restores: first the profiles that will change are saved, then stretch after stretch comes back.
pub(super) async fn run(work: &Work) -> Result<Ended, Failure> {
    let job: RestoreJob = payload(work)?;
    let done = async {
        let (pool, found) = asked(work, &job).await?;
        let choice = found.choice.clone().ok_or(StoreError::NotFound)?;
        if found.saved.is_none()
            && let Some(pause) = save(work, &pool, &found, &choice).await?
        {
            return Ok(paused(pause));
        }
        let back = found.comparison.as_ref().map_or(0, |comparison| comparison.counts.back);
        let expected = if choice.only.is_none() && choice.back { back } else { 0 };
        work.store.begin_restore(work.job.client, &pool, expected).await?;
        let outcome = write(work, &pool, &found, &choice, &job).await;
        // Also after an error: what is in the pool must be found.
        let ended = work.store.end_load(work.job.client, &pool).await;
        let pause = outcome?;
        ended?;
        let counts = work.store.restore(work.job.client, job.restore).await?.counts;
        let result = json!({
            "restore": job.restore, "n": counts.touched(), "back": counts.back, "changed": counts.changed, "newer": counts.newer,
            "unchanged": counts.unchanged, "unsubscribed": counts.unsubscribed,
        });
        Ok::<_, BackupError>(match pause {
            None => Ended::Done(result),
            Some(Pause::Cancelled) => Ended::Cancelled(result),
            Some(Pause::Interrupted) => Ended::Interrupted,
        })
    };
    done.await.or_else(unsaved)
}

/// Takes a restore back. Begun again it goes on behind the last profile that had its turn.
pub(super) async fn undo(work: &Work) -> Result<Ended, Failure> {
    let RestoreJob { pool, restore, actor, .. } = payload(work)?;
    let client = work.job.client;
    let done = async {
        let pool = work.store.pool(client, pool).await?;
        let ids = work.store.left_to_undo_restore(client, &pool, restore).await?;
        let mut pace = super::many::Pace::of(work, &ids);
        while let super::many::Step::Part(part) = pace.step().await? {
            work.store.undo_restore_part(client, &pool, restore, part, &actor, now()).await?;
        }
        let undone = work.store.restore(client, restore).await?.undone.unwrap_or_default();
        Ok::<_, StoreError>(pace.ended(json!({ "restore": restore, "n": undone.n, "kept": undone.kept })))
    };
    done.await.or_else(later)
}

async fn asked(work: &Work, job: &RestoreJob) -> Result<(Pool, Restore), BackupError> {
    let pool = work.store.pool(work.job.client, job.pool).await?;
    let found = work.store.restore(work.job.client, job.restore).await?;
    if found.pool == pool.id { Ok((pool, found)) } else { Err(StoreError::NotFound.into()) }
}

/// A file that lies in the place of another is not restored by.
fn plan(manifest: &Manifest, pool: &Pool) -> Result<Plan, BackupError> {
    if (manifest.client, manifest.pool) != (pool.client, pool.id) {
        return Err(BackupError::Damaged("it is of another pool".to_owned()));
    }
    Ok(Plan::of(manifest, pool))
}

/// What a whole comparison found.
#[derive(Default)]
struct Looked {
    counts: Counts,
    samples: Vec<Sample>,
    /// Living profiles that would change.
    touched: Vec<ProfileId>,
    pause: Option<Pause>,
}

/// Compares the whole backup. At its end the file is known to be sound.
async fn look(work: &Work, pool: &Pool, plan: &Plan, choice: &Choice, mut walk: Walk, total: u64) -> Result<Looked, BackupError> {
    let mut looked = Looked::default();
    while let Some(stretch) = walk.step().await? {
        let found = work.store.compare_backup(work.job.client, pool, plan, choice, stretch, &looked.counts).await?;
        let to = found.to;
        looked.counts.add(&found.counts);
        looked.samples.extend(found.samples);
        looked.touched.extend(found.touched);
        walk.done(to);
        work.progress(looked.counts.rows.min(total), total).await?;
        looked.pause = work.pause().await?;
        if looked.pause.is_some() {
            break;
        }
    }
    debug_assert!(looked.samples.len() <= SHOWN * Group::ALL.len());
    Ok(looked)
}

/// Saves the living profiles that will change, once; nobody else needs it, what comes from the bin or from nothing goes back
/// there. Tells why to stop.
async fn save(work: &Work, pool: &Pool, found: &Restore, choice: &Choice) -> Result<Option<Pause>, BackupError> {
    let (walk, manifest) = Walk::open(work, found).await?;
    let plan = plan(&manifest, pool)?;
    let looked = look(work, pool, &plan, choice, walk, manifest.n_profiles).await?;
    if looked.pause.is_some() {
        return Ok(looked.pause);
    }
    let saved = if looked.touched.is_empty() {
        Saved::Nothing
    } else {
        let new = NewBackup { kind: BackupKind::Restore, name: String::new(), whole: false, job: Some(work.job.id) };
        match make::save(work, pool.id, &new, Dumped::Only(looked.touched)).await? {
            make::Saved::There(backup) => Saved::Backup(backup),
            make::Saved::Paused(pause) => return Ok(Some(pause)),
        }
    };
    work.store.note_saved(work.job.client, found.id, saved).await?;
    Ok(None)
}

/// Brings back stretch after stretch until the backup ends or somebody wants to stop.
async fn write(work: &Work, pool: &Pool, found: &Restore, choice: &Choice, job: &RestoreJob) -> Result<Option<Pause>, BackupError> {
    let (mut walk, manifest) = Walk::open(work, found).await?;
    let plan = plan(&manifest, pool)?;
    let restoring = Restoring { restore: job.restore, plan: &plan, choice, actor: &job.actor };
    let mut rows = 0;
    while let Some(stretch) = walk.step().await? {
        let begun = stretch.after;
        let within = stretch.rows.partition_point(|row| row.id.get() <= begun);
        let to = work.store.restore_stretch(work.job.client, pool, restoring, stretch, now()).await?;
        rows += (stretch.rows.partition_point(|row| row.id.get() <= to) - within) as u64;
        walk.done(to);
        work.progress(rows, manifest.n_profiles).await?;
        let pause = work.pause().await?;
        if pause.is_some() {
            return Ok(pause);
        }
    }
    Ok(None)
}

/// How many profiles one stretch has at most.
const STRETCH: usize = PART;
