//! From an address to a file, or to the job that makes it.

use std::path::PathBuf;

use axum::{http::HeaderValue, response::Response};
use domain::{
    export::{Columns, Wish},
    id::{ClientId, JobId, PoolId},
    job::JobKind,
    lang::Lang,
    pool::Pool,
    rights::{Right, Rights},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Reach, Store, StoreError, jobs::NewJob};

use super::{Export, ExportError};
use crate::{
    downloads,
    errors::{Detail, FieldRefusal, Refusal},
    session::Caller,
    state::AppState,
};

/// What a job needs to know to make the file that somebody wished, with their eyes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ExportJob {
    pub(crate) pool: PoolId,
    /// The wish as an address has it, with its columns.
    pub(crate) query: String,
    /// The codes of what they may do.
    pub(crate) rights: String,
    pub(crate) reach: Reach,
    pub(crate) lang: Lang,
    /// What the file is called when it is taken away.
    pub(crate) file_name: String,
}

impl ExportJob {
    /// What they may do.
    pub(crate) fn rights(&self) -> Rights {
        Rights::from_codes(&self.rights)
    }
}

/// Where files that are made in the background lie, and what others need until they are whole.
pub(crate) fn folder(data_dir: &std::path::Path) -> PathBuf {
    data_dir.join("exports")
}

/// The export that the pairs of an address wish; `pool` is as the caller sees it. What they leave open is as the kept layout
/// has it that they name (`layout`), else as `otherwise`.
///
/// # Errors
/// Choices that there are not, fields that the pool does not have, and the database's.
pub(crate) async fn read(
    store: &Store,
    caller: &Caller,
    pool: Pool,
    pairs: &[(String, String)],
    otherwise: &Wish,
    lang: Lang,
) -> Result<Export, Refusal> {
    let kept = kept(store, caller.client, &pool, pairs).await?;
    let wish = Wish::from_pairs(pairs, kept.as_ref().unwrap_or(otherwise))?;
    let layout = match wish.columns {
        Columns::List => store.layout(caller.client, caller.user, pool.id).await?,
        _ => None,
    };
    Ok(Export::new(caller.reach(), pool, wish, layout, lang)?)
}

/// The kept layout that pairs name.
///
/// # Errors
/// There is none of this name.
pub(crate) async fn kept(store: &Store, client: ClientId, pool: &Pool, pairs: &[(String, String)]) -> Result<Option<Wish>, Refusal> {
    let named = pairs.iter().find(|(name, value)| name == "layout" && !value.trim().is_empty());
    let Some((_, named)) = named else { return Ok(None) };
    match store.find_export_layout(client, pool.id, named).await {
        Ok(found) => Ok(Some(Wish::of_layout(&found.layout, pool))),
        Err(StoreError::NotFound) => {
            let detail = Detail::made(
                "In diesem Pool ist kein Exportlayout unter diesem Namen gespeichert. Bitte den Namen prüfen.",
                "No export layout is saved under this name in this pool. Please check the name.",
            );
            Err(Refusal::wrong_fields(vec![FieldRefusal { field: "layout".to_owned(), code: "unknown_layout".to_owned(), detail }]))
        }
        Err(error) => Err(error.into()),
    }
}

/// The file as an answer. The audit log tells of it before the first byte goes out.
///
/// # Errors
/// The database's and the disk's.
pub(crate) async fn answer(state: &AppState, caller: &Caller, export: Export) -> Result<Response, Refusal> {
    export.note(&state.store, &caller.wish(export.lang)).await?;
    let (name, format) = (export.pool.name.clone(), export.format());
    let pieces = export.pieces(&state.store, &folder(&state.settings.data_dir)).await?;
    Ok(downloads::file_of((&name, format.ending()), HeaderValue::from_static(format.media_type()), pieces))
}

/// Has the file made in the background.
///
/// # Errors
/// The database's.
pub(crate) async fn enqueue(store: &Store, caller: &Caller, mut export: Export) -> Result<JobId, Refusal> {
    let note = export.told(store).await?;
    // The list may be arranged otherwise when the job begins.
    export.wish.columns = Columns::These(export.fields.iter().map(|field| field.key.clone()).collect());
    let payload = ExportJob {
        pool: export.pool.id,
        query: export.wish.to_query(),
        rights: caller.rights.codes(),
        reach: export.reach.clone(),
        lang: export.lang,
        file_name: format!("{}.{}", export.pool.name, export.format().ending()),
    };
    let job = NewJob { kind: JobKind::Export, payload: json!(payload), created_by: Some(caller.user) };
    Ok(store.enqueue_noted(caller.client, job, &caller.wish(export.lang), note).await?)
}

/// Whether somebody may have a file that was made with the eyes of somebody else: nobody gets more than they could
/// export themselves.
pub(crate) fn may_take(caller: &Caller, job: &ExportJob) -> bool {
    let addresses = caller.rights.has(Right::IpAddresses) || !job.rights().has(Right::IpAddresses);
    caller.rights.has(Right::ExportProfiles) && addresses && (caller.rule.is_none() || caller.reach() == job.reach)
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::File(error) => error.into(),
            error => Self::logged(&error),
        }
    }
}
