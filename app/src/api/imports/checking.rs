//! A check of an import: asked for, shown, and its cells put right.

use std::sync::Arc;

use domain::id::{ImportId, PoolId, ProfileId};
use domain::import::{Correction, Corrections, Fate, MAX_CORRECTED, Rules, shown};
use domain::pool::Pool;
use domain::problem::Problem;
use domain::rights::Right;
use store::load::{CheckRow, FoundCheck};

use super::check::{CellForm, CheckLine, CheckSheet, Found, N_LINES, Told, WrongCell};
use super::run::{found, run_it, settle};
use crate::api::jobs::lines::line;
use crate::api::profiles::history::told;
use crate::api::profiles::people::titles;
use crate::context::{Intake, Viewer, given, go, store};
use crate::error::AppError;
use crate::routes;

/// What the newest check has found, and the rows of the fate that is asked for; else the refused ones, if there are any.
pub(super) async fn sheet(
    viewer: &Viewer,
    pool: PoolId,
    import: ImportId,
    show: Option<&str>,
    behind: Option<&str>,
) -> Result<CheckSheet, AppError> {
    let import = found(viewer, pool, import).await.inspect_err(crate::context::answer_with)?;
    let started = store().import_job(viewer.client, import.id).await?.is_some();
    let found = match store().check_of(viewer.client, import.id).await? {
        Some(check) => Some(look(viewer, pool, import.id, check, show, behind).await?),
        None => None,
    };
    Ok(CheckSheet { id: import.id, file_name: import.file_name, started, found })
}

async fn look(
    viewer: &Viewer,
    pool: PoolId,
    import: ImportId,
    check: FoundCheck,
    show: Option<&str>,
    behind: Option<&str>,
) -> Result<Found, AppError> {
    let FoundCheck { job, is_old, counts, noted } = check;
    let job = store().job(viewer.client, job).await?;
    let first = || Fate::ALL.into_iter().rev().skip(1).find(|fate| fate.of(&counts) > 0);
    let fate = show.and_then(Fate::from_code).or_else(first).unwrap_or(Fate::Refused);
    let place = behind.and_then(|behind| behind.split_once('.'));
    let place = place.and_then(|(row, id)| Some((row.parse().ok()?, id.parse().ok()?))).unwrap_or((0, 0));
    let rows = store().check_rows(viewer.client, import, fate, place, N_LINES).await?;
    let next = rows.last().filter(|_| rows.len() == N_LINES as usize).map(|last| format!("{}.{}", last.row, last.id));
    let seen = viewer.pool(pool).await?;
    // What profiles have now is told to those alone who see all of them.
    let sees = viewer.rights.has(Right::SeeProfiles) && viewer.reach().is_whole();
    let ids: Vec<ProfileId> = rows.iter().filter_map(|row| row.profile).filter(|_| sees).collect();
    let names = if ids.is_empty() { Vec::new() } else { titles(viewer, pool, &ids).await? };
    let put = Corrections::of(store().corrections(viewer.client, import).await?);
    let lines = rows.into_iter().map(|row| a_line(viewer, &seen, &names, &put, sees, row)).collect();
    Ok(Found { job: line(&job, viewer, None), is_old, counts, noted, fate, lines, next })
}

fn a_line(viewer: &Viewer, pool: &Pool, names: &[(ProfileId, String)], put: &Corrections, sees: bool, row: CheckRow) -> CheckLine {
    let who = row.profile.and_then(|id| names.iter().find(|(known, _)| *known == id)).cloned();
    let changes = row.changes.iter().filter(|change| pool.field(&change.key).is_some()).map(|change| {
        let change = told(pool, change, viewer.lang, &viewer.zone);
        Told { label: change.label, before: if sees { change.before } else { String::new() }, after: change.after }
    });
    let changes = changes.collect();
    let wrong = row.problem.map(|problem| {
        let value = put.cell(problem.row, &problem.column, &problem.value);
        let put = (value != problem.value).then(|| value.to_owned());
        WrongCell { put, reason: problem.reason.message(viewer.lang), column: problem.column, was: problem.value }
    });
    CheckLine { row: row.row, who, changes, wrong }
}

/// Keeps the rules, and has the import checked by them.
pub(super) async fn begin(viewer: &Viewer, pool: PoolId, import: ImportId, rules: Rules) -> Result<(), AppError> {
    let found = found(viewer, pool, import).await?;
    settle(viewer, import, found.reading, found.mapping, rules).await?;
    ask(viewer, pool, import).await
}

/// Has it checked as it is.
pub(super) async fn again(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<(), AppError> {
    found(viewer, pool, import).await?;
    ask(viewer, pool, import).await
}

/// Puts cells right, as far as somebody has changed them, and has the import checked again.
pub(super) async fn correct(viewer: &Viewer, pool: PoolId, import: ImportId, cells: Vec<CellForm>) -> Result<(), AppError> {
    found(viewer, pool, import).await?;
    if cells.iter().any(|cell| cell.value.chars().count() > MAX_CORRECTED) {
        return Err(AppError::invalid("cells", Problem::TooLong { max: MAX_CORRECTED as u64 }));
    }
    let cells: Vec<Correction> = cells.into_iter().filter_map(correction).collect();
    if !cells.is_empty() {
        store().correct_cells(viewer.client, import, &cells).await?;
    }
    ask(viewer, pool, import).await
}

/// What somebody has changed; or wants for all rows, be it what the form showed.
fn correction(cell: CellForm) -> Option<Correction> {
    let CellForm { row, column, was, shown: before, value, all } = cell;
    let changed = value != before || (all.is_some() && value != was);
    let value = value.replace('\0', "\u{fffd}");
    (changed && !column.is_empty()).then(|| Correction { row: all.is_none().then_some(row), column, was: shown(&was), value })
}

/// Starts the import as it was checked.
pub(super) async fn start(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<(), AppError> {
    let found = found(viewer, pool, import).await?;
    // Who starts it must be allowed what its rules do, whoever chose them.
    settle(viewer, import, found.reading, found.mapping, found.rules).await?;
    run_it(viewer, pool, import).await
}

async fn ask(viewer: &Viewer, pool: PoolId, import: ImportId) -> Result<(), AppError> {
    given::<Arc<dyn Intake>>()?.check(viewer.client, import, viewer.wish()).await?;
    go(&routes::import_check(pool, import, None, None));
    Ok(())
}
