//! What a file holds and what would become of it.

use std::sync::Arc;

use domain::field::{FieldDef, FieldKind};
use domain::id::{ImportId, PoolId};
use domain::import::{
    Asked, Evidence, Goes, Layout, Mapping, Offer, Preview, Proposal, Reading, Rules, Unknown, Warning, date_order, matchable, offers,
    propose, read_cell, suits, takes,
};
use domain::lang::{Lang, fill};
use domain::pool::Pool;
use domain::problem::Problem;
use domain::rights::Right;
use domain::value::{DateOrder, ParseContext, show};
use store::load::Import;

use super::{ColumnLine, FieldChoice, ImportSheet, Look, PreviewRow, PreviewTable, Stage};
use crate::api::mappings::kept::{Wanted, beside};
use crate::components::icon::type_icon;
use crate::context::{Glance, Intake, Viewer, given, store};
use crate::error::AppError;
use crate::text::import as t;

/// How many rows are read to guess what a column holds.
pub(super) const N_LOOKED_AT: usize = 100;
/// How many rows are shown.
const N_SHOWN: usize = 20;
/// How sure a split or a join is that nearly all values fit, in per cent.
const SURELY: u8 = 90;
/// How many different values of a column are shown.
const N_SAMPLES: usize = 4;

pub(super) async fn sheet(
    viewer: &Viewer,
    pool: PoolId,
    import: ImportId,
    asked: Option<Asked>,
    mapping: Option<&str>,
) -> Result<ImportSheet, AppError> {
    let found = store().import(viewer.client, import).await?;
    if found.pool != pool {
        return Err(AppError::NotFound).inspect_err(crate::context::answer_with);
    }
    let stage = match super::run::run(viewer, pool, import).await? {
        Some(run) => Stage::Run(Box::new(run)),
        None => {
            let wanted = Wanted::of(viewer, pool, mapping).await?;
            Stage::Look(Box::new(look(viewer, pool, &found, asked, wanted).await?))
        }
    };
    Ok(ImportSheet { id: import, file_name: found.file_name, stage })
}

async fn look(viewer: &Viewer, pool: PoolId, found: &Import, asked: Option<Asked>, wanted: Wanted) -> Result<Look, AppError> {
    let pool = viewer.pool(pool).await?;
    let is_free = asked.is_none();
    let by_kept = wanted.reading(found.reading).filter(|_| is_free);
    let mut glance = match by_kept {
        // What was kept need not fit this file: it is looked at as recognised then.
        Some(kept) => match glance(viewer, found.id, Asked::Whole(kept)).await {
            Ok(glance) => glance,
            Err(_) => glance(viewer, found.id, Asked::Whole(found.reading)).await?,
        },
        None => glance(viewer, found.id, asked.unwrap_or(Asked::Whole(found.reading))).await?,
    };
    let headings = &glance.preview.headings;
    let proposals = propose(headings, &glance.preview.rows, &pool.fields);
    let proposed = Mapping::proposed(&proposals);
    let offered = offers(headings, &glance.preview.rows, &pool.fields, &proposals);
    // What was chosen before stands, as long as the file is read as it was then.
    let same = glance.reading == found.reading && found.mapping.columns.len() == headings.len();
    let is_chosen = same && (found.mapping != proposed || found.rules != Rules::proposed(&proposed));
    let stands = is_chosen && matches!(wanted, Wanted::Any);
    let wanted = if stands { Wanted::None } else { wanted };
    let (kept, held) = beside(viewer, &pool, &glance.preview, &proposals, wanted).await?;
    // How numbers and dates are written changes no heading: it holds without looking anew.
    if let Some(reading) = held.as_ref().and_then(|held| held.reading).filter(|_| is_free) {
        (glance.reading.numbers, glance.reading.dates) = (reading.numbers, reading.dates);
    }
    let (mapping, rules) = match held {
        Some(held) => (held.mapping, held.rules),
        None if stands => (found.mapping.clone(), found.rules.clone()),
        None => {
            let rules = Rules { key: Rules::proposed(&proposed).key, ..found.rules.clone() };
            let mut mapping = proposed;
            offered.iter().filter(|offer| offer.sure).for_each(|offer| mapping.put(offer.column, &offer.goes));
            (mapping, rules)
        }
    };
    let is_kept = kept.chosen.is_some();
    let may_make = viewer.rights.has(Right::Configure);
    let columns = proposals.iter().map(|proposal| {
        let at = proposal.column;
        let field = mapping.columns.get(at).cloned().flatten();
        let ways: Vec<&Offer> = offered.iter().filter(|offer| offer.column == at).collect();
        let sure = ways.iter().any(|offer| offer.sure && field.as_ref() == Some(&offer.goes.to_string()));
        let confidence = match field != proposal.field {
            true if is_kept => 100,
            true if sure => SURELY,
            _ => proposal.confidence,
        };
        let chosen = field.as_deref().map(Goes::of).filter(|goes| !matches!(goes, Goes::Field(_)));
        let mut ways: Vec<Goes> = ways.into_iter().map(|offer| offer.goes.clone()).collect();
        ways.extend(chosen.filter(|chosen| !ways.contains(chosen)));
        let line = column(&Proposal { column: at, field, confidence }, &glance.preview, viewer);
        let values = glance.preview.rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
        let suits = if may_make { suits(values, &reading_context(viewer, &glance.reading)).0.code() } else { "" };
        let offers = ways.into_iter().map(|goes| (goes.to_string(), way(&goes, &pool, viewer.lang))).collect();
        ColumnLine { offers, suits: suits.to_owned(), ..line }
    });
    let columns = columns.collect();
    let proofs = Evidence::ALL.into_iter().filter(|evidence| evidence.may_be_mapped(&pool)).map(|evidence| evidence.field(viewer.lang));
    let proofs = proofs.map(|field| FieldChoice { matchable: false, ..choice(&field, viewer) });
    let fields = pool.fields.iter().filter(|field| takes(field)).map(|field| choice(field, viewer));
    let fields = fields.chain(proofs).collect();
    let warnings = glance.preview.warnings.iter().map(|warning: &Warning| warning.message(viewer.lang)).collect();
    let preview = table(viewer, &pool, &glance, &mapping, rules.unknown);
    let Glance { n_bytes, reading, .. } = glance;
    let parts = given::<Arc<dyn Intake>>()?.parts(viewer.client, found.id, reading).await?;
    let categories = pool.categories.iter().filter(|_| may_make);
    let categories = categories.map(|category| (category.id.to_string(), category.label(viewer.lang).to_owned())).collect();
    Ok(Look { n_bytes, reading, parts, warnings, columns, fields, key: rules.key.first().cloned(), preview, kept, categories })
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
    let unknown = store().import(viewer.client, import).await?.rules.unknown;
    Ok(table(viewer, &pool, &glance, mapping, unknown))
}

async fn glance(viewer: &Viewer, import: ImportId, asked: Asked) -> Result<Glance, AppError> {
    given::<Arc<dyn Intake>>()?.preview(viewer.client, import, asked, N_LOOKED_AT).await
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
    ColumnLine { heading, samples, field: proposal.field.clone(), confidence: proposal.confidence, ..ColumnLine::default() }
}

/// How a column is split or joined, in words.
fn way(goes: &Goes, pool: &Pool, lang: Lang) -> String {
    let named: Vec<&str> = goes.fields().map(|key| pool.field(key).map_or(key, |field| field.label(lang))).collect();
    let text = if matches!(goes, Goes::Join { .. }) { t::JOIN_TO } else { t::SPLIT_INTO };
    fill(text.get(lang), &[("fields", &named.join(" | "))])
}

pub(super) fn choice(field: &FieldDef, viewer: &Viewer) -> FieldChoice {
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
    unknown: Unknown,
}

/// How a new field would read the values of a file.
pub(super) fn reading_context<'a>(viewer: &'a Viewer, reading: &Reading) -> ParseContext<'a> {
    let way = Way { numbers: reading.numbers(), dates: reading.dates.unwrap_or_default(), unknown: Unknown::default() };
    context(viewer, way, None)
}

/// The first rows as they would stand in the pool.
fn table(viewer: &Viewer, pool: &Pool, glance: &Glance, mapping: &Mapping, unknown: Unknown) -> PreviewTable {
    let preview = &glance.preview;
    let n = preview.headings.len();
    let layout = Layout::of(mapping, n);
    // Behind the cells of the file stand those that are made of them.
    let whole = |cells: &Vec<String>| {
        let (mut row, mut made) = (cells.clone(), Vec::new());
        row.resize(n, String::new());
        layout.make(|at| cells.get(at).map(String::as_str).unwrap_or_default(), &mut made);
        row.extend(made);
        row
    };
    let all: Vec<Vec<String>> = preview.rows.iter().map(whole).collect();
    let mapped: Vec<(usize, &FieldDef)> = layout.targets().iter().filter_map(|(at, key)| Some((*at, pool.field(key)?))).collect();
    let dated = mapped.iter().filter(|(_, field)| matches!(field.kind, FieldKind::Date | FieldKind::DateTime));
    let learned = dated.flat_map(|(at, _)| all.iter().filter_map(|cells| date_order(cells.get(*at)?))).next();
    let way = Way { numbers: glance.reading.numbers(), dates: glance.reading.dates.or(learned).unwrap_or_default(), unknown };
    let numbered = preview.numbers.iter().zip(&all);
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
            // The rules do something else than to refuse the row.
            Err(Problem::UnknownOption { .. }) if way.unknown != Unknown::Refuse => (typed.chars().take(100).collect(), false),
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
