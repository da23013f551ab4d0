//! What has to happen to a pool for it to become as a file says.

use std::collections::{HashMap, HashSet};

use super::compare::Obstacle;
use super::fields::{Fresh, Known};
use super::order::{target, to_move, with_neighbours};
use super::{FileCategory, PoolFile};
use crate::config::{NewOption, Step};
use crate::id::{CategoryId, FieldId};
use crate::pool::{Category, CategoryRole, Pool};
use crate::time::{Millis, Zone};

/// Something that the pool has, or the n-th thing of the file that it has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ref<I> {
    Old(I),
    New(usize),
}

impl<I> Ref<I> {
    pub(super) fn old(self) -> Option<I> {
        match self {
            Ref::Old(id) => Some(id),
            Ref::New(_) => None,
        }
    }
}

/// The fields that a category is to have.
pub(super) struct Row {
    pub(super) category: Ref<CategoryId>,
    pub(super) order: Vec<Ref<FieldId>>,
    /// Those that come from elsewhere, or from another place in it.
    pub(super) moved: HashSet<FieldId>,
}

/// What has to happen, before it is put into words or steps.
pub(super) struct Plan<'a> {
    pub(super) pool: &'a Pool,
    pub(super) file: &'a PoolFile,
    /// Where each category of the file is in the pool.
    pub(super) categories: Vec<Ref<CategoryId>>,
    category_order: Vec<Ref<CategoryId>>,
    pub(super) moved_categories: HashSet<CategoryId>,
    pub(super) rows: Vec<Row>,
    pub(super) fresh: Vec<Fresh>,
    pub(super) known: Vec<Known<'a>>,
    pub(super) obstacles: Vec<Obstacle>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(pool: &'a Pool, file: &'a PoolFile, now: Millis, zone: &Zone) -> Self {
        let categories: Vec<Ref<CategoryId>> = file.categories.iter().enumerate().map(|(n, one)| found(pool, one, n)).collect();
        let there: Vec<Ref<CategoryId>> = pool.categories.iter().map(|category| Ref::Old(category.id)).collect();
        let category_order = target(&there, &categories);
        let moved_categories = to_move(&there, &category_order).into_iter().filter_map(Ref::old).collect();
        let mut plan = Self {
            pool,
            file,
            categories,
            category_order,
            moved_categories,
            rows: Vec::new(),
            fresh: Vec::new(),
            known: Vec::new(),
            obstacles: Vec::new(),
        };
        let mut asked: Vec<Vec<Ref<FieldId>>> = Vec::new();
        for (category, one) in file.categories.iter().zip(0..) {
            let row = category.fields.iter().filter_map(|field| plan.field(field, one, now, zone)).collect();
            asked.push(row);
        }
        plan.rows = plan.rows_of(asked);
        plan
    }

    /// The field of the pool, or the new one, unless something is in the way.
    fn field(&mut self, asked: &'a super::FileField, category: usize, now: Millis, zone: &Zone) -> Option<Ref<FieldId>> {
        match self.pool.field(&asked.key) {
            Some(field) => {
                let known = Known::new(field, asked, now, zone, &mut self.obstacles)?;
                self.known.push(known);
                Some(Ref::Old(field.id))
            }
            None => {
                let fresh = Fresh::new(asked, category, now, zone, &mut self.obstacles)?;
                self.fresh.push(fresh);
                Some(Ref::New(self.fresh.len() - 1))
            }
        }
    }

    fn rows_of(&self, asked: Vec<Vec<Ref<FieldId>>>) -> Vec<Row> {
        let home: HashMap<Ref<FieldId>, Ref<CategoryId>> =
            self.categories.iter().zip(&asked).flat_map(|(category, row)| row.iter().map(|field| (*field, *category))).collect();
        let row = |(category, asked): (&Ref<CategoryId>, Vec<Ref<FieldId>>)| {
            let here = self.pool.fields.iter().filter(|field| Some(field.category) == category.old()).map(|field| Ref::Old(field.id));
            let stays = |field: &Ref<FieldId>| home.get(field).is_none_or(|home| home == category);
            let now: Vec<Ref<FieldId>> = here.filter(stays).collect();
            let order = target(&now, &asked);
            let mut moved = to_move(&now, &order);
            moved.extend(asked.into_iter().filter(|field| !now.contains(field)));
            Row { category: *category, order, moved: moved.into_iter().filter_map(Ref::old).collect() }
        };
        self.categories.iter().zip(asked).map(row).collect()
    }

    /// The name that a category of the pool is to have, where it is another one.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (&'a Category, &'a str)> {
        self.categories.iter().zip(&self.file.categories).filter_map(|(found, asked)| {
            let category = self.pool.categories.iter().find(|one| Some(one.id) == found.old())?;
            let name = asked.name.as_deref()?;
            (name != category.name).then_some((category, name))
        })
    }

    fn category_steps(&self) -> Vec<Step> {
        let rename = |(category, name): (&Category, &str)| Step::RenameCategory { category: category.id, name: name.to_owned() };
        let mut steps: Vec<Step> = self.renamed().map(rename).collect();
        let order = with_neighbours(&self.category_order, Ref::old);
        for (category, before) in order.iter().rev() {
            if let Some(category) = category.old().filter(|id| self.moved_categories.contains(id)) {
                steps.push(Step::MoveCategory { category, before: *before });
            }
        }
        for (category, before) in order {
            if let Ref::New(n) = category {
                let name = self.file.categories[n].name.clone().unwrap_or_default();
                steps.push(Step::AddCategory { name, before });
            }
        }
        steps
    }

    fn field_steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for row in &self.rows {
            let Ref::Old(category) = row.category else { continue };
            let order = with_neighbours(&row.order, Ref::old);
            for (field, before) in order.iter().rev() {
                if let Some(field) = field.old().filter(|id| row.moved.contains(id)) {
                    steps.push(Step::MoveField { field, category, before: *before });
                }
            }
            for (field, before) in order {
                if let Ref::New(n) = field {
                    steps.push(Step::AddField(crate::config::NewField { category, before, ..self.fresh[n].new.clone() }));
                }
            }
        }
        steps
    }

    fn option_steps(&self) -> Vec<Step> {
        let add = |known: &Known<'_>| {
            let options = known.new_options.iter().map(NewOption::new).collect();
            (!known.new_options.is_empty()).then_some(Step::AddOptions { field: known.field.id, options })
        };
        self.known.iter().filter_map(add).collect()
    }

    fn last_steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for known in &self.known {
            let field = known.field.id;
            if !known.moved_options.is_empty() {
                steps.push(Step::OrderOptions { field, options: known.option_order.iter().filter_map(|option| option.old()).collect() });
            }
            if !known.changes.is_empty() {
                steps.push(Step::ChangeField { field, change: known.change() });
            }
        }
        steps
    }
}

/// The next steps that lead a pool to what a file says, as far as they can be told without the ids of what they make: ask
/// again with the pool that they lead to, until there are none. Each time first categories, then fields, then options, then
/// the rest.
pub fn next_steps(pool: &Pool, file: &PoolFile, now: Millis, zone: &Zone) -> Vec<Step> {
    let plan = Plan::new(pool, file, now, zone);
    let stages: [fn(&Plan<'_>) -> Vec<Step>; 4] =
        [|plan| plan.category_steps(), |plan| plan.field_steps(), |plan| plan.option_steps(), |plan| plan.last_steps()];
    stages.iter().map(|stage| stage(&plan)).find(|steps| !steps.is_empty()).unwrap_or_default()
}

/// The category that an entry of a file means.
fn found(pool: &Pool, asked: &FileCategory, n: usize) -> Ref<CategoryId> {
    let same = |one: &&Category| {
        one.role == asked.role && (asked.role != CategoryRole::Custom || asked.name.as_deref() == Some(one.name.as_str()))
    };
    pool.categories.iter().find(same).map_or(Ref::New(n), |one| Ref::Old(one.id))
}
