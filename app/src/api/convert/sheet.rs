//! What the functions about conversions do on the server.

use domain::convert::{Failure, Preview};
use domain::field::FieldKind;
use domain::id::{FieldId, OptionId, PoolId};
use domain::lang::fill;
use domain::problem::Problem;
use domain::time::show_time;
use store::conversions::Conversion;
use store::profiles::Asked;

use super::{ConvertSheet, FailureLine, KindLine, LastConversion, Merging};
use crate::api::jobs::lines::line;
use crate::components::icon::type_icon;
use crate::context::{Viewer, go, now, store};
use crate::error::AppError;
use crate::routes;
use crate::text::convert as t;

pub(super) async fn sheet(viewer: &Viewer, pool: PoolId, field: FieldId, to: Option<&str>) -> Result<ConvertSheet, AppError> {
    let store = store();
    let shape = store.pool(viewer.client, pool).await?;
    let found = shape.field_by_id(field).ok_or(AppError::NotFound)?;
    let (label, now) = (found.label(viewer.lang).to_owned(), kind(found.kind, viewer));
    if !found.deletable() {
        let why = if found.standard { t::FIXED_STANDARD } else { t::FIXED_INTERNAL };
        let fixed = Some(fill(why.get(viewer.lang), &[("name", &label)]));
        return Ok(ConvertSheet { label, now, kinds: Vec::new(), trial: None, fixed, last: None });
    }
    let wanted = to.and_then(FieldKind::from_code).filter(|kind| found.may_become(*kind));
    let trial = match wanted {
        Some(to) => {
            Some(in_words(kind(to, viewer), store.preview_conversion(&viewer.reach(), &shape, field, to, viewer.lang).await?, viewer))
        }
        None => None,
    };
    let last = match store.last_conversion(viewer.client, pool, field).await? {
        Some(last) => known(viewer, last).await?,
        None => None,
    };
    Ok(ConvertSheet {
        label,
        now,
        kinds: FieldKind::ALL.into_iter().filter(|kind| found.may_become(*kind)).map(|one| kind(one, viewer)).collect(),
        trial,
        fixed: None,
        last,
    })
}

/// A preview whose problems are sentences.
fn in_words(to: KindLine, mut preview: Preview, viewer: &Viewer) -> (KindLine, Preview, Vec<FailureLine>) {
    preview.reasons = Vec::new();
    let line = |one: Failure| FailureLine { profile: one.profile, value: one.value, reason: one.problem.message(viewer.lang) };
    let failures = std::mem::take(&mut preview.failures).into_iter().map(line).collect();
    (to, preview, failures)
}

fn kind(kind: FieldKind, viewer: &Viewer) -> KindLine {
    KindLine { code: kind.code().to_owned(), label: kind.label(viewer.lang).to_owned(), icon: type_icon(kind).to_owned() }
}

/// The last conversion, as long as its job is known.
async fn known(viewer: &Viewer, last: Conversion) -> Result<Option<LastConversion>, AppError> {
    let Some(job) = last.job else { return Ok(None) };
    let job = match store().job(viewer.client, job).await {
        Ok(job) => job,
        Err(store::StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let until = last.until.filter(|until| *until > now()).map(|until| show_time(until, viewer.lang, &viewer.zone));
    Ok(Some(LastConversion {
        id: last.id,
        back: last.undoes.is_some(),
        job: line(&job, viewer, None),
        to: last.to.label(viewer.lang).to_owned(),
        values: last.values,
        converted: last.converted,
        kept: last.kept,
        until,
    }))
}

pub(super) async fn start(viewer: &Viewer, pool: PoolId, field: FieldId, to: &str) -> Result<(), AppError> {
    let unknown = || AppError::invalid("to", Problem::UnknownChoice { value: to.to_owned() });
    let to = FieldKind::from_code(to).ok_or_else(unknown)?;
    store().begin_conversion(viewer.client, pool, field, to, &viewer.wish()).await?;
    go(&routes::convert(pool, field));
    Ok(())
}

pub(super) async fn undo(viewer: &Viewer, pool: PoolId, field: FieldId, conversion: i64) -> Result<(), AppError> {
    if store().conversion(viewer.client, pool, conversion).await?.field != field {
        return Err(AppError::NotFound);
    }
    store().undo_conversion(viewer.client, pool, conversion, &viewer.wish()).await?;
    go(&routes::convert(pool, field));
    Ok(())
}

pub(super) async fn merge(viewer: &Viewer, pool: PoolId, field: FieldId, from: OptionId, to: OptionId) -> Result<Merging, AppError> {
    let shape = store().pool(viewer.client, pool).await?;
    Ok(match store().ask_to_merge_options(viewer.client, &shape, field, from, to, viewer.wish()).await? {
        Asked::Done(merged) => Merging::Done { batch: merged.batch.id, n: merged.batch.n },
        Asked::Job(_) => Merging::Job,
    })
}
