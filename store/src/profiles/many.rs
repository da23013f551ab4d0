//! One thing is done to many profiles, and can be undone: part by part, so that others get their turn in between.

use domain::bulk::Bulk;
use domain::history::{Actor, FieldChange};
use domain::id::{ClientId, FieldId, JobId, OptionId, ProfileId};
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::time::Millis;
use serde::{Deserialize, Serialize};

use crate::changes::{Change, ChangeKind};
use crate::error::{Result, StoreError};
use crate::jobs::Tally;
use crate::pool_table::PoolTables;
use crate::profiles::batches::{DELETE, IMPORT, MERGE, RESTORE};
use crate::profiles::read::owned;
use crate::profiles::wish::Wish;
use crate::search::candidates::profile_ids;
use crate::statement::Statement;
use crate::{Reach, Store};

/// How many profiles are changed in one transaction.
pub const PART: usize = 5_000;

/// Up to this many changed profiles are named one by one to those who watch.
const NAMED: usize = 500;

/// Which profiles are meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// These.
    Ids(Vec<ProfileId>),
    /// All hits of a list, whatever page is shown, but for some.
    Query {
        /// The list.
        query: ListQuery,
        /// Those that were taken out of the selection.
        except: Vec<ProfileId>,
    },
    /// Those that have chosen an option, also in the bin.
    Chosen {
        /// Of which selection.
        field: FieldId,
        /// Which.
        option: OptionId,
    },
}

/// What was done in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Takes exactly this back: [`Store::undo_batch`].
    pub id: i64,
    /// How many profiles it changed.
    pub n: u64,
}

/// What was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// How many profiles are as they were.
    pub n: u64,
    /// How many were changed or deleted since, and stay as they are.
    pub kept: u64,
}

impl Store {
    /// Moves profiles to the bin, however many.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; profiles that do not exist or are out of reach are passed over.
    pub async fn delete_profiles(&self, reach: &Reach, pool: &Pool, selection: &Selection, actor: &Actor, now: Millis) -> Result<Batch> {
        self.change_profiles(reach, pool, selection, &Bulk::Delete, actor, now).await
    }

    /// Does the same to profiles, however many. More than [`PART`] go in several transactions, of which the first may
    /// stand when a later one fails; all belong to the same batch.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; profiles that do not exist or are out of reach are passed over.
    /// `Conflict(OutOfReach)` when one would lie outside afterwards.
    pub async fn change_profiles(
        &self,
        reach: &Reach,
        pool: &Pool,
        selection: &Selection,
        bulk: &Bulk,
        actor: &Actor,
        now: Millis,
    ) -> Result<Batch> {
        let ids = self.selected(reach, pool, selection).await?;
        let batch = self.begin_batch(reach.client(), pool, bulk, &ids, &Wish::of(*actor, now)).await?;
        self.change_all(reach, pool, batch, bulk, &ids, actor, now).await
    }

    pub(crate) async fn change_all(
        &self,
        reach: &Reach,
        pool: &Pool,
        batch: i64,
        bulk: &Bulk,
        ids: &[ProfileId],
        actor: &Actor,
        now: Millis,
    ) -> Result<Batch> {
        let mut n = 0;
        for part in ids.chunks(PART) {
            n += self.change_part(reach, pool, batch, bulk, part, actor, now).await?;
        }
        Ok(Batch { id: batch, n })
    }

    /// The profiles within reach that a selection means, newest first.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn selected(&self, reach: &Reach, pool: &Pool, selection: &Selection) -> Result<Vec<ProfileId>> {
        owned(reach.client(), pool)?;
        match selection {
            Selection::Ids(ids) => self.reached(reach, pool, ids.clone()).await,
            Selection::Chosen { field, option } => {
                let chosen = self.with_option(reach.client(), pool, *field, *option).await?;
                self.reached(reach, pool, chosen).await
            }
            Selection::Query { query, except } => {
                let mut ids = profile_ids(&self.all_ids(reach, pool, query).await?);
                let except: std::collections::HashSet<ProfileId> = except.iter().copied().collect();
                ids.retain(|id| !except.contains(id));
                Ok(ids)
            }
        }
    }

    /// Begins a batch that has changed nothing yet. The audit log tells of it from here on, whatever becomes of it.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn begin_batch(&self, client: ClientId, pool: &Pool, bulk: &Bulk, ids: &[ProfileId], wish: &Wish) -> Result<i64> {
        let mut tx = self.write().await?;
        let batch = tx.begin_batch(client, pool, bulk, ids, wish).await?;
        tx.commit().await?;
        Ok(batch)
    }

    /// Does it to at most [`PART`] profiles; how many it changed. A second time it changes nothing.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's, `Conflict(OutOfReach)` when a profile would lie outside afterwards.
    /// Nothing of the part stands then. Profiles out of reach are passed over.
    pub async fn change_part(
        &self,
        reach: &Reach,
        pool: &Pool,
        batch: i64,
        bulk: &Bulk,
        part: &[ProfileId],
        actor: &Actor,
        now: Millis,
    ) -> Result<u64> {
        owned(reach.client(), pool)?;
        let ids = numbers(part);
        match bulk {
            Bulk::Delete => self.delete_part(reach, pool, batch, &ids, actor, now).await,
            Bulk::Edit { field, edit } => {
                let field = pool.field_by_id(*field).filter(|field| field.writable()).ok_or(StoreError::NotFound)?;
                let pool = &*self.whole(pool).await?;
                self.edit_part(reach, pool, batch, (field, edit), &ids, actor, now).await
            }
        }
    }

    /// How many profiles a batch has changed so far, whoever asks: for those who made it.
    ///
    /// # Errors
    /// `NotFound` when there is no such batch in the pool.
    pub async fn batch(&self, client: ClientId, pool: &Pool, batch: i64) -> Result<Batch> {
        let row = self.batch_row(client, pool, batch).await?;
        Ok(Batch { id: batch, n: row.int(1)?.unsigned_abs() })
    }

    async fn batch_row(&self, client: ClientId, pool: &Pool, batch: i64) -> Result<crate::row::Row> {
        owned(client, pool)?;
        const SQL: &str = "select kind, n_profiles from batches where client_id = $1 and pool_id = $2 and id = $3";
        self.db().row(Statement::new(SQL).arg(client).arg(pool.id).arg(batch)).await?.ok_or(StoreError::NotFound)
    }

    /// Takes a batch back, however large it is, as far as its profiles are within reach. A later change of the same field
    /// wins.
    ///
    /// # Errors
    /// `NotFound` when there is no such batch in the pool, or all its profiles are out of reach.
    pub async fn undo_batch(&self, reach: &Reach, pool: &Pool, batch: i64, actor: &Actor, now: Millis) -> Result<Undone> {
        let mut undone = Undone::default();
        for part in self.changed_by(reach, pool, batch).await?.chunks(PART) {
            let more = self.undo_part(reach, pool, batch, part, actor, now, None).await?;
            undone = Undone { n: undone.n + more.n, kept: undone.kept + more.kept };
        }
        Ok(undone)
    }

    /// The profiles within reach that a batch has changed, as far as it can be taken back.
    ///
    /// # Errors
    /// `NotFound` when there is no such batch in the pool, or all its profiles are out of reach.
    pub async fn changed_by(&self, reach: &Reach, pool: &Pool, batch: i64) -> Result<Vec<ProfileId>> {
        let client = reach.client();
        let deleted = self.kind_of(reach, pool, batch).await? == DELETE;
        let profiles = PoolTables::of(self.engine(), client, pool.id).profiles();
        let sql = if deleted {
            format!("select profile_id from {profiles} where delete_batch = $1 and deleted_at is not null order by profile_id")
        } else {
            "select distinct profile_id from history where batch_id = $1 order by profile_id".to_owned()
        };
        let rows = self.db().rows(Statement::new(sql).arg(batch)).await?;
        let all = rows.iter().map(|row| row.int(0).map(ProfileId::new)).collect::<Result<Vec<_>>>()?;
        let is_empty = all.is_empty();
        let reached = self.reached(reach, pool, all).await?;
        if reached.is_empty() && !is_empty { Err(StoreError::NotFound) } else { Ok(reached) }
    }

    /// Refuses to take back what changed a field that `pool` shows as locked.
    ///
    /// # Errors
    /// `NotFound`.
    pub(crate) async fn refuse_locked(&self, pool: &Pool, batch: i64) -> Result<()> {
        const SQL: &str = "select changes from history where batch_id = $1 order by profile_id limit 1";
        if !pool.fields.iter().any(|field| field.locked) {
            return Ok(());
        }
        // All lines of a batch are about the same field.
        let Some(row) = self.db().row(Statement::new(SQL).arg(batch)).await? else { return Ok(()) };
        let changes: Vec<FieldChange> = serde_json::from_str(&row.text(0)?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let locked = changes.iter().any(|change| pool.field(&change.key).is_some_and(|field| field.locked));
        if locked { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// What kind of batch it is. Who doesn't reach all profiles doesn't reach a merge of options either: it is a change of
    /// the pool.
    async fn kind_of(&self, reach: &Reach, pool: &Pool, batch: i64) -> Result<String> {
        let kind = self.batch_row(reach.client(), pool, batch).await?.text(0)?;
        // An import and a restore have ways back of their own.
        if kind == IMPORT || kind == RESTORE || (kind == MERGE && !reach.is_whole()) { Err(StoreError::NotFound) } else { Ok(kind) }
    }

    /// Takes a batch back for at most [`PART`] profiles. A second time it changes nothing. Profiles out of reach stay as they
    /// are, and those that would lie outside afterwards. With a job it goes into that one's tally, and the parts must come in
    /// the order of the ids.
    ///
    /// # Errors
    /// `NotFound` when there is no such batch in the pool. Nothing of the part stands then.
    pub async fn undo_part(
        &self,
        reach: &Reach,
        pool: &Pool,
        batch: i64,
        part: &[ProfileId],
        actor: &Actor,
        now: Millis,
        job: Option<JobId>,
    ) -> Result<Undone> {
        let pool = &*self.whole(pool).await?;
        let kind = self.kind_of(reach, pool, batch).await?;
        let mut tx = self.write().await?;
        let stamp = tx.stamp(reach.client(), pool, 0, now).await?;
        let tally = match job {
            Some(job) => tx.tally(job).await?,
            None => Tally::default(),
        };
        let ids = tally.left(part);
        if ids.is_empty() {
            return Ok(Undone::default());
        }
        let undone = if kind == DELETE {
            let n = tx.restore(reach, pool, &ids, stamp, actor, now).await?;
            Undone { n, kept: ids.len() as u64 - n }
        } else {
            let (back, kept) = tx.set_back(reach, pool, (batch, kind == MERGE, stamp), &ids, actor, now).await?;
            Undone { n: back.len() as u64, kept: kept.len() as u64 }
        };
        if let Some(job) = job {
            tx.note_tally(job, tally.and(undone.n, undone.kept).up_to(&ids)).await?;
        }
        if undone.n > 0 || job.is_some() {
            tx.commit().await?;
        }
        Ok(undone)
    }
}

fn numbers(ids: &[ProfileId]) -> Vec<i64> {
    ids.iter().map(|id| id.get()).collect()
}

/// Word of changed profiles.
pub(crate) fn changed(client: ClientId, pool: &Pool, revision: i64, ids: &[i64]) -> Change {
    let kind = if ids.len() <= NAMED { ChangeKind::Profiles(profile_ids(ids)) } else { ChangeKind::Bulk };
    Change { client, pool: Some(pool.id), revision, kind }
}
