//! A backup is compared with its pool: what a restore would do, and for whom it would leave consent as it is.

use domain::backup::BackupRow;
use domain::field::Internal;
use domain::id::{ClientId, ProfileId};
use domain::pool::Pool;
use domain::restore::{Choice, Consent, Counts, Group, Plan, SHOWN, Sample, SampleCell, Standing, decide};

use super::gone;
use super::meet::{Diff, Known, Meeting, Met, known_by, stored};
use super::texts::{self, From, Line, Which};
use crate::Store;
use crate::error::Result;
use crate::pool_table::PoolTables;
use crate::profiles::read::owned;

/// A stretch of a backup.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'r> {
    /// It begins behind this id.
    pub after: i64,
    /// And ends with this one.
    pub upto: i64,
    /// What the backup has in between, by ascending id.
    pub rows: &'r [BackupRow],
}

/// What a comparison found in a stretch.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// So far it came: what is behind comes with the next call.
    pub to: i64,
    /// How many profiles of each kind.
    pub counts: Counts,
    /// The first of each group, as far as there was room.
    pub samples: Vec<Sample>,
    /// Living profiles that would have other values, or go into the bin.
    pub touched: Vec<ProfileId>,
}

impl Store {
    /// Compares a stretch of a backup with the pool, without changing anything: what of the choice would happen. `shown` tells
    /// how many profiles of each group are there to be shown already.
    ///
    /// # Errors
    /// `NotFound` when the pool is another client's; `Corrupt` for values that no field can have.
    pub async fn compare_backup(
        &self,
        client: ClientId,
        pool: &Pool,
        plan: &Plan,
        choice: &Choice,
        stretch: Stretch<'_>,
        shown: &Counts,
    ) -> Result<Found> {
        owned(client, pool)?;
        let tables = PoolTables::of(self.engine(), client, pool.id);
        let meeting = Meeting::of(pool, plan, choice);
        let mut from = From::Db(self.db());
        let (texts, to, rows) = read(&mut from, &tables, &meeting, stretch).await?;
        let met = meeting.meet(rows, texts.lines(pool)?);
        let ids: Vec<i64> = met.gone.iter().map(|row| row.id.get()).collect();
        let last = gone::answered(&from.rows(gone::asked(pool, &tables, &ids)).await?)?;
        let mut counts = met.counts;
        counts.changed = met.changed.len() as u64;
        counts.newer = met.newer.len() as u64;
        counts.unsubscribed = met.less.len() as u64;
        let mut shower = Shower { meeting: &meeting, room: Group::ALL.map(|group| room(shown, group)), samples: Vec::new() };
        for row in &met.gone {
            let then = plan.consent(&row.cells);
            let Some(now) = with_consent(then, last.get(&row.id.get()).copied()) else { continue };
            let (_, less) = meeting.values(row)?;
            counts.options += less;
            counts.gone += 1;
            counts.unsubscribed += u64::from(then.allows_more_than(now));
            shower.gone(row);
        }
        counts.back = met.binned.len() as u64 + counts.gone;
        shower.all(&met);
        let touched = met.changed.iter().map(|known| known.line.id).chain(met.newer.iter().map(|line| line.id));
        Ok(Found { to, counts, touched: touched.map(ProfileId::new).collect(), samples: shower.samples })
    }
}

/// Reads what of the pool belongs to a stretch of a backup: up to which id, and the rows up to there.
pub(super) async fn read<'r>(
    from: &mut From<'_>,
    tables: &PoolTables,
    meeting: &Meeting<'_>,
    stretch: Stretch<'r>,
) -> Result<(texts::Texts, i64, &'r [BackupRow])> {
    let Stretch { after, upto, rows } = stretch;
    let begin = rows.partition_point(|row| row.id.get() <= after);
    let rows = &rows[begin..rows.partition_point(|row| row.id.get() <= upto).max(begin)];
    if meeting.is_sparse() {
        let lives = |row: &&BackupRow| meeting.choice.only.as_ref().is_none_or(|only| only.contains(&row.id));
        let ids: Vec<i64> = rows.iter().filter(lives).map(|row| row.id.get()).collect();
        let (texts, _) = texts::read(tables, meeting.pool, Which::Ids(&ids), from).await?;
        return Ok((texts, upto, rows));
    }
    let (texts, to) = texts::read(tables, meeting.pool, Which::Range(after, upto), from).await?;
    Ok((texts, to, &rows[..rows.partition_point(|row| row.id.get() <= to)]))
}

fn room(shown: &Counts, group: Group) -> usize {
    SHOWN.saturating_sub(usize::try_from(shown.of(group)).unwrap_or(usize::MAX))
}

/// Puts together what is shown of the first profiles of each group.
struct Shower<'m, 'd> {
    meeting: &'m Meeting<'d>,
    room: [usize; Group::ALL.len()],
    samples: Vec<Sample>,
}

impl<'d> Shower<'_, 'd> {
    fn all(&mut self, met: &Met<'d>) {
        for known in &met.binned {
            self.known(Group::Back, known);
        }
        for known in &met.changed {
            self.known(Group::Changed, known);
        }
        for line in &met.newer {
            self.show(Group::Newer, line.id, |show| show.cells(None, Some(line), &Vec::new(), &[]));
        }
        for (line, row) in &met.less {
            self.show(Group::Unsubscribed, line.id, |show| {
                show.cells(Some(row), Some(line), &Vec::new(), &[Internal::Permission, Internal::Unsubscribed, Internal::NoTracking])
            });
        }
    }

    fn known(&mut self, group: Group, known: &Known<'d>) {
        self.show(group, known.line.id, |show| show.cells(Some(known.row), Some(&known.line), &known.diff, &[]));
    }

    fn gone(&mut self, row: &BackupRow) {
        self.show(Group::Back, row.id.get(), |show| show.cells(Some(row), None, &Vec::new(), &[]));
    }

    fn show(&mut self, group: Group, id: i64, cells: impl FnOnce(&Self) -> Vec<SampleCell>) {
        let at = Group::ALL.iter().position(|one| *one == group).unwrap_or(0);
        if self.room[at] > 0 {
            self.room[at] -= 1;
            self.samples.push(Sample { profile: ProfileId::new(id), group, cells: cells(self) });
        }
    }

    /// The fields by which somebody is known, those that differ, and some internal ones.
    fn cells(&self, row: Option<&BackupRow>, line: Option<&Line<'_>>, diff: &Diff<'_>, more: &[Internal]) -> Vec<SampleCell> {
        let Meeting { pool, plan, .. } = self.meeting;
        let then = |field| {
            let column = plan.columns.iter().find(|column| column.field == field)?;
            row?.cells.get(column.then)?.as_deref().map(str::to_owned)
        };
        let now = |field| {
            let at = pool.fields.iter().position(|known| known.id == field)?;
            stored(pool.fields[at].kind, line?.cells.get(at)?).map(str::to_owned)
        };
        let internal = more.iter().filter_map(|internal| pool.internal(*internal)).map(|field| field.id);
        let known = known_by(pool).into_iter().map(|field| field.id).filter(|id| diff.iter().all(|(column, _)| column.field != *id));
        let same = known.chain(internal).map(|field| SampleCell { field, then: then(field), now: now(field) });
        let differs = diff.iter().map(|(column, then)| SampleCell { field: column.field, then: then.clone(), now: now(column.field) });
        same.chain(differs).filter(|cell| cell.then.is_some() || cell.now.is_some()).collect()
    }
}

/// What somebody had consented to then, and may have now.
pub(super) fn with_consent(then: Consent, last: Option<Consent>) -> Option<Consent> {
    decide(then, Standing::Gone(last))
}
