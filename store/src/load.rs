//! Many profiles at a time: a file goes into a pool batch by batch, each in one transaction.
//!
//! The place in the file moves in the same transaction, so that an import which was killed goes on
//! exactly behind its last batch.

mod ahead;
pub(crate) mod copy;
pub(crate) mod insert;
mod large;
mod matching;
mod met;

use std::collections::HashSet;

use domain::history::{Action, Actor};
use domain::id::{ClientId, FieldId, ImportId};
use domain::import::{ImportCounts, RowProblem};
use domain::pool::Pool;
use domain::time::Millis;
use domain::value::Value;

pub use crate::imports::undo::{ImportUndoJob, ImportUndone};
pub use crate::imports::{Import, NewImport};

use crate::Store;
use crate::changes::{Change, ChangeKind};
use crate::db::Engine;
use crate::error::{Result, StoreError};
use crate::history;
use crate::load::insert::Origin;
use crate::load::met::Met;
use crate::pool_table::PoolTables;
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

/// A checked row of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// As a table program counts.
    pub number: u64,
    /// Its filled cells, each field at most once. Empty cells keep what a profile has.
    pub values: Vec<(FieldId, Value)>,
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
    /// Where the next batch begins.
    pub next: Cursor,
}

/// A file on its way into a pool.
#[derive(Debug)]
pub struct Load<'a> {
    store: &'a Store,
    client: ClientId,
    pool: &'a Pool,
    import: ImportId,
    key: Option<FieldId>,
    met: Met,
}

impl Store {
    /// A load of batches into a pool, whose profiles are found by the field `key`.
    pub fn load<'a>(&'a self, client: ClientId, pool: &'a Pool, import: ImportId, key: Option<FieldId>) -> Load<'a> {
        Load { store: self, client, pool, import, key, met: Met::default() }
    }
}

impl Load<'_> {
    /// Loads the next batch: finds the profiles that exist by the key (also those that earlier rows of the
    /// same batch have made), makes the others, changes what differs. New profiles get the permission
    /// opt-out; updates set no time of change. A batch that was loaded already changes nothing.
    ///
    /// # Errors
    /// `NotFound` when pool or import are another client's. Nothing of the batch stands then.
    pub async fn batch(&mut self, batch: Batch, now: Millis) -> Result<ImportCounts> {
        let Self { store, client, pool, import, .. } = *self;
        owned(client, pool)?;
        let tables = PoolTables::of(store.engine(), client, pool.id);
        let key = match self.key {
            Some(key) => Some(pool.field_by_id(key).ok_or(StoreError::NotFound)?),
            None => None,
        };
        if let Some(key) = key {
            store.ensure_key_index(&tables, key).await?;
        }
        let mut tx = store.write().await?;
        if store.engine() == Engine::Postgres {
            // While a pool grows its statistics are always old: the planner would read all of it to find a batch's keys.
            tx.run(Statement::new("set local enable_seqscan = off")).await?;
            // A batch that a power cut takes back takes the place in the file back too, and comes again. What follows
            // the last one (the import's end) is written with all before it.
            tx.run(Statement::new("set local synchronous_commit = off")).await?;
        }
        // Takes the pool's row, so that nobody makes a profile with the same key meanwhile.
        let stamp = tx.stamp(client, pool, 0, now).await?;
        self.met.at(stamp);
        let at = tx.cursor(client, pool.id, import).await?;
        if batch.next.row <= at.row && batch.next.byte <= at.byte {
            return Ok(ImportCounts::default());
        }
        let change = tx.import_batch(client, pool.id, import, now).await?;
        let refused = batch.refusals.iter().map(|problem| problem.row).collect::<HashSet<_>>().len() as u64;
        let rows = batch.rows.len() as u64 + refused;
        let sorted = matching::sort(&mut tx, &tables, pool, key, &mut self.met, batch.rows).await?;
        let counts = ImportCounts { rows, created: sorted.new.len() as u64, updated: sorted.updated, unchanged: sorted.unchanged, refused };

        let first_id = tx.give_ids(client, pool.id, signed(counts.created)).await?;
        insert::all(&mut tx, &tables, pool, Origin::Import(import, first_id), stamp.revision, sorted.new, now).await?;
        let lines = update_many::all(&mut tx, &tables, pool, Source::Import(import), stamp, sorted.changed).await?;
        history::write_lines(&mut tx, client, pool.id, lines, Some(change), now, &Actor::Import(import), Action::ImportChanged).await?;
        tx.refuse(client, import, &batch.refusals).await?;
        tx.move_on(import, &counts, batch.next).await?;
        tx.count_in(change, counts.created + counts.updated).await?;
        tx.add_to_count(client, pool.id, signed(counts.created)).await?;
        tx.notify(Change { client, pool: Some(pool.id), revision: stamp.revision, kind: ChangeKind::Bulk });
        tx.commit().await?;
        self.met.stands(stamp);
        Ok(counts)
    }
}
