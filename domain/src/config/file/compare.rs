//! What a file would change about a pool, told before it happens.

use super::PoolFile;
use super::plan::{Plan, Ref};
use crate::field::FieldKind;
use crate::id::CategoryId;
use crate::pool::{CategoryRole, Pool};
use crate::problem::Problem;
use crate::time::{Millis, Zone};

/// What a file means for a pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What would change.
    pub changes: Vec<Difference>,
    /// What the pool has and the file has not: it stays.
    pub kept: Vec<Kept>,
    /// What can't be: it is left as it is.
    pub obstacles: Vec<Obstacle>,
}

/// A category in a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryName {
    /// What it is for.
    pub role: CategoryRole,
    /// The name that somebody gave it.
    pub name: String,
}

/// A field in a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// Its internal name.
    pub key: String,
    /// The name that somebody gave it.
    pub label: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A category more.
    CategoryAdded(CategoryName),
    /// A category is called otherwise.
    CategoryRenamed {
        /// As it is.
        category: CategoryName,
        /// Its new name; empty: its own.
        name: String,
    },
    /// A category gets another place.
    CategoryMoved(CategoryName),
    /// A field more.
    FieldAdded {
        /// Which.
        field: FieldName,
        /// Its type.
        kind: FieldKind,
        /// Where it is filed.
        category: CategoryName,
        /// How many options it brings.
        n_options: u64,
    },
    /// A field gets another place.
    FieldMoved {
        /// Which.
        field: FieldName,
        /// Where it was.
        from: CategoryName,
        /// Where it goes; the same when only its place there changes.
        to: CategoryName,
    },
    /// Something about a field changes.
    FieldChanged {
        /// Which.
        field: FieldName,
        /// What, as the file calls it.
        setting: &'static str,
        /// As it is.
        before: String,
        /// As it will be.
        after: String,
    },
    /// Options more.
    OptionsAdded {
        /// Of which field.
        field: FieldName,
        /// Their labels.
        options: Vec<String>,
    },
    /// Options get other places.
    OptionsMoved {
        /// Of which field.
        field: FieldName,
    },
}

/// Something that the file does not name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A category.
    Category(CategoryName),
    /// A field.
    Field(FieldName),
    /// Options of a field that the file does name.
    Options {
        /// Of which field.
        field: FieldName,
        /// Their labels.
        options: Vec<String>,
    },
}

/// Something that can't be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Internal name of the field.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Why.
    pub what: Hindrance,
}

/// Why something can't be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The pool has a field of this name and of another type, which never changes.
    OtherKind {
        /// The type that it has.
        pool: FieldKind,
        /// The type that the file wants.
        file: FieldKind,
    },
    /// A new field without a type.
    NoKind,
    /// A setting that can't be so.
    Wrong {
        /// As the file calls it.
        name: &'static str,
        /// Why not.
        problem: Problem,
    },
}

impl Comparison {
    /// Whether the pool is already as the file says, as far as it can be.
    pub fn changes_nothing(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Compares a pool with a file. Moments that the file names without a zone are those of `zone`.
pub fn compare(pool: &Pool, file: &PoolFile, now: Millis, zone: &Zone) -> Comparison {
    let plan = Plan::new(pool, file, now, zone);
    let mut changes = categories(&plan);
    fields(&plan, &mut changes);
    Comparison { changes, kept: kept(&plan), obstacles: plan.obstacles }
}

fn categories(plan: &Plan<'_>) -> Vec<Difference> {
    let added = plan.categories.iter().filter(|found| matches!(found, Ref::New(_)));
    let mut changes: Vec<Difference> = added.map(|found| Difference::CategoryAdded(named(plan, *found))).collect();
    changes.extend(plan.renamed().map(|(category, name)| Difference::CategoryRenamed {
        category: CategoryName { role: category.role, name: category.name.clone() },
        name: name.to_owned(),
    }));
    let moved = plan.pool.categories.iter().filter(|category| plan.moved_categories.contains(&category.id));
    changes.extend(moved.map(|category| Difference::CategoryMoved(named(plan, Ref::Old(category.id)))));
    changes
}

fn fields(plan: &Plan<'_>, changes: &mut Vec<Difference>) {
    changes.extend(plan.fresh.iter().map(|fresh| Difference::FieldAdded {
        field: FieldName { key: fresh.new.key.clone().unwrap_or_default(), label: fresh.new.label.clone() },
        kind: fresh.new.kind,
        category: named(plan, plan.categories[fresh.category]),
        n_options: fresh.new.options.len() as u64,
    }));
    for row in &plan.rows {
        let moved = plan.pool.fields.iter().filter(|field| row.moved.contains(&field.id));
        changes.extend(moved.map(|field| Difference::FieldMoved {
            field: FieldName { key: field.key.clone(), label: field.label.clone() },
            from: named(plan, Ref::Old(field.category)),
            to: named(plan, row.category),
        }));
    }
    for known in &plan.known {
        let field = || FieldName { key: known.field.key.clone(), label: known.field.label.clone() };
        changes.extend(known.changes.iter().map(|setting| Difference::FieldChanged {
            field: field(),
            setting: setting.name,
            before: setting.before.clone(),
            after: setting.after.clone(),
        }));
        if !known.new_options.is_empty() {
            changes.push(Difference::OptionsAdded { field: field(), options: known.new_options.clone() });
        }
        if !known.moved_options.is_empty() {
            changes.push(Difference::OptionsMoved { field: field() });
        }
    }
}

fn kept(plan: &Plan<'_>) -> Vec<Kept> {
    let unnamed = plan.pool.categories.iter().filter(|category| !plan.categories.contains(&Ref::Old(category.id)));
    let mut kept: Vec<Kept> = unnamed.map(|category| Kept::Category(named(plan, Ref::Old(category.id)))).collect();
    let keys: std::collections::HashSet<&str> = plan.file.fields().map(|field| field.key.as_str()).collect();
    let unnamed = plan.pool.fields.iter().filter(|field| !keys.contains(field.key.as_str()));
    kept.extend(unnamed.map(|field| Kept::Field(FieldName { key: field.key.clone(), label: field.label.clone() })));
    for known in plan.known.iter().filter(|known| !known.option_order.is_empty()) {
        let unnamed = known.field.options.iter().filter(|option| !known.named_options.contains(&option.id));
        let options: Vec<String> = unnamed.map(|option| option.label.clone()).collect();
        if !options.is_empty() {
            let field = FieldName { key: known.field.key.clone(), label: known.field.label.clone() };
            kept.push(Kept::Options { field, options });
        }
    }
    kept
}

fn named(plan: &Plan<'_>, category: Ref<CategoryId>) -> CategoryName {
    let (role, name) = match category {
        Ref::Old(id) => {
            let category = plan.pool.categories.iter().find(|category| category.id == id);
            category.map_or((CategoryRole::Custom, ""), |category| (category.role, &category.name))
        }
        Ref::New(n) => {
            let category = &plan.file.categories[n];
            (category.role, category.name.as_deref().unwrap_or_default())
        }
    };
    CategoryName { role, name: name.to_owned() }
}
