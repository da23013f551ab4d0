//! Steps about the options of selections.

use std::collections::{HashMap, HashSet};

use domain::config::{NewOption, Step, arranged, default, moved, placed};
use domain::field::{ChoiceOption, FieldDef};
use domain::id::{ClientId, FieldId, OptionId, PoolId};
use domain::problem::{Invalid, Problem};
use domain::text::{Name, clean_line};

use super::order::{Ordered, after};
use super::{Made, Site};
use crate::Store;
use crate::error::{Conflict, Result, StoreError};
use crate::statement::Statement;
use crate::tx::Tx;

impl Store {
    /// Adds options to a selection, in this order, behind those it has: [`Step::AddOptions`] by the program itself. A label
    /// that exists already gets no second option: its id is given back.
    ///
    /// # Errors
    /// `NotFound`, `Conflict(NoOptions)` when the field's kind has no options of its own.
    pub async fn add_options(&self, client: ClientId, pool: PoolId, field: FieldId, labels: &[String]) -> Result<Vec<OptionId>> {
        let site = self.site(client, pool, domain::lang::Lang::De, domain::time::Millis::new(0)).await?;
        let mut tx = self.write().await?;
        tx.touch_pool(client, pool).await?;
        tx.selection(&site, field).await?;
        let new: Vec<NewOption> = labels.iter().map(NewOption::new).collect();
        tx.insert_options(&site, field, &new).await?;
        let options = tx.options_of(field).await?;
        let id = |label: &String| {
            let label = clean_line(label);
            options.iter().find(|option| option.label == label).map(|option| option.id).ok_or(StoreError::NotFound)
        };
        let ids = labels.iter().map(id).collect::<Result<Vec<_>>>()?;
        tx.commit().await?;
        Ok(ids)
    }
}

impl Tx {
    pub(super) async fn add_options(&mut self, site: &Site, field: FieldId, options: &[NewOption]) -> Result<Made> {
        self.selection(site, field).await?;
        for option in options {
            name(&option.label)?;
        }
        let (made, skipped) = self.insert_options(site, field, options).await?;
        Ok(Made { inverse: Step::DeleteOptions { field, options: made }, id: None, skipped })
    }

    pub(super) async fn rename_option(&mut self, site: &Site, field: FieldId, option: OptionId, label: &str) -> Result<Made> {
        let selection = self.selection(site, field).await?;
        let before = selection.option(option).ok_or(StoreError::NotFound)?.label.clone();
        let label = name(label)?;
        if selection.options.iter().any(|other| other.id != option && other.label.to_lowercase() == label.as_str().to_lowercase()) {
            return Err(StoreError::Invalid(Invalid::one("label", Problem::Taken)));
        }
        self.run(Statement::new("update options set label = $1 where id = $2").arg(label.as_str()).arg(option)).await?;
        Ok(Step::RenameOption { field, option, label: before }.into())
    }

    pub(super) async fn move_option(&mut self, site: &Site, field: FieldId, option: OptionId, before: Option<OptionId>) -> Result<Made> {
        let selection = self.selection(site, field).await?;
        selection.option(option).ok_or(StoreError::NotFound)?;
        let order = self.order(site, Ordered::Options(field.get())).await?;
        self.set_order(site, Ordered::Options(field.get()), &moved(&order, option.get(), before.map(OptionId::get))).await?;
        Ok(Step::MoveOption { field, option, before: after(&order, option.get()).map(OptionId::new) }.into())
    }

    pub(super) async fn order_options(&mut self, site: &Site, field: FieldId, options: &[OptionId]) -> Result<Made> {
        self.selection(site, field).await?;
        let what = Ordered::Options(field.get());
        let before = self.order(site, what).await?;
        let wanted: Vec<i64> = options.iter().map(|option| option.get()).collect();
        self.set_order(site, what, &arranged(&before, &wanted)).await?;
        Ok(Step::OrderOptions { field, options: before.into_iter().map(OptionId::new).collect() }.into())
    }

    pub(super) async fn delete_options(&mut self, site: &Site, field: FieldId, options: &[OptionId]) -> Result<Made> {
        const DELETE: &str = "update options set deleted_at = $1 where id = $2";
        let selection = self.selection(site, field).await?;
        if options.iter().any(|option| selection.option(*option).is_none()) {
            return Err(StoreError::NotFound);
        }
        self.unused(site, &selection, options).await?;
        let order = self.order(site, Ordered::Options(field.get())).await?;
        for option in options {
            self.run(Statement::new(DELETE).arg(site.now).arg(*option)).await?;
        }
        let back = options.iter().map(|option| (*option, after(&order, option.get()).map(OptionId::new))).collect();
        Ok(Step::RestoreOptions { field, options: back }.into())
    }

    pub(super) async fn restore_options(&mut self, site: &Site, field: FieldId, options: &[(OptionId, Option<OptionId>)]) -> Result<Made> {
        const FIND: &str = "select label from options where id = $1 and field_id = $2 and deleted_at > 0";
        const RESTORE: &str = "update options set deleted_at = null, label = $2 where id = $1";
        let selection = self.selection(site, field).await?;
        let mut labels: HashSet<String> = selection.options.into_iter().map(|option| option.label.to_lowercase()).collect();
        let what = Ordered::Options(field.get());
        let mut order = self.order(site, what).await?;
        // The last one first, so that the neighbour of each is there.
        for (option, before) in options.iter().rev() {
            let row = self.row(Statement::new(FIND).arg(*option).arg(field)).await?.ok_or(StoreError::NotFound)?;
            let label = free_label(row.text(0)?, &labels);
            self.run(Statement::new(RESTORE).arg(*option).arg(label.as_str())).await?;
            labels.insert(label.to_lowercase());
            order.push(option.get());
            order = moved(&order, option.get(), before.map(OptionId::get));
        }
        self.set_order(site, what, &order).await?;
        Ok(Step::DeleteOptions { field, options: options.iter().map(|(option, _)| *option).collect() }.into())
    }

    /// Inserts options behind those that are there, one with a number at its place; which were made, in their order, and
    /// labels that existed already.
    pub(crate) async fn insert_options(&mut self, site: &Site, field: FieldId, new: &[NewOption]) -> Result<(Vec<OptionId>, Vec<String>)> {
        /// Four values a row.
        const PART: usize = 5_000;
        let existing = self.options_of(field).await?;
        let mut known: HashSet<String> = existing.iter().map(|option| option.label.to_lowercase()).collect();
        let (mut rows, mut skipped) = (Vec::new(), Vec::new());
        let first = existing.last().map_or(0, |option| option.position + 1);
        let mut numbers = Vec::new();
        for option in new {
            let label = clean_line(&option.label);
            if known.insert(label.to_lowercase()) {
                numbers.push(option.order);
                rows.push([site.client.into(), field.into(), label.into(), (first + rows.len() as i64).into()]);
            } else {
                skipped.push(label);
            }
        }
        let mut made = Vec::with_capacity(rows.len());
        for part in rows.chunks(PART) {
            let mut insert = Statement::new("insert into options (client_id, field_id, label, position) values ");
            insert.bind_rows(site.engine(), part.iter().cloned()).push(" returning id");
            for row in self.rows(insert).await? {
                made.push(OptionId::new(row.int(0)?));
            }
        }
        made.sort_unstable();
        if numbers.iter().any(Option::is_some) {
            let what = Ordered::Options(field.get());
            let mut old = self.order(site, what).await?;
            let new: Vec<(i64, Option<i64>)> = old.split_off(existing.len()).into_iter().zip(numbers).collect();
            let order = placed(&old, &new);
            self.set_order(site, what, &order).await?;
            // What is undone and done again finds the right neighbour of each.
            let place: HashMap<i64, usize> = order.into_iter().zip(0..).collect();
            made.sort_by_key(|option| place.get(&option.get()).copied());
        }
        Ok((made, skipped))
    }

    /// The field, when it is a selection.
    pub(super) async fn selection(&mut self, site: &Site, field: FieldId) -> Result<FieldDef> {
        let field = self.field(site, field).await?;
        if field.kind.has_options() { Ok(field) } else { Err(StoreError::Conflict(Conflict::NoOptions)) }
    }

    /// The options of a field in their order.
    pub(super) async fn options_of(&mut self, field: FieldId) -> Result<Vec<ChoiceOption>> {
        const SQL: &str = "select id, label, position from options where field_id = $1 and deleted_at is null order by position, id";
        let rows = self.rows(Statement::new(SQL).arg(field)).await?;
        rows.iter().map(|row| Ok(ChoiceOption { id: OptionId::new(row.int(0)?), label: row.text(1)?, position: row.int(2)? })).collect()
    }
}

/// Whether the default of its own field names an option.
pub(super) fn in_default(field: &FieldDef, options: &[OptionId]) -> bool {
    options.iter().any(|option| default::names(field, *option))
}

/// A label that is free again, or with a number behind it; the others are given in small letters.
fn free_label(label: String, taken: &HashSet<String>) -> String {
    let is_taken = |label: &String| taken.contains(&label.to_lowercase());
    let numbered = (2_u32..).map(|n| format!("{label} {n}"));
    std::iter::once(label.clone()).chain(numbered).find(|label| !is_taken(label)).unwrap_or(label)
}

fn name(label: &str) -> Result<Name> {
    Name::parse(label).map_err(|problem| StoreError::Invalid(Invalid::one("label", problem)))
}
