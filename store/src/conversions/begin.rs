//! A conversion is asked for: checked, noted, given its column and its job, all in one go.

use domain::audit::{Deed, Note};
use domain::field::FieldKind;
use domain::id::{ClientId, FieldId, JobId, PoolId};
use domain::job::JobKind;
use domain::problem::{Invalid, Problem};
use domain::uses::UseKind;
use serde_json::json;

use super::{Conversion, to_json};
use crate::Store;
use crate::config::Site;
use crate::error::{Conflict, Result, StoreError};
use crate::jobs::NewJob;
use crate::pool_table::own_column;
use crate::profiles::Wish;
use crate::statement::Statement;
use crate::tx::Tx;

/// What was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The conversion.
    pub conversion: i64,
    /// The job that does it.
    pub job: JobId,
}

impl Store {
    /// Asks for a field's conversion to another type. Nothing changes for anybody until its job has filled the new column.
    ///
    /// # Errors
    /// `NotFound`; `Conflict(FieldFixed)` for standard and internal fields; `Invalid` when the field can't become this;
    /// `Used` by an import or another conversion that is under way.
    pub async fn begin_conversion(&self, client: ClientId, pool: PoolId, field: FieldId, to: FieldKind, wish: &Wish) -> Result<Begun> {
        let site = self.site(client, pool, wish.lang, wish.now).await?;
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let begun = tx.begin_conversion(&site, field, to, None, wish).await?;
        tx.commit().await?;
        Ok(begun)
    }

    /// Asks for the way back to the type before. Values that nobody has changed since come back exactly; others are
    /// converted.
    ///
    /// # Errors
    /// `NotFound` when there is nothing (more) to take back; otherwise as [`begin_conversion`](Self::begin_conversion).
    pub async fn undo_conversion(&self, client: ClientId, pool: PoolId, conversion: i64, wish: &Wish) -> Result<Begun> {
        let site = self.site(client, pool, wish.lang, wish.now).await?;
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        let former = tx.conversion(client, conversion).await?;
        let in_time = former.until.is_some_and(|until| until > wish.now);
        if former.pool != pool || !in_time {
            return Err(StoreError::NotFound);
        }
        let begun = tx.begin_conversion(&site, former.field, former.from, Some(&former), wish).await?;
        tx.commit().await?;
        Ok(begun)
    }
}

impl Tx {
    async fn begin_conversion(
        &mut self,
        site: &Site,
        field: FieldId,
        to: FieldKind,
        undoes: Option<&Conversion>,
        wish: &Wish,
    ) -> Result<Begun> {
        const NOTE: &str = "insert into conversions
                (client_id, pool_id, field_id, undoes, from_kind, from_column, to_kind, lang, field, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            returning id";
        const JOB: &str = "update conversions set job_id = $2 where id = $1";
        let mut field = self.field(site, field).await?;
        if !field.deletable() {
            return Err(StoreError::Conflict(Conflict::FieldFixed));
        }
        if !field.may_become(to) {
            let problem = Problem::UnknownChoice { value: to.code().to_owned() };
            return Err(StoreError::Invalid(Invalid::one("kind", problem)));
        }
        let mut uses = self.users(site, &field).await?;
        uses.retain(|used| matches!(used.kind, UseKind::Import | UseKind::Conversion | UseKind::Role));
        if !uses.is_empty() {
            return Err(StoreError::Used(uses));
        }
        field.options.clear();
        let note = Statement::new(NOTE)
            .arg(site.client)
            .arg(site.pool)
            .arg(field.id)
            .arg(undoes.map(|former| former.id))
            .arg(field.kind.code())
            .arg(field.column)
            .arg(to.code())
            .arg(site.lang.code())
            .arg(to_json(&field)?)
            .arg(site.now);
        let conversion = self.row(note).await?.ok_or(StoreError::NotFound)?.int(0)?;
        self.make_column(site, &own_column(field.id, Some(conversion)), to).await?;
        if to == FieldKind::MultiSelection {
            // What an earlier conversion may have left behind.
            self.run(Statement::new(format!("delete from {} where field_id = $1", site.tables.choices())).arg(field.id)).await?;
        }
        let payload = json!({ "conversion": conversion, "pool": site.pool, "field": field.id });
        let new = NewJob { kind: JobKind::Convert, payload, created_by: wish.user };
        let job = self.enqueue(site.client, new, site.now).await?;
        self.run(Statement::new(JOB).arg(conversion).arg(job)).await?;
        let deed = if undoes.is_some() { Deed::ConversionUndone } else { Deed::ConversionStarted };
        let note = Note::new(deed, self.named_field(site, field.id).await?).before(json!({ "kind": field.kind.code() }));
        self.audit(site.client, wish, note.after(json!({ "kind": to.code(), "conversion": conversion })));
        Ok(Begun { conversion, job })
    }
}
