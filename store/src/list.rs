//! Lists of profiles: searched, filtered, sorted, page by page.

pub(crate) mod cache;
pub(crate) mod conditions;
mod counting;
mod indexes;
mod paging;
pub mod rows;
mod searched;
mod share;
pub(crate) mod signposts;
pub(crate) mod sorting;
mod stream;

use domain::field::FieldDef;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::profile::Profile;

use crate::condition::Form;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::read::{State, owned};
use crate::search::Search;
use crate::search::candidates::Lookup;
use crate::statement::Statement;
use crate::{Reach, Store};
use conditions::Filters;
pub use domain::list::Part;
use sorting::Order;

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    /// The profiles, in the order of the list.
    pub rows: Vec<Profile>,
    /// The page; the last one when a later one was asked for.
    pub page: u64,
    /// How many profiles a page has.
    pub page_size: u64,
    /// How many profiles the list has, when that is known at once: see [`Store::count`].
    pub total: Option<u64>,
    /// Whether the index of this order had to be made first: about two seconds for a million profiles, once.
    pub indexed: bool,
}

/// A list at a moment: everything that its parts need to know.
#[derive(Debug)]
pub(crate) struct Listing<'a> {
    pub(crate) store: &'a Store,
    pub(crate) pool: &'a Pool,
    pub(crate) table: PoolTables,
    pub(crate) state: State,
    /// What its filters and the reader's reach let through.
    pub(crate) filters: Option<Filters>,
    pub(crate) search: Option<Search<'a>>,
    pub(crate) order: Order,
    /// What the list shows, to whom, without its page: what answers are remembered by.
    pub(crate) key: String,
    /// What the number of all that somebody reaches is remembered by, when nothing but their reach narrows the list.
    pub(crate) all_key: Option<String>,
    /// The column by whose index the profiles within the reader's reach are found.
    pub(crate) rule_key: Option<sorting::Key>,
}

impl<'a> Listing<'a> {
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub(crate) async fn of(store: &'a Store, reach: &Reach, pool: &'a Pool, query: &ListQuery, lang: Lang) -> Result<Self> {
        owned(reach.client(), pool)?;
        let state = store.state(reach.client(), pool.id).await?;
        let bare = ListQuery { page: 1, page_size: domain::list::DEFAULT_PAGE_SIZE, ..query.clone() };
        let search = Search::of(pool, query);
        let rule = reach.key();
        let all_key = rule.as_deref().filter(|_| query.filters.is_empty() && search.is_none()).map(all_key);
        let mut key = format!("{}?{}", lang.code(), bare.to_query());
        if let Some(rule) = rule {
            // No address has a line break in it.
            key.push('\n');
            key.push_str(&rule);
        }
        Ok(Self {
            store,
            pool,
            table: PoolTables::of(store.engine(), pool.client, pool.id),
            state,
            filters: Filters::of(store.engine(), pool, &query.filters, reach),
            search,
            order: Order::of(store.engine(), pool, &query.sort, lang),
            key,
            all_key,
            rule_key: reach.rule().and_then(|rule| sorting::key_of_rule(store.engine(), pool, rule)),
        })
    }

    /// The search of this list, ready to be asked.
    pub(crate) fn lookup(&self, search: &Search<'a>) -> Lookup<'a> {
        Lookup {
            store: self.store,
            pool: self.pool,
            table: self.table,
            state: self.state,
            search: search.clone(),
            filters: self.filters.as_ref().map(|filters| filters.check.clone()),
        }
    }

    /// Whether it shows every profile of the pool.
    pub(crate) fn is_whole(&self) -> bool {
        self.search.is_none() && self.filters.is_none()
    }

    /// `from pool_7 p where p.deleted_at is null and …`
    pub(crate) fn living(&self) -> Statement {
        self.living_by("", Form::Lead)
    }

    /// The same; `by` says which index is to be used.
    pub(crate) fn living_by(&self, by: &str, form: Form) -> Statement {
        let mut statement = Statement::new(format!("from {} p{by} where p.deleted_at is null", self.table.profiles()));
        if let Some(filters) = &self.filters {
            statement.push(" and ").append(filters.form(form).clone());
        }
        statement
    }

    /// The ids of a stretch of the list.
    pub(crate) async fn ids(&self, skip: u64, take: u64) -> Result<Vec<i64>> {
        match &self.search {
            None => self.plain_ids(skip, take).await,
            Some(search) => self.searched_ids(&self.lookup(search), skip, take).await,
        }
    }
}

/// What the number of all profiles for whom a rule holds is remembered by.
pub(crate) fn all_key(rule: &str) -> String {
    format!("all {rule}")
}

impl Store {
    /// A page of a list, with all fields. Unknown fields in the query are passed over.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn list(&self, reach: &Reach, pool: &Pool, query: &ListQuery, lang: Lang) -> Result<ListPage> {
        self.list_reading(reach, pool, query, &Reading::all(pool), lang).await
    }

    /// A page of a list with only these fields, by their internal names: faster when there are many others.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn list_columns(&self, reach: &Reach, pool: &Pool, query: &ListQuery, columns: &[String], lang: Lang) -> Result<ListPage> {
        let fields: Vec<&FieldDef> = columns.iter().filter_map(|key| pool.field(key)).collect();
        self.list_reading(reach, pool, query, &Reading::of(pool, fields.into_iter()), lang).await
    }

    async fn list_reading(&self, reach: &Reach, pool: &Pool, query: &ListQuery, reading: &Reading<'_>, lang: Lang) -> Result<ListPage> {
        let list = Listing::of(self, reach, pool, query, lang).await?;
        let indexed = self.wait_for_sort(&list).await?;
        let page_size = domain::list::nearest_page_size(query.page_size);
        let mut total = list.known_total();
        let mut page = query.page.max(1);
        let mut ids = if total.is_some_and(|total| (page - 1).saturating_mul(page_size) >= total.max(1)) {
            Vec::new()
        } else {
            list.ids((page - 1).saturating_mul(page_size), page_size).await?
        };
        if ids.is_empty() && page > 1 {
            let n = match total {
                Some(n) => n,
                None => list.count().await?,
            };
            total = Some(n);
            page = n.div_ceil(page_size).max(1);
            ids = list.ids((page - 1) * page_size, page_size).await?;
        }
        if total.is_none() && page == 1 && (ids.len() as u64) < page_size {
            total = Some(ids.len() as u64);
        }
        let rows = self.read_profiles(reach, pool, reading, &ids).await?;
        list.put_up_signposts(query, lang);
        list.index_rule();
        Ok(ListPage { rows, page, page_size, total, indexed })
    }
}
