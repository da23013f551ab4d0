//! The bin: deleted profiles, which can be brought back for some days.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::history::Actor;
use domain::id::{ClientId, PoolId, ProfileId};
use domain::job::JobKind;
use domain::lang::Lang;
use domain::list::ListQuery;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::time::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::error::Result;
use crate::jobs::NewJob;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::read::{one_of, owned};
use crate::profiles::restore::told;
use crate::profiles::{AT_ONCE, Asked, Wish};
use crate::search::Search;
use crate::search::candidates::{limit, stretch};
use crate::statement::Statement;
use crate::{Reach, Store};

/// For so long what was deleted can be brought back, in milliseconds.
pub const KEPT: i64 = 14 * 86_400_000;

/// A page of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub rows: Vec<T>,
    /// The page; the last one when a later one was asked for.
    pub page: u64,
    /// How many fit on it.
    pub page_size: u64,
    /// How many there are in all.
    pub total: u64,
}

/// A deleted profile.
#[derive(Clone, Debug, PartialEq)]
pub struct BinRow {
    /// The profile as it was.
    pub profile: Profile,
    /// When it was deleted.
    pub deleted_at: Millis,
    /// What was deleted with it: [`Store::undo_batch`] brings all of that back.
    pub batch: i64,
    /// Who deleted it; empty for the program itself.
    pub deleted_by: String,
}

/// What a job of the kind `bulk_restore` needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RestoreJob {
    /// The pool.
    pub pool: PoolId,
    /// Whatever this finds in the bin comes back.
    pub q: String,
    /// Whose name stands in the history.
    pub actor: Actor,
    /// What whoever asked for it reaches.
    pub reach: Reach,
    /// The language of its messages.
    pub lang: Lang,
}

/// The search for these words, in the fields that a search looks at unless others are chosen; none without words.
fn sought<'a>(pool: &'a Pool, q: &str) -> Option<Search<'a>> {
    Search::of(pool, &ListQuery { q: q.to_owned(), ..ListQuery::default() })
}

impl Store {
    /// A page of the bin, last deleted first; only what is within reach, and with words for search only what has all of them
    /// in the fields that a search looks at.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn bin(&self, reach: &Reach, pool: &Pool, q: &str, page: u64, page_size: u64) -> Result<Page<BinRow>> {
        let client = reach.client();
        owned(client, pool)?;
        self.state(client, pool.id).await?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let hits = match sought(pool, q) {
            Some(_) => Some(self.in_bin(reach, pool, q).await?),
            None => None,
        };
        let total = match &hits {
            Some(hits) => hits.len() as u64,
            None => {
                let mut count = Statement::new(format!("select count(*) from {} p where p.deleted_at is not null", tables.profiles()));
                reach.narrow(&mut count, self.engine(), pool);
                self.db().row(count).await?.map_or(Ok(0), |row| row.int(0))?.unsigned_abs()
            }
        };
        let page_size = page_size.max(1);
        let page = page.clamp(1, total.div_ceil(page_size).max(1));
        let skip = (page - 1) * page_size;
        let reading = Reading::all(pool);
        let mut statement = Statement::new(format!(
            "select {}, p.deleted_at, coalesce(p.delete_batch, 0) from {} p where p.deleted_at is not null",
            reading.columns(),
            tables.profiles()
        ));
        if let Some(hits) = &hits {
            let ids: Vec<i64> = hits.iter().map(|id| id.get()).collect();
            statement.push(" and p.profile_id");
            one_of(&mut statement, &tables, &stretch(&ids, skip, page_size));
        }
        reach.narrow(&mut statement, self.engine(), pool);
        statement.push(" order by p.deleted_at desc, p.profile_id desc");
        limit(&mut statement, if hits.is_some() { 0 } else { skip }, page_size);
        let mut rows = Vec::new();
        for row in self.db().rows(statement).await? {
            rows.push(BinRow {
                profile: reading.profile(&row)?,
                deleted_at: Millis::new(row.int(reading.width())?),
                batch: row.int(reading.width() + 1)?,
                deleted_by: String::new(),
            });
        }
        self.name_deleters(client, &mut rows).await?;
        Ok(Page { rows, page, page_size, total })
    }

    /// The profiles in the bin that a search there finds, last deleted first; all of them without words. The bin is not in the
    /// index: each is looked at.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn in_bin(&self, reach: &Reach, pool: &Pool, q: &str) -> Result<Vec<ProfileId>> {
        /// So many are read at once.
        const PART: u64 = 5_000;
        let client = reach.client();
        owned(client, pool)?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let search = sought(pool, q);
        let reading = Reading::of(pool, search.iter().flat_map(|search| search.fields.iter().copied()));
        let (mut found, mut below) = (Vec::new(), (i64::MAX, i64::MAX));
        loop {
            let mut part = Statement::new(format!(
                "select {}, p.deleted_at from {} p where p.deleted_at is not null and p.deleted_at <= ",
                reading.columns(),
                tables.profiles()
            ));
            part.bind(below.0).push(" and (p.deleted_at < ").bind(below.0).push(" or p.profile_id < ").bind(below.1).push(")");
            reach.narrow(&mut part, self.engine(), pool);
            part.push(" order by p.deleted_at desc, p.profile_id desc");
            limit(&mut part, 0, PART);
            let rows = self.db().rows(part).await?;
            for row in &rows {
                let profile = reading.profile(row)?;
                below = (row.int(reading.width())?, profile.id.get());
                if search.as_ref().is_none_or(|search| search.matches(&profile)) {
                    found.push(profile.id);
                }
            }
            if (rows.len() as u64) < PART {
                return Ok(found);
            }
        }
    }

    /// Brings back whatever a search in the bin finds: a few at once, many by a job.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's.
    pub async fn ask_to_restore(&self, reach: &Reach, pool: &Pool, q: &str, wish: &Wish) -> Result<Asked<u64>> {
        let ids = self.in_bin(reach, pool, q).await?;
        if ids.len() <= AT_ONCE {
            return self.restore_profiles(reach, pool, &ids, wish).await.map(Asked::Done);
        }
        let job = RestoreJob { pool: pool.id, q: q.to_owned(), actor: wish.actor, reach: reach.clone(), lang: wish.lang };
        let new = NewJob { kind: JobKind::BulkRestore, payload: json!(job), created_by: wish.user };
        self.enqueue_noted(reach.client(), new, wish, told(pool, &ids)).await.map(Asked::Job)
    }

    async fn name_deleters(&self, client: ClientId, rows: &mut [BinRow]) -> Result<()> {
        const SQL: &str = "select actor_kind, actor_id from batches where client_id = $1 and id = $2";
        let mut names: HashMap<i64, String> = HashMap::new();
        for row in rows {
            if let Entry::Vacant(unknown) = names.entry(row.batch) {
                let found = self.db().row(Statement::new(SQL).arg(client).arg(row.batch)).await?;
                unknown.insert(match found {
                    Some(found) => self.actor_name(client, Actor::from_parts(&found.text(0)?, found.opt_int(1)?)).await?,
                    None => String::new(),
                });
            }
            row.deleted_by = names.get(&row.batch).cloned().unwrap_or_default();
        }
        Ok(())
    }
}
