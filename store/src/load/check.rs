//! What would come of a file: its rows go the way of a load, and nothing is written into the pool.

use std::collections::HashSet;

use domain::id::{ClientId, ImportId, JobId};
use domain::import::{Duplicates, Fate, ImportCounts, Noted, Rules};
use domain::pool::Pool;
use domain::time::Millis;

use crate::Store;
use crate::db::Engine;
use crate::error::Result;
use crate::imports::check::Line;
use crate::load::Batch;
use crate::load::eye::Eye;
use crate::load::grow;
use crate::load::matching::{self, Bench};
use crate::load::met::Met;
use crate::load::row::Row;
use crate::load::told::Told;
use crate::load::weigh::Scales;
use crate::pool_table::PoolTables;
use crate::profiles::read::owned;
use crate::statement::Statement;

/// A file that is looked at on its way to a pool. What its earlier rows would have made is known to the later ones.
#[derive(Debug)]
pub struct Check<'a> {
    store: &'a Store,
    client: ClientId,
    pool: &'a Pool,
    import: ImportId,
    told: Told,
    eye: Eye,
}

impl Store {
    /// A check of batches for a pool by these rules.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's, or a field of the key is gone.
    pub fn check_by<'a>(&'a self, client: ClientId, pool: &'a Pool, import: ImportId, rules: &Rules) -> Result<Check<'a>> {
        owned(client, pool)?;
        Ok(Check { store: self, client, pool, import, told: Told::of(pool, rules)?, eye: Eye::default() })
    }
}

impl Check<'_> {
    /// Notes the rows of a part of the file, where the last one of a key counts: before the first batch is looked at.
    pub fn note_last(&mut self, rows: &[Row]) {
        self.eye.note_last(rows);
    }

    /// Looks at the next batch, and keeps what would come of it: counts, and the first rows of each fate. False when another
    /// check has taken this one's place, or the import has begun.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn batch(&mut self, job: JobId, mut batch: Batch, now: Millis) -> Result<bool> {
        let tables = PoolTables::of(self.store.engine(), self.client, self.pool.id);
        self.store.ensure_key_index(&tables, &self.told.fields(self.pool)?).await?;
        let before = self.eye.counts;
        let mut lines = Vec::new();
        let mut refused = HashSet::new();
        for problem in &batch.refusals {
            let known = refused.contains(&problem.row);
            if known || self.eye.keeps(Fate::Refused) {
                lines.push(Line::problem(Fate::Refused, problem));
            }
            if !known {
                refused.insert(problem.row);
                Fate::Refused.count(&mut self.eye.counts);
            }
        }
        let mut skipped = match self.told.rules.duplicates {
            Duplicates::Merge => Vec::new(),
            duplicates => self.eye.leave_others(duplicates, &mut batch.rows),
        };
        let options = grow::wanted(&batch.rows).len() as u64;
        let mut scales = Scales::new(self.pool, &self.told, now);
        let mut tx = self.store.write().await?;
        if self.store.engine() == Engine::Postgres {
            tx.run(Statement::new("set local enable_seqscan = off")).await?;
        }
        let bench = Bench { tables: &tables, pool: self.pool, import: self.import, told: &self.told };
        let mut met = Met::default();
        let sorted = matching::sort(&mut tx, &bench, &mut scales, &mut met, Some(&mut self.eye), batch.rows).await?;
        skipped.extend(sorted.skipped);
        for problem in &skipped {
            if self.eye.keeps(Fate::Skipped) {
                lines.push(Line::problem(Fate::Skipped, problem));
            }
            Fate::Skipped.count(&mut self.eye.counts);
        }
        lines.extend(self.eye.seen.drain(..).map(Line::seen));
        let noted = Noted { options, not_asked: batch.not_asked, ..scales.noted };
        let counts = difference(self.eye.counts, before);
        let counted = tx.count_check(self.client, self.import, job, &counts, &noted).await?;
        if counted {
            tx.keep_check_lines(self.client, self.import, &lines).await?;
            tx.commit().await?;
        }
        Ok(counted)
    }
}

fn difference(now: ImportCounts, before: ImportCounts) -> ImportCounts {
    ImportCounts {
        rows: now.rows - before.rows,
        created: now.created - before.created,
        updated: now.updated - before.updated,
        unchanged: now.unchanged - before.unchanged,
        refused: now.refused - before.refused,
        skipped: now.skipped - before.skipped,
    }
}
