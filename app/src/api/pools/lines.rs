//! What the functions about pools do on the server.

use domain::id::PoolId;
use domain::job::JobKind;
use domain::pool::PoolSummary;
use domain::text::PoolName;
use domain::time::show_time;
use store::{Store, jobs::NewJob};

use crate::api::jobs::lines::active_of;
use crate::api::session::{FrameData, PoolLine};
use crate::context::{Viewer, go, now, store};
use crate::error::AppError;
use crate::routes;

/// How many profiles the demo pool gets.
const N_DEMO: u64 = 12_000;

pub(crate) async fn frame_of(store: &Store, viewer: &Viewer) -> Result<FrameData, AppError> {
    Ok(FrameData {
        name: viewer.name.clone(),
        email: viewer.email.clone(),
        client_name: viewer.client_name.clone(),
        administrator: viewer.role == domain::role::Role::Administrator,
        pools: pools_of(store, viewer).await?,
        jobs: active_of(store, viewer).await?,
    })
}

pub(crate) async fn pools_of(store: &Store, viewer: &Viewer) -> Result<Vec<PoolLine>, AppError> {
    let pools = store.pools(viewer.client).await?;
    Ok(pools.into_iter().map(|pool| line(pool, viewer)).collect())
}

fn line(pool: PoolSummary, viewer: &Viewer) -> PoolLine {
    let last_activity = pool.last_activity.map(|at| show_time(at, viewer.lang, &viewer.zone)).unwrap_or_default();
    PoolLine { id: pool.id, name: pool.name, n_profiles: pool.n_profiles, last_activity }
}

/// The name of a pool as typed.
pub(crate) fn pool_name(typed: &str) -> Result<PoolName, AppError> {
    PoolName::parse(typed).map_err(|problem| AppError::invalid("name", problem))
}

pub(crate) async fn create(viewer: &Viewer, name: &PoolName, import: bool) -> Result<PoolId, AppError> {
    let pool = store().create_pool(viewer.client, name, now()).await?;
    go(&if import { routes::import(pool) } else { routes::pool(pool) });
    Ok(pool)
}

pub(crate) async fn demo(viewer: &Viewer) -> Result<(), AppError> {
    let payload = serde_json::json!({ "n": N_DEMO, "lang": viewer.lang.code() });
    let job = NewJob { kind: JobKind::Demo, payload, created_by: Some(viewer.user) };
    store().enqueue(viewer.client, job, now()).await?;
    go(routes::JOBS);
    Ok(())
}
