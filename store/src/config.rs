//! Reshaping a pool: one step after another, each in a transaction of its own, each with its way back.
//!
//! A step begins by raising the pool's `shape`, which also holds off every other step until this one is committed: two
//! people who move fields at once never lose or double one.

use domain::audit::{Deed, Note, Object, ObjectKind, Subject, of_step, subject};
use domain::config::{Done, Step};
use domain::history::Actor;
use domain::id::{CategoryId, ClientId, FieldId, PoolId};
use domain::lang::Lang;
use domain::time::{Millis, Zone};
use domain::value::{DateOrder, ParseContext};
use futures::future::BoxFuture;
use serde_json::json;

use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::pool_table::PoolTables;
use crate::profiles::Wish;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

mod categories;
mod changing;
pub mod deleted;
mod fields;
mod file;
mod options;
pub(crate) mod order;
pub mod uses;

/// The pool that is reshaped, for whom and when.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) client: ClientId,
    pub(crate) pool: PoolId,
    pub(crate) tables: PoolTables,
    pub(crate) zone: Zone,
    pub(crate) lang: Lang,
    pub(crate) now: Millis,
    /// How many fields a pool carries, internal ones not counted.
    pub(crate) limit: usize,
}

impl Site {
    pub(crate) fn engine(&self) -> Engine {
        self.tables.engine()
    }

    /// How a default is read.
    pub(crate) fn reading(&self) -> ParseContext<'_> {
        ParseContext { lang: self.lang, zone: &self.zone, date_order: DateOrder::Dmy, country_hint: None }
    }
}

/// What a step has done, and what takes it back.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) inverse: Step,
    pub(crate) id: Option<i64>,
    pub(crate) skipped: Vec<String>,
}

impl From<Step> for Made {
    fn from(inverse: Step) -> Self {
        Self { inverse, id: None, skipped: Vec::new() }
    }
}

/// A change that was made, newest first in lists of them.
#[derive(Clone, Debug, PartialEq)]
pub struct PastChange {
    /// By which it can be undone.
    pub change: i64,
    /// What was done.
    pub step: Step,
    /// When.
    pub at: Millis,
}

impl Store {
    /// Reshapes a pool by one step.
    ///
    /// # Errors
    /// `NotFound` (pool, or what the step is about, is gone), `Invalid` with what is wrong, `Used` by what stands in the way,
    /// `Conflict`. Nothing has changed then.
    pub async fn configure(&self, client: ClientId, pool: PoolId, step: &Step, wish: &Wish) -> Result<Done> {
        self.configure_since(client, pool, None, step, wish).await
    }

    /// The same, unless somebody has reshaped the pool since it was read: `seen` is the [shape](domain::pool::Pool::shape)
    /// that the step was made for.
    ///
    /// # Errors
    /// As [`configure`](Self::configure); `Reshaped`: read the pool again, and see whether the step still is what is wanted.
    pub async fn configure_since(&self, client: ClientId, pool: PoolId, seen: Option<i64>, step: &Step, wish: &Wish) -> Result<Done> {
        let site = self.site(client, pool, wish.lang, wish.now).await?;
        let mut tx = self.write().await?;
        tx.touch_pool_since(client, pool, seen).await?;
        let made = tx.take_step(&site, step).await?;
        let done = tx.note_change(&site, wish, Some(Deed::ConfigurationChanged), step, made, None).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Takes a change back; what it gives can be undone in turn.
    ///
    /// # Errors
    /// As [`configure`](Self::configure); `NotFound` also when it was taken back already.
    pub async fn undo_change(&self, client: ClientId, pool: PoolId, change: i64, wish: &Wish) -> Result<Done> {
        let done = self.take_back(client, pool, change, wish).await?;
        if let Some(batch) = self.batch_of(client, change).await? {
            // Two options were merged: the profiles that moved along come back with the one that went.
            self.ask_to_undo(&Reach::whole(client), &self.pool(client, pool).await?, batch, *wish).await?;
        }
        Ok(done)
    }

    /// Takes back a change of the pool itself.
    pub(crate) async fn take_back(&self, client: ClientId, pool: PoolId, change: i64, wish: &Wish) -> Result<Done> {
        const SQL: &str = "update pool_changes set undone = $4
            where client_id = $1 and pool_id = $2 and id = $3 and undone <> $4
            returning inverse";
        let site = self.site(client, pool, wish.lang, wish.now).await?;
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let row = tx.row(Statement::new(SQL).arg(client).arg(pool).arg(change).arg(true)).await?;
        let inverse = step(&row.ok_or(StoreError::NotFound)?.text(0)?)?;
        let made = tx.take_step(&site, &inverse).await?;
        let done = tx.note_change(&site, wish, Some(Deed::ConfigurationUndone), &inverse, made, Some(change)).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// The last change that somebody made and has not taken back.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn last_change(&self, client: ClientId, pool: PoolId, actor: &Actor) -> Result<Option<PastChange>> {
        const SQL: &str = "select id, step, at from pool_changes
            where client_id = $1 and pool_id = $2 and actor_kind = $3 and actor_id = $4 and undone <> $5 and undoes is null
            order by id desc limit 1";
        let asked = Statement::new(SQL).arg(client).arg(pool).arg(actor.kind()).arg(actor.id()).arg(true);
        let row = self.db().row(asked).await?;
        row.map(|row| Ok(PastChange { change: row.int(0)?, step: step(&row.text(1)?)?, at: Millis::new(row.int(2)?) })).transpose()
    }

    /// Who took the newest step of this kind, and when; the name is empty for the program itself. None when that is longer
    /// ago than the pool remembers, or hundreds of steps.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn who_took(&self, client: ClientId, pool: PoolId, kind: impl Fn(&Step) -> bool + Sync) -> Result<Option<(String, Millis)>> {
        const SQL: &str = "select at, actor_kind, actor_id, step from pool_changes
            where client_id = $1 and pool_id = $2
            order by id desc limit 300";
        for row in self.db().rows(Statement::new(SQL).arg(client).arg(pool)).await? {
            if step(&row.text(3)?)?.single().into_iter().any(&kind) {
                let actor = Actor::from_parts(&row.text(1)?, row.opt_int(2)?);
                return Ok(Some((self.actor_name(client, actor).await?, Millis::new(row.int(0)?))));
            }
        }
        Ok(None)
    }

    /// When the pool was last reshaped, if that was in the last two weeks.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn reshaped_at(&self, client: ClientId, pool: PoolId) -> Result<Option<Millis>> {
        const SQL: &str = "select at from pool_changes where client_id = $1 and pool_id = $2 order by id desc limit 1";
        let row = self.db().row(Statement::new(SQL).arg(client).arg(pool)).await?;
        row.map(|row| row.int(0).map(Millis::new)).transpose()
    }

    /// What the steps need to know; `NotFound` when there is no such client.
    pub(crate) async fn site(&self, client: ClientId, pool: PoolId, lang: Lang, now: Millis) -> Result<Site> {
        let tables = PoolTables::of(self.engine(), client, pool);
        let zone = self.zone(client).await?;
        Ok(Site { client, pool, tables, zone, lang, now, limit: self.field_limit() })
    }
}

impl Tx {
    /// Takes a step. The pool must have been touched in this transaction.
    pub(crate) fn take_step<'a>(&'a mut self, site: &'a Site, step: &'a Step) -> BoxFuture<'a, Result<Made>> {
        Box::pin(async move {
            match step {
                Step::AddCategory { name, before } => self.add_category(site, name, *before).await,
                Step::RenameCategory { category, name } => self.rename_category(site, *category, name).await,
                Step::MoveCategory { category, before } => self.move_category(site, *category, *before).await,
                Step::DeleteCategory { category } => self.delete_category(site, *category).await,
                Step::RestoreCategory { category, before, fields } => self.restore_category(site, *category, *before, fields).await,
                Step::AddField(new) => self.add_field(site, new).await,
                Step::ChangeField { field, change } => self.change_field(site, *field, change).await,
                Step::MoveField { field, category, before } => self.move_field(site, *field, *category, *before).await,
                Step::DeleteField { field } => self.delete_field(site, *field).await,
                Step::RestoreField { field, category, before } => self.restore_field(site, *field, *category, *before).await,
                Step::AddOptions { field, options } => self.add_options(site, *field, options).await,
                Step::RenameOption { field, option, label } => self.rename_option(site, *field, *option, label).await,
                Step::MoveOption { field, option, before } => self.move_option(site, *field, *option, *before).await,
                Step::OrderOptions { field, options } => self.order_options(site, *field, options).await,
                Step::DeleteOptions { field, options } => self.delete_options(site, *field, options).await,
                Step::RestoreOptions { field, options } => self.restore_options(site, *field, options).await,
                Step::All(steps) => {
                    let mut back = Vec::with_capacity(steps.len());
                    for step in steps {
                        back.push(self.take_step(site, step).await?.inverse);
                    }
                    back.reverse();
                    Ok(Step::All(back).into())
                }
            }
        })
    }

    /// Writes down what was done; with a deed also in the audit log.
    pub(crate) async fn note_change(
        &mut self,
        site: &Site,
        wish: &Wish,
        deed: Option<Deed>,
        step: &Step,
        made: Made,
        undoes: Option<i64>,
    ) -> Result<Done> {
        const NOTE: &str = "insert into pool_changes (client_id, pool_id, at, actor_kind, actor_id, step, inverse, undoes)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            returning id";
        const ACTIVITY: &str = "update pools set last_activity_at = $2 where id = $1";
        let Wish { actor, .. } = wish;
        let note = Statement::new(NOTE).arg(site.client).arg(site.pool).arg(site.now).arg(actor.kind()).arg(actor.id());
        let row = self.row(note.arg(text(step)?).arg(text(&made.inverse)?).arg(undoes)).await?.ok_or(StoreError::NotFound)?;
        self.run(Statement::new(ACTIVITY).arg(site.pool).arg(site.now)).await?;
        let change = row.int(0)?;
        if let Some(deed) = deed {
            let object = self.object_of(site, step, made.id).await?;
            let (before, mut after) = of_step(step, &made.inverse);
            after["change"] = json!(change);
            let note = Note::new(deed, object).after(after);
            self.audit(site.client, wish, before.into_iter().fold(note, Note::before));
        }
        Ok(Done { change, made: made.id, skipped: made.skipped })
    }

    /// What a step was about, with the name it has now.
    async fn object_of(&mut self, site: &Site, step: &Step, made: Option<i64>) -> Result<Object> {
        match (subject(step), made) {
            (Subject::Field(field), _) => self.named_field(site, field).await,
            (Subject::NewField, Some(field)) => self.named_field(site, FieldId::new(field)).await,
            (Subject::Category(category), _) => self.named_category(site, category).await,
            (Subject::NewCategory, Some(category)) => self.named_category(site, CategoryId::new(category)).await,
            _ => {
                let row = self.row(Statement::new("select name from pools where id = $1").arg(site.pool)).await?;
                Ok(Object::pool(site.pool, row.ok_or(StoreError::NotFound)?.text(0)?))
            }
        }
    }

    /// A field as the audit log names it.
    pub(crate) async fn named_field(&mut self, site: &Site, field: FieldId) -> Result<Object> {
        const SQL: &str = "select case when label = '' then key else label end from fields where id = $1 and pool_id = $2";
        let row = self.row(Statement::new(SQL).arg(field).arg(site.pool)).await?.ok_or(StoreError::NotFound)?;
        Ok(Object::new(ObjectKind::Field, field.get(), row.text(0)?).within(site.pool))
    }

    async fn named_category(&mut self, site: &Site, category: CategoryId) -> Result<Object> {
        const SQL: &str = "select case when name = '' then role else name end from categories where id = $1 and pool_id = $2";
        let row = self.row(Statement::new(SQL).arg(category).arg(site.pool)).await?.ok_or(StoreError::NotFound)?;
        Ok(Object::new(ObjectKind::Category, category.get(), row.text(0)?).within(site.pool))
    }
}

fn text(step: &Step) -> Result<String> {
    serde_json::to_string(step).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn step(text: &str) -> Result<Step> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}
