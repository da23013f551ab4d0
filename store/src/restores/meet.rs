//! Rows of a backup meet the profiles of the pool: what would become of each.

use std::collections::BTreeMap;

use domain::backup::BackupRow;
use domain::field::{FieldDef, FieldKind, Internal};
use domain::id::{FieldId, ProfileId};
use domain::permission::Status;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::restore::{Choice, Cleaned, Consent, Counts, Plan, PlanColumn, Standing, decide, value};
use domain::value::Value;

use super::texts::Line;
use crate::error::{Result, StoreError};
use crate::profiles::update::never_empty;
use crate::profiles::update_many::Changed;
use crate::search::text::Indexer;

/// What is brought back of a profile that exists: the value of the backup for each column that differs.
pub(super) type Diff<'d> = Vec<(&'d PlanColumn, Option<String>)>;

/// A profile of the pool, what the backup says of it, and what differs.
#[derive(Debug)]
pub(super) struct Known<'d> {
    pub(super) line: Line<'d>,
    pub(super) row: &'d BackupRow,
    pub(super) diff: Diff<'d>,
}

/// What a part of a backup and the same part of the pool come to.
#[derive(Debug, Default)]
pub(super) struct Met<'d> {
    /// In the bin.
    pub(super) binned: Vec<Known<'d>>,
    /// Gone for good.
    pub(super) gone: Vec<&'d BackupRow>,
    /// Living, with other values.
    pub(super) changed: Vec<Known<'d>>,
    /// Living, and not in the backup.
    pub(super) newer: Vec<Line<'d>>,
    /// Those that exist with less consent than in the backup.
    pub(super) less: Vec<(Line<'d>, &'d BackupRow)>,
    /// Rows, what is as it was, and values without their option.
    pub(super) counts: Counts,
}

/// What of a backup goes where.
#[derive(Debug)]
pub(super) struct Meeting<'d> {
    pub(super) pool: &'d Pool,
    pub(super) plan: &'d Plan,
    pub(super) choice: &'d Choice,
    columns: Vec<&'d PlanColumn>,
}

impl<'d> Meeting<'d> {
    pub(super) fn of(pool: &'d Pool, plan: &'d Plan, choice: &'d Choice) -> Self {
        let wished = |field| choice.fields.as_ref().is_none_or(|fields| fields.contains(&field));
        let fixed = |internal: Internal| internal.survives_restore() || internal == Internal::EntryDate;
        let columns = plan.columns.iter().filter(|column| !column.internal.is_some_and(fixed) && wished(column.field));
        Self { pool, plan, choice, columns: columns.collect() }
    }

    /// Whether only what stands in the rows matters, not what lies between them.
    pub(super) fn is_sparse(&self) -> bool {
        !self.plan.whole || (self.choice.only.is_some() && !self.choice.exact)
    }

    /// Lets both meet, each by ascending id.
    pub(super) fn meet(&self, rows: &'d [BackupRow], lines: Vec<Line<'d>>) -> Met<'d> {
        let mut met = Met::default();
        let mut rows = rows.iter().peekable();
        for line in lines {
            while let Some(row) = rows.next_if(|row| row.id.get() < line.id) {
                self.gone(&mut met, row);
            }
            match rows.next_if(|row| row.id.get() == line.id) {
                Some(row) => self.known(&mut met, row, line),
                None if !line.in_bin && self.choice.exact && !self.is_sparse() => met.newer.push(line),
                None => {}
            }
        }
        rows.for_each(|row| self.gone(&mut met, row));
        met
    }

    fn gone(&self, met: &mut Met<'d>, row: &'d BackupRow) {
        met.counts.rows += 1;
        // No id of the pool is as high as the next one that it had to give.
        if row.id.get() < self.plan.next_profile && self.choice.takes(row.id, false) {
            met.gone.push(row);
        }
    }

    fn known(&self, met: &mut Met<'d>, row: &'d BackupRow, line: Line<'d>) {
        met.counts.rows += 1;
        let (then, now) = (self.plan.consent(&row.cells), self.consent(&line));
        if then.allows_more_than(now) {
            met.less.push((line.clone(), row));
        }
        // What it has now stays: only whether it may come back matters here.
        if !self.choice.takes(row.id, !line.in_bin) || decide(then, Standing::Exists(now)).is_none() {
            return;
        }
        let mut diff = Vec::new();
        for column in &self.columns {
            let now = stored(column.kind, line.cells[column.now]);
            let cell = row.cells.get(column.then).and_then(|cell| cell.as_deref()).filter(|cell| !cell.is_empty());
            let cleaned = cell.map(|cell| column.cleaned(cell));
            met.counts.options += u64::from(matches!(cleaned, Some(Cleaned::Less(_) | Cleaned::Nothing)));
            match cleaned {
                Some(Cleaned::Nothing) => {}
                Some(Cleaned::Less(then)) if Some(then.as_str()) != now => diff.push((*column, Some(then))),
                Some(Cleaned::Whole(then)) if Some(then) != now => diff.push((*column, Some(then.to_owned()))),
                None if now.is_some() => diff.push((*column, None)),
                _ => {}
            }
        }
        let known = Known { line, row, diff };
        match (known.line.in_bin, known.diff.is_empty()) {
            (true, _) => met.binned.push(known),
            (false, false) => met.changed.push(known),
            (false, true) => met.counts.unchanged += 1,
        }
    }

    /// What a profile of the pool has consented to.
    pub(super) fn consent(&self, line: &Line<'_>) -> Consent {
        Consent::read(|internal| {
            let at = self.pool.fields.iter().position(|field| field.internal == Some(internal))?;
            line.cells.get(at).copied()
        })
    }

    /// A profile as it is, with what it becomes, for the writing of many.
    pub(super) fn change(&self, known: &Known<'_>) -> Result<Changed> {
        let values = self.read_cells(&known.line, |_| true)?;
        let mut changes = BTreeMap::new();
        for (column, then) in &known.diff {
            let after = then.as_deref().map(|then| read(column.kind, then)).transpose()?;
            let field = &self.pool.fields[column.now];
            let after = after.or_else(|| never_empty(field));
            if after.as_ref() != values.get(&field.id) {
                changes.insert(field.id, after);
            }
        }
        // Nobody asks for the status of what is written.
        Ok((Profile { id: ProfileId::new(known.line.id), revision: 0, status: Status::Usable, values }, changes))
    }

    /// What the search finds a profile by that comes back: the four fields, or all.
    pub(super) fn texts(&self, known: &Known<'_>, indexer: &Indexer, all: bool) -> Result<(String, Option<String>)> {
        let mut values = self.read_cells(&known.line, |field| all || indexer.in_main(field))?;
        for (column, then) in &known.diff {
            match then.as_deref() {
                Some(then) => values.insert(column.field, read(column.kind, then)?),
                None => values.remove(&column.field),
            };
        }
        let main = indexer.main(|field| values.get(&field));
        Ok((main, all.then(|| indexer.all(|field| values.get(&field)))))
    }

    fn read_cells(&self, line: &Line<'_>, wanted: impl Fn(FieldId) -> bool) -> Result<BTreeMap<FieldId, Value>> {
        let cells = self.pool.fields.iter().zip(&line.cells).filter(|(field, cell)| !cell.is_empty() && wanted(field.id));
        cells.map(|(field, cell)| Ok((field.id, read(field.kind, cell)?))).collect()
    }

    /// The values of a profile that is gone for good, and how many of them lack an option.
    pub(super) fn values(&self, row: &BackupRow) -> Result<(Vec<(FieldId, Value)>, u64)> {
        let (mut values, mut less) = (Vec::with_capacity(row.cells.len()), 0);
        for column in &self.plan.columns {
            let Some(cell) = row.cells.get(column.then).and_then(|cell| cell.as_deref()).filter(|cell| !cell.is_empty()) else { continue };
            match column.cleaned(cell) {
                Cleaned::Whole(cell) => values.push((column.field, read(column.kind, cell)?)),
                Cleaned::Less(cell) => {
                    less += 1;
                    values.push((column.field, read(column.kind, &cell)?));
                }
                Cleaned::Nothing => less += 1,
            }
        }
        Ok((values, less))
    }
}

/// A cell of the pool in the form of a backup; none for an empty one.
pub(super) fn stored(kind: FieldKind, cell: &str) -> Option<&str> {
    match cell {
        "" => None,
        "t" if kind == FieldKind::Boolean => Some("1"),
        "f" if kind == FieldKind::Boolean => Some("0"),
        cell => Some(cell),
    }
}

fn read(kind: FieldKind, cell: &str) -> Result<Value> {
    value(kind, cell).ok_or_else(|| StoreError::Corrupt(format!("a value of a backup is no {}", kind.code())))
}

/// The fields by which people know somebody.
pub(super) fn known_by(pool: &Pool) -> Vec<&FieldDef> {
    pool.default_search()
}
