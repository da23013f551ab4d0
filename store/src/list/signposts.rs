//! Places within a long list from which a page far behind is near.
//!
//! An engine reaches the page in the middle of a million by walking half a million entries of an index. So whoever looks
//! at a long list has sixteen places of it looked up behind the answer; they hold until the pool changes, and where they
//! are missing the walk is longer.

use std::sync::Arc;

use domain::lang::Lang;
use domain::list::ListQuery;

use crate::error::Result;
use crate::list::Listing;
use crate::list::cache::Known;
use crate::list::sorting::{By, Key};
use crate::{Reach, Store};

/// A shorter list is walked in no time.
const LONG: i64 = 5_000;

/// How many places of a list, at most, and how far they are apart, at least.
const PLACES: u64 = 16;
const APART: u64 = 1_000;

/// How many profiles are before a place, and which one is there; in the order of the list.
pub(crate) type Signposts = Arc<Vec<(u64, i64)>>;

impl Listing<'_> {
    /// Has the places of this list looked up, unless they are known or this process is looking some up already.
    pub(crate) fn put_up_signposts(&self, query: &ListQuery, lang: Lang) {
        let store = self.store.clone();
        if !self.is_whole() || self.state.n_profiles < LONG || self.remembered(&self.posts_key()).is_some() {
            return;
        }
        let (pool, query) = (self.pool.clone(), query.clone());
        tokio::spawn(async move {
            let Ok(_one_at_a_time) = store.signposts().try_lock() else { return };
            let looked_up = async { Listing::of(&store, &Reach::whole(pool.client), &pool, &query, lang).await?.look_up().await };
            if let Err(error) = looked_up.await {
                tracing::warn!(%error, pool = %pool.id, "the places of a long list were not looked up");
            }
        });
    }

    /// The known places of a list that is sorted by one field or by the id; a list of some profiles has others.
    pub(crate) fn signposts(&self) -> Signposts {
        match self.remembered(&self.posts_key()) {
            Some(Known::Signposts(posts)) if self.is_whole() => posts,
            _ => Signposts::default(),
        }
    }

    async fn look_up(&self) -> Result<()> {
        let (n, key) = match &self.order.by {
            By::Id => (self.known_total().unwrap_or(0), None),
            By::Value(key) => (self.count_filled(key).await?, Some(key)),
            By::Ranked(key, _) => {
                self.count_values(key).await?;
                (0, None)
            }
        };
        // Places among equals of a second field would need its values as well.
        let n = if self.order.is_simple { n } else { 0 };
        let posts = self.places(n, key).await?;
        self.remember(self.posts_key(), Known::Signposts(Arc::new(posts)));
        Ok(())
    }

    async fn places(&self, n: u64, key: Option<&Key>) -> Result<Vec<(u64, i64)>> {
        let step = (n / PLACES).max(APART);
        let mut posts = Vec::new();
        for at in (1..PLACES).map(|nth| nth * step).take_while(|at| *at < n) {
            let known = Arc::new(posts);
            let found = self.within(&self.filled(key, None, Arc::clone(&known)), at, 1).await?;
            posts = Arc::unwrap_or_clone(known);
            match found.first() {
                // Whoever changes the pool meanwhile makes all of them wrong.
                Some(id) if self.store.state(self.pool.client, self.pool.id).await?.revision == self.state.revision => {
                    posts.push((at, *id))
                }
                _ => return Ok(Vec::new()),
            }
        }
        Ok(posts)
    }

    fn posts_key(&self) -> String {
        format!("signposts {}", self.order.sql())
    }
}

impl Store {
    /// Held by whoever looks up the places of a list.
    fn signposts(&self) -> &tokio::sync::Mutex<()> {
        &self.shared.signposts
    }
}
