//! A file that is whole becomes an import, once, however often that is interrupted.

use std::path::PathBuf;

use axum::http::StatusCode;
use domain::{
    id::{ClientId, ImportId, JobId},
    pool::Pool,
};
use serde::{Deserialize, Serialize};
use store::{Store, profiles::Wish, uploads::Upload as Row};

use super::Upload;
use crate::{
    errors::Refusal,
    imports::{self, How},
};

/// What shall become of a file that is whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Wanted {
    /// What it is called.
    pub(crate) file_name: String,
    /// Whether somebody looks at it before it is imported.
    pub(crate) review: bool,
    /// How it is read.
    pub(crate) how: How,
}

/// What has become of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Became {
    /// The import.
    pub(crate) import: ImportId,
    /// Its job, if it was started.
    pub(crate) job: Option<JobId>,
}

/// A file that is whole, and whose it is.
pub(crate) struct Whole<'a> {
    pub(crate) store: &'a Store,
    pub(crate) client: ClientId,
    /// As its sender sees it.
    pub(crate) pool: &'a Pool,
    /// Who sends it.
    pub(crate) wish: &'a Wish,
    /// Where it lies.
    pub(crate) path: PathBuf,
}

impl Whole<'_> {
    /// Makes the import. Each step is written down before the next, and none is done twice, as long as nobody else is at it.
    ///
    /// # Errors
    /// It can't be read or mapped: it is removed then. What was in the way otherwise may be gone with the next attempt.
    pub(crate) async fn make_import(self, row: &mut Row) -> Result<Became, Refusal> {
        let Wanted { file_name, review, how } = serde_json::from_str(&row.how).map_err(|error| Refusal::logged(&error))?;
        let Self { store, client, pool, wish, path } = self;
        let upload = Upload { path, file_name };
        let made = async {
            let import = match row.import {
                Some(import) => import,
                None => {
                    let import = imports::look_and_note(store, client, wish.user, pool, &upload, &how).await?;
                    store.upload_became(client, &row.id, import).await?;
                    row.import = Some(import);
                    import
                }
            };
            let job = match store.import_job(client, import).await? {
                None if !review => Some(imports::start(store, client, pool, import, &upload, wish).await?.job),
                job => job,
            };
            Ok::<_, Refusal>(Became { import, job })
        };
        let made = made.await;
        if made.as_ref().is_err_and(|refusal| refusal.status() == StatusCode::UNPROCESSABLE_ENTITY) {
            let _ = tokio::fs::remove_file(&upload.path).await;
            store.forget_upload(client, &row.id).await?;
        }
        made
    }
}
