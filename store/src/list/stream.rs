//! All profiles of a list, for exports and for work on all hits.

use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::profile::Profile;
use futures::TryStreamExt;
use futures::stream::{self, Stream};

use crate::error::Result;
use crate::list::{Listing, Part};
use crate::profiles::columns::Reading;
use crate::profiles::read::one_of;
use crate::search::candidates::signed;
use crate::statement::Statement;
use crate::{Reach, Store};

/// Profiles in one chunk of a stream.
const CHUNK: usize = 1_000;

impl Store {
    /// All profiles of a list in its order, in chunks, with all fields. Which profiles these are is
    /// settled at the beginning (8 bytes each); one that is deleted or leaves the reach meanwhile is left out.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub fn stream(
        &self,
        reach: Reach,
        pool: Pool,
        query: ListQuery,
        lang: Lang,
    ) -> impl Stream<Item = Result<Vec<Profile>>> + Send + 'static + use<> {
        self.stream_part(reach, pool, query, Part::All, lang)
    }

    /// The same for some of the profiles.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub fn stream_part(
        &self,
        reach: Reach,
        pool: Pool,
        query: ListQuery,
        part: Part,
        lang: Lang,
    ) -> impl Stream<Item = Result<Vec<Profile>>> + Send + 'static + use<> {
        let begun = self.clone();
        let beginning = async move {
            let ids = begun.ids_of(&reach, &pool, query, &part, lang).await?;
            Result::Ok((begun, reach, pool, ids))
        };
        stream::once(beginning).map_ok(|(store, reach, pool, ids)| chunks(store, reach, pool, ids)).try_flatten()
    }

    /// The ids of some of the profiles of a list, in its order.
    pub(crate) async fn ids_of(&self, reach: &Reach, pool: &Pool, query: ListQuery, part: &Part, lang: Lang) -> Result<Vec<i64>> {
        let query = match part {
            Part::Only(_) => ListQuery { sort: query.sort, ..ListQuery::default() },
            _ => query,
        };
        Listing::of(self, reach, pool, &query, lang).await?.narrowed(part).ids(0, signed_max()).await
    }

    /// The ids of all profiles of a list, newest first.
    pub(crate) async fn all_ids(&self, reach: &Reach, pool: &Pool, query: &ListQuery) -> Result<Vec<i64>> {
        let query = ListQuery { sort: ListQuery::default_sort(), ..query.clone() };
        Listing::of(self, reach, pool, &query, Lang::En).await?.ids(0, signed_max()).await
    }
}

/// Profiles chunk by chunk.
fn chunks(store: Store, reach: Reach, pool: Pool, ids: Vec<i64>) -> impl Stream<Item = Result<Vec<Profile>>> + Send + 'static + use<> {
    stream::try_unfold((store, reach, pool, ids, 0), |(store, reach, pool, ids, from)| async move {
        if from >= ids.len() {
            return Ok(None);
        }
        let to = ids.len().min(from + CHUNK);
        let profiles = store.read_profiles(&reach, &pool, &Reading::all(&pool), &ids[from..to]).await?;
        Ok(Some((profiles, (store, reach, pool, ids, to))))
    })
}

/// As many as there are; still a number that the engines can add to.
fn signed_max() -> u64 {
    signed(u64::MAX / 8).unsigned_abs()
}

impl Listing<'_> {
    /// The list with only this part of its profiles.
    fn narrowed(mut self, part: &Part) -> Self {
        let (ids, no) = match part {
            Part::All => return self,
            Part::Only(ids) => (ids, ""),
            Part::Except(ids) => (ids, "not "),
        };
        let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        // What is remembered of the whole list is not true of its part.
        self.key.push_str(&format!("\n{no}{ids:?}"));
        self.all_key = None;
        self.filters.get_or_insert_default().and(|_| {
            let mut named = Statement::new(format!("{no}(p.profile_id"));
            one_of(&mut named, &self.table, &ids);
            named.push(")");
            named
        });
        self
    }
}
