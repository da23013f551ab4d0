//! Small jobs: demo data, emptying the bin, deleting the hits of a search.

use std::path::Path;

use domain::{history::Actor, id::PoolId, lang::Text, list::ListQuery};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{StoreError, profiles::Selection};

use super::{Ended, Failure, Work, import::remove_upload, later};
use crate::{clock::now, demo};

/// How long deleted profiles and pools can be brought back.
const KEPT_IN_BIN: i64 = 14 * 86_400_000;

fn payload<T: for<'a> Deserialize<'a>>(work: &Work) -> Result<T, Failure> {
    serde_json::from_value(work.job.payload.clone())
        .map_err(|error| Failure::new(Text::new("Der Auftrag ist unvollständig.", "The job is incomplete.").into(), error))
}

/// Make the demo pool; payload `{"n": …, "seed": …}`, both optional.
pub(super) async fn demo(work: &Work) -> Result<Ended, Failure> {
    let n = work.job.payload["n"].as_u64().unwrap_or(demo::DEFAULT_PROFILES);
    let seed = work.job.payload["seed"].as_u64().unwrap_or(demo::DEFAULT_SEED);
    let pool = demo::load(&work.store, work.job.client, n, seed, now()).await.map_err(Failure::store)?;
    Ok(Ended::Done(json!({ "pool": pool, "rows": n })))
}

/// Remove for good what has lain in the client's bins for long enough, and files that nobody went on to import.
pub(super) async fn purge(work: &Work) -> Result<Ended, Failure> {
    let (client, before) = (work.job.client, now().plus(-KEPT_IN_BIN));
    let purge = async {
        // Before the pools, whose imports go with them.
        for file in work.store.abandoned_files(client, before).await? {
            remove_upload(work, Path::new(&file)).await;
        }
        let pools = work.store.purge_pools(client, before).await?;
        let profiles = work.store.purge_bin(client, before).await?;
        Ok(json!({ "pools": pools, "profiles": profiles }))
    };
    purge.await.map(Ended::Done).or_else(later)
}

#[derive(Deserialize)]
struct Hits {
    pool: PoolId,
    query: ListQuery,
    #[serde(default)]
    except: Vec<domain::id::ProfileId>,
}

/// Move all hits of a search to the bin; payload `{"pool", "query", "except"}`.
pub(super) async fn bulk_delete(work: &Work) -> Result<Ended, Failure> {
    let hits: Hits = payload(work)?;
    let actor = work.job.created_by.map_or(Actor::System, Actor::User);
    let delete = async {
        let pool = work.store.pool(work.job.client, hits.pool).await?;
        let selection = Selection::Query { query: hits.query, except: hits.except };
        let deleted = work.store.delete_profiles(work.job.client, &pool, &selection, &actor, now()).await?;
        Ok::<Value, StoreError>(json!({ "batch": deleted.batch, "n": deleted.n }))
    };
    delete.await.map(Ended::Done).or_else(later)
}
