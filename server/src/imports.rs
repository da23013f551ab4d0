//! From a file that has arrived to an import: recognise how it is written and which column is which.

use std::path::PathBuf;

use domain::{
    id::{ClientId, ImportId, JobId, UserId},
    import::{Mapping, Preview, Reading, propose as propose_columns},
    job::JobKind,
    lang::Lang,
    pool::Pool,
    problem::{Invalid, Problem},
};
use serde_json::json;
use store::{Store, jobs::NewJob, load::NewImport};
use tokio::task::spawn_blocking;

use crate::{
    clock,
    errors::{Detail, Refusal},
    tabular::{self, TabularError},
    uploads::Upload,
};

/// How many rows are looked at to guess what a column holds.
const SAMPLES: usize = 100;

/// An import on its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begun {
    /// What it makes.
    pub import: ImportId,
    /// The work.
    pub job: JobId,
}

/// Keeps the file as an import that somebody may still correct before it begins.
///
/// # Errors
/// The file can't be read, or the key is no field of the pool or no column of the file; the file is removed then.
pub(crate) async fn propose(
    store: &Store,
    client: ClientId,
    user: impl Into<Option<UserId>>,
    pool: &Pool,
    upload: &Upload,
    key: Option<&str>,
) -> Result<ImportId, Refusal> {
    let proposed = match look(upload.path.clone()).await {
        Ok((reading, preview)) => mapping(pool, &preview, key).map(|mapping| (reading, mapping)),
        Err(error) => Err(error),
    };
    let (reading, mapping) = match proposed {
        Ok(proposed) => proposed,
        Err(refusal) => {
            let _ = tokio::fs::remove_file(&upload.path).await;
            return Err(refusal);
        }
    };
    let import =
        NewImport { file_name: upload.file_name.clone(), path: upload.path.display().to_string(), reading, mapping, user: user.into() };
    Ok(store.create_import(client, pool.id, import, clock::now()).await?)
}

/// The same, and the work begins as soon as a worker is free.
///
/// # Errors
/// Those of [`propose`].
pub(crate) async fn begin(
    store: &Store,
    client: ClientId,
    user: impl Into<Option<UserId>>,
    pool: &Pool,
    upload: &Upload,
    key: Option<&str>,
) -> Result<Begun, Refusal> {
    let user = user.into();
    let import = propose(store, client, user, pool, upload, key).await?;
    let job = NewJob { kind: JobKind::Import, payload: json!({ "import": import }), created_by: user };
    let job = store.enqueue(client, job, clock::now()).await?;
    Ok(Begun { import, job })
}

async fn look(path: PathBuf) -> Result<(Reading, Preview), Refusal> {
    let looked = spawn_blocking(move || {
        let reading = tabular::sniff_file(&path)?;
        let preview = tabular::preview(&path, &reading, SAMPLES)?;
        Ok::<_, TabularError>((reading, preview))
    });
    looked.await.map_err(|error| Refusal::logged(&error))?.map_err(|error| unreadable(&error))
}

fn unreadable(error: &TabularError) -> Refusal {
    if let TabularError::Io(inner) = error {
        tracing::error!(error = %inner, "an uploaded file could not be read");
    }
    Refusal::unreadable_file(error.code(), Detail::made(error.message(Lang::De), error.message(Lang::En)))
}

/// Columns to fields by their headings and contents; a key has to be among them.
fn mapping(pool: &Pool, preview: &Preview, key: Option<&str>) -> Result<Mapping, Refusal> {
    let mut columns = vec![None; preview.headings.len()];
    for proposal in propose_columns(&preview.headings, &preview.rows, &pool.fields) {
        if let Some(column) = columns.get_mut(proposal.column) {
            *column = proposal.field;
        }
    }
    let Some(key) = key.map(str::to_uppercase).filter(|key| !key.is_empty()) else {
        return Ok(Mapping { columns, key: None });
    };
    if pool.field(&key).is_none() {
        return Err(Invalid::one("key", Problem::UnknownField { field: key }).into());
    }
    if !columns.iter().flatten().any(|column| *column == key) {
        return Err(Refusal::key_column_missing(&key));
    }
    Ok(Mapping { columns, key: Some(key) })
}
