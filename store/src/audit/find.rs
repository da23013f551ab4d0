//! Looking for entries: newest first, page by page, by the number of the last one seen.

use domain::audit::{AuditQuery, Chain, Entry, ObjectKind};
use domain::search::{Query, Word};
use domain::time::Zone;

use super::Head;
use super::read::{COLUMNS, entry};
use crate::Store;
use crate::db::Engine;
use crate::error::Result;
use crate::search::{postgres::pattern, sqlite::phrase};
use crate::statement::Statement;

/// Among so many of the newest entries PostgreSQL looks first: a usual word fills its page from them, and the trigram
/// index looks up all hits before it gives any.
const WINDOW: i64 = 10_000;

/// Entries of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditPage {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Whether there are older ones.
    pub more: bool,
}

/// Numbers between two others, neither of which is meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) above: i64,
    pub(super) below: i64,
}

impl Store {
    /// The newest entries that a query means, at most `limit`. Days are those of the zone.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn audit_page(&self, chain: impl Into<Chain>, query: &AuditQuery, zone: &Zone, limit: u32) -> Result<AuditPage> {
        let chain = chain.into();
        let Some(head) = self.audit_head(chain).await? else { return Ok(AuditPage { entries: Vec::new(), more: false }) };
        let mut range = self.range_of(chain, &head, query, zone).await?;
        range.below = range.below.min(query.before.unwrap_or(i64::MAX));
        let wanted = i64::from(limit) + 1;
        let asked = Asked { chain, query, zone, range, words: Query::parse(&query.q), wanted };
        let mut entries = match self.engine() {
            _ if asked.words.is_empty() => self.entries_in(chain, asked.plain()).await?,
            Engine::Sqlite => self.entries_in(chain, asked.by_sqlite()).await?,
            Engine::Postgres => {
                let newest = Range { above: range.above.max(range.below.saturating_sub(WINDOW)), ..range };
                let found = self.entries_in(chain, asked.among(newest)).await?;
                let all = found.len() as i64 == wanted || newest.above == range.above;
                if all { found } else { self.entries_in(chain, asked.by_postgres()).await? }
            }
        };
        let more = entries.len() > limit as usize;
        entries.truncate(limit as usize);
        Ok(AuditPage { entries, more })
    }

    /// Between which numbers the entries of a span of time lie, and perhaps some others.
    ///
    /// No entry is more than `behind` before an earlier one. So all entries of the span come before any that is so much
    /// later than its end, and after any that is so much earlier than its beginning.
    pub(super) async fn range_of(&self, chain: Chain, head: &Head, query: &AuditQuery, zone: &Zone) -> Result<Range> {
        const LATER: &str = "select n from audit_log where chain = $1 and at >= $2 order by at, n limit 1";
        const EARLIER: &str = "select n from audit_log where chain = $1 and at < $2 order by at desc, n desc limit 1";
        let (from, to) = query.span(zone);
        let mut range = Range { above: head.first - 1, below: head.last + 1 };
        let beside = |sql: &'static str, at: i64| self.db().row(Statement::new(sql).arg(chain.number()).arg(at));
        if let Some(to) = to
            && let Some(later) = beside(LATER, to.plus(head.behind).get()).await?
        {
            range.below = range.below.min(later.int(0)?);
        }
        if let Some(from) = from
            && let Some(earlier) = beside(EARLIER, from.plus(-head.behind).get()).await?
        {
            range.above = range.above.max(earlier.int(0)?);
        }
        Ok(range)
    }

    /// The entries whose numbers a statement gives.
    async fn entries_in(&self, chain: Chain, numbers: Statement) -> Result<Vec<Entry>> {
        let mut statement = Statement::new(format!("select {COLUMNS} from audit_log a where a.chain = "));
        statement.bind(chain.number()).push(" and a.n in (").append(numbers).push(") order by a.n desc");
        self.db().rows(statement).await?.iter().map(entry).collect()
    }
}

/// Ways to the numbers of a page; numbers alone, so that an index answers without the entries.
struct Asked<'a> {
    chain: Chain,
    query: &'a AuditQuery,
    zone: &'a Zone,
    range: Range,
    words: Query,
    wanted: i64,
}

impl Asked<'_> {
    fn plain(&self) -> Statement {
        let mut numbers = Statement::new("select a.n from audit_log a where ");
        self.filter(&mut numbers, self.range);
        self.end(numbers, "a.n")
    }

    /// Cross join: the index leads. It holds its hits in their order, begins with the last one that may be meant, and stops
    /// when there are enough.
    fn by_sqlite(&self) -> Statement {
        let either = |word: &Word| format!("({})", word.needles().iter().map(|needle| phrase(needle)).collect::<Vec<_>>().join(" OR "));
        let said: Vec<String> = self.words.words().iter().map(either).collect();
        let mut numbers =
            Statement::new("select a.n from search_audit s cross join audit_log a on a.id = s.rowid where s.search_audit match ");
        numbers.bind(said.join(" AND "));
        for (compared, side, number) in [(" and s.rowid <= ", "n < ", self.range.below), (" and s.rowid >= ", "n > ", self.range.above)] {
            let order = if compared.contains('<') { "desc" } else { "asc" };
            numbers.push(compared).push("(select id from audit_log where chain = ").bind(self.chain.number());
            numbers.push(" and ").push(side).bind(number).push(&format!(" order by n {order} limit 1)"));
        }
        numbers.push(" and ");
        self.filter(&mut numbers, self.range);
        self.end(numbers, "s.rowid")
    }

    fn among(&self, range: Range) -> Statement {
        let mut numbers = Statement::new("select a.n from audit_log a join search_audit s on s.entry_id = a.id where ");
        self.filter(&mut numbers, range);
        numbers.push(" and ");
        self.like(&mut numbers);
        self.end(numbers, "a.n")
    }

    /// Materialized: else the planner walks the whole log backwards for a page of a rare word.
    fn by_postgres(&self) -> Statement {
        let mut numbers = Statement::new("with hits as materialized (select s.entry_id from search_audit s where ");
        self.like(&mut numbers);
        numbers.push(") select a.n from hits h join audit_log a on a.id = h.entry_id where ");
        self.filter(&mut numbers, self.range);
        self.end(numbers, "a.n")
    }

    fn like(&self, numbers: &mut Statement) {
        for (nth, word) in self.words.words().iter().enumerate() {
            numbers.push(if nth == 0 { "(" } else { " and (" });
            for (nth, needle) in word.needles().iter().enumerate() {
                numbers.push(if nth == 0 { "s.body like " } else { " or s.body like " }).bind(pattern(needle));
            }
            numbers.push(")");
        }
    }

    fn filter(&self, numbers: &mut Statement, range: Range) {
        conditions(numbers, self.chain, self.query, self.zone);
        numbers.push(" and a.n > ").bind(range.above).push(" and a.n < ").bind(range.below);
    }

    fn end(&self, mut numbers: Statement, order: &str) -> Statement {
        numbers.push(&format!(" order by {order} desc limit ")).bind(self.wanted);
        numbers
    }
}

/// Everything but words and place, over the alias `a`.
pub(super) fn conditions(statement: &mut Statement, chain: Chain, query: &AuditQuery, zone: &Zone) {
    statement.push("a.chain = ").bind(chain.number());
    if let Some(deed) = query.deed {
        statement.push(" and a.deed = ").bind(deed.code());
    }
    if let Some(actor) = query.who {
        statement.push(" and a.actor_kind = ").bind(actor.kind());
        if let Some(id) = actor.id() {
            statement.push(" and a.actor_id = ").bind(id);
        }
    }
    match query.object {
        Some((ObjectKind::Pool, pool)) => _ = statement.push(" and a.pool_id = ").bind(pool),
        Some((kind, id)) => _ = statement.push(" and a.object_kind = ").bind(kind.code()).push(" and a.object_id = ").bind(id),
        None => {}
    }
    let (from, to) = query.span(zone);
    if let Some(from) = from {
        statement.push(" and a.at >= ").bind(from);
    }
    if let Some(to) = to {
        statement.push(" and a.at < ").bind(to);
    }
}
