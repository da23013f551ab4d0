//! What is done to many profiles in one go, and its way back.

use domain::{backup::BackupKind, bulk::Bulk, id::ProfileId, lang::Text};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{
    Reach, StoreError,
    backups::{Dumped, NewBackup},
    bin::RestoreJob,
    jobs::Tally,
    load::ImportUndoJob,
    profiles::{ManyJob, PART, UndoJob, Wish},
};

use super::{Ended, Failure, Pause, Work, later, paused, unsaved};
use crate::{
    backup::make::{self, Saved},
    clock::now,
};

pub(super) fn payload<T: for<'a> Deserialize<'a>>(work: &Work) -> Result<T, Failure> {
    serde_json::from_value(work.job.payload.clone())
        .map_err(|error| Failure::new(Text::new("Der Auftrag ist unvollständig.", "The job is incomplete.").into(), error))
}

/// Delete or change profiles. Begun again it goes on with those that are left: what is done is not found again, or is as
/// it should be already.
pub(super) async fn change(work: &Work) -> Result<Ended, Failure> {
    let ManyJob { pool, batch, selection, bulk, actor, reach, lang } = payload(work)?;
    let client = work.job.client;
    let reach = reach.unwrap_or_else(|| Reach::whole(client));
    let meant = async {
        let pool = work.store.pool(client, pool).await?;
        let ids = work.store.selected(&reach, &pool, &selection).await?;
        let begun = work.store.batch(client, &pool, batch).await?.n > 0;
        Ok::<_, StoreError>((pool, ids, begun))
    };
    let (pool, ids, begun) = match meant.await {
        Ok(meant) => meant,
        Err(error) => return later(error),
    };
    // Only those that are deleted, and before the first of them is.
    if bulk == Bulk::Delete && !begun && !ids.is_empty() {
        let new = NewBackup { kind: BackupKind::Delete, name: String::new(), whole: false, job: Some(work.job.id) };
        match make::save(work, pool.id, &new, Dumped::Only(ids.clone())).await {
            Ok(Saved::There(_)) => {}
            Ok(Saved::Paused(pause)) => return Ok(paused(pause)),
            Err(error) => return unsaved(error),
        }
    }
    let done = async {
        let mut pace = Pace::of(work, &ids);
        while let Step::Part(part) = pace.step().await? {
            work.store.change_part(&reach, &pool, batch, &bulk, part, &actor, now()).await?;
        }
        if pace.paused.is_none() {
            let wish = Wish { user: work.job.created_by, lang, ..Wish::of(actor, now()) };
            work.store.finish_merge(client, &pool, batch, &bulk, &wish).await?;
        }
        let n = work.store.batch(client, &pool, batch).await?.n;
        Ok::<_, StoreError>(pace.ended(json!({ "batch": batch, "n": n })))
    };
    done.await.or_else(later)
}

/// Take a batch back. Begun again it goes on behind the last profile that had its turn.
pub(super) async fn undo(work: &Work) -> Result<Ended, Failure> {
    let UndoJob { pool, batch, actor, reach, .. } = payload(work)?;
    let client = work.job.client;
    let reach = reach.unwrap_or_else(|| Reach::whole(client));
    let done = async {
        let pool = work.store.pool(client, pool).await?;
        let mut ids = work.store.changed_by(&reach, &pool, batch).await?;
        ids.sort_unstable();
        let mut pace = Pace::of(work, &ids);
        while let Step::Part(part) = pace.step().await? {
            work.store.undo_part(&reach, &pool, batch, part, &actor, now(), Some(work.job.id)).await?;
        }
        let Tally { n, kept, .. } = work.store.tally(work.job.id).await?;
        Ok::<_, StoreError>(pace.ended(json!({ "n": n, "kept": kept })))
    };
    done.await.or_else(later)
}

/// Bring back what a search in the bin finds. Begun again it finds what is left there.
pub(super) async fn restore(work: &Work) -> Result<Ended, Failure> {
    let RestoreJob { pool, q, actor, reach, .. } = payload(work)?;
    let done = async {
        let pool = work.store.pool(work.job.client, pool).await?;
        let ids = work.store.in_bin(&reach, &pool, &q).await?;
        let mut pace = Pace::of(work, &ids);
        while let Step::Part(part) = pace.step().await? {
            work.store.restore_part(&reach, &pool, part, &actor, now(), Some(work.job.id)).await?;
        }
        let n = work.store.tally(work.job.id).await?.n;
        Ok::<_, StoreError>(pace.ended(json!({ "n": n })))
    };
    done.await.or_else(later)
}

/// Take an import back. Begun again it goes on behind the last profile that had its turn.
pub(super) async fn undo_import(work: &Work) -> Result<Ended, Failure> {
    let ImportUndoJob { pool, import, actor, .. } = payload(work)?;
    let client = work.job.client;
    let done = async {
        let pool = work.store.pool(client, pool).await?;
        let ids = work.store.left_to_undo(client, &pool, import).await?;
        let mut pace = Pace::of(work, &ids);
        while let Step::Part(part) = pace.step().await? {
            work.store.undo_import_part(client, &pool, import, part, &actor, now()).await?;
        }
        let undone = work.store.import_undone(client, import).await?.unwrap_or_default();
        Ok::<_, StoreError>(pace.ended(json!({ "n": undone.n, "kept": undone.kept })))
    };
    done.await.or_else(later)
}

/// Part after part, telling how far it has come, until somebody wants it to stop.
pub(super) struct Pace<'a> {
    work: &'a Work,
    ids: &'a [ProfileId],
    done: usize,
    paused: Option<Pause>,
}

/// What is to be done next.
pub(super) enum Step<'a> {
    Part(&'a [ProfileId]),
    End,
}

impl<'a> Pace<'a> {
    pub(super) fn of(work: &'a Work, ids: &'a [ProfileId]) -> Self {
        Self { work, ids, done: 0, paused: None }
    }

    pub(super) async fn step(&mut self) -> Result<Step<'a>, StoreError> {
        self.work.progress(self.done as u64, self.ids.len() as u64).await?;
        self.paused = self.work.pause().await?;
        let part = &self.ids[self.done..self.ids.len().min(self.done + PART)];
        self.done += part.len();
        Ok(if part.is_empty() || self.paused.is_some() { Step::End } else { Step::Part(part) })
    }

    pub(super) fn ended(&self, result: Value) -> Ended {
        match self.paused {
            None => Ended::Done(result),
            Some(Pause::Cancelled) => Ended::Cancelled(result),
            Some(Pause::Interrupted) => Ended::Interrupted,
        }
    }
}
