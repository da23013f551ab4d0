//! A backup comes back, part by part: each in one transaction with the place up to which it has come.

use domain::field::Internal;
use domain::history::{Action, Actor};
use domain::id::{ClientId, FieldId, RestoreId};
use domain::pool::Pool;
use domain::restore::{Choice, Consent, Counts, Plan};
use domain::time::Millis;
use domain::value::Value;

use super::compare::{Stretch, read, with_consent};
use super::gone;
use super::meet::{Known, Meeting, Met};
use super::place::Place;
use super::texts::From;
use crate::db::Engine;
use crate::error::Result;
use crate::history;
use crate::load::insert::{self, Origin};
use crate::load::weigh::Draft;
use crate::pool_table::PoolTables;
use crate::profiles::batches::{DELETE, RESTORE};
use crate::profiles::columns::Reading;
use crate::profiles::many::changed as word_of;
use crate::profiles::read::{by_ids, owned};
use crate::profiles::restore::take_out;
use crate::profiles::stamp::Stamp;
use crate::profiles::update_many::{self, Source};
use crate::search::candidates::signed;
use crate::search::text::Indexer;
use crate::search::write;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

/// Who restores what, for each part of it.
#[derive(Clone, Copy, Debug)]
pub struct Restoring<'r> {
    /// Which one.
    pub restore: RestoreId,
    /// How the backup meets the pool.
    pub plan: &'r Plan,
    /// What of it is wished.
    pub choice: &'r Choice,
    /// Whose name stands in the history.
    pub actor: &'r Actor,
}

impl Store {
    /// Restores a stretch of a backup; decides anew for each profile, whatever the comparison said. Gives back how far it came:
    /// what is behind comes with the next call. What had its turn already stays as it is.
    ///
    /// # Errors
    /// `NotFound` when there is no such restore in the pool; `Busy` when the pool was reshaped since it was read;
    /// `Corrupt` for values that no field can have. Nothing of the stretch stands then.
    pub async fn restore_stretch(
        &self,
        client: ClientId,
        pool: &Pool,
        restoring: Restoring<'_>,
        stretch: Stretch<'_>,
        now: Millis,
    ) -> Result<i64> {
        owned(client, pool)?;
        let Restoring { restore, plan, choice, actor } = restoring;
        let mut tx = self.write().await?;
        if self.engine() == Engine::Postgres {
            // A pool that has just been emptied has statistics of its former size, and the other way round.
            tx.run(Statement::new("set local enable_seqscan = off")).await?;
        }
        let revision = tx.hold(client, pool).await?;
        let mut at = tx.place(client, pool.id, restore).await?;
        if stretch.upto <= at.profile {
            return Ok(at.profile);
        }
        let stretch = Stretch { after: stretch.after.max(at.profile), ..stretch };
        let part = Part { client, pool, tables: PoolTables::of(tx.engine(), client, pool.id), restore, actor, now };
        let meeting = Meeting::of(pool, plan, choice);
        let (texts, to, rows) = read(&mut From::Tx(&mut tx), &part.tables, &meeting, stretch).await?;
        let met = meeting.meet(rows, texts.lines(pool)?);
        at.begun(revision);
        at.profile = to;
        let done = part.take(&mut tx, &meeting, met, &mut at).await?;
        at.counts.add(&done);
        tx.move_to(restore, &at).await?;
        tx.commit().await?;
        Ok(to)
    }
}

/// A part that is restored in one transaction.
struct Part<'p> {
    client: ClientId,
    pool: &'p Pool,
    tables: PoolTables,
    restore: RestoreId,
    actor: &'p Actor,
    now: Millis,
}

impl Part<'_> {
    /// Does what a part comes to; what that was.
    async fn take(&self, tx: &mut Tx, meeting: &Meeting<'_>, met: Met<'_>, at: &mut Place) -> Result<Counts> {
        let mut counts = Counts { unsubscribed: met.less.len() as u64, ..met.counts };
        if met.binned.is_empty() && met.gone.is_empty() && met.changed.is_empty() && met.newer.is_empty() {
            return Ok(counts);
        }
        let stamp = tx.stamp(self.client, self.pool, 0, self.now).await?;
        let batch = match at.batch {
            Some(batch) => batch,
            None => tx.new_batch(self.client, self.pool.id, RESTORE, self.actor, self.now).await?,
        };
        at.batch = Some(batch);
        let mut ids = self.out_of_bin(tx, meeting, &met.binned, (batch, stamp)).await?;
        ids.extend(self.anew(tx, meeting, &met, (batch, stamp), &mut counts).await?);
        counts.back = ids.len() as u64;
        tx.add_to_count(self.client, self.pool.id, signed(counts.back)).await?;
        let changed = self.values(tx, meeting, &met.changed, (batch, stamp), Action::ChangedBack).await?;
        counts.changed = changed.len() as u64;
        ids.extend(changed);
        if !met.newer.is_empty() {
            let newer: Vec<i64> = met.newer.iter().map(|line| line.id).collect();
            let bin = match at.bin {
                Some(bin) => bin,
                None => tx.new_batch(self.client, self.pool.id, DELETE, self.actor, self.now).await?,
            };
            at.bin = Some(bin);
            let whole = Reach::whole(self.client);
            counts.newer = tx.delete(&whole, self.pool, (bin, stamp), &newer, self.actor, self.now).await?.len() as u64;
        }
        tx.count_in(batch, counts.touched()).await?;
        tx.notify(word_of(self.client, self.pool, stamp.revision, &ids));
        tracing::debug!(restore = %self.restore, profiles = ids.len(), "part restored");
        Ok(counts)
    }

    /// Takes profiles out of the bin and gives them their former values.
    async fn out_of_bin(&self, tx: &mut Tx, meeting: &Meeting<'_>, binned: &[Known<'_>], (batch, stamp): (i64, Stamp)) -> Result<Vec<i64>> {
        if binned.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<i64> = binned.iter().map(|known| known.line.id).collect();
        take_out(tx, &Reach::whole(self.client), self.pool, &ids, stamp.revision).await?;
        let changes = binned.iter().filter(|known| !known.diff.is_empty()).map(|known| meeting.change(known));
        let changes = changes.collect::<Result<Vec<_>>>()?;
        let mut lines = update_many::write(tx, &self.tables, self.pool, Source::Hand(self.now), stamp, &changes).await?;
        let same = binned.iter().filter(|known| known.diff.is_empty());
        lines.extend(same.map(|known| (known.line.id, "[]".to_owned())));
        let indexer = Indexer::of(self.pool);
        let (mut main, mut more) = (Vec::with_capacity(ids.len()), Vec::new());
        for known in binned {
            // Nothing in the bin is in the search tables.
            let (text, all) = meeting.texts(known, &indexer, known.line.id <= stamp.indexed_to)?;
            main.push((known.line.id, text));
            more.extend(all.map(|all| (known.line.id, all)));
        }
        write::add(tx, &self.tables, &self.tables.search_main(), main).await?;
        if !more.is_empty() {
            write::add(tx, &self.tables, &self.tables.search_more(), more).await?;
        }
        self.tell(tx, lines, batch, Action::BroughtBack).await?;
        Ok(ids)
    }

    /// Makes profiles anew that are gone for good, with the numbers that they had.
    async fn anew(
        &self,
        tx: &mut Tx,
        meeting: &Meeting<'_>,
        met: &Met<'_>,
        (batch, stamp): (i64, Stamp),
        counts: &mut Counts,
    ) -> Result<Vec<i64>> {
        if met.gone.is_empty() {
            return Ok(Vec::new());
        }
        tx.raise_ids(self.client, self.pool.id, meeting.plan.next_profile).await?;
        let ids: Vec<i64> = met.gone.iter().map(|row| row.id.get()).collect();
        let last = gone::answered(&tx.rows(gone::asked(self.pool, &self.tables, &ids)).await?)?;
        let (mut ids, mut rows) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
        for row in &met.gone {
            let id = row.id.get();
            let then = meeting.plan.consent(&row.cells);
            let Some(consent) = with_consent(then, last.get(&id).copied()) else { continue };
            let (mut values, less) = meeting.values(row)?;
            counts.options += less;
            counts.unsubscribed += u64::from(then.allows_more_than(consent));
            self.settle(&mut values, then, consent);
            ids.push(id);
            rows.push(Draft { values, ..Draft::default() });
        }
        counts.gone = ids.len() as u64;
        insert::all(tx, &self.tables, self.pool, Origin::Backup(ids.clone()), stamp.revision, rows, self.now).await?;
        self.index_all(tx, &ids, stamp).await?;
        self.tell(tx, ids.iter().map(|id| (*id, "[]".to_owned())).collect(), batch, Action::BroughtBack).await?;
        Ok(ids)
    }

    /// The index of all fields, for those that it does not come to by itself; the other one they are in.
    async fn index_all(&self, tx: &mut Tx, ids: &[i64], stamp: Stamp) -> Result<()> {
        let covered: Vec<i64> = ids.iter().copied().filter(|id| *id <= stamp.indexed_to).collect();
        if covered.is_empty() {
            return Ok(());
        }
        let reading = Reading::all(self.pool);
        let indexer = Indexer::of(self.pool);
        let rows = tx.rows(by_ids(&self.tables, &reading, &covered)).await?;
        let mut texts = Vec::with_capacity(rows.len());
        for row in &rows {
            let profile = reading.profile(row)?;
            texts.push((profile.id.get(), indexer.all(|field| profile.value(field))));
        }
        texts.sort_unstable_by_key(|(id, _)| *id);
        write::add(tx, &self.tables, &self.tables.search_more(), texts).await
    }

    /// Puts into the values of a profile what it may have consented to, and what every profile has.
    fn settle(&self, values: &mut Vec<(FieldId, Value)>, then: Consent, consent: Consent) {
        let mut set = |internal: Internal, value: Value, always: bool| {
            let Some(field) = self.pool.internal(internal) else { return };
            let known = values.iter_mut().find(|(id, _)| *id == field.id);
            match known {
                Some((_, known)) if always => *known = value,
                Some(_) => {}
                None => values.push((field.id, value)),
            }
        };
        set(Internal::Permission, Value::Int(consent.permission.number()), true);
        set(Internal::Unsubscribed, Value::Bool(consent.unsubscribed), true);
        set(Internal::NoTracking, Value::Bool(consent.no_tracking), true);
        set(Internal::EntryDate, Value::Int(self.now.get()), false);
        if consent.unsubscribed && !then.unsubscribed {
            // Since when is not known any more; that they have is.
            set(Internal::UnsubscribeDate, Value::Int(self.now.get()), true);
        }
    }

    /// Gives living profiles their former values; those that had others.
    async fn values(
        &self,
        tx: &mut Tx,
        meeting: &Meeting<'_>,
        changed: &[Known<'_>],
        (batch, stamp): (i64, Stamp),
        action: Action,
    ) -> Result<Vec<i64>> {
        let changes = changed.iter().map(|known| meeting.change(known)).collect::<Result<Vec<_>>>()?;
        let lines = update_many::all(tx, &self.tables, self.pool, Source::Hand(self.now), stamp, changes).await?;
        let ids = lines.iter().map(|(id, _)| *id).collect();
        self.tell(tx, lines, batch, action).await?;
        Ok(ids)
    }

    async fn tell(&self, tx: &mut Tx, lines: Vec<(i64, String)>, batch: i64, action: Action) -> Result<()> {
        history::write_lines(tx, self.client, self.pool.id, lines, Some(batch), self.now, self.actor, action).await
    }
}
