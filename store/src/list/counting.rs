//! How many profiles a list has.

use domain::id::ClientId;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;

use crate::Store;
use crate::error::Result;
use crate::list::Listing;
use crate::list::cache::Known;
use crate::statement::Statement;

impl Store {
    /// How many profiles a list has, on all its pages. At once when it is neither searched nor
    /// filtered; else counted, and remembered until the pool changes.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn count(&self, client: ClientId, pool: &Pool, query: &ListQuery, lang: Lang) -> Result<u64> {
        // The order does not matter for the number.
        let query = ListQuery { sort: ListQuery::default_sort(), ..query.clone() };
        Listing::of(self, client, pool, &query, lang).await?.count().await
    }
}

impl Listing<'_> {
    pub(crate) async fn count(&self) -> Result<u64> {
        if let Some(n) = self.known_total() {
            return Ok(n);
        }
        let name = format!("count {}", self.key);
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
