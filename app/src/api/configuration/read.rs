//! How a pool is made up, in the viewer's words.

use std::collections::BTreeMap;

use domain::config::default;
use domain::field::{FieldDef, FieldKind};
use domain::history::Actor;
use domain::id::{CategoryId, FieldId, OptionId, PoolId};
use domain::lang::{Text, number};
use domain::list::{Filter, ListQuery, Op};
use domain::time::show_time;
use domain::uses::{Use, UseKind};
use domain::value::{self, DateOrder, ParseContext, Value};

use super::{CategoryLine, FieldLine, OptionLine, Shape, UseLine};
use crate::context::{Viewer, now, store};
use crate::error::AppError;
use crate::routes;
use crate::text::configuration as t;

pub(super) async fn shape(viewer: &Viewer, id: PoolId) -> Result<Shape, AppError> {
    let store = store();
    let actor = Actor::User(viewer.user);
    let (pool, uses, saved, last) = futures::try_join!(
        store.pool(viewer.client, id),
        store.uses(viewer.client, id),
        store.reshaped_at(viewer.client, id),
        store.last_change(viewer.client, id, &actor),
    )?;
    let category = |category: &domain::pool::Category| CategoryLine {
        id: category.id,
        label: category.label(viewer.lang).to_owned(),
        custom: category.role == domain::pool::CategoryRole::Custom,
    };
    Ok(Shape {
        categories: pool.categories.iter().map(category).collect(),
        fields: pool.fields.iter().map(|field| line(field, uses.get(&field.key).map_or(&[], Vec::as_slice), viewer)).collect(),
        limit: store.field_limit() as u64,
        saved: saved.map(|at| show_time(at, viewer.lang, &viewer.zone)).unwrap_or_default(),
        last: last.map(|last| last.change),
        configures: viewer.rights.has(domain::rights::Right::Configure),
        retyped: None,
    })
}

pub(super) fn line(field: &FieldDef, uses: &[Use], viewer: &Viewer) -> FieldLine {
    FieldLine {
        id: field.id,
        key: field.key.clone(),
        label: field.label(viewer.lang).to_owned(),
        kind: field.kind,
        category: field.category,
        required: field.required,
        may_require: field.may_require(),
        matching: field.matching,
        profiling: field.profiling,
        tagging: field.tagging,
        default: default::show(field, viewer.lang, &viewer.zone),
        help: field.help.clone(),
        own: field.deletable(),
        internal: field.internal.is_some(),
        used: in_words(uses, viewer),
    }
}

/// "2 Importe".
fn in_words(uses: &[Use], viewer: &Viewer) -> String {
    let mut counts: BTreeMap<UseKind, u64> = BTreeMap::new();
    uses.iter().for_each(|used| *counts.entry(used.kind).or_default() += used.n);
    let one =
        |(kind, n): (UseKind, u64)| format!("{} {}", number(i64::try_from(n).unwrap_or(i64::MAX), viewer.lang), kind.label(n, viewer.lang));
    counts.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

pub(super) async fn options(viewer: &Viewer, pool: PoolId, id: FieldId) -> Result<Vec<OptionLine>, AppError> {
    let store = store();
    let reach = viewer.reach();
    let (shape, counts) = futures::try_join!(store.pool(viewer.client, pool), store.option_counts(&reach, pool, id))?;
    let field = shape.field_by_id(id).ok_or(AppError::NotFound)?;
    let line = |option: &domain::field::ChoiceOption| OptionLine {
        id: option.id,
        label: option.label.clone(),
        n: counts.get(&option.id).copied().unwrap_or(0),
        default: default::names(field, option.id),
    };
    Ok(field.options.iter().map(line).collect())
}

pub(super) async fn uses(viewer: &Viewer, pool: PoolId, id: FieldId) -> Result<Vec<UseLine>, AppError> {
    let store = store();
    let (shape, uses) = futures::try_join!(store.pool(viewer.client, pool), store.uses(viewer.client, pool))?;
    let field = shape.field_by_id(id).ok_or(AppError::NotFound)?;
    let uses = uses.get(&field.key).map_or(&[][..], Vec::as_slice);
    Ok(uses.iter().map(|used| use_line(used, pool, field, viewer)).collect())
}

fn use_line(used: &Use, pool: PoolId, field: &FieldDef, viewer: &Viewer) -> UseLine {
    let name = if used.name.is_empty() { field.label(viewer.lang) } else { &used.name };
    UseLine {
        kind: used.kind.label(1, viewer.lang).to_owned(),
        name: name.to_owned(),
        href: match used.kind {
            UseKind::Import => routes::one_import(pool, domain::id::ImportId::new(used.id)),
            UseKind::Default => routes::configured_field(pool, field.id),
            UseKind::Profiles => routes::pool(pool),
            UseKind::Conversion => routes::convert(pool, field.id),
            UseKind::Role => routes::ROLES.to_owned(),
        },
    }
}

/// What uses an option: the profiles of the list by a filter, those in the bin, the default, and what names the field.
pub(super) async fn option_uses(viewer: &Viewer, pool: PoolId, id: FieldId, option: OptionId) -> Result<Vec<UseLine>, AppError> {
    let store = store();
    let reach = viewer.reach();
    let (shape, uses) = futures::try_join!(store.pool(viewer.client, pool), store.option_uses(&reach, pool, id, option))?;
    let field = shape.field_by_id(id).ok_or(AppError::NotFound)?;
    let chosen = if field.kind == FieldKind::MultiSelection { Value::Set(vec![option]) } else { Value::Int(option.get()) };
    let filter = Filter { field: field.key.clone(), op: Op::Is, value: value::plain(field, &chosen) };
    let filtered = ListQuery { filters: vec![filter], ..ListQuery::default() }.to_query();
    let profiles = |n: u64, kind: Text, href: String| {
        let n_of = format!("{} {}", number(i64::try_from(n).unwrap_or(i64::MAX), viewer.lang), UseKind::Profiles.label(n, viewer.lang));
        (n > 0).then(|| UseLine { kind: kind.get(viewer.lang).to_owned(), name: n_of, href })
    };
    let mut lines: Vec<UseLine> = Vec::new();
    lines.extend(profiles(uses.listed, t::IN_LIST, format!("{}?{filtered}", routes::pool(pool))));
    lines.extend(profiles(uses.binned, t::IN_BIN, routes::bin(pool)));
    lines.extend(uses.objects.iter().map(|used| use_line(used, pool, field, viewer)));
    Ok(lines)
}

pub(super) fn default_today(viewer: &Viewer, kind: FieldKind, typed: &str) -> Result<String, AppError> {
    let mut field = FieldDef::new("", kind, CategoryId::new(0));
    let cx = ParseContext { lang: viewer.lang, zone: &viewer.zone, date_order: DateOrder::Dmy, country_hint: None };
    let stored = default::read(&field, typed, now(), &cx).map_err(|problem| AppError::invalid("default", problem))?;
    field.default_value = stored;
    let value = default::value(&field, now(), &viewer.zone);
    Ok(value.map(|value| value::show(&field, &value, viewer.lang, &viewer.zone)).unwrap_or_default())
}
