//! People by name, wherever they are.

use domain::id::{PoolId, ProfileId};
use domain::list::ListQuery;
use domain::rights::Right;
use store::StoreError;

use super::form::Desk;
use super::shapes::Person;
use crate::context::{Viewer, may, store};
use crate::error::AppError;

/// So many of a pool, of so many pools, and so many in all.
const OF_A_POOL: usize = 5;
const POOLS: usize = 10;
const ALL: usize = 8;

/// The newest of each pool, that at hand first.
pub(super) async fn find(q: &str, near: Option<PoolId>) -> Result<Vec<Person>, AppError> {
    let (store, viewer) = (store(), may(Right::SeeProfiles).await?);
    let mut pools = store.pools(&viewer.reach()).await?;
    pools.retain(|pool| pool.n_profiles > 0);
    pools.sort_by_key(|pool| Some(pool.id) != near);
    let query = ListQuery { q: q.to_owned(), page_size: 10, ..ListQuery::default() };
    let mut people = Vec::new();
    for pool in pools.into_iter().take(POOLS) {
        let pool = viewer.pool(pool.id).await?;
        let desk = Desk::at(store.clone(), viewer.clone(), pool);
        let found = store.list(&viewer.reach(), &desk.pool, &query, viewer.lang).await?;
        people.extend(found.rows.iter().take(OF_A_POOL).map(|profile| Person {
            pool: desk.pool.id,
            pool_name: desk.pool.name.clone(),
            id: profile.id,
            title: desk.title(profile),
            email: desk.text("EMAIL", profile),
        }));
        if people.len() >= ALL {
            break;
        }
    }
    people.truncate(ALL);
    Ok(people)
}

/// What a reader calls each of these profiles; without those that lie in the bin.
pub(crate) async fn titles(viewer: &Viewer, pool: PoolId, ids: &[ProfileId]) -> Result<Vec<(ProfileId, String)>, AppError> {
    let desk = Desk::at(store(), viewer.clone(), viewer.pool(pool).await?);
    let mut titles = Vec::new();
    for id in ids {
        match desk.store.profile(&viewer.reach(), &desk.pool, *id).await {
            Ok(profile) => titles.push((*id, desk.title(&profile))),
            Err(StoreError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(titles)
}
