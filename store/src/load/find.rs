//! The profiles that the rows of a batch are about.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::field::{FieldDef, Internal, SqlType};
use domain::id::FieldId;
use domain::pool::Pool;
use domain::value::Value;

use crate::condition::expression;
use crate::dialect;
use crate::error::Result;
use crate::load::Row;
use crate::load::insert::MOST_VALUES;
use crate::load::matching::Bench;
use crate::load::met::Met;
use crate::load::told::{Key, value_of};
use crate::load::weigh::Scales;
use crate::pool_table::PoolTables;
use crate::profiles::columns::{Reading, to_arg};
use crate::profiles::update_many::Changed;
use crate::statement::{Arg, Statement};
use crate::tx::Tx;

/// The profile whose id a row carries. An id alone is no proof, the file may come from another pool: the key must be
/// the same, and where there is none, what the row says of the person's name, address and company.
pub(crate) fn named(pool: &Pool, keys: &[&FieldDef], row: &Row, by_id: &HashMap<i64, usize>, known: &[Changed]) -> Option<usize> {
    let id = own_id(pool, keys)?.id;
    let Some(Value::Int(id)) = value_of(row, id) else { return None };
    let n = *by_id.get(id)?;
    let profile = &known[n].0;
    let same = |field: FieldId| value_of(row, field) == profile.value(field);
    let alike = keys.iter().all(|key| same(key.id))
        && (keys.iter().all(|key| profile.value(key.id).is_some())
            || pool.default_search().iter().all(|f| value_of(row, f.id).is_none() || same(f.id)));
    alike.then_some(n)
}

/// The field of the profile id, where it stands beside a key.
fn own_id<'p>(pool: &'p Pool, keys: &[&FieldDef]) -> Option<&'p FieldDef> {
    pool.internal(Internal::ProfileId).filter(|field| !keys.is_empty() && keys.iter().all(|key| key.id != field.id))
}

/// The profiles that have the key of a row or its id, oldest first, with the fields that the rows fill.
pub(crate) async fn find(
    tx: &mut Tx,
    bench: &Bench<'_>,
    scales: &Scales<'_>,
    met: &mut Met,
    keys: &[&FieldDef],
    rows: &[Row],
) -> Result<Vec<Changed>> {
    let Bench { tables, pool, told, .. } = *bench;
    let ids = ids_of(pool, keys, rows);
    let asked = rows.iter().filter_map(|row| told.key_of(|field| value_of(row, field)));
    let asked: Vec<Key> = asked.filter(|key| !met.is_new(key)).collect();
    if asked.is_empty() && ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut filled: BTreeSet<FieldId> = rows.iter().flat_map(|row| row.values.iter().map(|(field, _)| *field)).collect();
    filled.extend(rows.iter().filter_map(|row| row.more.as_ref()).flat_map(|more| more.empty.iter().copied()));
    if told.guarded && filled.iter().any(|field| scales.watched.has(*field)) {
        filled.extend(scales.watched.needed());
    }
    let main = pool.default_search();
    // Whoever changes one of the searched fields needs the others for the new text.
    let fields = pool.fields.iter().filter(|field| filled.contains(&field.id) || main.iter().any(|m| m.id == field.id));
    let reading = Reading::of(pool, fields);
    let found = match keys {
        [one] => tx.rows(by_one(tables, &reading, one, asked, ids)).await?,
        several => {
            let asked: HashSet<Key> = asked.into_iter().collect();
            let asked: Vec<Key> = asked.into_iter().collect();
            let mut found = Vec::new();
            for part in asked.chunks(MOST_VALUES / several.len()) {
                found.extend(tx.rows(by_several(tables, &reading, several, part)).await?);
            }
            if !ids.is_empty() {
                found.extend(tx.rows(by_one(tables, &reading, several[0], Vec::new(), ids)).await?);
            }
            found
        }
    };
    let mut known = BTreeMap::new();
    for row in &found {
        let profile = reading.profile(row)?;
        known.insert(profile.id.get(), (profile, BTreeMap::new()));
    }
    Ok(known.into_values().collect())
}

/// Asks for those that have one of these keys, or of these ids.
fn by_one(tables: &PoolTables, reading: &Reading<'_>, key: &FieldDef, asked: Vec<Key>, ids: Vec<i64>) -> Statement {
    let (mut numbers, mut texts) = (Vec::new(), Vec::new());
    for key in asked {
        match key {
            Key::One(Value::Int(n)) => numbers.push(n),
            Key::One(Value::Text(text)) => texts.push(text),
            _ => {}
        }
    }
    let mut either = Vec::new();
    let mut args: Vec<Arg> = Vec::new();
    let mut ask = |column: &str, values: Arg| {
        args.push(values);
        either.push(format!("{column}{}", dialect::is_one_of(tables.engine(), &format!("${}", args.len()))));
    };
    if !numbers.is_empty() && key.kind.sql() == SqlType::Integer {
        ask(&expression(key), numbers.into());
    }
    if !texts.is_empty() && key.kind.sql() == SqlType::Text {
        ask(&expression(key), texts.into());
    }
    if !ids.is_empty() {
        ask("p.profile_id", ids.into());
    }
    let any = if either.is_empty() { "1 = 0".to_owned() } else { either.join(" or ") };
    let mut statement = Statement::new(format!(
        "select {} from {} p where p.deleted_at is null and ({any}) order by p.profile_id",
        reading.columns(),
        tables.profiles()
    ));
    statement.args = args;
    statement
}

/// Asks for those that have one of these keys of several fields.
fn by_several(tables: &PoolTables, reading: &Reading<'_>, keys: &[&FieldDef], asked: &[Key]) -> Statement {
    let mut statement = Statement::new(format!("select {} from (values ", reading.columns()));
    let values = asked.iter().map(|key| match key {
        Key::Several(values) => values.as_slice(),
        Key::One(one) => std::slice::from_ref(one),
    });
    let rows = values.map(|values| keys.iter().zip(values).map(|(key, value)| to_arg(key.kind, Some(value))).collect::<Vec<_>>());
    statement.bind_rows(tables.engine(), rows);
    // In this order: whoever is asked for leads to the profiles.
    statement.push(&format!(") as v cross join {} p where p.deleted_at is null", tables.profiles()));
    for (n, key) in keys.iter().enumerate() {
        statement.push(&format!(" and {} = v.column{}", expression(key), n + 1));
    }
    statement
}

/// The profile ids that rows carry beside their key.
fn ids_of(pool: &Pool, keys: &[&FieldDef], rows: &[Row]) -> Vec<i64> {
    let Some(field) = own_id(pool, keys) else { return Vec::new() };
    let id = |row: &Row| match value_of(row, field.id) {
        Some(Value::Int(id)) => Some(*id),
        _ => None,
    };
    rows.iter().filter_map(id).collect()
}
