//! A question about a list: who asks, of which pool, for what.

use std::time::Instant;

use domain::id::{PoolId, ProfileId};
use domain::layout::{Column, ListLayout};
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::rights::Right;
use store::Store;

use super::columns::{heads, key_of_status};
use super::form::Desk;
use super::rows::RowMaker;
use super::shapes::{Counted, ListAnswer, ListStart, PoolHead, Refreshed};
use super::sheet::Packed;
use crate::context::{Viewer, may, store};
use crate::error::AppError;
use crate::pages::profiles::place::{Open, Place};

/// A list as a person has asked for it.
pub(super) struct Asked {
    pub(super) store: Store,
    pub(super) viewer: Viewer,
    pub(super) pool: Pool,
    pub(super) place: Place,
    layout: ListLayout,
}

impl Asked {
    /// Read the address; a size that isn't in it is the remembered one.
    pub(super) async fn of(pool: PoolId, query: &str) -> Result<Self, AppError> {
        let (store, viewer) = (store(), may(Right::SeeProfiles).await?);
        let layout = async { Ok(store.layout(viewer.client, viewer.user, pool).await?) };
        let (pool, layout) = futures::try_join!(viewer.pool(pool), layout)?;
        let mut layout = match layout {
            Some(layout) => layout.fitted(&pool),
            None => ListLayout::default_of(&pool),
        };
        let mut place = Place::parse(query);
        if place.sized {
            layout.page_size = place.query.page_size;
        } else {
            place.query.page_size = layout.page_size;
        }
        Ok(Self { store, viewer, pool, place, layout })
    }

    fn query(&self) -> &ListQuery {
        &self.place.query
    }

    fn maker(&self) -> RowMaker<'_> {
        RowMaker::new(&self.pool, &self.layout, &self.place, &self.viewer)
    }

    /// Everything for the first picture.
    pub(super) async fn start(self) -> Result<ListStart, AppError> {
        if self.place.sized {
            self.store.save_layout(self.viewer.client, self.viewer.user, self.pool.id, &self.layout).await?;
        }
        let answer = self.list().await?;
        let total = match answer.total {
            Some(total) => Some(total),
            None => Some(self.count().await?.total),
        };
        let sheet = match self.place.open {
            Open::Nothing => None,
            Open::Profile(id) => {
                Desk::at(self.store.clone(), self.viewer.clone(), self.pool.clone()).open(id, super::form::LINES).await.ok()
            }
            Open::New if self.viewer.rights.has(Right::CreateProfiles) => {
                Some(Desk::at(self.store.clone(), self.viewer.clone(), self.pool.clone()).blank())
            }
            Open::New => None,
        };
        let columns = heads(&self.pool, self.viewer.lang);
        let size = self.store.size(&self.viewer.reach(), &self.pool).await?;
        Ok(ListStart { pool: head(&self.pool, size), columns, layout: self.layout, answer, total, sheet: sheet.as_ref().map(Packed::pack) })
    }

    /// One page of rows.
    pub(super) async fn list(&self) -> Result<ListAnswer, AppError> {
        let begun = Instant::now();
        let page =
            self.store.list_columns(&self.viewer.reach(), &self.pool, self.query(), &self.maker().needed(), self.viewer.lang).await?;
        let took = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        let maker = self.maker();
        let first = (page.page.max(1) - 1) * page.page_size + 2;
        Ok(ListAnswer {
            columns: maker.keys(),
            rows: page.rows.iter().zip(first..).map(|(profile, at)| maker.row(profile, Some(at))).collect(),
            page: page.page,
            page_size: page.page_size,
            total: page.total,
            took,
            building: page.indexed,
        })
    }

    /// The number of hits.
    pub(super) async fn count(&self) -> Result<Counted, AppError> {
        let begun = Instant::now();
        let total = self.store.count(&self.viewer.reach(), &self.pool, self.query(), self.viewer.lang).await?;
        Ok(Counted { total, took: u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX) })
    }

    /// Some rows as they are now.
    pub(super) async fn refresh(&self, ids: &[ProfileId]) -> Result<Refreshed, AppError> {
        let (maker, reach) = (self.maker(), self.viewer.reach());
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids.iter().take(500) {
            match self.store.profile(&reach, &self.pool, *id).await {
                Ok(profile) => rows.push(maker.row(&profile, None)),
                Err(store::StoreError::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Refreshed { rows, n_profiles: self.store.size(&reach, &self.pool).await? })
    }

    /// Remember a layout.
    pub(super) async fn keep(self, layout: ListLayout) -> Result<(), AppError> {
        Ok(self.store.save_layout(self.viewer.client, self.viewer.user, self.pool.id, &layout.fitted(&self.pool)).await?)
    }

    /// Remember the columns; those that stay keep their widths.
    pub(super) async fn keep_columns(self, keys: &[String]) -> Result<(), AppError> {
        let old = self.layout.columns.clone();
        let width = |key: &str| old.iter().find(|column| column.key == key).and_then(|column| column.width);
        let columns = keys.iter().filter(|key| *key != key_of_status()).map(|key| Column { key: key.clone(), width: width(key) }).collect();
        let layout = ListLayout { columns, ..self.layout.clone() };
        self.keep(layout).await
    }
}

/// A pool of which somebody reaches so many profiles, as the heads of its pages show it.
pub(super) fn head(pool: &Pool, n_profiles: u64) -> PoolHead {
    PoolHead { id: pool.id, name: pool.name.clone(), n_profiles, revision: pool.revision }
}
