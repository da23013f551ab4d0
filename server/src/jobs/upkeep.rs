//! Small jobs: demo data, emptying the bin.

use std::path::Path;

use domain::{
    audit::{Chain, Deed, Note, Object, ObjectKind},
    history::Actor,
};
use serde_json::json;
use store::{bin::KEPT, profiles::Wish};

use super::{Ended, Failure, Work, import::remove_upload, later};
use crate::{clock::now, demo};

/// Make the demo pool; payload `{"n": …, "seed": …}`, both optional.
pub(super) async fn demo(work: &Work) -> Result<Ended, Failure> {
    let n = work.job.payload["n"].as_u64().unwrap_or(demo::DEFAULT_PROFILES);
    let seed = work.job.payload["seed"].as_u64().unwrap_or(demo::DEFAULT_SEED);
    let actor = work.job.created_by.map_or(Actor::System, Actor::User);
    let pool = demo::load(&work.store, work.job.client, n, seed, Wish::of(actor, now())).await.map_err(Failure::store)?;
    Ok(Ended::Done(json!({ "pool": pool, "rows": n })))
}

/// Remove for good what has lain in the client's bins for long enough, files that nobody went on to import, and old entries
/// of the audit log.
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
        if pools + fields + profiles > 0 {
            let note = Note::new(Deed::BinEmptied, Object::new(ObjectKind::Client, client.get(), ""));
            let note = note.after(json!({ "pools": pools, "fields": fields, "profiles": profiles }));
            work.store.audit(client, &Wish::from(now()), note).await?;
        }
        for chain in [Chain::from(client), Chain::Installation] {
            work.store.prune_audit(chain, now()).await?;
            if let Some(head) = work.store.audit_head(chain).await? {
                // Whoever keeps the log elsewhere has something to hold the chain against.
                let hash = domain::audit::hex(&head.hash);
                tracing::info!(chain = chain.number(), n = head.last, hash, "the audit log ends with this entry");
            }
        }
        Ok(json!({ "pools": pools, "fields": fields, "profiles": profiles }))
    };
    purge.await.map(Ended::Done).or_else(later)
}
