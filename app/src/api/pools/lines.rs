//! What the functions about pools do on the server.

use domain::id::PoolId;
use domain::job::JobKind;
use domain::lang::{Text, fill};
use domain::pool::PoolSummary;
use domain::text::PoolName;
use domain::time::show_time;
use store::jobs::NewJob;

use crate::api::jobs::lines::active_of;
use crate::api::session::{FrameData, PoolLine};
use crate::context::{Viewer, go, now, store};
use crate::error::{AppError, Clash};
use crate::routes;
use crate::text::pools as t;

/// How many profiles the demo pool gets.
const N_DEMO: u64 = 12_000;

pub(crate) async fn frame_of(viewer: &Viewer) -> Result<FrameData, AppError> {
    Ok(FrameData {
        name: viewer.name.clone(),
        email: viewer.email.clone(),
        client_name: viewer.client_name.clone(),
        administrator: viewer.role == domain::role::Role::Administrator,
        pools: pools_of(viewer).await?,
        jobs: active_of(viewer).await?,
    })
}

pub(crate) async fn pools_of(viewer: &Viewer) -> Result<Vec<PoolLine>, AppError> {
    let pools = store().pools(viewer.client).await?;
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

/// A second demo pool gets a number: the first may have been worked with.
pub(crate) async fn demo(viewer: &Viewer) -> Result<PoolId, AppError> {
    let taken: Vec<String> = store().pools(viewer.client).await?.into_iter().map(|pool| pool.name).collect();
    let base = t::DEMO_NAME.get(viewer.lang);
    let numbered = (2..).map(|n: u32| fill(Text::new("{base} {n}", "{base} {n}").get(viewer.lang), &[("base", base), ("n", &n.to_string())]));
    let name = std::iter::once(base.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default();
    let name = PoolName::parse(&name).map_err(|_| AppError::Conflict(Clash::PoolName))?;
    let pool = store().create_pool(viewer.client, &name, now()).await?;
    let payload = serde_json::json!({ "pool": pool, "rows": N_DEMO });
    let job = NewJob { kind: JobKind::Demo, payload, created_by: Some(viewer.user) };
    store().enqueue(viewer.client, job, now()).await?;
    go(&routes::pool(pool));
    Ok(pool)
}
