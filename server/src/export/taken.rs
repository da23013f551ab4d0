//! Files that were made in the background: who may have them, and where they are.

use std::path::Path;

use axum::{
    http::{HeaderValue, StatusCode},
    response::Response,
};
use domain::{
    audit::{Deed, Note, Object},
    export::{Format, Wish},
    id::JobId,
    job::{Job, JobKind, JobState},
    lang::Text,
    rights::Right,
    time::Millis,
};
use serde_json::json;
use store::{Store, StoreError};
use tokio_util::io::ReaderStream;

use super::{
    asked::{ExportJob, may_take},
    link,
};
use crate::{clock, downloads, errors::Refusal, jobs::export::path, link::pairs, session::Caller};

/// An export in the background, of somebody who may have its file.
pub(crate) struct Found {
    /// Its work.
    pub(crate) job: Job,
    asked: ExportJob,
}

/// The export with this number, if the caller may have its file: their own, or one of the client that holds nothing that
/// they could not export themselves.
///
/// # Errors
/// Not found.
pub(crate) async fn known(store: &Store, caller: &Caller, id: JobId) -> Result<Found, Refusal> {
    let job = store.job(caller.client, id).await?;
    if job.kind != JobKind::Export {
        return Err(Refusal::not_found());
    }
    let seen = job.created_by == Some(caller.user) || caller.rights.has(Right::SeeJobs);
    match serde_json::from_value::<ExportJob>(job.payload.clone()) {
        Ok(asked) if seen && may_take(caller, &asked) => Ok(Found { job, asked }),
        _ => Err(Refusal::not_found()),
    }
}

impl Found {
    /// Until when the file can be taken away; none while it is not there, or not any more.
    pub(crate) fn until(&self) -> Option<Millis> {
        let until = self.job.result.as_ref().filter(|_| self.job.state == JobState::Done)?.get("until")?.as_i64()?;
        Some(Millis::new(until)).filter(|until| *until > clock::now())
    }

    /// The link to the file, as long as it is there.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn link(&self, store: &Store) -> Result<Option<String>, StoreError> {
        match self.until() {
            Some(until) => link::make(store, self.job.client, self.job.id, until).await.map(Some),
            None => Ok(None),
        }
    }

    /// The file itself. The audit log tells who took it.
    ///
    /// # Errors
    /// Gone, and the database's.
    pub(crate) async fn file(&self, store: &Store, caller: &Caller, data_dir: &Path) -> Result<Response, Refusal> {
        let format = Wish::from_pairs(&pairs(&self.asked.query), &Wish::default())?.form.format;
        let file = tokio::fs::File::open(path(data_dir, self.job.id.get(), format.ending())).await.map_err(|_| Refusal::run_out())?;
        let pool = store.pool(caller.client, self.asked.pool).await?;
        let told = json!({ "part": "file", "job": self.job.id, "format": format.code() });
        let note = Note::new(Deed::ExportMade, Object::pool(pool.id, pool.name.as_str())).after(told);
        store.audit(caller.client, &caller.wish(self.asked.lang), note).await?;
        Ok(self.answer(file, format))
    }

    fn answer(&self, file: tokio::fs::File, format: Format) -> Response {
        let name = self.asked.file_name.strip_suffix(&format!(".{}", format.ending())).unwrap_or(&self.asked.file_name);
        let kind = HeaderValue::from_static(format.media_type());
        downloads::file_of((name, format.ending()), kind, ReaderStream::with_capacity(file, 1 << 16))
    }
}

impl Refusal {
    /// A link that is not good any more, or a file that has gone.
    pub(crate) fn run_out() -> Self {
        Self::new(
            StatusCode::GONE,
            "run_out",
            Text::new("Nicht mehr da", "Not there any more"),
            Text::new(
                "Diese Datei gibt es nicht (mehr): Sie wird einen Tag lang aufgehoben. Bitte den Export noch einmal starten.",
                "This file is not there (any more): it is kept for a day. Please start the export again.",
            ),
        )
    }
}
