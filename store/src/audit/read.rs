//! Entries are read, one after another or as a part of the log.

use domain::audit::{AuditQuery, Chain, Entry, Named};
use domain::search::{Query, index_text};
use domain::time::{Millis, Zone};
use futures::stream::{self, BoxStream, StreamExt};

use super::bytes;
use super::find::conditions;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::statement::Statement;

/// What [`entry`] reads, over the alias `a`.
pub(super) const COLUMNS: &str = "a.chain, a.n, a.at, a.actor_kind, a.actor_id, a.actor_name, a.deed, a.object_kind, a.object_id,
    a.object_name, a.pool_id, a.address, a.session, a.before, a.after, a.previous, a.hash";

/// Entries read at once.
const PART: i64 = 1_000;

pub(super) fn entry(row: &Row) -> Result<Entry> {
    let named = |kind: usize| Ok::<_, StoreError>(Named { kind: row.text(kind)?, id: row.opt_int(kind + 1)?, name: row.text(kind + 2)? });
    let json = |column: usize| {
        let text = row.opt_text(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::Corrupt(format!("an entry of the log: {error}"))))
            .transpose()
    };
    Ok(Entry {
        chain: Chain::from_number(row.int(0)?),
        n: row.int(1)?,
        at: Millis::new(row.int(2)?),
        actor: named(3)?,
        deed: row.text(6)?,
        object: named(7)?,
        pool: row.opt_int(10)?,
        address: row.opt_text(11)?,
        session: row.opt_text(12)?,
        before: json(13)?,
        after: json(14)?,
        previous: bytes(row, 15)?,
        hash: bytes(row, 16)?,
    })
}

impl Store {
    /// The entries that a query means, oldest first, part by part: those that are there when it begins. Its place in
    /// the list (`before`) does not matter.
    pub fn audit_entries(&self, chain: impl Into<Chain>, query: &AuditQuery, zone: &Zone) -> BoxStream<'static, Result<Vec<Entry>>> {
        let chain = chain.into();
        let query = AuditQuery { before: None, ..query.clone() };
        let reading = Reading { store: self.clone(), words: Query::parse(&query.q), query, zone: *zone, chain, after: None, last: 0 };
        stream::try_unfold(reading, Reading::next).boxed()
    }
}

/// How far a stream has come.
struct Reading {
    store: Store,
    chain: Chain,
    query: AuditQuery,
    words: Query,
    zone: Zone,
    /// The last number that was looked at; none at the beginning.
    after: Option<i64>,
    /// Where it ends.
    last: i64,
}

impl Reading {
    async fn next(mut self) -> Result<Option<(Vec<Entry>, Self)>> {
        let after = match self.after {
            Some(after) => after,
            None => {
                let Some(head) = self.store.audit_head(self.chain).await? else { return Ok(None) };
                let range = self.store.range_of(self.chain, &head, &self.query, &self.zone).await?;
                self.last = range.below - 1;
                range.above
            }
        };
        let mut statement = Statement::new(format!("select {COLUMNS} from audit_log a where "));
        conditions(&mut statement, self.chain, &self.query, &self.zone);
        statement.push(" and a.n > ").bind(after).push(" and a.n <= ").bind(self.last).push(" order by a.n limit ").bind(PART);
        let mut entries = self.store.db().rows(statement).await?.iter().map(entry).collect::<Result<Vec<_>>>()?;
        let Some(last) = entries.last() else { return Ok(None) };
        self.after = Some(last.n);
        if !self.words.is_empty() {
            entries.retain(|entry| self.words.matches(&index_text(entry.searched())));
        }
        Ok(Some((entries, self)))
    }
}
