//! What the functions about pools do on the server.

use domain::config::file::PoolFile;
use domain::config::template::Template;
use domain::id::{ClientId, PoolId};
use domain::job::JobKind;
use domain::pool::PoolSummary;
use domain::problem::Problem;
use domain::rights::Right;
use domain::text::PoolName;
use domain::time::show_time;
use store::pools::deleted::DeletedPool;
use store::{Conflict, Store, StoreError, jobs::NewJob};

use crate::api::jobs::lines::active_of;
use crate::api::pools::DeletedPoolLine;
use crate::api::profiles::plain;
use crate::api::session::{FrameData, PoolLine};
use crate::context::{Viewer, go, now, store};
use crate::error::AppError;
use crate::routes;
use crate::text::pools::RESTORE_TAKEN;

/// The start of a pool that is like another one.
const COPY: &str = "copy";

/// How many profiles the demo pool gets.
const N_DEMO: u64 = 12_000;

pub(crate) async fn frame_of(store: &Store, viewer: &Viewer) -> Result<FrameData, AppError> {
    Ok(FrameData {
        name: viewer.name.clone(),
        email: viewer.email.clone(),
        client_name: viewer.client_name.clone(),
        rights: viewer.rights,
        colour: viewer.colour,
        clients: others(store, viewer).await?,
        pools: if viewer.rights.has(Right::SeePools) { pools_of(store, viewer).await? } else { Vec::new() },
        jobs: active_of(store, viewer).await?,
    })
}

/// The other clients that somebody works for; most work for one.
async fn others(store: &Store, viewer: &Viewer) -> Result<Vec<(ClientId, String)>, AppError> {
    if viewer.n_clients < 2 {
        return Ok(Vec::new());
    }
    let all = store.membership(viewer.user).await?.into_iter();
    Ok(all.filter(|(client, ..)| *client != viewer.client).map(|(client, name, _)| (client, name)).collect())
}

pub(crate) async fn pools_of(store: &Store, viewer: &Viewer) -> Result<Vec<PoolLine>, AppError> {
    let pools = store.pools(&viewer.reach()).await?;
    Ok(pools.into_iter().map(|pool| line(pool, viewer)).collect())
}

fn line(pool: PoolSummary, viewer: &Viewer) -> PoolLine {
    let last_activity = pool.last_activity.map(|at| show_time(at, viewer.lang, &viewer.zone)).unwrap_or_default();
    PoolLine { id: pool.id, name: pool.name, n_profiles: pool.n_profiles, last_activity }
}

/// The name of a pool as typed.
pub(crate) fn pool_name(typed: &str) -> Result<PoolName, AppError> {
    PoolName::parse(typed).map_err(|problem| AppError::invalid_as_typed("name", problem, typed))
}

/// What a new pool begins with beside the standard fields: a template, or all of another pool.
pub(crate) async fn layout(viewer: &Viewer, start: Option<String>, copy_of: Option<String>) -> Result<Option<PoolFile>, AppError> {
    let start = start.unwrap_or_default();
    if start != COPY {
        return Ok(Template::from_code(&start).map(|template| template.file(viewer.lang)));
    }
    let pool = copy_of.and_then(|id| id.parse().ok()).ok_or_else(|| AppError::invalid("copy_of", Problem::Required))?;
    Ok(Some(PoolFile::of(&store().pool(viewer.client, pool).await?)))
}

pub(crate) async fn create(viewer: &Viewer, name: &PoolName, layout: Option<PoolFile>, import: bool) -> Result<PoolId, AppError> {
    let pool = match layout {
        Some(file) => store().create_pool_from(viewer.client, name, &file, &viewer.wish()).await?,
        None => store().create_pool(viewer.client, name, viewer.wish()).await?,
    };
    go(&if import { routes::import(pool) } else { routes::pool(pool) });
    Ok(pool)
}

pub(crate) async fn delete(viewer: &Viewer, pool: PoolId) -> Result<(), AppError> {
    let gone = store().pool(viewer.client, pool).await?;
    let size = store().size(&viewer.reach(), &gone).await?;
    store().delete_pool(viewer.client, pool, viewer.wish()).await?;
    plain::to(&format!("{}?deleted={pool}&n={size}&name={}", routes::POOLS, routes::escape(&gone.name)));
    Ok(())
}

pub(crate) async fn deleted(viewer: &Viewer) -> Result<Vec<DeletedPoolLine>, AppError> {
    let at = |at| show_time(at, viewer.lang, &viewer.zone);
    let pools = store().deleted_pools(viewer.client).await?.into_iter();
    let line = |DeletedPool { id, name, n_profiles, at: deleted, until }| DeletedPoolLine {
        id,
        name,
        n_profiles,
        deleted_at: at(deleted),
        until: at(until),
    };
    Ok(pools.map(line).collect())
}

pub(crate) async fn restore(viewer: &Viewer, pool: PoolId) -> Result<(), AppError> {
    store().restore_pool(viewer.client, pool, viewer.wish()).await.map_err(|error| match error {
        StoreError::Conflict(Conflict::PoolNameTaken) => AppError::refused(RESTORE_TAKEN),
        error => error.into(),
    })?;
    plain::to(routes::POOLS);
    Ok(())
}

pub(crate) async fn demo(viewer: &Viewer) -> Result<(), AppError> {
    let payload = serde_json::json!({ "n": N_DEMO, "lang": viewer.lang.code() });
    let job = NewJob { kind: JobKind::Demo, payload, created_by: Some(viewer.user) };
    store().enqueue(viewer.client, job, now()).await?;
    go(routes::JOBS);
    Ok(())
}
