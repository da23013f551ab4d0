//! Two options of a selection become one: the profiles move along, then the other option goes.

use domain::bulk::{Bulk, Edit};
use domain::config::{FieldChange, Step, default};
use domain::field::{FieldDef, FieldKind};
use domain::id::{ClientId, FieldId, OptionId, ProfileId};
use domain::job::JobKind;
use domain::pool::Pool;
use domain::problem::{Invalid, Problem};
use serde_json::json;

use crate::error::{Conflict, Result, StoreError};
use crate::jobs::NewJob;
use crate::pool_table::{PoolTables, column};
use crate::profiles::many::{Batch, PART, Selection};
use crate::profiles::read::owned;
use crate::profiles::wish::{AT_ONCE, Asked, ManyJob, Wish};
use crate::statement::Statement;
use crate::{Reach, Store};

/// So often somebody may choose the option anew while it goes.
const TRIES: usize = 10;

/// What a merge has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The profiles that moved; taking it back brings the option back too.
    pub batch: Batch,
    /// The change of the pool; taking it back brings the profiles back too.
    pub change: i64,
}

impl Store {
    /// Merges an option into another one of the same selection: all profiles that have it, also those in the bin, get the
    /// other one, then it is deleted. Few profiles at once, many as a job.
    ///
    /// # Errors
    /// `NotFound` (pool, field, options), `Conflict(NoOptions)`, `Invalid` when both are the same, `Used` by something else
    /// than profiles and the field's default.
    pub async fn ask_to_merge_options(
        &self,
        client: ClientId,
        pool: &Pool,
        field: FieldId,
        from: OptionId,
        to: OptionId,
        wish: Wish,
    ) -> Result<Asked<Merged>> {
        owned(client, pool)?;
        let selection = pool.field_by_id(field).ok_or(StoreError::NotFound)?;
        if !selection.kind.has_options() {
            return Err(StoreError::Conflict(Conflict::NoOptions));
        }
        if selection.option(from).is_none() || selection.option(to).is_none() {
            return Err(StoreError::NotFound);
        }
        if from == to {
            return Err(StoreError::Invalid(Invalid::one("to", Problem::Taken)));
        }
        let ids = self.with_option(client, pool, field, from).await?;
        let bulk = Bulk::Edit { field, edit: Edit::Replace { from, to } };
        let Wish { actor, user, lang, now, .. } = wish;
        if ids.len() <= AT_ONCE {
            let batch = self.begin_batch(client, pool, &bulk, &ids, &wish).await?;
            self.change_all(&Reach::whole(client), pool, batch, &bulk, &ids, &actor, now).await?;
            return self.finish_merge(client, pool, batch, &bulk, &wish).await?.map(Asked::Done).ok_or(StoreError::NotFound);
        }
        let mut tx = self.write().await?;
        let batch = tx.begin_batch(client, pool, &bulk, &ids, &wish).await?;
        let reach = Some(Reach::whole(client));
        let job = ManyJob { pool: pool.id, batch, selection: Selection::Chosen { field, option: from }, bulk, actor, reach, lang };
        let new = NewJob { kind: JobKind::BulkEdit, payload: json!(job), created_by: user };
        let job = tx.enqueue(client, new, now).await?;
        tx.commit().await?;
        Ok(Asked::Job(job))
    }

    /// Ends a merge whose profiles have moved: those that have chosen the option meanwhile move too, the field's default is
    /// mended, the option is deleted. None for other changes of many profiles. A second time it changes nothing.
    ///
    /// # Errors
    /// As [`ask_to_merge_options`](Self::ask_to_merge_options); `Busy` when people choose the option faster than it goes.
    pub async fn finish_merge(&self, client: ClientId, pool: &Pool, batch: i64, bulk: &Bulk, wish: &Wish) -> Result<Option<Merged>> {
        const NOTE: &str = "update batches set change_id = $2 where id = $1 and change_id is null";
        const FORMS: &str = "update pools set forms = forms + 1 where id = $1";
        let Bulk::Edit { field, edit: Edit::Replace { from, to } } = bulk else { return Ok(None) };
        for _ in 0..TRIES {
            let done = self.batch(client, pool, batch).await?;
            if let Some(change) = self.change_of(batch).await? {
                return Ok(Some(Merged { batch: done, change }));
            }
            let late = self.with_option(client, pool, *field, *from).await?;
            for part in late.chunks(PART) {
                self.change_part(&Reach::whole(client), pool, batch, bulk, part, &wish.actor, wish.now).await?;
            }
            let site = self.site(client, pool.id, wish.lang, wish.now).await?;
            let mut tx = self.write().await?;
            tx.touch_pool(client, pool.id).await?;
            let selection = tx.field(&site, *field).await?;
            if tx.chosen(&site, &selection, *from).await? > 0 {
                continue;
            }
            let step = Step::All(steps(&selection, *from, *to));
            let made = tx.take_step(&site, &step).await?;
            let change = tx.note_change(&site, wish, None, &step, made, None).await?.change;
            tx.run(Statement::new(NOTE).arg(batch).arg(change)).await?;
            // Whoever has read the pool before and chooses the option now is refused.
            tx.run(Statement::new(FORMS).arg(pool.id)).await?;
            tx.commit().await?;
            return Ok(Some(Merged { batch: self.batch(client, pool, batch).await?, change }));
        }
        Err(StoreError::Busy)
    }

    /// The change of the pool that a batch belongs to, if it has not been taken back.
    pub(crate) async fn change_of(&self, batch: i64) -> Result<Option<i64>> {
        const SQL: &str = "select c.id from batches b join pool_changes c on c.id = b.change_id where b.id = $1 and c.undone <> $2";
        let row = self.db().row(Statement::new(SQL).arg(batch).arg(true)).await?;
        row.map(|row| row.int(0)).transpose()
    }

    /// The batch that belongs to a change of the pool.
    pub(crate) async fn batch_of(&self, client: ClientId, change: i64) -> Result<Option<i64>> {
        const SQL: &str = "select id from batches where client_id = $1 and change_id = $2";
        let row = self.db().row(Statement::new(SQL).arg(client).arg(change)).await?;
        row.map(|row| row.int(0)).transpose()
    }

    /// The profiles that have chosen an option, those in the bin included.
    pub(crate) async fn with_option(&self, client: ClientId, pool: &Pool, field: FieldId, option: OptionId) -> Result<Vec<ProfileId>> {
        let field = pool.field_by_id(field).ok_or(StoreError::NotFound)?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let statement = match field.kind {
            FieldKind::MultiSelection => {
                let sql = format!("select profile_id from {} where field_id = $1 and option_id = $2 order by profile_id", tables.choices());
                Statement::new(sql).arg(field.id).arg(option)
            }
            _ => {
                let sql = format!("select profile_id from {} where {} = $1 order by profile_id", tables.profiles(), column(field));
                Statement::new(sql).arg(option)
            }
        };
        let rows = self.db().rows(statement).await?;
        rows.iter().map(|row| row.int(0).map(ProfileId::new)).collect()
    }
}

/// What a merge changes about the field.
fn steps(field: &FieldDef, from: OptionId, to: OptionId) -> Vec<Step> {
    let mut steps = Vec::new();
    if default::names(field, from) {
        let default = default::with_option_replaced(field, from, to);
        steps.push(Step::ChangeField { field: field.id, change: FieldChange { default: Some(default), ..FieldChange::default() } });
    }
    steps.push(Step::DeleteOptions { field: field.id, options: vec![from] });
    steps
}
