//! What the page of a restore shows.

use domain::field::{FieldDef, Internal};
use domain::id::{BackupId, JobId, PoolId, ProfileId, RestoreId};
use domain::job::Job;
use domain::pool::Pool;
use domain::restore::{Comparison, Group, LeftOut, Sample, SampleCell, value};
use domain::time::show_time;
use domain::value::show;
use store::StoreError;
use store::restores::{Restore, Saved};

use super::{Compared, Earlier, RestoreSheet, Run, SampleLine, Stage};
use crate::api::imports::{Back, TakenBack};
use crate::api::jobs::lines::line;
use crate::api::profiles::people::titles;
use crate::context::{Viewer, now, store};
use crate::error::AppError;

/// So many earlier comparisons are listed.
const N_EARLIER: u32 = 20;

/// So many profiles that stay as they are, are named.
const N_NAMED: usize = 50;

pub(super) async fn sheet(
    viewer: &Viewer,
    pool: PoolId,
    backup: BackupId,
    restore: Option<RestoreId>,
    show: Option<Group>,
) -> Result<RestoreSheet, AppError> {
    let (reach, shape) = (viewer.reach(), viewer.pool(pool).await?);
    let there = match store().backup(&reach, &shape, backup).await {
        Ok(found) => Some(found),
        Err(StoreError::NotFound) if reach.is_whole() => None,
        Err(error) => return Err(error.into()),
    };
    let earlier = store().restores_of(viewer.client, pool, backup, N_EARLIER).await?;
    let at = |at| show_time(at, viewer.lang, &viewer.zone);
    let (title, made_at) = match (&there, earlier.first()) {
        (Some(found), _) => (found.title(viewer.lang).to_owned(), at(found.made_at)),
        // It has gone since; what was restored by it can still be seen and taken back.
        (None, Some(last)) => (last.title.clone(), at(last.made_at)),
        (None, None) => return Err(AppError::NotFound),
    };
    let at_hand = match restore {
        None => None,
        Some(id) => {
            let found = store().restore(viewer.client, id).await?;
            if (found.pool, found.backup) != (pool, backup) {
                return Err(AppError::NotFound);
            }
            Some((id, stage(viewer, &shape, found, show).await?))
        }
    };
    let earlier = earlier.into_iter().filter(|one| Some(one.id) != restore);
    let earlier = earlier.map(|one| Earlier { id: one.id, at: at(one.created_at), restored: one.choice.is_some() });
    Ok(RestoreSheet { title, made_at, there: there.is_some_and(|found| found.usable()), earlier: earlier.collect(), at_hand })
}

async fn stage(viewer: &Viewer, pool: &Pool, found: Restore, show: Option<Group>) -> Result<Stage, AppError> {
    if let Some(run) = found.run {
        return Ok(Stage::Run(Box::new(ran(viewer, pool.id, &found, run).await?)));
    }
    match &found.comparison {
        Some(comparison) => Ok(Stage::Compared(Box::new(compared(viewer, pool, found.id, comparison, show).await?))),
        None => {
            let job = job(viewer, found.check.ok_or(AppError::NotFound)?).await?;
            Ok(Stage::Checking(Box::new(line(&job, viewer, None))))
        }
    }
}

async fn job(viewer: &Viewer, id: JobId) -> Result<Job, AppError> {
    Ok(store().job(viewer.client, id).await?)
}

async fn compared(viewer: &Viewer, pool: &Pool, id: RestoreId, found: &Comparison, show: Option<Group>) -> Result<Compared, AppError> {
    let shown = match show {
        None => None,
        Some(group) => {
            let mut samples = store().restore_samples(viewer.client, id).await?;
            samples.retain(|sample| sample.group == group);
            Some((group, samples.iter().map(|sample| sample_line(viewer, pool, sample)).collect()))
        }
    };
    let left_out = |one: &LeftOut| {
        let name = if one.label.is_empty() { &one.key } else { &one.label };
        (name.clone(), one.why.label().get(viewer.lang).to_owned())
    };
    let chosen =
        |field: &&FieldDef| !field.internal.is_some_and(|i| i.survives_restore() || i == Internal::ProfileId || i == Internal::EntryDate);
    Ok(Compared {
        counts: found.counts,
        left_out: found.left_out.iter().map(left_out).collect(),
        whole: found.whole,
        stale: found.revision != pool.revision,
        fields: pool.fields.iter().filter(chosen).map(|field| (field.id, field.label(viewer.lang).to_owned())).collect(),
        may_delete: viewer.rights.has(domain::rights::Right::DeleteProfiles),
        shown,
    })
}

/// A profile of a comparison, without what the viewer may not know of.
fn sample_line(viewer: &Viewer, pool: &Pool, sample: &Sample) -> SampleLine {
    let said = |field: &FieldDef, cell: Option<&str>| {
        let value = cell.and_then(|cell| value(field.kind, cell));
        value.map(|value| show(field, &value, viewer.lang, &viewer.zone)).unwrap_or_default()
    };
    let named = |cell: &&SampleCell| pool.default_search().iter().any(|field| field.id == cell.field);
    let name = |key: &str| {
        let field = pool.field(key)?;
        let cell = sample.cells.iter().filter(named).find(|cell| cell.field == field.id)?;
        Some(said(field, cell.then.as_deref().or(cell.now.as_deref()))).filter(|said| !said.is_empty())
    };
    let both = [name("FIRSTNAME"), name("NAME")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let title = Some(both).filter(|both| !both.is_empty()).or_else(|| name("EMAIL")).or_else(|| name("COMPANY"));
    // Of one that lives no more, and of a newer one, everything is told that is known.
    let all = matches!(sample.group, Group::Newer) || sample.cells.iter().all(|cell| cell.now.is_none());
    let changes = sample.cells.iter().filter(|cell| all || cell.differs()).filter_map(|cell| {
        let field = pool.field_by_id(cell.field)?;
        Some((field.label(viewer.lang).to_owned(), said(field, cell.then.as_deref()), said(field, cell.now.as_deref())))
    });
    SampleLine {
        profile: sample.profile,
        title: title.unwrap_or_else(|| sample.profile.to_string()),
        lives: sample.group != Group::Back,
        changes: changes.collect(),
    }
}

async fn ran(viewer: &Viewer, pool: PoolId, found: &Restore, run: JobId) -> Result<Run, AppError> {
    let job = job(viewer, run).await?;
    let undoing = match found.undo {
        Some(undo) => Some(store().job(viewer.client, undo).await?).filter(|job| !job.state.ended()),
        None => None,
    };
    let open = job.state.ended() && undoing.is_none() && viewer.reach().is_whole();
    let back = Back {
        open: open && store().may_undo_restore(viewer.client, found.id, now()).await?,
        job: undoing.map(|job| line(&job, viewer, None)),
        done: taken_back(viewer, pool, found).await?,
    };
    let compared = found.comparison.as_ref().map(|comparison| comparison.revision);
    Ok(Run {
        job: line(&job, viewer, None),
        counts: found.counts,
        anew: found.revision.is_some_and(|revision| Some(revision) != compared),
        saved: matches!(found.saved, Some(Saved::Backup(_))),
        back,
    })
}

/// What was taken back so far, and who was left as they are.
async fn taken_back(viewer: &Viewer, pool: PoolId, found: &Restore) -> Result<Option<TakenBack>, AppError> {
    let Some(undone) = &found.undone else { return Ok(None) };
    let first: &[ProfileId] = &undone.named[..undone.named.len().min(N_NAMED)];
    Ok(Some(TakenBack { n: undone.n, kept: undone.kept, named: titles(viewer, pool, first).await? }))
}
