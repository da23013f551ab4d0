//! The bin: what was deleted in the last fourteen days.

use domain::history::Actor;
use domain::id::{PoolId, ProfileId};
use domain::time::show_time;

use super::asked::head;
use super::form::Desk;
use super::shapes::{BinLine, BinPage};
use crate::context::now;
use crate::error::AppError;

/// Lines on a page of the bin.
const LINES: u64 = 100;

/// The bin of a pool.
pub(super) struct Bin(Desk);

impl Bin {
    pub(super) async fn of(pool: PoolId) -> Result<Self, AppError> {
        Ok(Self(Desk::of(pool).await?))
    }

    pub(super) async fn restore(&self, ids: &[ProfileId]) -> Result<u64, AppError> {
        let Desk { store, viewer, pool } = &self.0;
        Ok(store.restore_profiles(viewer.client, pool, ids, &Actor::User(viewer.user), now()).await?)
    }

    /// A page, newest first.
    pub(super) async fn page(&self, page: u64) -> Result<BinPage, AppError> {
        let Desk { store, viewer, pool } = &self.0;
        let found = store.bin(viewer.client, pool, page.max(1), LINES).await?;
        let lines = found.rows.into_iter().map(|row| BinLine {
            id: row.profile.id,
            title: self.0.title(&row.profile),
            email: self.0.text("EMAIL", &row.profile),
            deleted_at: show_time(row.deleted_at, viewer.lang, &viewer.zone),
            deleted_by: row.deleted_by,
        });
        Ok(BinPage {
            pool: head(pool),
            lines: lines.collect(),
            page: page.max(1),
            pages: found.total.div_ceil(LINES).max(1),
            total: found.total,
        })
    }
}
