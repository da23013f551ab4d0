//! Whether a log is as it was written: every entry there, unchanged, in its order.

use domain::audit::{BEGINNING, Chain, Deed, hex};
use futures::StreamExt;

use super::Head;
use super::read::{COLUMNS, entry};
use super::write::hash_of;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::statement::Statement;

/// What came of looking through a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is as it was written.
    Whole(Verified),
    /// It is not, and this is the first place that shows it.
    Broken {
        /// The number of the entry.
        n: i64,
        /// What is wrong there.
        fault: Fault,
    },
}

/// A log that is as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries there are.
    pub entries: i64,
    /// The number of the first.
    pub first: i64,
    /// The number of the last; 0 in an empty log.
    pub last: i64,
    /// The hash of the last.
    pub hash: [u8; 32],
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is missing.
    Missing,
    /// Something in it was changed.
    Changed,
    /// It does not follow the one before.
    NotChained,
    /// It stands behind the end of the log.
    BehindTheEnd,
    /// The log ends with another one than it should.
    OtherEnd,
    /// What was before it was removed, and nothing in the log says so.
    NotPruned,
    /// It is not the one that is known from elsewhere.
    NotTheKnown,
}

/// What comes next.
struct Expected {
    n: i64,
    previous: [u8; 32],
}

impl Store {
    /// Looks through a whole log. `known` is an entry that somebody wrote down elsewhere: number and hash. What is written
    /// meanwhile is looked at too.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn verify_audit(&self, chain: impl Into<Chain>, known: Option<(i64, [u8; 32])>) -> Result<Verdict> {
        let chain = chain.into();
        loop {
            let Some(head) = self.audit_head(chain).await? else { return self.without_head(chain, known).await };
            let verdict = self.verify_from(chain, head, known).await?;
            // What seems broken may have been pruned meanwhile.
            let moved = self.audit_head(chain).await?.is_some_and(|now| now.first != head.first);
            if matches!(verdict, Verdict::Whole(_)) || !moved {
                return Ok(verdict);
            }
        }
    }

    async fn without_head(&self, chain: Chain, known: Option<(i64, [u8; 32])>) -> Result<Verdict> {
        let asked = Statement::new("select n from audit_log where chain = $1 order by n limit 1");
        let first = self.db().row(asked.arg(chain.number())).await?;
        Ok(match (first, known) {
            (Some(row), _) => Verdict::Broken { n: row.int(0)?, fault: Fault::BehindTheEnd },
            (None, Some((n, _))) => Verdict::Broken { n, fault: Fault::Missing },
            (None, None) => Verdict::Whole(Verified { entries: 0, first: 1, last: 0, hash: BEGINNING }),
        })
    }

    async fn verify_from(&self, chain: Chain, head: Head, known: Option<(i64, [u8; 32])>) -> Result<Verdict> {
        let broken = |n: i64, fault: Fault| Ok(Verdict::Broken { n, fault });
        if !self.pruned_rightly(chain, &head).await? {
            return broken(head.first, Fault::NotPruned);
        }
        let mut next = Expected { n: head.first, previous: head.anchor };
        let end = loop {
            if let Some((n, fault)) = self.look_through(chain, &mut next, known).await? {
                return broken(n, fault);
            }
            let end = self.audit_head(chain).await?.unwrap_or(head);
            if end.last < next.n {
                break end;
            }
            if !self.is_there(chain, next.n).await? {
                return broken(next.n, Fault::Missing);
            }
        };
        if end.last < next.n - 1 {
            return broken(end.last + 1, Fault::BehindTheEnd);
        }
        if end.hash != next.previous {
            return broken(end.last, Fault::OtherEnd);
        }
        match known {
            Some((n, _)) if n >= next.n || n < head.first - 1 => broken(n, Fault::Missing),
            Some((n, hash)) if n == head.first - 1 && hash != head.anchor => broken(n, Fault::NotTheKnown),
            _ => {
                let entries = end.last - head.first + 1;
                Ok(Verdict::Whole(Verified { entries, first: head.first, last: end.last, hash: end.hash }))
            }
        }
    }

    /// Follows the chain to its last entry; the first fault on the way.
    async fn look_through(&self, chain: Chain, next: &mut Expected, known: Option<(i64, [u8; 32])>) -> Result<Option<(i64, Fault)>> {
        let sql = format!("select {COLUMNS} from audit_log a where a.chain = $1 and a.n >= $2 order by a.n");
        let mut rows = self.db().stream(Statement::new(sql).arg(chain.number()).arg(next.n));
        while let Some(row) = rows.next().await {
            let row = row?;
            let n = row.int(1)?;
            if n != next.n {
                return Ok(Some((next.n, Fault::Missing)));
            }
            let entry = match entry(&row) {
                Ok(entry) => entry,
                Err(StoreError::Corrupt(_)) => return Ok(Some((n, Fault::Changed))),
                Err(error) => return Err(error),
            };
            if hash_of(&entry) != entry.hash {
                return Ok(Some((n, Fault::Changed)));
            }
            if entry.previous != next.previous {
                return Ok(Some((n, Fault::NotChained)));
            }
            if known.is_some_and(|(known, hash)| known == n && hash != entry.hash) {
                return Ok(Some((n, Fault::NotTheKnown)));
            }
            *next = Expected { n: n + 1, previous: entry.hash };
        }
        Ok(None)
    }

    /// Whether the beginning is the first entry ever, or where the last pruning that stands in the log says.
    async fn pruned_rightly(&self, chain: Chain, head: &Head) -> Result<bool> {
        const SQL: &str = "select after from audit_log where chain = $1 and deed = $2 order by n desc limit 1";
        if head.first == 1 {
            return Ok(head.anchor == BEGINNING);
        }
        let row = self.db().row(Statement::new(SQL).arg(chain.number()).arg(Deed::AuditPruned.code())).await?;
        let Some(told) = row.map(|row| row.opt_text(0)).transpose()?.flatten() else { return Ok(false) };
        let Ok(told) = serde_json::from_str::<serde_json::Value>(&told) else { return Ok(false) };
        Ok(told["until"].as_i64() == Some(head.first - 1) && told["hash"].as_str() == Some(hex(&head.anchor).as_str()))
    }

    async fn is_there(&self, chain: Chain, n: i64) -> Result<bool> {
        let asked = Statement::new("select n from audit_log where chain = $1 and n = $2");
        Ok(self.db().row(asked.arg(chain.number()).arg(n)).await?.is_some())
    }
}
