//! The hits of a search, newest first, on either engine.

use domain::id::ProfileId;
use domain::pool::Pool;

use crate::db::Engine;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::read::State;
use crate::search::{Index, Search, postgres, sqlite};
use crate::statement::Statement;
use crate::{Reach, Store};

/// How many of the newest profiles PostgreSQL looks through before it asks the trigram index. The most frequent words
/// fill their page from them; for a rare one this costs less than a millisecond.
const WINDOW: i64 = 4_000;

/// As long as one hit of PostgreSQL's trigram index takes (all of them are looked up, also for the first page), so many
/// profiles can be looked through.
const LOOKED_THROUGH: i64 = 12;

/// How many candidates are looked at first when each has to be read, and at most at once.
const FIRST_LOOK: u64 = 250;
const LARGEST_LOOK: u64 = 5_000;

/// A search in a pool at a moment.
#[derive(Clone, Debug)]
pub(crate) struct Lookup<'a> {
    pub(crate) store: &'a Store,
    pub(crate) pool: &'a Pool,
    pub(crate) table: PoolTables,
    pub(crate) state: State,
    pub(crate) search: Search<'a>,
    /// A condition over `p`.
    pub(crate) filters: Option<Statement>,
}

impl Lookup<'_> {
    /// Ids of hits, newest first.
    pub(crate) async fn newest(&self, skip: u64, take: u64) -> Result<Vec<i64>> {
        if !self.looks_at_each() {
            return self.indexed(self.end(), skip, take).await;
        }
        let mut hits = self.walk();
        let mut found = Vec::new();
        let wanted = usize::try_from(skip.saturating_add(take)).unwrap_or(usize::MAX);
        while found.len() < wanted {
            let Some(more) = hits.next().await? else { break };
            found.extend(more);
        }
        Ok(stretch(&found, skip, take))
    }

    /// How many hits there are; with a limit, counting ends there.
    pub(crate) async fn count(&self, limit: Option<u64>) -> Result<u64> {
        if self.looks_at_each() {
            let mut hits = self.walk();
            let mut n = 0;
            while let Some(more) = hits.next().await? {
                n += more.len() as u64;
                if limit.is_some_and(|limit| n >= limit) {
                    break;
                }
            }
            return Ok(n);
        }
        let mut statement = match limit {
            None => Statement::new("select count(*) "),
            Some(_) => Statement::new("select count(*) from (select 1 "),
        };
        statement.append(self.hits());
        if let Some(limit) = limit {
            statement.push(" limit ").bind(signed(limit)).push(") hits");
        }
        Ok(match self.store.db().row(statement).await? {
            Some(row) => u64::try_from(row.int(0)?).unwrap_or(0),
            None => 0,
        })
    }

    /// All hits, part by part, newest first.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk { lookup: self, below: self.end(), look: FIRST_LOOK }
    }

    /// Whether a candidate of the index is no hit before it was read.
    pub(crate) fn looks_at_each(&self) -> bool {
        self.search.inexact || self.has_tail()
    }

    /// A condition over `p` that holds for the index' candidates; only for searches that need not
    /// look at each.
    pub(crate) fn condition(&self) -> Statement {
        let mut statement = Statement::new(match self.table.engine() {
            Engine::Sqlite => "p.profile_id in (select s.rowid ",
            Engine::Postgres => "p.profile_id in (select s.profile_id ",
        });
        let hits = match self.table.engine() {
            Engine::Sqlite => sqlite::hits(&self.table, &self.search, None),
            Engine::Postgres => postgres::hits(&self.table, &self.search, None),
        };
        statement.append(hits).push(")");
        statement
    }

    /// Whether the newest profiles are not in the index of all fields yet.
    fn has_tail(&self) -> bool {
        self.search.index == Index::All && self.state.indexed_to < self.state.newest
    }

    fn end(&self) -> i64 {
        self.state.newest.saturating_add(1)
    }

    fn hits(&self) -> Statement {
        match self.table.engine() {
            Engine::Sqlite => sqlite::hits(&self.table, &self.search, self.filters.as_ref()),
            Engine::Postgres => postgres::hits(&self.table, &self.search, self.filters.as_ref()),
        }
    }

    async fn indexed(&self, below: i64, skip: u64, take: u64) -> Result<Vec<i64>> {
        match self.table.engine() {
            // The index of SQLite holds its hits in the order of their ids: it stops at the page's end.
            Engine::Sqlite => {
                let mut statement = Statement::new("select s.rowid ");
                statement.append(self.hits()).push(" and s.rowid < ").bind(below);
                statement.push(" order by s.rowid desc");
                limit(&mut statement, skip, take);
                self.ids(statement).await
            }
            Engine::Postgres => {
                if let Some(found) = self.among_newest(below, skip, take).await? {
                    return Ok(found);
                }
                // Materialized: else the planner walks all profiles backwards for a page of a rare word.
                let mut statement = Statement::new("with hits as materialized (select s.profile_id ");
                statement.append(self.hits()).push(" and s.profile_id < ").bind(below);
                statement.push(") select profile_id from hits order by profile_id desc");
                limit(&mut statement, skip, take);
                self.ids(statement).await
            }
        }
    }

    /// PostgreSQL: hits among the newest profiles; none when the page does not fill up there and the index is quicker.
    /// How frequent the words are among the first few thousand tells which of the two is.
    async fn among_newest(&self, below: i64, skip: u64, take: u64) -> Result<Option<Vec<i64>>> {
        let wanted = signed(skip.saturating_add(take));
        let mut width = wanted.saturating_mul(2).saturating_add(WINDOW);
        for _ in 0..2 {
            let mut statement = Statement::new("select s.profile_id ");
            statement.append(self.hits()).push(" and s.profile_id < ").bind(below);
            statement.push(" and s.profile_id >= ").bind(below.saturating_sub(width)).push(" order by s.profile_id desc");
            limit(&mut statement, skip, take);
            let found = self.ids(statement).await?;
            if found.len() as u64 == take || width >= below {
                return Ok(Some(found));
            }
            if found.is_empty() {
                return Ok(None);
            }
            let n = signed(skip.saturating_add(found.len() as u64));
            let in_all = self.state.n_profiles.saturating_mul(n) / width;
            // Half as many again, because hits don't come evenly.
            let enough = width.saturating_mul(wanted) / n * 3 / 2;
            if enough > in_all.saturating_mul(LOOKED_THROUGH) {
                return Ok(None);
            }
            width = enough;
        }
        Ok(None)
    }

    /// Profiles that the index of all fields does not have yet, newest first.
    async fn unindexed(&self, below: i64, take: u64) -> Result<Vec<i64>> {
        let mut statement =
            Statement::new(format!("select p.profile_id from {} p where p.deleted_at is null and p.profile_id > ", self.table.profiles()));
        statement.bind(self.state.indexed_to).push(" and p.profile_id < ").bind(below);
        if let Some(filters) = &self.filters {
            statement.push(" and ").append(filters.clone());
        }
        statement.push(" order by p.profile_id desc");
        limit(&mut statement, 0, take);
        self.ids(statement).await
    }

    async fn ids(&self, statement: Statement) -> Result<Vec<i64>> {
        self.store.db().rows(statement).await?.iter().map(|row| row.int(0)).collect()
    }

    /// Those of the candidates that are hits.
    pub(crate) async fn check(&self, candidates: &[i64]) -> Result<Vec<i64>> {
        let reading = Reading::of(self.pool, self.search.fields.iter().copied());
        // Candidates are within reach.
        let profiles = self.store.read_profiles(&Reach::whole(self.pool.client), self.pool, &reading, candidates).await?;
        Ok(profiles.iter().filter(|profile| self.search.matches(profile)).map(|profile| profile.id.get()).collect())
    }
}

/// The hits of a search part by part.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    lookup: &'a Lookup<'a>,
    below: i64,
    look: u64,
}

impl Walk<'_> {
    /// The next hits, possibly none of this part; none at all at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<i64>>> {
        let lookup = self.lookup;
        let tail = lookup.has_tail() && self.below > lookup.state.indexed_to + 1;
        let candidates =
            if tail { lookup.unindexed(self.below, self.look).await? } else { lookup.indexed(self.below, 0, self.look).await? };
        self.look = (self.look * 4).min(LARGEST_LOOK);
        match candidates.last() {
            Some(&last) => {
                self.below = last;
                let hits = if lookup.looks_at_each() { lookup.check(&candidates).await? } else { candidates };
                Ok(Some(hits))
            }
            None if tail => {
                self.below = lookup.state.indexed_to + 1;
                Ok(Some(Vec::new()))
            }
            None => Ok(None),
        }
    }
}

/// Ids for the outside.
pub(crate) fn profile_ids(ids: &[i64]) -> Vec<ProfileId> {
    ids.iter().copied().map(ProfileId::new).collect()
}

/// A part of a list of ids.
pub(crate) fn stretch(ids: &[i64], skip: u64, take: u64) -> Vec<i64> {
    let from = usize::try_from(skip).unwrap_or(usize::MAX).min(ids.len());
    let to = from.saturating_add(usize::try_from(take).unwrap_or(usize::MAX)).min(ids.len());
    ids[from..to].to_vec()
}

/// A number for the database, which knows no unsigned ones.
pub(crate) fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Appends ` limit … offset …`.
pub(crate) fn limit(statement: &mut Statement, skip: u64, take: u64) {
    statement.push(" limit ").bind(signed(take));
    if skip > 0 {
        statement.push(" offset ").bind(signed(skip));
    }
}
