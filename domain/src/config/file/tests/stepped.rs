use super::super::*;
use super::NOW;
use crate::config::{Step, arranged, moved};
use crate::field::{ChoiceOption, FieldDef};
use crate::id::{CategoryId, FieldId, OptionId};
use crate::lang::Lang;
use crate::pool::Category;
use crate::time::Zone;

/// A pool as it is after a step.
fn stepped(pool: &mut Pool, step: &Step) {
    let next = pool.fields.iter().map(|field| field.id.get()).chain(pool.categories.iter().map(|one| one.id.get())).max().unwrap_or(0) + 1;
    match step {
        Step::AddCategory { name, before } => {
            let id = CategoryId::new(next);
            pool.categories.push(Category { id, name: name.clone(), role: CategoryRole::Custom, position: 0 });
            stepped(pool, &Step::MoveCategory { category: id, before: *before });
        }
        Step::RenameCategory { category, name } => {
            pool.categories.iter_mut().filter(|one| one.id == *category).for_each(|one| one.name = name.clone());
        }
        Step::MoveCategory { category, before } => {
            let order = moved(&pool.categories.iter().map(|one| one.id).collect::<Vec<_>>(), *category, *before);
            pool.categories.sort_by_key(|one| order.iter().position(|id| *id == one.id));
        }
        Step::AddField(new) => {
            let id = FieldId::new(next);
            let label = |(n, option): (i64, &crate::config::NewOption)| ChoiceOption {
                id: OptionId::new(next * 1_000 + n),
                label: option.label.clone(),
                position: n,
            };
            let key = new.key.clone().expect("a file names its fields");
            pool.fields.push(FieldDef {
                id,
                label: new.label.clone(),
                required: new.required,
                matching: new.matching,
                profiling: new.profiling,
                tagging: new.tagging,
                help: new.help.clone(),
                options: (0..).zip(&new.options).map(label).collect(),
                ..FieldDef::new(key, new.kind, new.category)
            });
            let change = crate::config::FieldChange { default: Some(new.default.clone()), ..Default::default() };
            stepped(pool, &Step::ChangeField { field: id, change });
            stepped(pool, &Step::MoveField { field: id, category: new.category, before: new.before });
        }
        Step::ChangeField { field, change } => {
            let field = pool.fields.iter_mut().find(|one| one.id == *field).expect("the field");
            crate::config::check_change(field, change).expect("a change that can be");
            let set = |to: &mut bool, from: Option<bool>| *to = from.unwrap_or(*to);
            set(&mut field.required, change.required);
            set(&mut field.matching, change.matching);
            set(&mut field.profiling, change.profiling);
            set(&mut field.tagging, change.tagging);
            field.label = change.label.clone().unwrap_or_else(|| field.label.clone());
            field.help = change.help.clone().unwrap_or_else(|| field.help.clone());
            if let Some(default) = &change.default {
                let zone = Zone::default();
                let cx = crate::value::ParseContext { lang: Lang::De, zone: &zone, date_order: Default::default(), country_hint: None };
                field.default_value = crate::config::default::read(field, default, NOW, &cx).expect("a default that fits");
            }
        }
        Step::MoveField { field, category, before } => {
            pool.fields.iter_mut().filter(|one| one.id == *field).for_each(|one| one.category = *category);
            let order = moved(&pool.fields.iter().map(|one| one.id).collect::<Vec<_>>(), *field, *before);
            pool.fields.sort_by_key(|one| order.iter().position(|id| *id == one.id));
        }
        Step::AddOptions { field, options } => {
            let field = pool.fields.iter_mut().find(|one| one.id == *field).expect("the field");
            for option in options {
                assert!(field.options.iter().all(|one| one.label.to_lowercase() != option.label.to_lowercase()), "{option:?} is there");
                let id = field.options.iter().map(|one| one.id.get()).max().unwrap_or(field.id.get() * 1_000) + 1;
                field.options.push(ChoiceOption { id: OptionId::new(id), label: option.label.clone(), position: id });
            }
        }
        Step::OrderOptions { field, options } => {
            let field = pool.fields.iter_mut().find(|one| one.id == *field).expect("the field");
            let order = arranged(&field.options.iter().map(|one| one.id).collect::<Vec<_>>(), options);
            field.options.sort_by_key(|one| order.iter().position(|id| *id == one.id));
        }
        other => panic!("no file asks for {other:?}"),
    }
    // As the store gives them.
    let place = |id: CategoryId| pool.categories.iter().position(|one| one.id == id);
    pool.fields.sort_by_key(|field| place(field.category));
}

/// A pool after a file was applied, as the store does it.
pub(super) fn applied(pool: &Pool, file: &PoolFile) -> Pool {
    let mut pool = pool.clone();
    for _ in 0..10 {
        let steps = next_steps(&pool, file, NOW, &Zone::default());
        if steps.is_empty() {
            return pool;
        }
        steps.iter().for_each(|step| stepped(&mut pool, step));
    }
    panic!("it never ends: {:?}", next_steps(&pool, file, NOW, &Zone::default()));
}
