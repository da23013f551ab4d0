//! What a file holds and what would become of it.

use std::sync::Arc;

use domain::field::{FieldDef, FieldKind};
use domain::id::{ImportId, PoolId};
use domain::import::{Asked, Mapping, Preview, Proposal, Reading, Warning, date_order, importable, matchable, propose, read_cell};
use domain::lang::{Lang, fill};
use domain::pool::Pool;
use domain::value::{DateOrder, ParseContext, show};

use super::{ColumnLine, FieldChoice, ImportSheet, Look, PreviewRow, PreviewTable, Stage};
use crate::components::icon::type_icon;
use crate::context::{Glance, Intake, Viewer, given, store};
use crate::error::AppError;
use crate::text::import as t;

/// How many rows are read to guess what a column holds.
const N_LOOKED_AT: usize = 100;
/// How many rows are shown.
const N_SHOWN: usize = 20;
/// How many different values of a column are shown.
const N_SAMPLES: usize = 4;

pub(super) async fn sheet(viewer: &Viewer, pool: PoolId, import: ImportId, asked: Option<Asked>) -> Result<ImportSheet, AppError> {
    let found = store().import(viewer.client, import).await?;
    if found.pool != pool {
        return Err(AppError::NotFound).inspect_err(crate::context::answer_with);
    }
    let stage = match super::run::run(viewer, pool, import).await? {
        Some(run) => Stage::Run(Box::new(run)),
        None => Stage::Look(Box::new(look(viewer, pool, import, asked.unwrap_or(Asked::Whole(found.reading))).await?)),
    };
    Ok(ImportSheet { id: import, file_name: found.file_name, stage })
}

async fn look(viewer: &Viewer, pool: PoolId, import: ImportId, asked: Asked) -> Result<Look, AppError> {
    let pool = viewer.pool(pool).await?;
    let glance = glance(viewer, import, asked).await?;
    let headings = &glance.preview.headings;
    let proposals = propose(headings, &glance.preview.rows, &pool.fields);
    let mapping = Mapping::proposed(&proposals);
    let columns = proposals.iter().map(|proposal| column(proposal, &glance.preview, viewer)).collect();
    let fields = pool.fields.iter().filter(|field| takes(field)).map(|field| choice(field, viewer)).collect();
    let warnings = glance.preview.warnings.iter().map(|warning: &Warning| warning.message(viewer.lang)).collect();
    let preview = table(viewer, &pool, &glance, &mapping);
    let Glance { n_bytes, reading, .. } = glance;
    let parts = given::<Arc<dyn Intake>>()?.parts(viewer.client, import, reading).await?;
    Ok(Look { n_bytes, reading, parts, warnings, columns, fields, key: mapping.key, preview })
}

pub(super) async fn preview(
    viewer: &Viewer,
    pool: PoolId,
    import: ImportId,
    reading: Reading,
    mapping: &Mapping,
) -> Result<PreviewTable, AppError> {
    let pool = viewer.pool(pool).await?;
    let glance = glance(viewer, import, Asked::Whole(reading)).await?;
    Ok(table(viewer, &pool, &glance, mapping))
}

async fn glance(viewer: &Viewer, import: ImportId, asked: Asked) -> Result<Glance, AppError> {
    given::<Arc<dyn Intake>>()?.preview(viewer.client, import, asked, N_LOOKED_AT).await
}

fn takes(field: &FieldDef) -> bool {
    importable(field) || field.kind == FieldKind::ProfileId
}

fn column(proposal: &Proposal, preview: &Preview, viewer: &Viewer) -> ColumnLine {
    let at = proposal.column;
    let mut samples: Vec<String> = Vec::new();
    for cell in preview.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
        if samples.len() < N_SAMPLES && !samples.iter().any(|sample| sample == cell) {
            samples.push(cell.chars().take(60).collect());
        }
    }
    let heading = preview.headings.get(at).filter(|heading| !heading.trim().is_empty()).cloned();
    let heading = heading.unwrap_or_else(|| fill(t::COLUMN_NUMBER.get(viewer.lang), &[("n", &(at + 1).to_string())]));
    ColumnLine { heading, samples, field: proposal.field.clone(), confidence: proposal.confidence }
}

fn choice(field: &FieldDef, viewer: &Viewer) -> FieldChoice {
    FieldChoice {
        key: field.key.clone(),
        label: field.label(viewer.lang).to_owned(),
        icon: type_icon(field.kind).to_owned(),
        matchable: matchable(field),
    }
}

/// How the file's numbers and dates are read, as the import will read them.
#[derive(Clone, Copy)]
struct Way {
    numbers: Lang,
    dates: DateOrder,
}

/// The first rows as they would stand in the pool.
fn table(viewer: &Viewer, pool: &Pool, glance: &Glance, mapping: &Mapping) -> PreviewTable {
    let preview = &glance.preview;
    let mapped: Vec<(usize, &FieldDef)> =
        mapping.columns.iter().enumerate().filter_map(|(at, key)| Some((at, pool.field(key.as_deref()?)?))).collect();
    let dated = mapped.iter().filter(|(_, field)| matches!(field.kind, FieldKind::Date | FieldKind::DateTime));
    let learned = dated.flat_map(|(at, _)| preview.rows.iter().filter_map(|cells| date_order(cells.get(*at)?))).next();
    let way = Way { numbers: glance.reading.numbers(), dates: glance.reading.dates.or(learned).unwrap_or_default() };
    let numbered = preview.numbers.iter().zip(&preview.rows);
    let mut rows: Vec<PreviewRow> = numbered.map(|(number, cells)| row(viewer, way, &mapped, *number, cells)).take(N_SHOWN).collect();
    rows.extend(preview.problems.iter().map(|problem| PreviewRow {
        row: problem.row,
        problem: Some(problem.reason.message(viewer.lang)),
        cells: mapped.iter().map(|_| (String::new(), false)).collect(),
    }));
    rows.sort_by_key(|row| row.row);
    rows.truncate(N_SHOWN);
    PreviewTable { heads: mapped.iter().map(|(_, field)| field.label(viewer.lang).to_owned()).collect(), rows }
}

fn row(viewer: &Viewer, way: Way, mapped: &[(usize, &FieldDef)], number: u64, cells: &[String]) -> PreviewRow {
    let country = mapped.iter().find(|(_, field)| field.kind == FieldKind::Country).and_then(|(at, field)| {
        match read_cell(field, cells.get(*at)?, &context(viewer, way, None)).ok()?? {
            domain::value::Value::Text(code) => Some(code),
            _ => None,
        }
    });
    let context = context(viewer, way, country.as_deref());
    let mut problem = None;
    let shown = mapped.iter().map(|(at, field)| {
        let typed = cells.get(*at).map(String::as_str).unwrap_or_default();
        match read_cell(field, typed, &context) {
            Ok(Some(value)) => (show(field, &value, viewer.lang, &viewer.zone), false),
            Ok(None) => (String::new(), false),
            Err(reason) => {
                problem.get_or_insert(reason.message(viewer.lang));
                (typed.chars().take(100).collect(), true)
            }
        }
    });
    let cells = shown.collect();
    PreviewRow { row: number, problem, cells }
}

fn context<'a>(viewer: &'a Viewer, way: Way, country_hint: Option<&'a str>) -> ParseContext<'a> {
    ParseContext { lang: way.numbers, zone: &viewer.zone, date_order: way.dates, country_hint }
}
