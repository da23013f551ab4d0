//! An import is taken back: what it made goes into the bin, what it changed becomes what it was. A later change wins.

use std::collections::BTreeSet;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::history::Actor;
use domain::id::{ClientId, ImportId, JobId, PoolId, ProfileId};
use domain::job::JobKind;
use domain::lang::Lang;
use domain::pool::Pool;
use domain::time::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Import, from_json};
use crate::bin::KEPT;
use crate::dialect;
use crate::error::{Conflict, Result, StoreError};
use crate::jobs::NewJob;
use crate::pool_table::PoolTables;
use crate::profiles::Wish;
use crate::profiles::batches::IMPORT;
use crate::profiles::read::{one_of, owned};
use crate::statement::Statement;
use crate::tx::Tx;
pub use crate::undone::Undone as ImportUndone;
use crate::undone::{Sorted, Undoing};
use crate::{Reach, Store};

const TABLE: &str = "imports";

/// What a job of the kind `import_undo` needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportUndoJob {
    /// The pool.
    pub pool: PoolId,
    /// What is taken back.
    pub import: ImportId,
    /// The file's name, for lists of jobs.
    pub file_name: String,
    /// Whose name stands in the history.
    pub actor: Actor,
    /// The language of its messages.
    pub lang: Lang,
}

impl Store {
    /// Has an import taken back by a job; that which is at it already, if there is one. An import that was cancelled or
    /// failed has changed something too.
    ///
    /// # Errors
    /// `NotFound` when there is no such import in the pool, `reach` has a rule, or `pool` shows as locked what the import has
    /// written; `Conflict(ImportRuns)`; `Conflict(ImportStands)` after [`KEPT`], or when it has changed nothing.
    pub async fn ask_to_undo_import(&self, reach: &Reach, pool: &Pool, import: ImportId, wish: Wish) -> Result<JobId> {
        let client = reach.client();
        owned(client, pool)?;
        let found = self.import(client, import).await?;
        if found.pool != pool.id || !reach.is_whole() || wrote_locked(&found, pool) {
            return Err(StoreError::NotFound);
        }
        if !found.state.ended() {
            return Err(StoreError::Conflict(Conflict::ImportRuns));
        }
        if !self.may_undo_import(client, import, wish.now).await? {
            return Err(StoreError::Conflict(Conflict::ImportStands));
        }
        let mut tx = self.write().await?;
        // Two who ask at once wait for each other here.
        tx.run(Statement::new("update imports set undone = undone where client_id = $1 and id = $2").arg(client).arg(import)).await?;
        let payload = dialect::json_number(self.engine(), "payload", "import");
        let open = format!("select id from jobs where client_id = $1 and kind = $2 and finished_at is null and {payload} = $3");
        let open = Statement::new(open).arg(client).arg(JobKind::ImportUndo.code()).arg(import);
        if let Some(row) = tx.row(open).await? {
            return Ok(JobId::new(row.int(0)?));
        }
        let Import { file_name, .. } = found;
        let object = Object::new(ObjectKind::Import, import.get(), file_name.as_str()).within(pool.id);
        let job = ImportUndoJob { pool: pool.id, import, file_name, actor: wish.actor, lang: wish.lang };
        let new = NewJob { kind: JobKind::ImportUndo, payload: json!(job), created_by: wish.user };
        let job = tx.enqueue(client, new, wish.now).await?;
        tx.audit(client, &wish, Note::new(Deed::ImportUndone, object).after(json!({ "pool": pool.name.as_str(), "job": job })));
        tx.commit().await?;
        Ok(job)
    }

    /// Whether an import that has ended can still be taken back: it has changed something, not too long ago.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn may_undo_import(&self, client: ClientId, import: ImportId, now: Millis) -> Result<bool> {
        const SQL: &str = "select b.n_profiles from imports i join batches b on b.id = i.batch_id
            where i.client_id = $1 and i.id = $2 and b.at >= $3 and b.n_profiles > 0";
        let statement = Statement::new(SQL).arg(client).arg(import).arg(now.plus(-KEPT));
        Ok(self.db().row(statement).await?.is_some())
    }

    /// How far an import has been taken back; none: nobody has asked for it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn import_undone(&self, client: ClientId, import: ImportId) -> Result<Option<ImportUndone>> {
        const SQL: &str = "select undone from imports where client_id = $1 and id = $2";
        let row = self.db().row(Statement::new(SQL).arg(client).arg(import)).await?.ok_or(StoreError::NotFound)?;
        row.opt_text(0)?.map(|text| from_json(&text)).transpose()
    }

    /// The profiles that an import made or changed and that have not had their turn yet.
    ///
    /// # Errors
    /// `NotFound` when there is no such import in the pool.
    pub async fn left_to_undo(&self, client: ClientId, pool: &Pool, import: ImportId) -> Result<Vec<ProfileId>> {
        owned(client, pool)?;
        let row = self.db().row(Undoing::asked(TABLE, import.get(), client, pool.id)).await?;
        let Undoing { batch, undone, .. } = Undoing::read(TABLE, import.get(), &row.ok_or(StoreError::NotFound)?)?;
        let profiles = PoolTables::of(self.engine(), client, pool.id).profiles();
        let sql = format!(
            "select profile_id from history where batch_id = $1 and profile_id > $3
            union
            select profile_id from {profiles} where created_import = $2 and deleted_at is null and profile_id > $3
            order by profile_id"
        );
        let rows = self.db().rows(Statement::new(sql).arg(batch).arg(import).arg(undone.to)).await?;
        rows.iter().map(|row| row.int(0).map(ProfileId::new)).collect()
    }

    /// Takes an import back for some profiles of [`left_to_undo`](Self::left_to_undo), in their order; what is written about
    /// how far it has come stands with it. A second time it changes nothing.
    ///
    /// # Errors
    /// `NotFound` when there is no such import in the pool. Nothing of the part stands then.
    pub async fn undo_import_part(
        &self,
        client: ClientId,
        pool: &Pool,
        import: ImportId,
        part: &[ProfileId],
        actor: &Actor,
        now: Millis,
    ) -> Result<ImportUndone> {
        owned(client, pool)?;
        let pool = &*self.whole(pool).await?;
        let mut tx = self.write().await?;
        let stamp = tx.stamp(client, pool, 0, now).await?;
        let mut undoing = tx.undoing(TABLE, import.get(), client, pool.id).await?;
        let ids: Vec<i64> = part.iter().map(|id| id.get()).filter(|id| *id > undoing.undone.to).collect();
        let Some(last) = ids.iter().max().copied() else { return Ok(undoing.undone) };
        let made = tx.made_by(pool, import, &ids).await?;
        let kept = tx.changed_since(pool, undoing.batch, &made).await?;
        let gone: Vec<i64> = made.difference(&kept).copied().collect();
        let others = ids.into_iter().filter(|id| !made.contains(id)).collect();
        tx.take_back(pool, &mut undoing, Sorted { gone, kept, others }, (last, stamp), actor, now).await?;
        tx.commit().await?;
        Ok(undoing.undone)
    }
}

/// Who may not change consent takes no import back that wrote it.
fn wrote_locked(import: &Import, pool: &Pool) -> bool {
    let mut written = import.mapping.columns.iter().flatten().map(String::as_str).chain(import.rules.fields());
    written.any(|key| pool.field(key).is_some_and(|field| field.locked))
}

impl Tx {
    /// The batch to which an import's changes belong: made with its first part.
    pub(crate) async fn import_batch(&mut self, client: ClientId, pool: PoolId, import: ImportId, now: Millis) -> Result<i64> {
        const KNOWN: &str = "select batch_id from imports where client_id = $1 and pool_id = $2 and id = $3";
        let row = self.row(Statement::new(KNOWN).arg(client).arg(pool).arg(import)).await?.ok_or(StoreError::NotFound)?;
        if let Some(batch) = row.opt_int(0)? {
            return Ok(batch);
        }
        let batch = self.new_batch(client, pool, IMPORT, &Actor::Import(import), now).await?;
        self.run(Statement::new("update imports set batch_id = $2 where id = $1").arg(import).arg(batch)).await?;
        Ok(batch)
    }

    /// Those of these profiles that an import has made and that are not in the bin.
    pub(crate) async fn made_by(&mut self, pool: &Pool, import: ImportId, ids: &[i64]) -> Result<BTreeSet<i64>> {
        let tables = PoolTables::of(self.engine(), pool.client, pool.id);
        let mut made =
            Statement::new(format!("select profile_id from {} where deleted_at is null and created_import = ", tables.profiles()));
        made.bind(import).push(" and profile_id");
        one_of(&mut made, &tables, ids);
        self.rows(made).await?.iter().map(|row| row.int(0)).collect()
    }

    /// Those of these profiles whose values somebody else has changed.
    async fn changed_since(&mut self, pool: &Pool, batch: i64, ids: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
        let tables = PoolTables::of(self.engine(), pool.client, pool.id);
        let ids: Vec<i64> = ids.iter().copied().collect();
        let mut changed = Statement::new("select distinct profile_id from history where pool_id = ");
        changed.bind(pool.id).push(" and action in ('edited', 'import_changed', 'changed_back') and (batch_id is null or batch_id <> ");
        changed.bind(batch).push(") and profile_id");
        one_of(&mut changed, &tables, &ids);
        self.rows(changed).await?.iter().map(|row| row.int(0)).collect()
    }
}
