//! What the functions about regular imports do on the server.

use std::sync::Arc;

use domain::id::{PoolId, ScheduleId};
use domain::rights::Right;
use domain::schedule::{Source, Typed};
use domain::time::show_time;
use store::StoreError;
use store::members::Member;
use store::schedules::Schedule;
use store::schedules::files::ScheduleFile;

use super::{Choices, FileLine, ScheduleForm, ScheduleLine, ScheduleList};
use crate::api::profiles::plain;
use crate::context::{Intake, Viewer, given, store};
use crate::error::AppError;
use crate::routes;

/// So many files are shown with each.
const FILES: u32 = 20;

pub(super) async fn all(viewer: &Viewer, pool: PoolId) -> Result<ScheduleList, AppError> {
    let pool = viewer.pool(pool).await?.id;
    let members = store().members(viewer.client).await?;
    let mut lines = Vec::new();
    for schedule in store().import_schedules(viewer.client, pool).await? {
        let files = store().schedule_files(viewer.client, schedule.id, FILES).await?;
        lines.push(line(viewer, schedule, files, &members)?);
    }
    Ok(ScheduleList { pool, lines })
}

fn line(viewer: &Viewer, schedule: Schedule, files: Vec<ScheduleFile>, members: &[Member]) -> Result<ScheduleLine, AppError> {
    let shown = |at| show_time(at, viewer.lang, &viewer.zone);
    let owner = members.iter().find(|member| member.user == schedule.user && member.disabled_at.is_none());
    let file = |file: ScheduleFile| FileLine {
        name: file.name,
        when: shown(file.taken_at),
        import: file.import,
        problem: file.problem.map(|problem| problem.get(viewer.lang).to_owned()),
    };
    Ok(ScheduleLine {
        id: schedule.id,
        source: match &schedule.source {
            Source::Folder(name) => given::<Arc<dyn Intake>>()?.inbox(viewer.client, name),
            source => source.to_string(),
        },
        name: schedule.name,
        timing: schedule.timing.label(viewer.lang),
        next: (!schedule.paused).then(|| shown(schedule.next_at)),
        last: schedule.ran_at.map(shown),
        problem: schedule.problem.map(|problem| problem.get(viewer.lang).to_owned()),
        server_key: schedule.server_key,
        owner: owner.map(|member| member.called().to_owned()),
        files: files.into_iter().map(file).collect(),
    })
}

pub(super) async fn sheet(viewer: &Viewer, pool: PoolId, id: Option<ScheduleId>) -> Result<Choices, AppError> {
    let pool = viewer.pool(pool).await?.id;
    let found = match id {
        Some(id) => Some(of_pool(viewer, pool, id).await?),
        None => None,
    };
    let intake = given::<Arc<dyn Intake>>()?;
    let mappings = store().mappings(viewer.client, pool).await?;
    // Who else works here is told to those alone who manage them.
    let may_hear = |member: &Member| {
        let known =
            viewer.rights.has(Right::Users) || member.user == viewer.user || found.as_ref().is_some_and(|one| one.alarm_to == member.user);
        known && member.disabled_at.is_none()
    };
    let members = store().members(viewer.client).await?;
    let members = members.iter().filter(|member| may_hear(member)).map(|member| (member.user, member.called().to_owned()));
    Ok(Choices {
        has_secret: found.as_ref().is_some_and(|one| one.has_secret),
        mappings: mappings.into_iter().map(|one| (one.id, one.name)).collect(),
        members: members.collect(),
        hosts: intake.hosts(),
        inbox: intake.inbox(viewer.client, ""),
        typed: found.map_or_else(|| fresh(viewer), |one| one.typed()),
    })
}

fn fresh(viewer: &Viewer) -> Typed {
    Typed { timing: "15m".to_owned(), percent: "0".to_owned(), alarm_to: viewer.user.to_string(), ..Typed::default() }
}

pub(super) async fn save(viewer: &Viewer, pool: PoolId, id: Option<ScheduleId>, form: ScheduleForm) -> Result<(), AppError> {
    let pool = viewer.pool(pool).await?.id;
    if let Some(id) = id {
        of_pool(viewer, pool, id).await?;
    }
    let kept = ScheduleForm { secret: String::new(), key: String::new(), ..form.clone() };
    let saved = given::<Arc<dyn Intake>>()?.save_schedule(pool, id, form.typed(), viewer.lang).await;
    // Without the script the page comes back empty: what was typed goes with the refusal, all but the secret.
    saved.map_err(|error| error.carrying(&kept))?;
    plain::to(&routes::schedules(pool));
    Ok(())
}

pub(super) async fn run(viewer: &Viewer, pool: PoolId, id: ScheduleId) -> Result<(), AppError> {
    let pool = viewer.pool(pool).await?.id;
    store().run_schedule(viewer.client, pool, id, &viewer.wish()).await?;
    plain::to(&routes::schedules(pool));
    Ok(())
}

pub(super) async fn delete(viewer: &Viewer, pool: PoolId, id: ScheduleId) -> Result<(), AppError> {
    let pool = viewer.pool(pool).await?.id;
    store().delete_schedule(viewer.client, pool, id, &viewer.wish()).await?;
    plain::to(&routes::schedules(pool));
    Ok(())
}

async fn of_pool(viewer: &Viewer, pool: PoolId, id: ScheduleId) -> Result<Schedule, AppError> {
    let found = store().import_schedule(viewer.client, id).await?;
    if found.pool == pool { Ok(found) } else { Err(StoreError::NotFound.into()) }
}
