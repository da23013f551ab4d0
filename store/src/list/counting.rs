//! How many profiles a list has.

use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;

use crate::error::Result;
use crate::list::Listing;
use crate::list::cache::Known;
use crate::statement::Statement;
use crate::{Reach, Store};

impl Store {
    /// How many profiles a list has, on all its pages. At once when it is neither searched nor
    /// filtered; else counted, and remembered until the pool changes.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn count(&self, reach: &Reach, pool: &Pool, query: &ListQuery, lang: Lang) -> Result<u64> {
        // The order does not matter for the number.
        let query = ListQuery { sort: ListQuery::default_sort(), ..query.clone() };
        Listing::of(self, reach, pool, &query, lang).await?.count().await
    }

    /// How many profiles of a pool somebody reaches: the only number of them that they are shown. Remembered until the pool
    /// changes.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn size(&self, reach: &Reach, pool: &Pool) -> Result<u64> {
        let list = Listing::of(self, reach, pool, &ListQuery::default(), Lang::default()).await?;
        list.index_rule();
        list.count().await
    }
}

impl Listing<'_> {
    /// How many profiles the list has, if that is known without counting.
    pub(crate) fn known_total(&self) -> Option<u64> {
        if self.is_whole() {
            return Some(u64::try_from(self.state.n_profiles).unwrap_or(0));
        }
        match self.remembered(self.all_key.as_deref()?) {
            Some(Known::Count(n)) => Some(n),
            _ => None,
        }
    }

    pub(crate) async fn count(&self) -> Result<u64> {
        if let Some(n) = self.known_total() {
            return Ok(n);
        }
        let name = self.all_key.clone().unwrap_or_else(|| format!("count {}", self.key));
        if let Some(Known::Count(n)) = self.remembered(&name) {
            return Ok(n);
        }
        let n = match &self.search {
            Some(search) => self.lookup(search).count(None).await?,
            None => {
                let mut statement = Statement::new("select count(*) ");
                statement.append(self.living());
                let row = self.store.db().row(statement).await?;
                row.map_or(Ok(0), |row| row.int(0)).map(|n| u64::try_from(n).unwrap_or(0))?
            }
        };
        self.remember(name, Known::Count(n));
        Ok(n)
    }
}
