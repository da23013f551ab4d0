//! A restore is taken back: what it brought back goes where it was, what it changed becomes what it was, and newer profiles
//! come out of the bin again. A later change wins.

use std::collections::BTreeSet;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::history::Actor;
use domain::id::{ClientId, JobId, ProfileId, RestoreId};
use domain::job::JobKind;
use domain::pool::Pool;
use domain::time::Millis;
use serde_json::json;

use super::new_job;
use crate::bin::KEPT;
use crate::error::{Conflict, Result, StoreError};
use crate::pool_table::PoolTables;
use crate::profiles::Wish;
use crate::profiles::read::{one_of, owned};
use crate::statement::Statement;
use crate::tx::Tx;
use crate::undone::{Sorted, Undoing, Undone};
use crate::{Reach, Store};

const TABLE: &str = "restores";

impl Store {
    /// Has a restore taken back by a job; by the one that is at it already, if there is. One that was cancelled or failed has
    /// changed something too.
    ///
    /// # Errors
    /// `NotFound` when there is no such restore in the pool or `reach` has a rule; `Conflict(RestoreRuns)`;
    /// `Conflict(RestoreStands)` after [`KEPT`], or when it has changed nothing.
    pub async fn ask_to_undo_restore(&self, reach: &Reach, pool: &Pool, id: RestoreId, wish: Wish) -> Result<JobId> {
        let client = reach.client();
        owned(client, pool)?;
        let found = self.restore(client, id).await?;
        if found.pool != pool.id || !reach.is_whole() {
            return Err(StoreError::NotFound);
        }
        let Some(run) = found.run else { return Err(StoreError::Conflict(Conflict::RestoreStands)) };
        if !self.job(client, run).await?.state.ended() {
            return Err(StoreError::Conflict(Conflict::RestoreRuns));
        }
        if !self.may_undo_restore(client, id, wish.now).await? {
            return Err(StoreError::Conflict(Conflict::RestoreStands));
        }
        let mut tx = self.write().await?;
        // Two who ask at once wait for each other here.
        const HOLD: &str = "update restores set undo_job = undo_job where client_id = $1 and id = $2 returning undo_job";
        const OPEN: &str = "select id from jobs where client_id = $1 and id = $2 and finished_at is null";
        let row = tx.row(Statement::new(HOLD).arg(client).arg(id)).await?.ok_or(StoreError::NotFound)?;
        if let Some(job) = row.opt_int(0)?
            && tx.row(Statement::new(OPEN).arg(client).arg(job)).await?.is_some()
        {
            return Ok(JobId::new(job));
        }
        let job =
            tx.enqueue(client, new_job(JobKind::RestoreUndo, pool.id, (id, found.backup), found.title.clone(), &wish), wish.now).await?;
        tx.run(Statement::new("update restores set undo_job = $2 where id = $1").arg(id).arg(job)).await?;
        let object = Object::new(ObjectKind::Restore, id.get(), found.title).within(pool.id);
        tx.audit(client, &wish, Note::new(Deed::RestoreUndone, object).after(json!({ "backup": found.backup, "job": job })));
        tx.commit().await?;
        Ok(job)
    }

    /// Whether a restore that has ended can still be taken back: it has changed something, not too long ago.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn may_undo_restore(&self, client: ClientId, id: RestoreId, now: Millis) -> Result<bool> {
        const SQL: &str = "select b.n_profiles from restores r join batches b on b.id = r.batch_id
            where r.client_id = $1 and r.id = $2 and b.at >= $3 and b.n_profiles > 0";
        Ok(self.db().row(Statement::new(SQL).arg(client).arg(id).arg(now.plus(-KEPT))).await?.is_some())
    }

    /// The profiles that a restore has changed and that have not had their turn yet.
    ///
    /// # Errors
    /// `NotFound` when there is no such restore in the pool, or it has changed nothing.
    pub async fn left_to_undo_restore(&self, client: ClientId, pool: &Pool, id: RestoreId) -> Result<Vec<ProfileId>> {
        owned(client, pool)?;
        let row = self.db().row(Undoing::asked(TABLE, id.get(), client, pool.id)).await?.ok_or(StoreError::NotFound)?;
        let Undoing { batch, undone, .. } = Undoing::read(TABLE, id.get(), &row)?;
        let profiles = PoolTables::of(self.engine(), client, pool.id).profiles();
        let sql = format!(
            "select profile_id from history where batch_id = $1 and profile_id > $3
            union
            select profile_id from {profiles} where deleted_at is not null and profile_id > $3
                and delete_batch = (select bin_batch from restores where id = $2)
            order by profile_id"
        );
        let rows = self.db().rows(Statement::new(sql).arg(batch).arg(id).arg(undone.to)).await?;
        rows.iter().map(|row| row.int(0).map(ProfileId::new)).collect()
    }

    /// Takes a restore back for some profiles of [`left_to_undo_restore`](Self::left_to_undo_restore), in their order; what is
    /// written about how far it has come stands with it. A second time it changes nothing.
    ///
    /// # Errors
    /// `NotFound` when there is no such restore in the pool. Nothing of the part stands then.
    pub async fn undo_restore_part(
        &self,
        client: ClientId,
        pool: &Pool,
        id: RestoreId,
        part: &[ProfileId],
        actor: &Actor,
        now: Millis,
    ) -> Result<Undone> {
        owned(client, pool)?;
        let pool = &*self.whole(pool).await?;
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool, 0, now).await?;
        let mut undoing = tx.undoing(TABLE, id.get(), client, pool.id).await?;
        let ids: Vec<i64> = part.iter().map(|id| id.get()).filter(|id| *id > undoing.undone.to).collect();
        let Some(last) = ids.iter().max().copied() else { return Ok(undoing.undone) };
        let newer = tx.binned_by(pool, id, &ids).await?;
        let newer: Vec<i64> = newer.into_iter().collect();
        if !newer.is_empty() {
            undoing.undone.n += tx.restore(&Reach::whole(client), pool, &newer, stamp, actor, now).await?;
        }
        let back = tx.brought_back(pool, undoing.batch, &ids).await?;
        let kept = tx.touched_since(pool, undoing.batch, &back).await?;
        let gone: Vec<i64> = back.difference(&kept).copied().collect();
        // What had other values in the bin has them there again.
        tx.set_back(&Reach::whole(client), pool, (undoing.batch, false, stamp), &gone, actor, now).await?;
        let others = ids.into_iter().filter(|id| !back.contains(id) && newer.binary_search(id).is_err()).collect();
        tx.take_back(pool, &mut undoing, Sorted { gone, kept, others }, (last, stamp), actor, now).await?;
        tx.commit().await?;
        Ok(undoing.undone)
    }
}

impl Tx {
    /// Those of these profiles that a restore has moved to the bin and that still lie there.
    async fn binned_by(&mut self, pool: &Pool, restore: RestoreId, ids: &[i64]) -> Result<BTreeSet<i64>> {
        let tables = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut binned = Statement::new(format!(
            "select profile_id from {} where deleted_at is not null
            and delete_batch = (select bin_batch from restores where id = $1) and profile_id",
            tables.profiles()
        ))
        .arg(restore);
        one_of(&mut binned, &tables, ids);
        self.rows(binned).await?.iter().map(|row| row.int(0)).collect()
    }

    /// Those of these profiles that a restore has brought back and that still live.
    async fn brought_back(&mut self, pool: &Pool, batch: i64, ids: &[i64]) -> Result<BTreeSet<i64>> {
        let tables = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut back = Statement::new(format!(
            "select h.profile_id from history h join {} p on p.profile_id = h.profile_id
            where p.deleted_at is null and h.action = 'brought_back' and h.batch_id = $1 and h.profile_id",
            tables.profiles()
        ))
        .arg(batch);
        one_of(&mut back, &tables, ids);
        self.rows(back).await?.iter().map(|row| row.int(0)).collect()
    }

    /// Those of these profiles, which a batch has brought back, whose values somebody else has changed behind it.
    async fn touched_since(&mut self, pool: &Pool, batch: i64, ids: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
        let tables = PoolTables::of(self.engine(), pool.client, pool.id);
        let ids: Vec<i64> = ids.iter().copied().collect();
        let mut touched = Statement::new(
            "select distinct h.profile_id from history b join history h on h.profile_id = b.profile_id and h.pool_id = b.pool_id and h.id > b.id
            where b.batch_id = $1 and (h.batch_id is null or h.batch_id <> $1)
                and h.action in ('edited', 'import_changed', 'changed_back') and b.profile_id",
        )
        .arg(batch);
        one_of(&mut touched, &tables, &ids);
        self.rows(touched).await?.iter().map(|row| row.int(0)).collect()
    }
}
