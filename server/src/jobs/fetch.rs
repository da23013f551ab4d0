//! A file from another server becomes an import. Begun again after a crash it goes on where it was, as far as that server
//! can, and makes one import.

use domain::{
    history::Actor,
    id::PoolId,
    job::{JobError, JobKind},
    lang::Lang,
    rights::Rights,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{StoreError, jobs::NewJob, profiles::Wish, uploads::NewUpload};

use super::{Ended, Failure, Pause, Work, later};
use crate::{
    clock::now,
    errors::Refusal,
    fetch::{FetchError, Fetching, Keeper, There, name_of},
    random,
    session::Caller,
    state::AppState,
    uploads::{
        parts,
        whole::{Wanted, Whole},
    },
};

/// What the job needs to know.
#[derive(Serialize, Deserialize)]
struct FetchJob {
    pool: PoolId,
    /// Where what arrives is noted.
    upload: String,
    address: String,
    file_name: String,
    /// Whose name stands in the log.
    actor: Actor,
    /// The codes of what they may do.
    rights: String,
    lang: Lang,
}

/// Has a file fetched and imported.
///
/// # Errors
/// No address, or one that is not allowed.
pub(crate) async fn begin(
    state: &AppState,
    caller: &Caller,
    pool: PoolId,
    address: &str,
    mut wanted: Wanted,
    lang: Lang,
) -> Result<domain::id::JobId, Refusal> {
    let address = Fetching::from(&*state.settings).address(address).map_err(|error| Refusal::not_fetched(&error))?;
    if wanted.file_name.is_empty() {
        wanted.file_name = name_of(&address);
    }
    let upload = random::token(18);
    let how = serde_json::to_string(&wanted).map_err(|error| Refusal::logged(&error))?;
    // How long it is, only the server will say.
    let (length, metadata) = (u64::MAX >> 1, String::new());
    let new = NewUpload { id: upload.clone(), pool, user: caller.user, length, metadata, how, expires_at: parts::until() };
    state.store.create_upload(caller.client, new).await?;
    let (actor, rights) = (caller.actor, caller.rights.codes());
    let job = FetchJob { pool, upload, address: address.to_string(), file_name: wanted.file_name, actor, rights, lang };
    let job = NewJob { kind: JobKind::Fetch, payload: json!(job), created_by: Some(caller.user) };
    Ok(state.store.enqueue(caller.client, job, now()).await?)
}

/// The answer names the import, and its job unless somebody looks at it first.
pub(super) async fn run(work: &Work) -> Result<Ended, Failure> {
    let job: FetchJob = serde_json::from_value(work.job.payload.clone()).map_err(|error| {
        let text = domain::lang::Text::new("Der Auftrag ist unvollständig.", "The job is incomplete.");
        Failure::new(text.into(), error)
    })?;
    match fetch(work, &job).await {
        Ok(ended) => Ok(ended),
        Err(FetchError::Stopped(Pause::Interrupted)) => Ok(Ended::Interrupted),
        Err(FetchError::Store(error)) if error.passes() => later(error),
        Err(error) => {
            let path = parts::path(&work.place.data_dir, &job.upload);
            let _ = tokio::fs::remove_file(&path).await;
            if let Err(error) = work.store.forget_upload(work.job.client, &job.upload).await {
                tracing::warn!(job = %work.job.id, %error, "what was fetched could not be forgotten");
            }
            match error {
                FetchError::Stopped(_) => Ok(Ended::Cancelled(json!({}))),
                FetchError::Store(error) => Err(Failure::store(error)),
                error => Err(Failure::new(JobError::of(|lang| error.message(lang)), error)),
            }
        }
    }
}

async fn fetch(work: &Work, job: &FetchJob) -> Result<Ended, FetchError> {
    let (store, client) = (&work.store, work.job.client);
    let user = work.job.created_by.ok_or(StoreError::NotFound)?;
    let mut row = store.upload(client, user, job.pool, &job.upload, now()).await?;
    let path = parts::path(&work.place.data_dir, &job.upload);
    if row.import.is_none() && row.received != row.length {
        // What the settings allow may have changed since it was asked for.
        let address = work.place.fetching.address(&job.address)?;
        tokio::fs::create_dir_all(path.parent().unwrap_or(&path)).await?;
        // Kept: what arrived before a crash is part of it.
        tokio::fs::OpenOptions::new().create(true).append(true).open(&path).await?;
        let there = match row.metadata.is_empty() {
            true => There::default(),
            false => There { at: row.received, tag: row.metadata.clone() },
        };
        let keeper = Keeper { work, client, upload: &job.upload };
        let length = work.place.fetching.fetch(&address, &path, there, Some(keeper)).await?;
        store.note_upload(client, &job.upload, length, "").await?;
        row = store.upload(client, user, job.pool, &job.upload, now()).await?;
    }
    let pool = store.pool(client, job.pool).await?.seen_by(Rights::from_codes(&job.rights));
    let wish = Wish { user: Some(user), lang: job.lang, ..Wish::of(job.actor, now()) };
    let whole = Whole { store, client, pool: &pool, wish: &wish, path };
    match whole.make_import(&mut row).await {
        Ok(became) => Ok(Ended::Done(json!({"import": became.import, "job": became.job}))),
        Err(refusal) => Err(FetchError::Refused(Box::new(refusal))),
    }
}
