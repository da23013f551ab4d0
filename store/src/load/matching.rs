//! Which rows of a batch are new, what the others change, and which of them the rules leave out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::field::{FieldDef, Internal};
use domain::history::FieldChange;
use domain::id::{FieldId, ImportId};
use domain::import::{Existing, Fate, RowProblem};
use domain::pool::Pool;
use domain::problem::Problem;
use domain::profile::Profile;
use domain::value::{Value, plain};

use crate::error::Result;
use crate::load::Row;
use crate::load::eye::{self, Eye};
use crate::load::find::{find, named};
use crate::load::met::Met;
use crate::load::told::{Key, Told, value_of};
use crate::load::weigh::{Draft, Outcome, Scales};
use crate::pool_table::PoolTables;
use crate::profiles::update_many::{Changed, after};
use crate::tx::Tx;

/// What stays the same while a batch is sorted out.
pub(crate) struct Bench<'a> {
    pub(crate) tables: &'a PoolTables,
    pub(crate) pool: &'a Pool,
    pub(crate) import: ImportId,
    pub(crate) told: &'a Told,
}

/// The rows of a batch, sorted out.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    /// New profiles; later rows with the same key are worked in.
    pub(crate) new: Vec<Draft>,
    /// Profiles that change, as they were, with the values that differ.
    pub(crate) changed: Vec<Changed>,
    /// What proves the permissions that have risen, by profile.
    pub(crate) proofs: BTreeMap<i64, Vec<FieldChange>>,
    /// How many rows changed something.
    pub(crate) updated: u64,
    /// How many rows changed nothing.
    pub(crate) unchanged: u64,
    /// Rows that the rules leave out.
    pub(crate) skipped: Vec<RowProblem>,
}

impl Sorted {
    fn count(&mut self, changed: bool) {
        self.updated += u64::from(changed);
        self.unchanged += u64::from(!changed);
    }
}

/// Where the rows of a key go.
#[derive(Clone, Copy)]
enum Target {
    New(usize),
    Known(usize),
}

/// Sorts rows out. Several profiles with the same key: the oldest counts, unless the row also carries the profile id, as
/// an exported one does, and that profile has this key. So an export that is imported again changes nothing, also where
/// several profiles share a key or have none.
///
/// An eye looks on where nothing is loaded: it holds what earlier rows would have left behind.
pub(crate) async fn sort(
    tx: &mut Tx,
    bench: &Bench<'_>,
    scales: &mut Scales<'_>,
    met: &mut Met,
    mut eye: Option<&mut Eye>,
    rows: Vec<Row>,
) -> Result<Sorted> {
    let Bench { pool, told, .. } = *bench;
    let mut sorted = Sorted::default();
    let keys = told.fields(pool)?;
    let mut known = if keys.is_empty() { Vec::new() } else { find(tx, bench, scales, met, &keys, &rows).await? };
    if let Some(eye) = &eye {
        eye.recall(&mut known);
    }
    let mut targets: HashMap<Key, Target> = HashMap::new();
    for (n, (profile, _)) in known.iter().enumerate() {
        if let Some(key) = told.key_of(|field| profile.value(field)) {
            targets.entry(key).or_insert(Target::Known(n));
        }
    }
    if let Some(eye) = &eye {
        for key in rows.iter().filter_map(|row| told.key_of(|field| value_of(row, field))) {
            if let Some(draft) = eye.made(&key).filter(|_| !targets.contains_key(&key)) {
                targets.insert(key, Target::New(sorted.new.len()));
                sorted.new.push(draft);
            }
        }
    }
    let existing = told.rules.existing;
    // What earlier rows of the file made is not what was there before it.
    let made = if existing == Existing::Create && !known.is_empty() {
        let ids: Vec<i64> = known.iter().map(|(profile, _)| profile.id.get()).collect();
        tx.made_by(pool, bench.import, &ids).await?
    } else {
        BTreeSet::new()
    };
    let by_id: HashMap<i64, usize> = known.iter().enumerate().map(|(n, (profile, _))| (profile.id.get(), n)).collect();
    for row in rows {
        let key = told.key_of(|field| value_of(&row, field));
        let target = match named(pool, &keys, &row, &by_id, &known) {
            Some(n) => Some(Target::Known(n)),
            None => key.as_ref().and_then(|key| targets.get(key)).copied(),
        };
        match target {
            None if existing == Existing::Update => sorted.skipped.push(skip(&row, &keys, Problem::NotThere)),
            None => {
                if let Some(key) = key {
                    targets.insert(key, Target::New(sorted.new.len()));
                }
                let number = row.number;
                let draft = scales.make(row);
                if let Some(eye) = &mut eye {
                    let values = if eye.keeps(Fate::Created) { eye::values_of(pool, &draft) } else { Vec::new() };
                    eye.saw(number, Fate::Created, None, values);
                }
                sorted.new.push(draft);
            }
            Some(Target::New(n)) => {
                let number = row.number;
                let changed = scales.work_in(&mut sorted.new[n], row);
                if let Some(eye) = &mut eye {
                    eye.saw(number, fate(changed), None, Vec::new());
                }
                sorted.count(changed);
            }
            Some(Target::Known(n)) if existing == Existing::Create && !made.contains(&known[n].0.id.get()) => {
                sorted.skipped.push(skip(&row, &keys, Problem::AlreadyThere));
            }
            Some(Target::Known(n)) => {
                let (profile, changes) = &mut known[n];
                scales.left_out(&row);
                let number = row.number;
                let before = eye.as_ref().filter(|eye| eye.keeps(Fate::Updated)).map(|_| {
                    let empty = row.more.iter().flat_map(|more| more.empty.iter().copied());
                    let fields = row.values.iter().map(|(field, _)| *field).chain(empty).chain(scales.watched.needed());
                    eye::values_in(fields, profile, changes)
                });
                let changed = if told.is_plain(&row, &scales.watched) {
                    differ(pool, profile, changes, row.values.into_iter().map(|(field, value)| (field, Some(value))))
                } else {
                    let Outcome { changes: given, proof } = scales.weigh(row, |field| after(profile, changes, field));
                    if !proof.is_empty() {
                        sorted.proofs.entry(profile.id.get()).or_default().extend(proof);
                    }
                    differ(pool, profile, changes, given.into_iter())
                };
                if let Some(eye) = &mut eye {
                    let told = before.map(|before| eye::changes_of(pool, before, profile, changes)).unwrap_or_default();
                    eye.saw(number, fate(changed), Some(profile.id), told);
                }
                sorted.count(changed);
            }
        }
    }
    if let Some(eye) = eye {
        for (key, target) in targets {
            if let Target::New(n) = target {
                eye.hold(key, &sorted.new[n]);
            }
        }
        known.iter().for_each(|(profile, changes)| eye.hold_changes(profile.id, changes));
    }
    sorted.changed = known.into_iter().filter(|(_, changes)| !changes.is_empty()).collect();
    Ok(sorted)
}

fn fate(changed: bool) -> Fate {
    if changed { Fate::Updated } else { Fate::Unchanged }
}

/// Why the rules leave a row out, with its key.
fn skip(row: &Row, keys: &[&FieldDef], reason: Problem) -> RowProblem {
    let key: Vec<String> = keys.iter().filter_map(|key| value_of(row, key.id).map(|value| plain(key, value))).collect();
    RowProblem::new(row.number, "", &key.join(" · "), reason)
}

/// Notes what differs from a profile that exists, earlier rows of the batch taken into account.
fn differ(
    pool: &Pool,
    profile: &Profile,
    changes: &mut BTreeMap<FieldId, Option<Value>>,
    values: impl Iterator<Item = (FieldId, Option<Value>)>,
) -> bool {
    let mut changed = false;
    for (field, value) in values {
        let before = after(profile, changes, field);
        let fixed = pool.field_by_id(field).is_none_or(|field| field.internal == Some(Internal::ProfileId));
        if before != value.as_ref() && !fixed {
            changed = true;
            // Back to what it was: nothing to write.
            if profile.value(field) == value.as_ref() {
                changes.remove(&field);
            } else {
                changes.insert(field, value);
            }
        }
    }
    changed
}
