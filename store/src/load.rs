//! Many profiles at a time: a file goes into a pool batch by batch, each in one transaction.
//!
//! The place in the file moves in the same transaction, so that an import which was killed goes on
//! exactly behind its last batch.

mod ahead;
mod check;
pub(crate) mod copy;
pub(crate) mod eye;
mod find;
mod grow;
pub(crate) mod insert;
mod large;
mod marks;
mod matching;
mod met;
mod row;
mod told;
pub(crate) mod weigh;

use std::borrow::Cow;
use std::collections::HashSet;

use domain::audit::{Deed, Note, Object, ObjectKind};
use domain::history::{Action, Actor};
use domain::id::{ClientId, FieldId, ImportId};
use domain::import::{ImportCounts, Noted, RowProblem, Rules};
use domain::lang::Lang;
use domain::pool::Pool;
use domain::time::Millis;
use serde_json::json;

pub use crate::imports::check::{CheckRow, FoundCheck};
pub use crate::imports::undo::{ImportUndoJob, ImportUndone};
pub use crate::imports::{Import, NewImport};
pub use crate::load::check::Check;
pub use crate::load::row::{More, NewLabel, Proof, Row, mark};

use crate::Store;
use crate::changes::{Change, ChangeKind};
use crate::db::Engine;
use crate::error::Result;
use crate::history;
use crate::load::grow::Stands;
use crate::load::insert::Origin;
use crate::load::met::Met;
use crate::load::told::Told;
use crate::load::weigh::Scales;
use crate::pool_table::PoolTables;
use crate::profiles::Wish;
use crate::profiles::read::owned;
use crate::profiles::update_many::{self, Source};
use crate::search::candidates::signed;
use crate::statement::Statement;

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The byte at which the next row begins.
    pub byte: u64,
    /// How many rows of the file lie behind.
    pub row: u64,
}

/// Rows that are loaded in one go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The number of the first row.
    pub first_row: u64,
    /// Those that are taken over.
    pub rows: Vec<Row>,
    /// Those that are not, with every reason.
    pub refusals: Vec<RowProblem>,
    /// For how many of those taken over the DNS had no answer about their mail domain, where it was asked.
    pub not_asked: u64,
    /// Where the next batch begins.
    pub next: Cursor,
}

/// A file on its way into a pool.
#[derive(Debug)]
pub struct Load<'a> {
    store: &'a Store,
    client: ClientId,
    /// With the options that this load has made.
    pool: Cow<'a, Pool>,
    stands: Stands,
    import: ImportId,
    told: Told,
    met: Met,
}

impl Store {
    /// A load of batches into a pool, whose profiles are found by the field `key`: what the program itself brings, consent
    /// too. A person's file goes by rules: [`load_by`](Self::load_by).
    pub fn load<'a>(&'a self, client: ClientId, pool: &'a Pool, import: ImportId, key: Option<FieldId>) -> Load<'a> {
        let told = Told { key: key.into_iter().collect(), rules: Rules::default(), guarded: false };
        self.load_as(client, pool, import, told)
    }

    /// A load of batches into a pool by these rules. The pool is seen whole: whether somebody may use a field was asked
    /// when the import began.
    ///
    /// # Errors
    /// `NotFound` when a field of the key is gone.
    pub fn load_by<'a>(&'a self, client: ClientId, pool: &'a Pool, import: ImportId, rules: &Rules) -> Result<Load<'a>> {
        Ok(self.load_as(client, pool, import, Told::of(pool, rules)?))
    }

    fn load_as<'a>(&'a self, client: ClientId, pool: &'a Pool, import: ImportId, told: Told) -> Load<'a> {
        Load { store: self, client, pool: Cow::Borrowed(pool), stands: Stands::new(), import, told, met: Met::default() }
    }
}

impl Load<'_> {
    /// Loads the next batch: finds the profiles that exist by the key (also those that earlier rows of the
    /// same batch have made), makes the others, changes what differs. New profiles get the permission
    /// opt-out; updates set no time of change. A batch that was loaded already changes nothing.
    ///
    /// # Errors
    /// `NotFound` when pool or import are another client's. Nothing of the batch stands then.
    pub async fn batch(&mut self, mut batch: Batch, now: Millis) -> Result<ImportCounts> {
        let (store, client, import) = (self.store, self.client, self.import);
        owned(client, &self.pool)?;
        let tables = PoolTables::of(store.engine(), client, self.pool.id);
        store.ensure_key_index(&tables, &self.told.fields(&self.pool)?).await?;
        let wanted = grow::wanted(&batch.rows);
        let site = match wanted.is_empty() {
            true => None,
            false => Some(store.site(client, self.pool.id, Lang::De, now).await?),
        };
        let mut tx = store.write().await?;
        if store.engine() == Engine::Postgres {
            // While a pool grows its statistics are always old: the planner would read all of it to find a batch's keys.
            tx.run(Statement::new("set local enable_seqscan = off")).await?;
            // A batch that a power cut takes back takes the place in the file back too, and comes again. What follows
            // the last one (the import's end) is written with all before it.
            tx.run(Statement::new("set local synchronous_commit = off")).await?;
        }
        // Takes the pool's row, so that nobody makes a profile with the same key meanwhile.
        let mut stamp = tx.stamp(client, &self.pool, 0, now).await?;
        self.met.at(stamp);
        let at = tx.cursor(client, self.pool.id, import).await?;
        if batch.next.row <= at.row && batch.next.byte <= at.byte {
            if let Some(site) = &site {
                let grown = grow::grown(&mut tx, site, &self.pool, wanted).await?;
                self.stands.extend(&grown.ids);
                self.pool = Cow::Owned(grown.pool);
            }
            return Ok(ImportCounts::default());
        }
        let grown = match &site {
            Some(site) => Some(grow::grow(&mut tx, site, &self.pool, import, wanted).await?),
            None => None,
        };
        if let Some(grown) = &grown {
            // Changing what the pool is made up of took a revision too.
            stamp.revision += 1;
            self.stands.extend(&grown.ids);
        }
        let pool: &Pool = grown.as_ref().map_or(&self.pool, |grown| &grown.pool);
        grow::settle(&mut batch.rows, &self.stands);

        let change = tx.import_batch(client, pool.id, import, now).await?;
        let refused = batch.refusals.iter().map(|problem| problem.row).collect::<HashSet<_>>().len() as u64;
        let rows = batch.rows.len() as u64 + refused;
        let others = tx.leave_others(client, import, self.told.rules.duplicates, &mut batch.rows).await?;
        let mut scales = Scales::new(pool, &self.told, now);
        let bench = matching::Bench { tables: &tables, pool, import, told: &self.told };
        let sorted = matching::sort(&mut tx, &bench, &mut scales, &mut self.met, None, batch.rows).await?;
        let options = grown.as_ref().map_or(0, |grown| grown.n);
        let noted = Noted { options, not_asked: batch.not_asked, ..scales.noted };
        let skipped = (others.len() + sorted.skipped.len()) as u64;
        let created = sorted.new.len() as u64;
        let counts = ImportCounts { rows, created, updated: sorted.updated, unchanged: sorted.unchanged, refused, skipped };

        let first_id = tx.give_ids(client, pool.id, signed(counts.created)).await?;
        let mut lines = weigh::lines_of_new(pool, &sorted.new, first_id)?;
        insert::all(&mut tx, &tables, pool, Origin::Import(import, first_id), stamp.revision, sorted.new, now).await?;
        let changed = update_many::all(&mut tx, &tables, pool, Source::Import(import), stamp, sorted.changed).await?;
        lines.extend(weigh::with_proof(changed, &sorted.proofs)?);
        history::write_lines(&mut tx, client, pool.id, lines, Some(change), now, &Actor::Import(import), Action::ImportChanged).await?;
        for problems in [&batch.refusals, &others, &sorted.skipped] {
            tx.refuse(client, import, problems).await?;
        }
        tx.move_on(import, &counts, &noted, batch.next).await?;
        tx.count_in(change, counts.created + counts.updated).await?;
        tx.add_to_count(client, pool.id, signed(counts.created)).await?;
        if noted.raised > 0 {
            let source = self.told.rules.consent.as_ref().map(|raise| raise.source.as_str());
            let object = Object::new(ObjectKind::Import, import.get(), tx.import_name(import).await?).within(pool.id);
            let note = Note::new(Deed::ConsentRaised, object).after(json!({ "rows": noted.raised, "source": source }));
            tx.audit(client, &Wish::of(Actor::Import(import), now), note);
        }
        tx.notify(Change { client, pool: Some(pool.id), revision: stamp.revision, kind: ChangeKind::Bulk });
        tx.commit().await?;
        self.met.stands(stamp);
        if let Some(grown) = grown {
            self.pool = Cow::Owned(grown.pool);
        }
        Ok(counts)
    }
}
