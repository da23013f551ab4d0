//! Small jobs: demo data, emptying the bin.

use std::path::Path;

use serde_json::json;
use store::bin::KEPT;

use super::{Ended, Failure, Work, import::remove_upload, later};
use crate::{clock::now, demo};

/// Make the demo pool; payload `{"n": …, "seed": …}`, both optional.
pub(super) async fn demo(work: &Work) -> Result<Ended, Failure> {
    let n = work.job.payload["n"].as_u64().unwrap_or(demo::DEFAULT_PROFILES);
    let seed = work.job.payload["seed"].as_u64().unwrap_or(demo::DEFAULT_SEED);
    let pool = demo::load(&work.store, work.job.client, n, seed, now()).await.map_err(Failure::store)?;
    Ok(Ended::Done(json!({ "pool": pool, "rows": n })))
}

/// Remove for good what has lain in the client's bins for long enough, and files that nobody went on to import.
pub(super) async fn purge(work: &Work) -> Result<Ended, Failure> {
    let (client, before) = (work.job.client, now().plus(-KEPT));
    let purge = async {
        // Before the pools, whose imports go with them.
        for file in work.store.abandoned_files(client, before).await? {
            remove_upload(work, Path::new(&file)).await;
        }
        let pools = work.store.purge_pools(client, before).await?;
        let fields = work.store.purge_fields(client, before).await?;
        work.store.purge_conversions(client, before, now()).await?;
        let profiles = work.store.purge_bin(client, before).await?;
        Ok(json!({ "pools": pools, "fields": fields, "profiles": profiles }))
    };
    purge.await.map(Ended::Done).or_else(later)
}
