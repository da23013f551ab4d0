//! Forms about a pool, as steps.

use domain::config::{Done, FieldChange, NewField, Step, read_options};
use domain::field::FieldKind;
use domain::id::{CategoryId, FieldId, OptionId, PoolId};
use domain::pool::Pool;
use domain::problem::{Invalid, Problem};

use super::{ShapeForm, Taken, read, saving};
use crate::api::profiles::plain;
use crate::context::{Viewer, store};
use crate::error::AppError;
use crate::routes;

/// What a single button says, as a form.
fn spelled_out(form: ShapeForm) -> ShapeForm {
    let mut words = form.go.split(':').map(str::to_owned);
    let mut next = || words.next().unwrap_or_default();
    let what = next();
    let empty = ShapeForm { what: what.clone(), ..ShapeForm::default() };
    match what.as_str() {
        "" => form,
        "move_field" => ShapeForm { field: next(), category: next(), before: next(), ..empty },
        "move_category" => ShapeForm { category: next(), before: next(), ..empty },
        "delete_category" => ShapeForm { category: next(), ..empty },
        "move_option" => ShapeForm { field: next(), option: next(), before: next(), ..empty },
        "default_option" => ShapeForm { field: next(), option: next(), default: next(), was: next(), ..empty },
        "undo" => ShapeForm { change: next(), ..empty },
        _ => ShapeForm { field: next(), option: next(), ..empty },
    }
}

pub(super) async fn take(viewer: &Viewer, pool: PoolId, form: ShapeForm) -> Result<Taken, AppError> {
    let form = spelled_out(form);
    let wish = viewer.wish();
    let done = if form.what == "undo" {
        let change = form.change.parse().map_err(|_| AppError::NotFound)?;
        store().undo_change(viewer.client, pool, change, &wish).await?
    } else if form.what == "default_option" {
        default_option(viewer, pool, &form).await?
    } else {
        let now = store().pool(viewer.client, pool).await?;
        let (step, skipped) = step(&form, &now)?;
        let mut done = store().configure(viewer.client, pool, &step, &wish).await?;
        done.skipped.extend(skipped);
        done
    };
    plain::to(&back(pool, &form, &done));
    Ok(Taken { done, shape: read::shape(viewer, pool).await? })
}

async fn default_option(viewer: &Viewer, pool: PoolId, form: &ShapeForm) -> Result<Done, AppError> {
    let (field, option) = (id_of(&form.field)?, OptionId::new(id_of(&form.option)?));
    let (on, was) = (!form.default.is_empty(), form.was.parse().ok().map(OptionId::new));
    let make = |pool: &Pool| {
        let field = pool.field_by_id(FieldId::new(field)).ok_or(AppError::NotFound)?;
        saving::default_option(field, option, on, was)
    };
    saving::take(viewer, pool, make).await
}

fn id_of(typed: &str) -> Result<i64, AppError> {
    typed.parse().map_err(|_| AppError::NotFound)
}

/// The page, with the way to undo; after a change of options still at the field.
fn back(pool: PoolId, form: &ShapeForm, done: &Done) -> String {
    let page = routes::configuration(pool);
    if form.what == "undo" {
        return page;
    }
    let open = if form.what.contains("option") { format!("&field={}", form.field) } else { String::new() };
    format!("{page}?done={}{open}", done.change)
}

fn step(form: &ShapeForm, pool: &Pool) -> Result<(Step, Vec<String>), AppError> {
    let category = || form.category.parse().map(CategoryId::new).map_err(|_| AppError::invalid("category", Problem::Required));
    let field = || id_of(&form.field).map(FieldId::new);
    let option = || id_of(&form.option).map(OptionId::new);
    let before = form.before.parse::<i64>().ok();
    let on = |flag: &str| !flag.is_empty();
    let mut skipped = Vec::new();
    let step = match form.what.as_str() {
        "add_category" => Step::AddCategory { name: form.label.clone(), before: before.map(CategoryId::new) },
        "rename_category" => Step::RenameCategory { category: category()?, name: form.label.clone() },
        "move_category" => Step::MoveCategory { category: category()?, before: before.map(CategoryId::new) },
        "delete_category" => Step::DeleteCategory { category: category()? },
        "add_field" => {
            let kind = FieldKind::from_code(&form.kind).ok_or_else(|| AppError::invalid("kind", Problem::Required))?;
            let lines = if kind.has_options() { read_options(&form.options, &[]) } else { Default::default() };
            if let Some((_, problem)) = lines.wrong.into_iter().next() {
                return Err(AppError::invalid("options", problem));
            }
            skipped = lines.duplicates;
            // What the chosen type can't have was chosen for another type before.
            Step::AddField(NewField {
                key: Some(form.key.trim().to_owned()).filter(|key| !key.is_empty()),
                before: before.map(FieldId::new),
                required: on(&form.required) && kind != FieldKind::IpAddress,
                matching: on(&form.matching) && kind.may_match(),
                profiling: on(&form.profiling) && kind.may_tag(),
                tagging: on(&form.tagging) && kind.may_tag(),
                default: if kind.may_default() { form.default.clone() } else { String::new() },
                help: form.help.clone(),
                options: lines.new,
                ..NewField::new(form.label.clone(), kind, category()?)
            })
        }
        "move_field" => Step::MoveField { field: field()?, category: category()?, before: before.map(FieldId::new) },
        "delete_field" => Step::DeleteField { field: field()? },
        "require_field" => {
            let change = FieldChange { required: Some(on(&form.required)), ..FieldChange::default() };
            Step::ChangeField { field: field()?, change }
        }
        "add_options" => {
            let known = pool.field_by_id(field()?).ok_or(AppError::NotFound)?;
            let lines = read_options(&form.options, &known.options);
            if let Some((_, problem)) = lines.wrong.into_iter().next() {
                return Err(AppError::invalid("options", problem));
            }
            skipped = lines.duplicates;
            if lines.new.is_empty() && skipped.is_empty() {
                return Err(AppError::invalid("options", Problem::Required));
            }
            Step::AddOptions { field: field()?, options: lines.new }
        }
        "rename_option" => Step::RenameOption { field: field()?, option: option()?, label: form.label.clone() },
        "move_option" => Step::MoveOption { field: field()?, option: option()?, before: before.map(OptionId::new) },
        "delete_option" => Step::DeleteOptions { field: field()?, options: vec![option()?] },
        what => return Err(Invalid::one("what", Problem::UnknownChoice { value: what.to_owned() }).into()),
    };
    Ok((step, skipped))
}
