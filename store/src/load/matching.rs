//! Which rows of a batch are new, and what the others change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::field::{FieldDef, Internal, SqlType};
use domain::id::FieldId;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::value::Value;

use crate::condition::expression;
use crate::dialect;
use crate::error::Result;
use crate::load::Row;
use crate::load::met::Met;
use crate::pool_table::PoolTables;
use crate::profiles::columns::Reading;
use crate::profiles::update_many::{Changed, after};
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// The rows of a batch, sorted out.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    /// New profiles with their values; later rows with the same key are worked in.
    pub(crate) new: Vec<Vec<(FieldId, Value)>>,
    /// Profiles that change, as they were, with the values that differ.
    pub(crate) changed: Vec<Changed>,
    /// How many rows changed something.
    pub(crate) updated: u64,
    /// How many rows changed nothing.
    pub(crate) unchanged: u64,
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
pub(crate) async fn sort(
    tx: &mut Tx,
    tables: &PoolTables,
    pool: &Pool,
    key: Option<&FieldDef>,
    met: &mut Met,
    rows: Vec<Row>,
) -> Result<Sorted> {
    let mut sorted = Sorted::default();
    let mut known = match key {
        Some(key) => find(tx, tables, pool, key, met, &rows).await?,
        None => Vec::new(),
    };
    let mut targets: HashMap<Value, Target> = HashMap::new();
    if let Some(key) = key {
        for (n, (profile, _)) in known.iter().enumerate() {
            if let Some(value) = profile.value(key.id) {
                targets.entry(value.clone()).or_insert(Target::Known(n));
            }
        }
    }
    let by_id: HashMap<i64, usize> = known.iter().enumerate().map(|(n, (profile, _))| (profile.id.get(), n)).collect();
    for row in rows {
        if let Some(n) = key.and_then(|key| named(pool, key, &row, &by_id, &known)) {
            let (profile, changes) = &mut known[n];
            let changed = differ(pool, profile, changes, row.values);
            sorted.updated += u64::from(changed);
            sorted.unchanged += u64::from(!changed);
            continue;
        }
        let found = key.and_then(|key| value_of(&row, key.id)).cloned();
        let Some(value) = found else {
            sorted.new.push(row.values);
            continue;
        };
        let changed = match targets.get(&value) {
            None => {
                targets.insert(value, Target::New(sorted.new.len()));
                sorted.new.push(row.values);
                continue;
            }
            Some(Target::New(n)) => work_in(&mut sorted.new[*n], row.values),
            Some(Target::Known(n)) => {
                let (profile, changes) = &mut known[*n];
                differ(pool, profile, changes, row.values)
            }
        };
        if changed {
            sorted.updated += 1;
        } else {
            sorted.unchanged += 1;
        }
    }
    sorted.changed = known.into_iter().filter(|(_, changes)| !changes.is_empty()).collect();
    Ok(sorted)
}

/// The value of a row in a field.
fn value_of(row: &Row, field: FieldId) -> Option<&Value> {
    row.values.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
}

/// The profile whose id a row carries. An id alone is no proof, the file may come from another pool: the key must be
/// the same, and where there is none, what the row says of the person's name, address and company.
fn named(pool: &Pool, key: &FieldDef, row: &Row, by_id: &HashMap<i64, usize>, known: &[Changed]) -> Option<usize> {
    let id = pool.internal(Internal::ProfileId).filter(|field| field.id != key.id)?.id;
    let Some(Value::Int(id)) = value_of(row, id) else { return None };
    let n = *by_id.get(id)?;
    let profile = &known[n].0;
    let same = |field: FieldId| value_of(row, field) == profile.value(field);
    let alike = same(key.id)
        && (profile.value(key.id).is_some() || pool.default_search().iter().all(|f| value_of(row, f.id).is_none() || same(f.id)));
    alike.then_some(n)
}

/// The profiles that have the key of a row or its id, oldest first, with the fields that the rows fill.
async fn find(tx: &mut Tx, tables: &PoolTables, pool: &Pool, key: &FieldDef, met: &mut Met, rows: &[Row]) -> Result<Vec<Changed>> {
    let keys = rows.iter().filter_map(|row| value_of(row, key.id)).filter(|key| !met.is_new(key));
    let (mut numbers, mut texts) = (Vec::new(), Vec::new());
    for key in keys {
        match key {
            Value::Int(n) => numbers.push(*n),
            Value::Text(text) => texts.push(text.clone()),
            Value::Bool(_) | Value::Set(_) => {}
        }
    }
    let ids = ids_of(pool, key, rows);
    if numbers.is_empty() && texts.is_empty() && ids.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Arg = match key.kind.sql() {
        SqlType::Integer => numbers.into(),
        SqlType::Text => texts.into(),
        SqlType::Boolean | SqlType::Set => return Ok(Vec::new()),
    };
    let filled: BTreeSet<FieldId> = rows.iter().flat_map(|row| row.values.iter().map(|(field, _)| *field)).collect();
    let main = pool.default_search();
    // Whoever changes one of the searched fields needs the others for the new text.
    let fields = pool.fields.iter().filter(|field| filled.contains(&field.id) || main.iter().any(|m| m.id == field.id));
    let reading = Reading::of(pool, fields);
    let or_id = if ids.is_empty() { String::new() } else { format!(" or p.profile_id{}", dialect::is_one_of(tables.engine(), "$2")) };
    let mut statement = Statement::new(format!(
        "select {} from {} p where p.deleted_at is null and ({}{}{or_id}) order by p.profile_id",
        reading.columns(),
        tables.profiles(),
        expression(key),
        dialect::is_one_of(tables.engine(), "$1")
    ));
    statement.args.push(keys);
    if !ids.is_empty() {
        statement.args.push(ids.into());
    }
    let rows = tx.rows(statement).await?;
    rows.iter().map(|row| Ok((reading.profile(row)?, BTreeMap::new()))).collect()
}

/// The profile ids that rows carry beside their key.
fn ids_of(pool: &Pool, key: &FieldDef, rows: &[Row]) -> Vec<i64> {
    let Some(field) = pool.internal(Internal::ProfileId).filter(|field| field.id != key.id) else { return Vec::new() };
    let id = |row: &Row| match value_of(row, field.id) {
        Some(Value::Int(id)) => Some(*id),
        _ => None,
    };
    rows.iter().filter_map(id).collect()
}

/// Takes values over into those of a new profile; whether any differs.
fn work_in(values: &mut Vec<(FieldId, Value)>, more: Vec<(FieldId, Value)>) -> bool {
    let mut changed = false;
    for (field, value) in more {
        match values.iter_mut().find(|(known, _)| *known == field) {
            Some((_, known)) if *known == value => {}
            Some((_, known)) => {
                *known = value;
                changed = true;
            }
            None => {
                values.push((field, value));
                changed = true;
            }
        }
    }
    changed
}

/// Notes what differs from a profile that exists, earlier rows of the batch taken into account.
fn differ(pool: &Pool, profile: &Profile, changes: &mut BTreeMap<FieldId, Option<Value>>, values: Vec<(FieldId, Value)>) -> bool {
    let mut changed = false;
    for (field, value) in values {
        let before = after(profile, changes, field);
        let fixed = pool.field_by_id(field).is_none_or(|field| field.internal == Some(Internal::ProfileId));
        if before != Some(&value) && !fixed {
            changed = true;
            // Back to what it was: nothing to write.
            if profile.value(field) == Some(&value) {
                changes.remove(&field);
            } else {
                changes.insert(field, Some(value));
            }
        }
    }
    changed
}
