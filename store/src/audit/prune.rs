//! Old entries go, and the log says so. The beginning moves first, in one transaction with the entry that tells of it;
//! what lies before it is no part of the log any more and is removed part by part.

use std::sync::atomic::Ordering;

use domain::audit::{Chain, Deed, Note, Object, ObjectKind, hex};
use domain::time::Millis;
use serde_json::json;

use super::bytes;
use crate::Store;
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::profiles::Wish;
use crate::statement::Statement;

const DAY: i64 = 86_400_000;

/// How many entries are removed in one transaction.
const PART: i64 = 5_000;

impl Store {
    /// Removes the entries of a log that are older than they are [kept](Self::keep_audit). Returns how many went.
    ///
    /// # Errors
    /// Those of the engine; what is gone is gone, and the next call goes on.
    pub async fn prune_audit(&self, chain: impl Into<Chain>, now: Millis) -> Result<u64> {
        let chain = chain.into();
        let days = i64::from(self.shared.audit_days.load(Ordering::Relaxed));
        if days == 0 || self.audit_head(chain).await?.is_none() {
            return Ok(0);
        }
        let first = self.move_beginning(chain, now.plus(-days * DAY), now).await?;
        let mut n = 0;
        loop {
            let gone = self.remove_before(chain, first).await?;
            n += gone;
            if gone < PART.unsigned_abs() {
                return Ok(n);
            }
        }
    }

    /// Lets a log begin with its first entry that is younger than this; the number of that.
    async fn move_beginning(&self, chain: Chain, before: Millis, now: Millis) -> Result<i64> {
        const STAYS: &str = "select n from audit_log where chain = $1 and n >= $2 and at >= $3 order by n limit 1";
        const GOES: &str = "select hash from audit_log where chain = $1 and n = $2";
        const MOVE: &str = "update audit_chains set first_n = $2, anchor = $3 where chain = $1";
        let mut tx = self.write().await?;
        let head = tx.hold_log(chain).await?;
        let stays = tx.row(Statement::new(STAYS).arg(chain.number()).arg(head.first).arg(before)).await?;
        let until = stays.map_or(Ok(head.last), |row| row.int(0).map(|n| n - 1))?;
        if until < head.first {
            return Ok(head.first);
        }
        let row = tx.row(Statement::new(GOES).arg(chain.number()).arg(until)).await?.ok_or(StoreError::NotFound)?;
        let hash = bytes(&row, 0)?;
        tx.run(Statement::new(MOVE).arg(chain.number()).arg(until + 1).arg(&hash)).await?;
        let told = json!({ "until": until, "entries": until - head.first + 1, "hash": hex(&hash) });
        tx.audit(chain, &Wish::from(now), Note::new(Deed::AuditPruned, Object::new(ObjectKind::Log, None, "")).after(told));
        tx.commit().await?;
        Ok(until + 1)
    }

    async fn remove_before(&self, chain: Chain, first: i64) -> Result<u64> {
        const ENTRIES: &str = "delete from audit_log
            where chain = $1 and n in (select n from audit_log where chain = $1 and n < $2 order by n limit $3)
            returning id";
        let mut tx = self.write().await?;
        let rows = tx.rows(Statement::new(ENTRIES).arg(chain.number()).arg(first).arg(PART)).await?;
        let ids = rows.iter().map(|row| row.int(0)).collect::<Result<Vec<i64>>>()?;
        let engine = self.engine();
        let words =
            format!("delete from search_audit where {}{}", dialect::search_key(engine, "entry_id"), dialect::is_one_of(engine, "$1"));
        let gone = ids.len() as u64;
        tx.run(Statement::new(words).arg(ids)).await?;
        tx.commit().await?;
        Ok(gone)
    }
}
