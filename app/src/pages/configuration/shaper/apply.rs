//! The page shows a step at once, before the server has taken it.

use domain::config::{Step, moved};
use domain::id::{CategoryId, FieldId};

use crate::api::configuration::Shape;

/// What a step makes of the page at once. What only the server can say comes with its answer.
pub fn apply(shape: &mut Shape, step: &Step) {
    match step {
        Step::MoveCategory { category, before } => {
            let order: Vec<CategoryId> = shape.categories.iter().map(|category| category.id).collect();
            sort_by(&mut shape.categories, &moved(&order, *category, *before), |category| category.id);
        }
        Step::MoveField { field, category, before } => {
            if let Some(line) = shape.fields.iter_mut().find(|line| line.id == *field) {
                line.category = *category;
            }
            let order: Vec<FieldId> = shape.fields.iter().filter(|line| line.category == *category).map(|line| line.id).collect();
            let order = moved(&order, *field, *before);
            let (mut inside, outside): (Vec<_>, Vec<_>) = shape.fields.drain(..).partition(|line| line.category == *category);
            sort_by(&mut inside, &order, |line| line.id);
            shape.fields = outside;
            shape.fields.append(&mut inside);
        }
        Step::ChangeField { field, change } => {
            let Some(line) = shape.fields.iter_mut().find(|line| line.id == *field) else { return };
            if let Some(label) = change.label.as_deref().map(str::trim).filter(|label| !label.is_empty()) {
                line.label = label.to_owned();
            }
            let set = |flag: &mut bool, to: Option<bool>| *flag = to.unwrap_or(*flag);
            set(&mut line.required, change.required);
            set(&mut line.matching, change.matching);
            set(&mut line.profiling, change.profiling);
            set(&mut line.tagging, change.tagging);
        }
        Step::RenameCategory { category, name } if !name.trim().is_empty() => {
            if let Some(line) = shape.categories.iter_mut().find(|line| line.id == *category) {
                line.label = name.trim().to_owned();
            }
        }
        Step::All(steps) => steps.iter().for_each(|step| apply(shape, step)),
        _ => {}
    }
}

fn sort_by<T, I: PartialEq>(things: &mut [T], order: &[I], id: impl Fn(&T) -> I) {
    things.sort_by_key(|thing| order.iter().position(|other| *other == id(thing)));
}

#[cfg(test)]
mod tests;
