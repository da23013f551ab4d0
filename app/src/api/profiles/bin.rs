//! The bin: what was deleted in the last fourteen days.

use domain::id::{FieldId, PoolId, ProfileId};
use domain::rights::Right;
use domain::time::show_time;
use store::config::deleted::DeletedField;
use store::profiles::Asked;

use super::asked::head;
use super::form::Desk;
use super::shapes::{BinLine, BinPage, FieldBinLine};
use crate::components::icon::type_icon;
use crate::error::AppError;

/// Lines on a page of the bin.
const LINES: u64 = 100;

/// The bin of a pool.
pub(super) struct Bin(Desk);

impl Bin {
    pub(super) async fn of(pool: PoolId, right: Right) -> Result<Self, AppError> {
        Ok(Self(Desk::of(pool, right).await?))
    }

    pub(super) async fn restore(&self, ids: &[ProfileId]) -> Result<u64, AppError> {
        let Desk { store, viewer, pool } = &self.0;
        Ok(store.restore_profiles(&viewer.reach(), pool, ids, &viewer.wish()).await?)
    }

    /// All that a search finds; nothing when a job does it.
    pub(super) async fn restore_hits(&self, q: &str) -> Result<Option<u64>, AppError> {
        let Desk { store, viewer, pool } = &self.0;
        Ok(match store.ask_to_restore(&viewer.reach(), pool, q, &viewer.wish()).await? {
            Asked::Done(n) => Some(n),
            Asked::Job(_) => None,
        })
    }

    /// Bring a field back; the change that did it.
    pub(super) async fn restore_field(&self, field: FieldId) -> Result<i64, AppError> {
        let Desk { store, viewer, pool } = &self.0;
        Ok(store.restore_field(viewer.client, pool.id, field, &viewer.wish()).await?.change)
    }

    /// A page, newest first.
    pub(super) async fn page(&self, q: &str, page: u64) -> Result<BinPage, AppError> {
        let Desk { store, viewer, pool } = &self.0;
        let reach = viewer.reach();
        let (found, fields, size) = futures::try_join!(
            store.bin(&reach, pool, q, page.max(1), LINES),
            store.deleted_fields(viewer.client, pool.id),
            store.size(&reach, pool)
        )?;
        let lines = found.rows.into_iter().map(|row| BinLine {
            id: row.profile.id,
            title: self.0.title(&row.profile),
            email: self.0.text("EMAIL", &row.profile),
            deleted_at: show_time(row.deleted_at, viewer.lang, &viewer.zone),
            deleted_by: row.deleted_by,
        });
        Ok(BinPage {
            pool: head(pool, size),
            lines: lines.collect(),
            q: q.to_owned(),
            page: page.max(1),
            pages: found.total.div_ceil(LINES).max(1),
            total: found.total,
            fields: fields.iter().map(|field| self.field(field)).collect(),
            configures: viewer.rights.has(Right::Configure),
        })
    }

    fn field(&self, deleted: &DeletedField) -> FieldBinLine {
        let (viewer, field) = (&self.0.viewer, &deleted.field);
        FieldBinLine {
            id: field.id,
            label: field.label(viewer.lang).to_owned(),
            key: field.key.clone(),
            kind: field.kind.label(viewer.lang).to_owned(),
            icon: type_icon(field.kind).to_owned(),
            deleted_at: show_time(deleted.at, viewer.lang, &viewer.zone),
            until: show_time(deleted.until, viewer.lang, &viewer.zone),
        }
    }
}
