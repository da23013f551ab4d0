//! Fields get the options that a file brings, in the transaction of the batch that brings them first.

use std::collections::HashMap;

use domain::audit::Deed;
use domain::config::{NewOption, Step};
use domain::history::Actor;
use domain::id::{FieldId, ImportId, OptionId};
use domain::pool::Pool;
use domain::value::Value;

use crate::config::Site;
use crate::error::{Result, StoreError};
use crate::load::row::{NewLabel, Row};
use crate::profiles::Wish;
use crate::tx::Tx;

/// Which option of a field a number below zero stands for.
pub(crate) type Stands = HashMap<(FieldId, OptionId), OptionId>;

/// A pool whose fields have got options.
#[derive(Debug)]
pub(crate) struct Grown {
    pub(crate) pool: Pool,
    pub(crate) ids: Stands,
    /// How many options are new.
    pub(crate) n: u64,
}

/// The options that rows bring.
pub(crate) fn wanted(rows: &[Row]) -> Vec<NewLabel> {
    rows.iter().filter_map(|row| row.more.as_ref()).flat_map(|more| more.options.iter().cloned()).collect()
}

/// Makes them, as if somebody had in the configuration: in the audit log, to be taken back there, and told to everybody.
pub(crate) async fn grow(tx: &mut Tx, site: &Site, pool: &Pool, import: ImportId, wanted: Vec<NewLabel>) -> Result<Grown> {
    let wish = Wish::of(Actor::Import(import), site.now);
    tx.touch_pool(site.client, site.pool).await?;
    let mut grown = Grown { pool: pool.clone(), ids: Stands::new(), n: 0 };
    for (id, labels) in by_field(wanted) {
        let step = Step::AddOptions { field: id, options: labels.iter().map(|new| NewOption::new(new.label.as_str())).collect() };
        let made = tx.take_step(site, &step).await?;
        if let Step::DeleteOptions { options, .. } = &made.inverse {
            grown.n += options.len() as u64;
        }
        tx.note_change(site, &wish, Some(Deed::ConfigurationChanged), &step, made, None).await?;
        grown.learn(tx, site, id, labels).await?;
    }
    Ok(grown)
}

/// The same for a batch that a killed process has loaded already: the rows behind it still name its options by numbers below
/// zero.
pub(crate) async fn grown(tx: &mut Tx, site: &Site, pool: &Pool, wanted: Vec<NewLabel>) -> Result<Grown> {
    let mut grown = Grown { pool: pool.clone(), ids: Stands::new(), n: 0 };
    for (id, labels) in by_field(wanted) {
        grown.learn(tx, site, id, labels).await?;
    }
    Ok(grown)
}

fn by_field(wanted: Vec<NewLabel>) -> Vec<(FieldId, Vec<NewLabel>)> {
    let mut by_field: Vec<(FieldId, Vec<NewLabel>)> = Vec::new();
    for new in wanted {
        match by_field.iter_mut().find(|(field, _)| *field == new.field) {
            Some((_, labels)) => labels.push(new),
            None => by_field.push((new.field, vec![new])),
        }
    }
    by_field
}

impl Grown {
    /// Which option each number stands for, now that the field has them.
    async fn learn(&mut self, tx: &mut Tx, site: &Site, id: FieldId, labels: Vec<NewLabel>) -> Result<()> {
        let options = tx.field(site, id).await?.options;
        for new in labels {
            // Somebody else may have made it meanwhile, with other capitals.
            let wanted = new.label.to_lowercase();
            let option = options.iter().find(|option| option.label.to_lowercase() == wanted).ok_or(StoreError::NotFound)?;
            self.ids.insert((id, new.stands_for), option.id);
        }
        if let Some(field) = self.pool.fields.iter_mut().find(|field| field.id == id) {
            field.options = options;
        }
        Ok(())
    }
}

/// Puts the options in the place of the numbers below zero.
pub(crate) fn settle(rows: &mut [Row], ids: &Stands) {
    if ids.is_empty() {
        return;
    }
    for (field, value) in rows.iter_mut().flat_map(|row| row.values.iter_mut()) {
        match value {
            Value::Int(n) if *n < 0 => {
                if let Some(option) = ids.get(&(*field, OptionId::new(*n))) {
                    *n = option.get();
                }
            }
            Value::Set(set) if set.iter().any(|option| option.get() < 0) => {
                for option in set.iter_mut() {
                    *option = ids.get(&(*field, *option)).copied().unwrap_or(*option);
                }
                set.sort_unstable();
                set.dedup();
            }
            _ => {}
        }
    }
}
