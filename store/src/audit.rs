//! The audit log: a chain of entries for each client and one for the installation, in the order in which they were
//! committed. What an entry holds and how its hash is made: `domain::audit`, `docs/audit.md`.
//!
//! A deed and its entry belong to the same transaction. The entry is written as the last thing before the commit: until
//! then nobody waits for the log, and whoever holds it waits for nothing any more.

mod find;
mod links;
mod prune;
mod read;
mod refused;
mod reindex;
mod verify;
mod write;

use std::sync::atomic::Ordering;

use domain::audit::{Chain, Note};
use domain::history::Actor;
use domain::id::{ClientId, TokenId, UserId};

use crate::Store;
use crate::error::{Result, StoreError};
use crate::profiles::Wish;
use crate::row::Row;
use crate::statement::Statement;

pub use find::AuditPage;
pub use verify::{Fault, Verdict, Verified};

pub(crate) use write::Pending;

/// For so many days entries are kept unless somebody says otherwise: two years.
pub const AUDIT_DAYS: u32 = 730;

/// Where a log begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry; 0 before the first.
    pub last: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// The number of the first entry; older ones were removed.
    pub first: i64,
    /// What the first entry is chained to.
    pub anchor: [u8; 32],
    /// The latest time of an entry, in milliseconds.
    pub(crate) latest_at: i64,
    /// By so many milliseconds a later entry was at most before an earlier one.
    pub(crate) behind: i64,
}

impl Store {
    /// Puts a deed into a log that is no transaction of the store, or that only reads.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn audit(&self, chain: impl Into<Chain>, wish: &Wish, note: Note) -> Result<()> {
        let chain = chain.into();
        let mut tx = self.write().await?;
        tx.audit(chain, wish, note);
        tx.commit().await
    }

    /// The same for what a person does or suffers who may work for several clients: it stands in the log of each, and of
    /// somebody who works for none, or is nobody, in that of the installation.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn audit_person(&self, user: Option<UserId>, wish: &Wish, note: Note) -> Result<()> {
        let mut tx = self.write().await?;
        tx.audit_person(user, wish, note).await?;
        tx.commit().await
    }

    /// Keeps entries for so many days; 0: for ever.
    pub fn keep_audit(&self, days: u32) {
        self.shared.audit_days.store(days, Ordering::Relaxed);
    }

    /// Every log there is, the installation's first, with the names of the clients.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn audit_chains(&self) -> Result<Vec<(Chain, String)>> {
        // Also those whose client or whose end somebody has taken away.
        const SQL: &str = "select l.chain, coalesce(c.name, '')
            from (select 0 as chain union select id from clients union select chain from audit_chains
                union select distinct chain from audit_log) l
            left join clients c on c.id = l.chain
            order by l.chain";
        let rows = self.db().rows(Statement::new(SQL)).await?;
        rows.iter().map(|row| Ok((Chain::from_number(row.int(0)?), row.text(1)?))).collect()
    }

    /// Where a log begins and ends; none before its first entry.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn audit_head(&self, chain: impl Into<Chain>) -> Result<Option<Head>> {
        let row = self.db().row(Statement::new(HEAD).arg(chain.into().number())).await?;
        row.as_ref().map(head).transpose()
    }

    /// Who may stand in a client's log: its members and tokens, by name.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn audit_people(&self, client: ClientId) -> Result<Vec<(Actor, String)>> {
        const USERS: &str = "select u.id, case when u.name = '' then u.email else u.name end
            from users u join memberships m on m.user_id = u.id where m.client_id = $1";
        const TOKENS: &str = "select id, name from api_tokens where client_id = $1";
        let mut people = Vec::new();
        for row in self.db().rows(Statement::new(USERS).arg(client)).await? {
            people.push((Actor::User(UserId::new(row.int(0)?)), row.text(1)?));
        }
        for row in self.db().rows(Statement::new(TOKENS).arg(client)).await? {
            people.push((Actor::Api(TokenId::new(row.int(0)?)), row.text(1)?));
        }
        people.sort_by(|a, b| domain::search::sort_key_cmp(&a.1, &b.1));
        Ok(people)
    }
}

const HEAD: &str = "select last_n, last_hash, first_n, anchor, latest_at, behind from audit_chains where chain = $1";

fn head(row: &Row) -> Result<Head> {
    let (hash, anchor) = (bytes(row, 1)?, bytes(row, 3)?);
    Ok(Head { last: row.int(0)?, hash, first: row.int(2)?, anchor, latest_at: row.int(4)?, behind: row.int(5)? })
}

/// A hash.
fn bytes(row: &Row, column: usize) -> Result<[u8; 32]> {
    row.bytes(column)?.try_into().map_err(|_| StoreError::Corrupt("a hash of another length".to_owned()))
}
