//! Entries are written: numbered, chained, made findable.

use domain::audit::{BEGINNING, Chain, Entry, Note, Origin};
use domain::history::Actor;
use domain::id::{ClientId, UserId};
use domain::search::index_text;
use domain::time::Millis;
use sha2::{Digest, Sha256};

use super::{HEAD, Head, head};
use crate::dialect;
use crate::error::{Result, StoreError};
use crate::profiles::Wish;
use crate::statement::Statement;
use crate::tx::Tx;

/// A deed that is written down with its transaction.
#[derive(Debug)]
pub(crate) struct Pending {
    chain: Chain,
    at: Millis,
    actor: Actor,
    origin: Origin,
    note: Note,
}

/// The hash of an entry.
pub(super) fn hash_of(entry: &Entry) -> [u8; 32] {
    Sha256::digest(entry.signed().as_bytes()).into()
}

impl Tx {
    /// Puts a deed of this transaction into a log; nothing of it stands when the transaction fails.
    pub(crate) fn audit(&mut self, chain: impl Into<Chain>, wish: &Wish, note: Note) {
        let Wish { actor, origin, now, .. } = *wish;
        self.note_deed(Pending { chain: chain.into(), at: now, actor, origin, note });
    }

    /// The same in the log of each client that a person works for, or in that of the installation.
    pub(crate) async fn audit_person(&mut self, user: Option<UserId>, wish: &Wish, note: Note) -> Result<()> {
        const SQL: &str = "select client_id from memberships where user_id = $1 order by client_id";
        let clients = match user {
            Some(user) => self.rows(Statement::new(SQL).arg(user)).await?,
            None => Vec::new(),
        };
        if clients.is_empty() {
            self.audit(Chain::Installation, wish, note.clone());
        }
        for row in clients {
            self.audit(ClientId::new(row.int(0)?), wish, note.clone());
        }
        Ok(())
    }

    /// Writes what was noted. Logs are always taken in the same order, so that nobody waits for somebody who waits.
    pub(crate) async fn write_deeds(&mut self, mut deeds: Vec<Pending>) -> Result<()> {
        const END: &str = "update audit_chains set last_n = $2, last_hash = $3, latest_at = $4, behind = $5 where chain = $1";
        deeds.sort_by_key(|deed| deed.chain);
        for deeds in deeds.chunk_by(|a, b| a.chain == b.chain) {
            let mut entries = Vec::with_capacity(deeds.len());
            for Pending { chain, at, actor, origin, note } in deeds {
                let name = self.name_of(*actor).await?;
                entries.push(Entry::new(*chain, *at, *actor, &name, *origin, note.clone()));
            }
            let chain = deeds[0].chain;
            let mut head = self.hold_log(chain).await?;
            for entry in &mut entries {
                entry.n = head.last + 1;
                entry.previous = head.hash;
                entry.hash = hash_of(entry);
                self.insert(entry).await?;
                (head.last, head.hash) = (entry.n, entry.hash);
                head.behind = head.behind.max(head.latest_at.saturating_sub(entry.at.get()));
                head.latest_at = head.latest_at.max(entry.at.get());
            }
            let end = Statement::new(END).arg(chain.number()).arg(head.last).arg(&head.hash);
            self.run(end.arg(head.latest_at).arg(head.behind)).await?;
        }
        Ok(())
    }

    /// Where a log ends; nobody else writes to it from here on.
    pub(super) async fn hold_log(&mut self, chain: Chain) -> Result<Head> {
        const BEGIN: &str = "insert into audit_chains (chain, last_n, last_hash, anchor) values ($1, 0, $2, $2) on conflict do nothing";
        let hold = || Statement::new(format!("{HEAD}{}", dialect::locked(self.engine()))).arg(chain.number());
        let (first, second) = (hold(), hold());
        if let Some(row) = self.row(first).await? {
            return head(&row);
        }
        self.run(Statement::new(BEGIN).arg(chain.number()).arg(&BEGINNING)).await?;
        head(&self.row(second).await?.ok_or(StoreError::NotFound)?)
    }

    async fn insert(&mut self, entry: &Entry) -> Result<()> {
        const SQL: &str = "insert into audit_log (chain, n, at, actor_kind, actor_id, actor_name, deed, object_kind, object_id,
                object_name, pool_id, address, session, before, after, previous, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            returning id";
        let json = |value: &Option<serde_json::Value>| value.as_ref().map(domain::audit::canonical);
        let insert = Statement::new(SQL)
            .arg(entry.chain.number())
            .arg(entry.n)
            .arg(entry.at)
            .arg(entry.actor.kind.as_str())
            .arg(entry.actor.id)
            .arg(entry.actor.name.as_str())
            .arg(entry.deed.as_str())
            .arg(entry.object.kind.as_str())
            .arg(entry.object.id)
            .arg(entry.object.name.as_str())
            .arg(entry.pool)
            .arg(entry.address.as_deref())
            .arg(entry.session.as_deref())
            .arg(json(&entry.before))
            .arg(json(&entry.after))
            .arg(&entry.previous)
            .arg(&entry.hash);
        let id = self.row(insert).await?.ok_or(StoreError::NotFound)?.int(0)?;
        let key = dialect::search_key(self.engine(), "entry_id");
        let words = Statement::new(format!("insert into search_audit ({key}, body) values ($1, $2)"));
        self.run(words.arg(id).arg(index_text(entry.searched()))).await?;
        Ok(())
    }

    /// What an actor is called now; in the log they are called so for ever.
    async fn name_of(&mut self, actor: Actor) -> Result<String> {
        let sql = match actor {
            Actor::User(_) => "select case when name = '' then email else name end from users where id = $1",
            Actor::Api(_) => "select name from api_tokens where id = $1",
            Actor::Import(_) => "select file_name from imports where id = $1",
            Actor::CommandLine | Actor::Nobody | Actor::System => return Ok(String::new()),
        };
        let row = self.row(Statement::new(sql).arg(actor.id())).await?;
        row.map_or(Ok(String::new()), |row| row.text(0))
    }
}
