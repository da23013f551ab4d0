//! A started import.

use std::sync::Arc;

use domain::field::{FieldDef, FieldKind, Internal};
use domain::id::{ImportId, PoolId};
use domain::import::{Mapping, Reading, Rules, Warning, matchable, takes};
use domain::job::{Job, JobKind};
use domain::lang::Lang;
use domain::rights::Right;
use store::load::Import;

use super::look::choice;
use super::rules::RuleSheet;
use super::{Back, Run, TakenBack, form};
use crate::api::jobs::lines::line;
use crate::api::mappings::kept::{keep, rules_for};
use crate::api::profiles::people::titles;
use crate::context::{Intake, Viewer, given, go, now, store};
use crate::error::AppError;
use crate::routes;

/// How many jobs are looked through for the one of an import.
const N_JOBS: u32 = 500;

/// So many profiles that stay as they are, are named on the page.
const N_NAMED: usize = 50;

/// What the form of the mapping says.
pub(super) struct Told {
    pub(super) reading: String,
    pub(super) mapping: Mapping,
    pub(super) key: Option<String>,
    /// The kept mapping that holds.
    pub(super) kept: Option<String>,
}

/// Keeps the mapping, and starts the import or leads on to its rules. They are those of the kept mapping that was chosen, else
/// as they were, but for the key, whose first field is chosen with the mapping.
pub(super) async fn start(viewer: &Viewer, pool: PoolId, import: ImportId, told: Told, to_rules: bool) -> Result<(), AppError> {
    let found = found(viewer, pool, import).await?;
    let Told { reading, mapping, key, kept } = told;
    let reading = form::reading(&reading).unwrap_or(found.reading);
    let rules = rules_for(viewer, &found, kept.as_deref(), &mapping, key).await?;
    settle(viewer, import, reading, mapping, rules).await?;
    if to_rules {
        go(&routes::import_rules(pool, import));
        return Ok(());
    }
    run_it(viewer, pool, import).await
}

/// Starts it by these rules; with a name they are kept under it, together with the mapping.
pub(super) async fn begin(viewer: &Viewer, pool: PoolId, import: ImportId, rules: Rules, name: &str) -> Result<(), AppError> {
    let found = found(viewer, pool, import).await?;
    settle(viewer, import, found.reading, found.mapping.clone(), rules.clone()).await?;
    if !name.is_empty() {
        keep(viewer, &Import { rules, ..found }, name).await?;
    }
    run_it(viewer, pool, import).await
}

pub(super) async fn settle(viewer: &Viewer, import: ImportId, reading: Reading, mapping: Mapping, rules: Rules) -> Result<(), AppError> {
    given::<Arc<dyn Intake>>()?.settle(viewer.client, viewer.rights, import, reading, mapping, rules).await
}

pub(super) async fn run_it(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<(), AppError> {
    given::<Arc<dyn Intake>>()?.start(viewer.client, import, viewer.wish()).await?;
    go(&routes::one_import(pool, import));
    Ok(())
}

pub(super) async fn found(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<Import, AppError> {
    let found = store().import(viewer.client, import).await?;
    if found.pool == pool { Ok(found) } else { Err(AppError::NotFound) }
}

/// What the page of its rules needs to know.
pub(super) async fn rules(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<RuleSheet, AppError> {
    let found = found(viewer, pool, import).await.inspect_err(crate::context::answer_with)?;
    let started = run(viewer, pool, import).await?.is_some();
    let seen = viewer.pool(pool).await?;
    let mapped = |field: &&FieldDef| found.mapping.column(&field.key).is_some();
    let columns = || seen.fields.iter().filter(mapped);
    Ok(RuleSheet {
        id: import,
        started,
        keys: columns().filter(|field| matchable(field)).map(|field| choice(field, viewer)).collect(),
        others: seen
            .fields
            .iter()
            .filter(|field| !mapped(field) && takes(field) && field.internal != Some(Internal::ProfileId))
            .map(|field| choice(field, viewer))
            .collect(),
        has_sets: columns().any(|field| field.kind == FieldKind::MultiSelection),
        has_options: columns().any(|field| field.kind.has_options()),
        has_mail: columns().any(|field| field.kind == FieldKind::Email),
        has_permission: columns().any(|field| field.internal == Some(Internal::Permission)),
        may_raise: viewer.rights.has(Right::Consent),
        may_create: viewer.rights.has(Right::Configure),
        file_name: found.file_name,
        rules: found.rules,
    })
}

/// Has a file fetched, and shows the job.
pub(super) async fn fetch(viewer: &Viewer, pool: PoolId, address: String) -> Result<(), AppError> {
    let pool = viewer.pool(pool).await?;
    given::<Arc<dyn Intake>>()?.fetch(pool.id, address, viewer.lang).await?;
    go(routes::JOBS);
    Ok(())
}

/// How it is doing; none as long as it hasn't been started.
pub(super) async fn run(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<Option<Run>, AppError> {
    let found = store().import(viewer.client, import).await?;
    if found.pool != pool {
        return Err(AppError::NotFound);
    }
    let jobs = store().jobs(viewer.client, None, N_JOBS).await?;
    let about = |job: &Job| job.payload.get("import").and_then(serde_json::Value::as_i64) == Some(import.get());
    let its = |kind: JobKind| jobs.iter().find(|job| job.kind == kind && about(job));
    let Some(job) = its(JobKind::Import) else { return Ok(None) };
    let undoing = its(JobKind::ImportUndo).filter(|job| !job.state.ended());
    let open = job.state.ended() && undoing.is_none() && viewer.reach().is_whole();
    let back = Back {
        open: open && store().may_undo_import(viewer.client, import, now()).await?,
        job: undoing.map(|job| line(job, viewer, Some(&found.file_name))),
        done: taken_back(viewer, pool, import).await?,
    };
    let warnings = warnings(job, viewer.lang);
    let rejects = job.result.as_ref().and_then(|result| result.get("rejects")).and_then(serde_json::Value::as_u64).unwrap_or(0);
    Ok(Some(Run { job: line(job, viewer, Some(&found.file_name)), counts: found.counts, noted: found.noted, back, warnings, rejects }))
}

/// What was taken back so far, and who was left as they are.
async fn taken_back(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<Option<TakenBack>, AppError> {
    let Some(undone) = store().import_undone(viewer.client, import).await? else { return Ok(None) };
    let first = &undone.named[..undone.named.len().min(N_NAMED)];
    let named = match viewer.rights.has(Right::SeeProfiles) {
        true => titles(viewer, pool, first).await?,
        false => Vec::new(),
    };
    Ok(Some(TakenBack { n: undone.n, kept: undone.kept, named }))
}

/// Has it taken back by a job, which its page shows.
pub(super) async fn undo(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<(), AppError> {
    let seen = viewer.pool(pool).await?;
    store().ask_to_undo_import(&viewer.reach(), &seen, import, viewer.wish()).await?;
    go(&routes::one_import(pool, import));
    Ok(())
}

/// What the job has noted about its file.
fn warnings(job: &Job, lang: Lang) -> Vec<String> {
    let late = job.result.as_ref().and_then(|result| result.get("late_names")).and_then(serde_json::Value::as_array);
    let names: Vec<String> = late.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    if names.is_empty() { Vec::new() } else { vec![Warning::LateNames { names }.message(lang)] }
}
