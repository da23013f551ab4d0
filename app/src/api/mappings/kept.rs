//! Which kept mapping fits a file, and keeping one.

use std::sync::Arc;

use domain::id::{ImportId, MappingId, PoolId};
use domain::import::{
    Asked, Mapping, NEAR, Preview, Proposal, Reading, Rules, Unknown, carry_over, fill_unknown, kept_reading, likeness, mappable,
    normal_headings,
};
use domain::pool::Pool;
use domain::problem::Problem;
use domain::rights::Right;
use domain::text::Name;
use store::load::Import;
use store::mappings::{NewMapping, SavedMapping};

use super::{Fit, Kept, KeptChoice, KeptLine};
use crate::api::imports::form;
use crate::context::{Intake, Viewer, given, go, store};
use crate::error::AppError;
use crate::routes;
use crate::text::import as t;

/// What an address asks for: `0` none, `7` the newest version of that one, `7.2` an older one; nothing, or what there is not:
/// what the headings propose.
pub(crate) enum Wanted {
    Any,
    None,
    One(Box<SavedMapping>),
}

impl Wanted {
    pub(crate) async fn of(viewer: &Viewer, pool: PoolId, asked: Option<&str>) -> Result<Self, AppError> {
        let Some(asked) = asked.filter(|asked| !asked.is_empty()) else { return Ok(Self::Any) };
        if asked == "0" {
            return Ok(Self::None);
        }
        let (id, version) = asked.split_once('.').unwrap_or((asked, ""));
        let Ok(id) = id.parse::<MappingId>() else { return Ok(Self::Any) };
        match store().mapping(viewer.client, pool, id, version.parse().ok()).await {
            Ok(saved) => Ok(Self::One(Box::new(saved))),
            Err(store::StoreError::NotFound) => Ok(Self::Any),
            Err(error) => Err(error.into()),
        }
    }

    /// How a file is read by the one that was chosen.
    pub(crate) fn reading(&self, recognised: Reading) -> Option<Reading> {
        match self {
            Self::One(saved) => saved.kept.reading.map(|kept| kept_reading(kept, recognised)),
            _ => None,
        }
    }
}

/// What the kept mapping that holds makes of a file.
pub(crate) struct Held {
    /// Where its columns go.
    pub(crate) mapping: Mapping,
    /// How its rows are taken over.
    pub(crate) rules: Rules,
    /// How files of its kind are read.
    pub(crate) reading: Option<Reading>,
}

/// All kept mappings beside a file, and what the one makes of it that holds.
pub(crate) async fn beside(
    viewer: &Viewer,
    pool: &Pool,
    preview: &Preview,
    proposals: &[Proposal],
    wanted: Wanted,
) -> Result<(Kept, Option<Held>), AppError> {
    let all = store().mappings(viewer.client, pool.id).await?;
    let like = |one: &SavedMapping| likeness(&one.kept.headings, &preview.headings);
    let fit = |one: &SavedMapping| match like(one) {
        100 => Fit::Same,
        NEAR.. => Fit::Nearly,
        _ => Fit::Not,
    };
    let line = |one: &SavedMapping| KeptLine { id: one.id, name: one.name.clone(), version: one.newest, fit: fit(one) };
    let lines = all.iter().map(line).collect();
    let (saved, proposed) = match wanted {
        Wanted::None => (None, false),
        Wanted::One(saved) => (Some(*saved), false),
        Wanted::Any => (all.iter().filter(|one| fit(one) > Fit::Not).max_by_key(|one| (like(one), one.saved_at)).cloned(), true),
    };
    let Some(saved) = saved else { return Ok((Kept { lines, chosen: None }, None)) };
    let mut mapping = carry_over(&saved.kept.mapping, &saved.kept.headings, &preview.headings);
    for column in &mut mapping.columns {
        column.take_if(|key| !mappable(pool, key));
    }
    fill_unknown(&mut mapping, &saved.kept.headings, &preview.headings, proposals);
    let here = normal_headings(&preview.headings);
    let columns = normal_headings(&saved.kept.headings).into_iter().zip(&saved.kept.headings).zip(&saved.kept.mapping.columns);
    let lacking = columns.filter(|((normal, _), field)| field.is_some() && !here.contains(normal)).map(|((_, heading), _)| heading.clone());
    let lacking = lacking.collect();
    let chosen = KeptChoice { id: saved.id, name: saved.name, version: saved.version, proposed, lacking };
    let held = Held { rules: offered(viewer, saved.kept.rules), mapping, reading: saved.kept.reading };
    Ok((Kept { lines, chosen: Some(chosen) }, Some(held)))
}

/// The rules of a kept mapping, as far as somebody may choose them.
fn offered(viewer: &Viewer, rules: Rules) -> Rules {
    let may = rules.unknown != Unknown::Create || viewer.rights.has(Right::Configure);
    if may { rules } else { Rules { unknown: Unknown::default(), ..rules } }
}

/// The rules of an import under another mapping: those of the kept mapping by which it was made, else its own. Its key is the
/// one that was chosen with it.
pub(crate) async fn rules_for(
    viewer: &Viewer,
    found: &Import,
    kept: Option<&str>,
    mapping: &Mapping,
    key: Option<String>,
) -> Result<Rules, AppError> {
    let mut rules = match Wanted::of(viewer, found.pool, kept).await? {
        Wanted::One(saved) => offered(viewer, saved.kept.rules),
        // Its rules would be others than those that were seen.
        Wanted::Any if kept.is_some_and(|kept| !kept.is_empty()) => return Err(AppError::refused(t::KEPT_GONE)),
        Wanted::Any | Wanted::None => found.rules.clone(),
    };
    let pool = viewer.pool(found.pool).await?;
    rules.constants.retain(|(field, _)| mapping.column(field).is_none() && mappable(&pool, field));
    let whole = |key: &String| mapping.column(key).is_some() || rules.constant(key).is_some();
    if rules.key.first() != key.as_ref() || !rules.key.iter().all(whole) {
        rules.key = key.into_iter().collect();
    }
    Ok(rules)
}

/// What is kept, as the form of the mapping has it.
pub(super) struct Keeping {
    pub(super) reading: String,
    pub(super) mapping: Mapping,
    pub(super) key: Option<String>,
    /// The kept mapping by which it was made.
    pub(super) kept: Option<String>,
}

pub(super) async fn save(
    viewer: &Viewer,
    pool: PoolId,
    import: ImportId,
    keeping: Keeping,
    name: &str,
) -> Result<(MappingId, i64), AppError> {
    let found = store().import(viewer.client, import).await?;
    if found.pool != pool {
        return Err(AppError::NotFound);
    }
    let Keeping { reading, mapping, key, kept } = keeping;
    let reading = form::reading(&reading).unwrap_or(found.reading);
    let rules = rules_for(viewer, &found, kept.as_deref(), &mapping, key).await?;
    let saved = keep(viewer, &Import { reading, mapping, rules, ..found }, name).await?;
    go(&[&routes::one_import(pool, import), "?mapping=", &saved.0.to_string()].concat());
    Ok(saved)
}

/// Keeps how an import is read, mapped and taken over under a name.
pub(crate) async fn keep(viewer: &Viewer, import: &Import, name: &str) -> Result<(MappingId, i64), AppError> {
    let name = Name::parse(name).map_err(|problem| AppError::invalid("name", problem))?;
    let Import { id, pool, reading, mapping, rules, .. } = import.clone();
    let seen = viewer.pool(pool).await?;
    if let Some(key) = mapping.fields().iter().find(|key| !mappable(&seen, key)) {
        return Err(AppError::invalid("columns", Problem::UnknownField { field: key.clone() }));
    }
    let glance = given::<Arc<dyn Intake>>()?.preview(viewer.client, id, Asked::Whole(reading), 1).await?;
    let new = NewMapping { reading: Some(reading), headings: glance.preview.headings, mapping, rules };
    Ok(store().save_mapping(viewer.client, pool, &name, &new, viewer.wish()).await?)
}

pub(super) async fn rename(viewer: &Viewer, pool: PoolId, mapping: MappingId, name: &str) -> Result<(), AppError> {
    let name = Name::parse(name).map_err(|problem| AppError::invalid("name", problem))?;
    Ok(store().rename_mapping(viewer.client, pool, mapping, &name, viewer.wish()).await?)
}

pub(super) async fn delete(viewer: &Viewer, pool: PoolId, mapping: MappingId) -> Result<(), AppError> {
    Ok(store().delete_mapping(viewer.client, pool, mapping, viewer.wish()).await?)
}
