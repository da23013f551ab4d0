//! A mapping that is changed on the server: columns split or joined, a field made of one.

use std::sync::Arc;

use domain::config::{NewField, NewOption, Step};
use domain::field::{FieldDef, FieldKind};
use domain::id::{CategoryId, FieldId, ImportId, PoolId};
use domain::import::{Asked, Goes, Preview, option_labels, suits};
use domain::problem::Problem;
use domain::text::Name;
use store::load::Import;

use super::divide::{DivideForm, NewFieldForm};
use super::form;
use super::look::{N_LOOKED_AT, reading_context};
pub(super) use super::run::Told;
use super::run::{found, settle};
use crate::api::mappings::kept::rules_for;
use crate::context::{Intake, Viewer, given, go, store};
use crate::error::AppError;
use crate::routes;

/// The most options that a new field gets from the first rows.
const MAX_NEW_OPTIONS: usize = 100;

/// Splits or joins, keeps the mapping so, and shows it.
pub(super) async fn divide(viewer: &Viewer, pool: PoolId, import: ImportId, mut told: Told, wanted: &DivideForm) -> Result<(), AppError> {
    let found = found(viewer, pool, import).await?;
    wanted.put_into(&mut told.mapping)?;
    keep(viewer, &found, told).await
}

/// Makes a field for a column by the steps of the configuration, which note and take back like every other, and maps the column
/// to it. The mapping is kept before: what is wrong with it is said before anything is made.
pub(super) async fn field(viewer: &Viewer, pool: PoolId, import: ImportId, mut told: Told, wanted: &NewFieldForm) -> Result<(), AppError> {
    let found = found(viewer, pool, import).await?;
    let column = wanted.column.parse::<usize>().ok().filter(|at| *at < told.mapping.columns.len());
    let column = column.ok_or_else(|| AppError::invalid("column", Problem::Required))?;
    let category = wanted.category.parse().map(CategoryId::new).map_err(|_| AppError::invalid("category", Problem::Required))?;
    let reading = form::reading(&told.reading).unwrap_or(found.reading);
    let glance = given::<Arc<dyn Intake>>()?.preview(viewer.client, import, Asked::Whole(reading), N_LOOKED_AT).await?;
    let field = new_field(viewer, &glance.preview, column, category, &told, wanted);
    if told.mapping.columns.iter().any(Option::is_some) {
        set(viewer, &found, Told { mapping: told.mapping.clone(), reading: told.reading.clone(), key: told.key.clone(), kept: None })
            .await?;
    }
    let made = store().configure(viewer.client, pool, &Step::AddField(field), &viewer.wish()).await?.made.map(FieldId::new);
    let seen = viewer.pool(pool).await?;
    let key = made.and_then(|id| seen.field_by_id(id)).map(|field| field.key.clone()).ok_or(AppError::NotFound)?;
    told.mapping.put(column, &Goes::Field(key));
    keep(viewer, &found, told).await
}

fn new_field(viewer: &Viewer, preview: &Preview, column: usize, category: CategoryId, told: &Told, wanted: &NewFieldForm) -> NewField {
    let reading = form::reading(&told.reading).unwrap_or_default();
    let values = || preview.rows.iter().filter_map(move |row| row.get(column)).map(String::as_str);
    let (fitting, options) = suits(values(), &reading_context(viewer, &reading));
    let kind = FieldKind::from_code(&wanted.kind).unwrap_or(fitting);
    let options = if kind == fitting { options } else { options_of(kind, values()) };
    let heading = preview.headings.get(column).map(|heading| heading.trim()).unwrap_or_default();
    let label = if wanted.label.trim().is_empty() { heading } else { wanted.label.trim() };
    NewField { options, ..NewField::new(label, kind, category) }
}

/// The options that the first rows name; none where the type has none.
fn options_of<'v>(kind: FieldKind, values: impl Iterator<Item = &'v str>) -> Vec<NewOption> {
    let field = FieldDef::new("NEW", kind, CategoryId::new(0));
    let mut options: Vec<NewOption> = Vec::new();
    if !kind.has_options() {
        return options;
    }
    for label in values.flat_map(|value| option_labels(&field, value)) {
        let known = options.iter().any(|option| option.label.to_lowercase() == label.to_lowercase());
        if !known && options.len() < MAX_NEW_OPTIONS && Name::parse(&label).is_ok() {
            options.push(NewOption::new(label));
        }
    }
    options
}

async fn keep(viewer: &Viewer, found: &Import, told: Told) -> Result<(), AppError> {
    set(viewer, found, told).await?;
    go(&routes::one_import(found.pool, found.id));
    Ok(())
}

/// Keeps a mapping with the rules that go with it; without its key if no column has it any more.
async fn set(viewer: &Viewer, found: &Import, told: Told) -> Result<(), AppError> {
    let Told { reading, mapping, key, kept } = told;
    let reading = form::reading(&reading).unwrap_or(found.reading);
    let key = key.filter(|key| mapping.column(key).is_some());
    let rules = rules_for(viewer, found, kept.as_deref(), &mapping, key).await?;
    settle(viewer, found.id, reading, mapping, rules).await
}
