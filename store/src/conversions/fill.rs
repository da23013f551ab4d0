//! The new column is filled, part by part.

use domain::config::NewOption;
use domain::field::{ChoiceOption, FieldKind};
use domain::id::ClientId;
use domain::value::Value;

use super::{Conversion, Ways, to_json};
use crate::Store;
use crate::config::Site;
use crate::error::{Result, StoreError};
use crate::load::insert::{MOST_VALUES, write_choices};
use crate::profiles::columns::{options, read_value, to_arg};
use crate::profiles::read::one_of;
use crate::statement::Statement;
use crate::tx::Tx;

/// Profiles of one transaction.
const PART: usize = 4_000;

/// With fewer profiles than this in a pass, the exchange may take what has changed since.
const FEW: usize = 500;

/// How far the new column is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// Profiles up to this id, of those up to that one.
    Part {
        /// The last profile that was filled.
        done: u64,
        /// The newest profile of the pool.
        total: u64,
    },
    /// But for what changes in this moment it is full.
    Full,
}

/// What a part has done.
pub(super) struct Filled {
    /// How many profiles it had.
    n: usize,
    /// The last of them.
    last: i64,
}

impl Store {
    /// Fills the next part of a conversion's column.
    ///
    /// # Errors
    /// `NotFound` when pool, field or conversion are gone. Nothing of the part stands then.
    pub async fn fill_conversion(&self, client: ClientId, conversion: i64) -> Result<Filling> {
        const POOL: &str = "select revision, next_profile - 1 from pools where id = $1";
        const MOVE: &str = "update conversions set seen = $2, next_seen = $3, next_profile = $4 where id = $1";
        let mut tx = self.write().await?;
        let Some(mut now) = tx.open_conversion(client, conversion).await? else { return Ok(Filling::Full) };
        let site = self.site(client, now.pool, now.lang, now.created_at).await?;
        let row = tx.row(Statement::new(POOL).arg(now.pool)).await?.ok_or(StoreError::NotFound)?;
        let (revision, newest) = (row.int(0)?, row.int(1)?);
        if now.next_seen < 0 {
            now.next_seen = revision;
        }
        let filled = tx.fill(&site, &mut now, PART).await?;
        let whole = filled.n < PART;
        if whole {
            (now.seen, now.next_seen, now.next_profile) = (now.next_seen, revision, 0);
        } else {
            now.next_profile = filled.last;
        }
        tx.run(Statement::new(MOVE).arg(conversion).arg(now.seen).arg(now.next_seen).arg(now.next_profile)).await?;
        tx.commit().await?;
        let total = newest.unsigned_abs();
        Ok(match whole {
            true if filled.n < FEW => Filling::Full,
            true => Filling::Part { done: total, total },
            false => Filling::Part { done: filled.last.unsigned_abs(), total },
        })
    }
}

impl Tx {
    /// Fills the column for the next profiles of the pass, at most so many.
    pub(super) async fn fill(&mut self, site: &Site, conversion: &mut Conversion, most: usize) -> Result<Filled> {
        let mut ways = self.ways(site, conversion).await?;
        let rows = self.rows(next(site, conversion, &ways, most)).await?;
        let mut values = Vec::with_capacity(rows.len());
        for row in &rows {
            let current = read_value(row, 1, conversion.from)?;
            let former = if ways.origin.is_some() { read_value(row, 2, conversion.to)? } else { None };
            values.push((row.int(0)?, current, former));
        }
        if ways.origin.is_none() && conversion.to.has_options() && !conversion.from.has_options() {
            self.add_missing_options(site, conversion, &mut ways, values.iter().filter_map(|(_, value, _)| value.as_ref())).await?;
        }
        let (mut new, mut kept) = (Vec::with_capacity(values.len()), 0);
        for (id, current, former) in values {
            new.push((id, ways.convert(current, former, &mut kept)));
        }
        self.write_new(site, conversion, &new).await?;
        if kept > 0 {
            const KEPT: &str = "update conversions set n_kept = n_kept + $2 where id = $1";
            self.run(Statement::new(KEPT).arg(conversion.id).arg(kept)).await?;
        }
        Ok(Filled { n: new.len(), last: new.last().map_or(0, |(id, _)| *id) })
    }

    /// Each distinct word becomes an option.
    async fn add_missing_options<'v>(
        &mut self,
        site: &Site,
        conversion: &mut Conversion,
        ways: &mut Ways,
        values: impl Iterator<Item = &'v Value>,
    ) -> Result<()> {
        const NOTE: &str = "update conversions set options = $2 where id = $1";
        let mut labels: Vec<String> = Vec::new();
        for value in values {
            for label in ways.towards.new_options(value) {
                // Its id comes with the row; until then it keeps the same label from being wished twice.
                let position = ways.towards.options().len() as i64;
                let id = domain::id::OptionId::new(0);
                ways.towards.add_option(ChoiceOption { id, label: label.clone(), position });
                labels.push(label);
            }
        }
        if labels.is_empty() {
            return Ok(());
        }
        let new: Vec<NewOption> = labels.into_iter().map(NewOption::new).collect();
        let (made, _) = self.insert_options(site, conversion.field, &new).await?;
        conversion.options.extend(made.iter().map(|option| option.get()));
        self.run(Statement::new(NOTE).arg(conversion.id).arg(to_json(&conversion.options)?)).await?;
        *ways = self.ways(site, conversion).await?;
        Ok(())
    }

    async fn write_new(&mut self, site: &Site, conversion: &Conversion, new: &[(i64, Option<Value>)]) -> Result<()> {
        let (tables, column) = (&site.tables, conversion.new_column());
        for part in new.chunks((MOST_VALUES / 2).clamp(1, 1_000)) {
            let mut statement = Statement::new(format!("update {} set {column} = v.column2 from (values ", tables.profiles()));
            let rows = part.iter().map(|(id, value)| [(*id).into(), to_arg(conversion.to, value.as_ref())]);
            statement.bind_rows(tables.engine(), rows).push(") as v where profile_id = v.column1");
            self.run(statement).await?;
        }
        if conversion.to == FieldKind::MultiSelection {
            let ids: Vec<i64> = new.iter().map(|(id, _)| *id).collect();
            let mut gone = Statement::new(format!("delete from {} where field_id = ", tables.choices()));
            gone.bind(conversion.field).push(" and profile_id");
            one_of(&mut gone, tables, &ids);
            self.run(gone).await?;
            let chosen: Vec<(i64, i64, i64)> = new
                .iter()
                .flat_map(|(id, value)| options(value.as_ref()).iter().map(|option| (conversion.field.get(), option.get(), *id)))
                .collect();
            write_choices(self, tables, &chosen).await?;
        }
        Ok(())
    }
}

/// Selects the next profiles: id, present value, of a way back also the former one.
fn next(site: &Site, conversion: &Conversion, ways: &Ways, most: usize) -> Statement {
    let (table, current) = (site.tables.profiles(), conversion.old_column());
    let former = ways.origin.as_ref().map(|origin| origin.column.as_str());
    let columns = former.map_or_else(|| current.clone(), |former| format!("{current}, {former}"));
    let mut statement = Statement::new(format!("select profile_id, {columns} from {table} where profile_id > "));
    statement.bind(conversion.next_profile);
    if conversion.seen < 0 {
        let filled = former.map_or_else(String::new, |former| format!(" or {former} is not null"));
        statement.push(&format!(" and ({current} is not null{filled})"));
    } else {
        statement.push(" and revision > ").bind(conversion.seen);
    }
    statement.push(" order by profile_id limit ").number(i64::try_from(most).unwrap_or(i64::MAX));
    statement
}

impl Ways {
    /// The new value of a profile; counts those that stay as they once were because nothing else is possible.
    fn convert(&mut self, current: Option<Value>, former: Option<Value>, kept: &mut i64) -> Option<Value> {
        if let (Some(origin), Some(former)) = (&mut self.origin, former) {
            let then = origin.once.convert(&former).ok().flatten();
            if then == current {
                return Some(former);
            }
            let back = self.towards.convert(&current?).ok().flatten();
            *kept += i64::from(back.is_none());
            return back.or(Some(former));
        }
        self.towards.convert(&current?).ok().flatten()
    }
}
