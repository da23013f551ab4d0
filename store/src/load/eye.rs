//! What a check sees of the rows that are sorted out: what becomes of each, and what earlier batches would have left behind.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::field::FieldDef;
use domain::history::FieldChange;
use domain::id::{FieldId, ProfileId};
use domain::import::{Duplicates, Fate, ImportCounts, KEPT_ROWS, RowProblem};
use domain::pool::Pool;
use domain::problem::Problem;
use domain::profile::Profile;
use domain::value::Value;

use crate::load::row::Row;
use crate::load::told::Key;
use crate::load::weigh::Draft;
use crate::profiles::update_many::{Changed, after};

/// So many bytes, about, of what earlier rows would have made are held. Of what comes later only the key is known: a further
/// row of it then counts as a change, also where it says the same once more.
const HELD: usize = 64 << 20;

/// A row that is kept to be looked at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) row: u64,
    pub(crate) fate: Fate,
    pub(crate) profile: Option<ProfileId>,
    pub(crate) changes: Vec<FieldChange>,
}

/// Looks on while rows are sorted out that nobody loads.
#[derive(Debug, Default)]
pub(crate) struct Eye {
    /// What has become of all rows so far.
    pub(crate) counts: ImportCounts,
    /// Those of this batch that are kept.
    pub(crate) seen: Vec<Seen>,
    made: HashMap<Key, Draft>,
    /// Keys of which nothing more is held.
    keys: HashSet<u64>,
    changed: HashMap<i64, BTreeMap<FieldId, Option<Value>>>,
    held: usize,
    /// Which row of a mark counts.
    marks: HashMap<u64, u64>,
}

impl Eye {
    /// Notes the rows of a part of a file, so that the last of each mark is known before the first is looked at.
    pub(crate) fn note_last(&mut self, rows: &[Row]) {
        for (mark, number) in rows.iter().filter_map(mark_of) {
            let last = self.marks.entry(mark).or_default();
            *last = number.max(*last);
        }
    }

    /// Takes the rows away for which another one counts.
    pub(crate) fn leave_others(&mut self, duplicates: Duplicates, rows: &mut Vec<Row>) -> Vec<RowProblem> {
        let mut others = Vec::new();
        if duplicates == Duplicates::Merge {
            return others;
        }
        rows.retain(|row| {
            let Some((mark, number)) = mark_of(row) else { return true };
            let counts = match duplicates {
                Duplicates::First => *self.marks.entry(mark).or_insert(number),
                _ => self.marks.get(&mark).copied().unwrap_or(number),
            };
            if counts != number {
                others.push(RowProblem::new(number, "", "", Problem::AnotherRow));
            }
            counts == number
        });
        others
    }

    /// Whether a row of this fate is still kept.
    pub(crate) fn keeps(&self, fate: Fate) -> bool {
        fate.of(&self.counts) < KEPT_ROWS
    }

    /// Takes notice of a row.
    pub(crate) fn saw(&mut self, row: u64, fate: Fate, profile: Option<ProfileId>, changes: Vec<FieldChange>) {
        if self.keeps(fate) {
            self.seen.push(Seen { row, fate, profile, changes });
        }
        fate.count(&mut self.counts);
    }

    /// What an earlier batch would have made of this key.
    pub(crate) fn made(&self, key: &Key) -> Option<Draft> {
        let held = self.made.get(key).cloned();
        held.or_else(|| self.keys.contains(&hash(key)).then(Draft::default))
    }

    /// Has profiles be as earlier batches would have left them.
    pub(crate) fn recall(&self, known: &mut [Changed]) {
        for (profile, changes) in known {
            if let Some(before) = self.changed.get(&profile.id.get()) {
                changes.clone_from(before);
            }
        }
    }

    /// Holds what a batch would make.
    pub(crate) fn hold(&mut self, key: Key, draft: &Draft) {
        let size = 128 + draft.values.iter().map(|(_, value)| size(Some(value))).sum::<usize>();
        if !self.made.contains_key(&key) && self.held + size > HELD {
            self.keys.insert(hash(&key));
            return;
        }
        self.held += size;
        self.made.insert(key, draft.clone());
    }

    /// Holds what a batch would change.
    pub(crate) fn hold_changes(&mut self, profile: ProfileId, changes: &BTreeMap<FieldId, Option<Value>>) {
        let size = 128 + changes.values().map(|value| size(value.as_ref())).sum::<usize>();
        if self.changed.contains_key(&profile.get()) || (!changes.is_empty() && self.held + size <= HELD) {
            self.held += size;
            self.changed.insert(profile.get(), changes.clone());
        }
    }
}

/// The values that a new profile gets.
pub(crate) fn values_of(pool: &Pool, draft: &Draft) -> Vec<FieldChange> {
    let told = |(id, value): &(FieldId, Value)| Some(told(pool.field_by_id(*id)?, None, Some(value.clone())));
    draft.values.iter().filter_map(told).collect()
}

/// What a profile has in these fields.
pub(crate) fn values_in(
    fields: impl Iterator<Item = FieldId>,
    profile: &Profile,
    changes: &BTreeMap<FieldId, Option<Value>>,
) -> BTreeMap<FieldId, Option<Value>> {
    fields.map(|field| (field, after(profile, changes, field).cloned())).collect()
}

/// What of it is different now.
pub(crate) fn changes_of(
    pool: &Pool,
    before: BTreeMap<FieldId, Option<Value>>,
    profile: &Profile,
    changes: &BTreeMap<FieldId, Option<Value>>,
) -> Vec<FieldChange> {
    let told = |(id, before): (FieldId, Option<Value>)| {
        let now = after(profile, changes, id);
        (now != before.as_ref()).then(|| pool.field_by_id(id).map(|field| told(field, before, now.cloned())))?
    };
    before.into_iter().filter_map(told).collect()
}

fn told(field: &FieldDef, before: Option<Value>, after: Option<Value>) -> FieldChange {
    FieldChange { key: field.key.clone(), label: String::new(), before, after }
}

fn size(value: Option<&Value>) -> usize {
    64 + match value {
        Some(Value::Text(text)) => text.len(),
        Some(Value::Set(set)) => set.len() * 8,
        _ => 0,
    }
}

fn mark_of(row: &Row) -> Option<(u64, u64)> {
    Some((hash(row.more.as_ref()?.mark.as_ref()?), row.number))
}

fn hash(key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
