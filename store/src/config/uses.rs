//! What uses the fields and options of a pool: one register, which every kind of object that names fields is entered in.

use std::collections::BTreeMap;

use domain::condition::Condition;
use domain::field::{FieldDef, FieldKind};
use domain::id::{ClientId, FieldId, OptionId, PoolId};
use domain::import::{Mapping, Rules};
use domain::uses::{Use, UseKind};

use super::Site;
use super::options::in_default;
use crate::condition::expression;
use crate::error::{Result, StoreError};
use crate::pool_table::PoolTables;
use crate::row::Row;
use crate::statement::Statement;
use crate::tx::Tx;
use crate::{Reach, Store};

/// A kind of object that names fields by their internal names: how those of a pool are found, and which fields one names.
/// A new kind adds a line to [`REGISTER`].
struct Source {
    kind: UseKind,
    /// Gives id, name and a text for the objects of pool `$2` of client `$1`.
    sql: &'static str,
    /// The internal names in that text.
    keys: fn(&str) -> Vec<String>,
}

const REGISTER: [Source; 3] = [IMPORTS, CONVERSIONS, ROLES];

const IMPORTS: Source = Source {
    kind: UseKind::Import,
    sql: "select i.id, i.file_name, i.mapping || '\n' || coalesce(i.rules, '')
        from imports i join jobs j on j.id = i.job_id
        where i.client_id = $1 and i.pool_id = $2 and i.finished_at is null and j.finished_at is null
        order by i.id",
    keys: keys_of_import,
};

const CONVERSIONS: Source = Source {
    kind: UseKind::Conversion,
    sql: "select c.id, '', f.key
        from conversions c join jobs j on j.id = c.job_id join fields f on f.id = c.field_id
        where c.client_id = $1 and c.pool_id = $2 and c.swapped_at is null and j.finished_at is null
        order by c.id",
    keys: |key| vec![key.to_owned()],
};

/// Rules speak of every pool of the client.
const ROLES: Source = Source {
    kind: UseKind::Role,
    sql: "select 0, coalesce(r.name, r.code), r.rule
        from roles r join pools p on p.client_id = r.client_id
        where r.client_id = $1 and p.id = $2 and r.rule is not null
        order by r.code",
    keys: |rule| {
        serde_json::from_str::<Condition>(rule).map(|rule| rule.fields().into_iter().map(str::to_owned).collect()).unwrap_or_default()
    },
};

/// The rules name no other fields but those with a value for all rows.
fn keys_of_import(told: &str) -> Vec<String> {
    let (mapping, rules) = told.split_once('\n').unwrap_or((told, ""));
    let mapping = serde_json::from_str::<Mapping>(mapping).unwrap_or_default();
    let rules = serde_json::from_str::<Rules>(rules).unwrap_or_default();
    mapping.fields().into_iter().chain(rules.fields().map(str::to_owned)).collect()
}

/// What uses an option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionUses {
    /// The objects that name its field, and the default that names itself.
    pub objects: Vec<Use>,
    /// So many profiles have chosen it, those in the bin not counted.
    pub listed: u64,
    /// So many in the bin have; they may come back.
    pub binned: u64,
}

impl Store {
    /// What uses each field of a pool, for those that something uses.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn uses(&self, client: ClientId, pool: PoolId) -> Result<BTreeMap<String, Vec<Use>>> {
        let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        for source in &REGISTER {
            for row in self.db().rows(Statement::new(source.sql).arg(client).arg(pool)).await? {
                enter(&mut uses, source, &row)?;
            }
        }
        Ok(uses)
    }

    /// How many profiles within reach have chosen each option of a field.
    ///
    /// # Errors
    /// `NotFound` when the pool has no such selection.
    pub async fn option_counts(&self, reach: &Reach, pool: PoolId, field: FieldId) -> Result<BTreeMap<OptionId, u64>> {
        let client = reach.client();
        let shape = self.pool(client, pool).await?;
        let field = shape.field_by_id(field).filter(|field| field.kind.has_options()).ok_or(StoreError::NotFound)?;
        let tables = PoolTables::of(self.engine(), client, pool);
        let (select, option) = match field.kind {
            FieldKind::MultiSelection => (
                format!(
                    "select c.option_id, count(*) from {} c join {} p on p.profile_id = c.profile_id \
                     where c.field_id = {} and p.deleted_at is null",
                    tables.choices(),
                    tables.profiles(),
                    field.id
                ),
                "c.option_id".to_owned(),
            ),
            _ => {
                let option = expression(field);
                let table = tables.profiles();
                (format!("select {option}, count(*) from {table} p where p.deleted_at is null and {option} is not null"), option)
            }
        };
        let mut statement = Statement::new(select);
        reach.narrow(&mut statement, self.engine(), &shape);
        statement.push(" group by ").push(&option);
        let rows = self.db().rows(statement).await?;
        rows.iter().map(|row| Ok((OptionId::new(row.int(0)?), row.int(1)?.unsigned_abs()))).collect()
    }

    /// What uses an option of a field, with the numbers of profiles within reach.
    ///
    /// # Errors
    /// `NotFound` when the pool has no such option.
    pub async fn option_uses(&self, reach: &Reach, pool: PoolId, field: FieldId, option: OptionId) -> Result<OptionUses> {
        let client = reach.client();
        let shape = self.pool(client, pool).await?;
        let field = shape.field_by_id(field).ok_or(StoreError::NotFound)?;
        field.option(option).ok_or(StoreError::NotFound)?;
        let mut objects = self.uses(client, pool).await?.remove(&field.key).unwrap_or_default();
        objects.extend(in_default(field, &[option]).then(|| own_default(field)));
        let mut statement = choosers(&PoolTables::of(self.engine(), client, pool), field, option);
        reach.narrow(&mut statement, self.engine(), &shape);
        let row = self.db().row(statement).await?;
        let count = |column| row.as_ref().map_or(Ok(0), |row| Ok::<_, StoreError>(row.int(column)?.unsigned_abs()));
        let (all, binned) = (count(0)?, count(1)?);
        Ok(OptionUses { objects, listed: all.saturating_sub(binned), binned })
    }

    /// How many profiles within reach have nothing in a field.
    ///
    /// # Errors
    /// `NotFound` when the pool has no such field.
    pub async fn lacking(&self, reach: &Reach, pool: PoolId, field: FieldId) -> Result<u64> {
        let client = reach.client();
        let shape = self.pool(client, pool).await?;
        let field = shape.field_by_id(field).ok_or(StoreError::NotFound)?;
        let tables = PoolTables::of(self.engine(), client, pool);
        let (table, at) = (tables.profiles(), expression(field));
        let mut statement = Statement::new(format!("select count(*) from {table} p where p.deleted_at is null and {at} is null"));
        reach.narrow(&mut statement, self.engine(), &shape);
        let row = self.db().row(statement).await?;
        row.map_or(Ok(0), |row| Ok(row.int(0)?.unsigned_abs()))
    }
}

impl Tx {
    /// Refuses when something uses the field, or these options of it.
    pub(super) async fn unused(&mut self, site: &Site, field: &FieldDef, options: &[OptionId]) -> Result<()> {
        let mut used = self.users(site, field).await?;
        if in_default(field, options) {
            used.push(own_default(field));
        }
        for option in options {
            let n = self.chosen(site, field, *option).await?;
            if n > 0 {
                let name = field.option(*option).map(|option| option.label.clone()).unwrap_or_default();
                used.push(Use { kind: UseKind::Profiles, id: option.get(), name, n });
            }
        }
        if used.is_empty() { Ok(()) } else { Err(StoreError::Used(used)) }
    }

    /// The objects that name a field.
    pub(crate) async fn users(&mut self, site: &Site, field: &FieldDef) -> Result<Vec<Use>> {
        let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        for source in &REGISTER {
            for row in self.rows(Statement::new(source.sql).arg(site.client).arg(site.pool)).await? {
                enter(&mut uses, source, &row)?;
            }
        }
        Ok(uses.remove(&field.key).unwrap_or_default())
    }

    /// How many profiles have chosen an option, those in the bin included: they may come back.
    pub(crate) async fn chosen(&mut self, site: &Site, field: &FieldDef, option: OptionId) -> Result<u64> {
        let row = self.row(choosers(&site.tables, field, option)).await?;
        row.map_or(Ok(0), |row| Ok(row.int(0)?.unsigned_abs()))
    }
}

/// The default of its own field as something that uses an option.
fn own_default(field: &FieldDef) -> Use {
    Use { kind: UseKind::Default, id: field.id.get(), name: String::new(), n: 1 }
}

/// How many profiles have chosen an option, and how many of them are in the bin.
fn choosers(tables: &PoolTables, field: &FieldDef, option: OptionId) -> Statement {
    let profiles = tables.profiles();
    match field.kind {
        FieldKind::MultiSelection => {
            let choices = tables.choices();
            let sql = format!(
                "select count(*), count(p.deleted_at) from {choices} c join {profiles} p on p.profile_id = c.profile_id \
                 where c.field_id = $1 and c.option_id = $2"
            );
            Statement::new(sql).arg(field.id).arg(option)
        }
        _ => Statement::new(format!("select count(*), count(p.deleted_at) from {profiles} p where {} = $1", expression(field))).arg(option),
    }
}

fn enter(uses: &mut BTreeMap<String, Vec<Use>>, source: &Source, row: &Row) -> Result<()> {
    let found = Use { kind: source.kind, id: row.int(0)?, name: row.text(1)?, n: 1 };
    let mut keys = (source.keys)(&row.text(2)?);
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        uses.entry(key).or_default().push(found.clone());
    }
    Ok(())
}
