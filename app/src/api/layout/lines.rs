//! What the functions about layouts do on the server.

use domain::config::file::{PoolFile, Said, Sign, Unreadable, compare};
use domain::id::PoolId;
use domain::lang::Lang;

use super::{Compared, Line, Mark};
use crate::api::profiles::plain;
use crate::context::{Viewer, now, store};
use crate::error::AppError;
use crate::routes;

pub(super) async fn compared(viewer: &Viewer, pool: PoolId, text: &str) -> Result<Compared, AppError> {
    let pool = store().pool(viewer.client, pool).await?;
    let file = match PoolFile::read(text.as_bytes()) {
        Ok(file) => file,
        Err(faults) => return Ok(Compared { faults: told(&faults, viewer.lang), ..Compared::default() }),
    };
    let comparison = compare(&pool, &file, now(), &pool.zone);
    let lines = comparison.said(viewer.lang).into_iter().map(line).collect();
    Ok(Compared { n: comparison.changes.len() as u64, lines, faults: Vec::new() })
}

pub(super) async fn apply(viewer: &Viewer, pool: PoolId, text: &str) -> Result<Option<(i64, u64)>, AppError> {
    let file = PoolFile::read(text.as_bytes()).map_err(|faults| {
        let joined = |lang| told(&faults, lang).join(" ");
        AppError::Refused { de: joined(Lang::De), en: joined(Lang::En) }
    })?;
    let before = store().pool(viewer.client, pool).await?;
    let n = compare(&before, &file, now(), &before.zone).changes.len() as u64;
    let done = store().apply_file(viewer.client, pool, &file, &viewer.wish()).await?;
    let page = routes::layout_file(pool);
    plain::to(&done.as_ref().map_or_else(|| page.clone(), |done| format!("{page}?done={}.{n}", done.change)));
    Ok(done.map(|done| (done.change, n)))
}

pub(super) async fn undo(viewer: &Viewer, pool: PoolId, change: i64) -> Result<(), AppError> {
    store().undo_change(viewer.client, pool, change, &viewer.wish()).await?;
    plain::to(&format!("{}?undone=1", routes::layout_file(pool)));
    Ok(())
}

fn told(faults: &[Unreadable], lang: Lang) -> Vec<String> {
    faults.iter().map(|fault| fault.message(lang)).collect()
}

fn line(said: Said) -> Line {
    let mark = match said.sign {
        Sign::Added => Mark::Added,
        Sign::Changed => Mark::Changed,
        Sign::Refused => Mark::Refused,
        Sign::Kept => Mark::Kept,
    };
    Line { mark, subject: said.subject, text: said.text, change: said.before.zip(said.after) }
}
