//! A stretch of a list that is not searched.

use crate::db::Engine;
use crate::error::Result;
use crate::list::Listing;
use crate::list::cache::Known;
use crate::list::signposts::Signposts;
use crate::list::sorting::{By, Key};
use crate::search::candidates::{limit, stretch};
use crate::statement::Statement;

/// Up to this place a page is reached from the front, without knowing how long the list is.
const NEAR: u64 = 10_000;

/// Up to this place the profiles themselves are walked.
const NEAR_BY: u64 = 500;

/// So many empty values are counted rather than the filled ones.
const FEW_EMPTY: i64 = 50_000;

/// How many profiles have each value of a field; empty values are `None`.
type ValueCounts = std::sync::Arc<Vec<(Option<String>, u64)>>;

impl Listing<'_> {
    pub(crate) async fn plain_ids(&self, skip: u64, take: u64) -> Result<Vec<i64>> {
        match &self.order.by {
            By::Id => {
                let all = self.filled(None, self.known_total(), self.signposts());
                self.within(&all, skip, take).await
            }
            By::Value(key) => self.filled_then_empty(key, skip, take).await,
            By::Ranked(key, values) => self.value_by_value(key, values, skip, take).await,
        }
    }

    async fn filled_then_empty(&self, key: &Key, skip: u64, take: u64) -> Result<Vec<i64>> {
        let n = if skip > NEAR { Some(self.count_filled(key).await?) } else { None };
        let filled = self.filled(Some(key), n, self.signposts());
        let mut ids = self.within(&filled, skip, take).await?;
        let missing = take - ids.len() as u64;
        if missing > 0 {
            let n_filled = match n {
                Some(n) => n,
                None if skip == 0 || !ids.is_empty() => skip + ids.len() as u64,
                None => self.count_filled(key).await?,
            };
            let n = self.known_total().map(|total| total.saturating_sub(n_filled));
            let empty = Stretch { n, ..Stretch::of(key, &None, None) };
            let skip = (skip + ids.len() as u64).saturating_sub(n_filled);
            ids.extend(self.within(&empty, skip, missing).await?);
        }
        Ok(ids)
    }

    /// The first profiles of the list, those for which a condition over `p` holds as well.
    pub(crate) async fn walked(&self, also: Option<&Statement>, take: u64) -> Result<Vec<i64>> {
        let stretches = match &self.order.by {
            By::Id => vec![Stretch { also, ..self.filled(None, None, Signposts::default()) }],
            By::Value(key) => vec![
                Stretch { also, ..self.filled(Some(key), None, Signposts::default()) },
                Stretch { also, ..Stretch::of(key, &None, None) },
            ],
            By::Ranked(key, order) => {
                let values = self.distinct_values(key).await?;
                self.in_order(order, values, |value| value)
                    .into_iter()
                    .map(|value| Stretch { also, ..Stretch::of(key, &value, None) })
                    .collect()
            }
        };
        let mut ids = Vec::new();
        for stretch in stretches {
            ids.extend(self.within(&stretch, 0, take - ids.len() as u64).await?);
            if ids.len() as u64 >= take {
                break;
            }
        }
        Ok(ids)
    }

    /// What concerns the values of a field, in the order of the list.
    fn in_order<T>(&self, order: &[String], mut of_values: Vec<T>, value: impl Fn(&T) -> &Option<String>) -> Vec<T> {
        let place = |value: &Option<String>| {
            let place = value.as_ref().and_then(|value| order.iter().position(|known| known == value));
            (place.unwrap_or(order.len()), value.clone())
        };
        of_values.sort_by_cached_key(|of| place(value(of)));
        if self.order.descending {
            of_values.reverse();
        }
        // Empty values are last in both directions.
        of_values.sort_by_key(|of| value(of).is_none());
        of_values
    }

    async fn value_by_value(&self, key: &Key, order: &[String], skip: u64, take: u64) -> Result<Vec<i64>> {
        if (self.is_whole() || self.all_key.is_some()) && skip.saturating_add(take) <= NEAR_BY {
            return Ok(stretch(&self.walked(None, skip + take).await?, skip, take));
        }
        let counts = self.count_values(key).await?.to_vec();
        let (mut skip, mut ids) = (skip, Vec::new());
        for (value, n) in self.in_order(order, counts, |(value, _)| value) {
            if skip >= n {
                skip -= n;
                continue;
            }
            ids.extend(self.within(&Stretch::of(key, &value, Some(n)), skip, take - ids.len() as u64).await?);
            skip = 0;
            if ids.len() as u64 >= take {
                break;
            }
        }
        Ok(ids)
    }

    /// The profiles that have a value, or all of them.
    pub(crate) fn filled<'k>(&self, key: Option<&'k Key>, n: Option<u64>, posts: Signposts) -> Stretch<'k> {
        Stretch { condition: key.map(|key| key.filled(self.table.engine())), by: key, n, also: None, posts }
    }

    /// Ids of a stretch, walked from its nearer end or from a nearer place within.
    pub(crate) async fn within(&self, stretch: &Stretch<'_>, skip: u64, take: u64) -> Result<Vec<i64>> {
        let post = stretch.posts.iter().rfind(|(at, _)| *at <= skip);
        let walk = post.map_or(skip, |(at, _)| skip - at);
        let from_end = stretch.n.filter(|n| skip > NEAR && n.saturating_sub(skip) < walk);
        let (skip, take) = match from_end {
            Some(n) if skip >= n => return Ok(Vec::new()),
            Some(n) => {
                let take = take.min(n - skip);
                (n - skip - take, take)
            }
            None => (walk, take),
        };
        let reversed = from_end.is_some();
        let mut statement = Statement::new("select p.profile_id ");
        // SQLite would walk the profiles themselves, which are in the right order too but much wider.
        let by = match (self.table.engine(), &self.order.by, skip) {
            (Engine::Sqlite, By::Id, NEAR_BY..) if self.is_whole() => format!(" indexed by {}", self.table.index("living")),
            _ => String::new(),
        };
        statement.append(self.living_by(&by, self.form(skip.saturating_add(take)).await?));
        let post = post.filter(|_| !reversed);
        // Whoever is not before somebody with a value has one; SQLite would begin at the first of two bounds that it is told.
        if let Some(condition) = stretch.condition.as_ref().filter(|_| post.is_none() || self.table.engine() == Engine::Postgres) {
            statement.push(" and ").push(condition);
        }
        if let Some((_, id)) = post {
            self.push_from(&mut statement, stretch.by, *id);
        }
        if let Some(also) = stretch.also {
            // In this form neither engine makes it the beginning of a plan: it stays a question for each profile.
            statement.push(" and (").append(also.clone()).push(") is true");
        }
        statement.push(" order by ").push(&self.order_within(stretch.by, reversed));
        limit(&mut statement, skip, take);
        let rows = self.store.db().rows(statement).await?;
        let mut ids = rows.iter().map(|row| row.int(0)).collect::<Result<Vec<i64>>>()?;
        if reversed {
            ids.reverse();
        }
        Ok(ids)
    }

    /// Appends that a profile is not before this one.
    fn push_from(&self, statement: &mut Statement, by: Option<&Key>, id: i64) {
        let operator = if self.order.descending { "<=" } else { ">=" };
        let Some(key) = by else {
            statement.push(&format!(" and p.profile_id {operator} ")).bind(id);
            return;
        };
        let (sql, collate, table) = (&key.sql, key.collate, self.table.profiles());
        let mut bound = |left: &str, right: &str| {
            statement.push(&format!(" and {left} {operator} (select {right} from {table} p where p.profile_id = ")).bind(id).push(")");
        };
        // SQLite sees a bound of the index in a pair only if it has no collation.
        if self.table.engine() == Engine::Sqlite {
            bound(&format!("{sql}{collate}"), sql);
        }
        bound(&format!("({sql}{collate}, p.profile_id)"), &format!("{sql}, p.profile_id"));
    }

    fn order_within(&self, by: Option<&Key>, reversed: bool) -> String {
        let direction = if self.order.descending == reversed { "asc" } else { "desc" };
        let first = match (by, &self.order.by) {
            (Some(key), _) => format!("{}{} {direction}", key.sql, key.collate),
            (None, By::Id) => format!("p.profile_id {direction}"),
            (None, _) => String::new(),
        };
        let rest = if reversed { &self.order.rest_reversed } else { &self.order.rest };
        format!("{first}{rest}").trim_start_matches(", ").to_owned()
    }

    pub(crate) async fn count_filled(&self, key: &Key) -> Result<u64> {
        let name = format!("filled {} {}", key.name, self.filters_key());
        if let Some(Known::Count(n)) = self.remembered(&name) {
            return Ok(n);
        }
        let n = match self.count_few_empty(key).await? {
            Some(n_empty) => self.state.n_profiles - n_empty,
            None => {
                let mut statement = Statement::new("select count(*) ");
                statement.append(self.living()).push(" and ").push(&key.filled(self.table.engine()));
                self.store.db().row(statement).await?.map_or(Ok(0), |row| row.int(0))?
            }
        };
        let n = u64::try_from(n).unwrap_or(0);
        self.remember(name, Known::Count(n));
        Ok(n)
    }

    /// How many profiles of the whole pool have no value, if these are few.
    async fn count_few_empty(&self, key: &Key) -> Result<Option<i64>> {
        if !self.is_whole() {
            return Ok(None);
        }
        let mut statement = Statement::new("select count(*) from (select 1 ");
        statement.append(self.living()).push(&format!(" and {} is null limit {FEW_EMPTY}) few", key.sql));
        let n = self.store.db().row(statement).await?.map_or(Ok(0), |row| row.int(0))?;
        Ok((n < FEW_EMPTY).then_some(n))
    }

    /// The values that profiles of the pool have, the empty one among them. Jumps from one to the next in the index.
    async fn distinct_values(&self, key: &Key) -> Result<Vec<Option<String>>> {
        let (table, sql, collate, filled) = (self.table.profiles(), &key.sql, key.collate, key.filled(self.table.engine()));
        let statement = Statement::new(format!(
            "with recursive v(k) as (
                select * from (select {sql} from {table} p where p.deleted_at is null and {filled}
                    order by {sql}{collate} limit 1) f
                union all
                select (select {sql} from {table} p where p.deleted_at is null and {sql}{collate} > v.k
                    order by {sql}{collate} limit 1) from v where v.k is not null)
            select cast(k as text) from v where k is not null"
        ));
        let rows = self.store.db().rows(statement).await?;
        let mut values = rows.iter().map(|row| row.opt_text(0)).collect::<Result<Vec<_>>>()?;
        values.push(None);
        Ok(values)
    }

    pub(crate) async fn count_values(&self, key: &Key) -> Result<ValueCounts> {
        let name = format!("values {} {}", key.name, self.filters_key());
        if let Some(Known::Values(values)) = self.remembered(&name) {
            return Ok(values);
        }
        let mut statement = Statement::new(format!("select cast({} as text), count(*) ", key.sql));
        statement.append(self.living()).push(&format!(" group by {}", key.sql));
        let mut values = Vec::new();
        for row in self.store.db().rows(statement).await? {
            values.push((row.opt_text(0)?, u64::try_from(row.int(1)?).unwrap_or(0)));
        }
        let values = std::sync::Arc::new(values);
        self.remember(name, Known::Values(values.clone()));
        Ok(values)
    }

    /// Filters and search of the list without its order; both are part of the whole key.
    fn filters_key(&self) -> &str {
        if self.is_whole() { "" } else { &self.key }
    }
}

/// A part of a list that one index serves.
#[derive(Debug, Default)]
pub(crate) struct Stretch<'a> {
    condition: Option<String>,
    /// What it is sorted by, unless all its profiles have the same; also when they have none, because PostgreSQL does
    /// not see that the id alone decides then, and reads all profiles rather than the index.
    by: Option<&'a Key>,
    /// How many profiles it has, if that is known.
    n: Option<u64>,
    /// What must hold as well, tested for one profile after the other.
    also: Option<&'a Statement>,
    /// Places within, if some are known.
    posts: Signposts,
}

impl<'a> Stretch<'a> {
    /// The profiles that have this value.
    fn of(key: &'a Key, value: &Option<String>, n: Option<u64>) -> Self {
        let (condition, by) = match value {
            Some(value) => (format!("{} = {}", key.sql, key.literal(value)), None),
            None => (format!("{} is null", key.sql), Some(key)),
        };
        Self { condition: Some(condition), by, n, ..Self::default() }
    }
}
