//! From a file that has arrived to an import: recognise how it is written and which column is which.

use std::path::{Path, PathBuf};

use domain::{
    id::{ClientId, ImportId, JobId, PoolId, UserId},
    import::{Mapping, Preview, Reading, propose as propose_columns},
    job::JobKind,
    lang::Lang,
    pool::Pool,
    problem::{Invalid, Problem},
};
use serde_json::json;
use store::{Store, jobs::NewJob, load::NewImport, profiles::Wish};
use tokio::task::spawn_blocking;

use crate::{
    clock,
    errors::{Detail, Refusal},
    jobs,
    tabular::{self, Reader, TabularError},
    uploads::Upload,
};

/// How many rows are looked at to guess what a column holds.
const SAMPLES: usize = 100;

/// What is said about a file that nobody looks at before it is imported.
#[derive(Clone, Debug, Default)]
pub(crate) struct How {
    /// The field by which profiles are found.
    pub key: Option<String>,
    /// Which file of an archive, by its name or its number from 1.
    pub file: Option<String>,
    /// Which sheet, table or list, by its name or its number from 1.
    pub sheet: Option<String>,
    /// The row of the headings, as a table program counts; 0: there are none.
    pub header_row: Option<u32>,
}

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
    how: &How,
) -> Result<ImportId, Refusal> {
    let proposed = match look(upload.path.clone(), how.clone()).await {
        Ok((reading, preview)) => mapping(pool, &preview, how.key.as_deref()).map(|mapping| (reading, mapping)),
        Err(error) => Err(error),
    };
    let kept = match proposed {
        Ok((reading, mapping)) => {
            let (file_name, path) = (upload.file_name.clone(), upload.path.display().to_string());
            let import = NewImport { file_name, path, reading, mapping, user: user.into() };
            store.create_import(client, pool.id, import, clock::now()).await.map_err(Refusal::from)
        }
        Err(refusal) => Err(refusal),
    };
    if kept.is_err() {
        let _ = tokio::fs::remove_file(&upload.path).await;
    }
    kept
}

/// The job that carries out an import, asked for in this language.
pub(crate) fn job(import: ImportId, pool: PoolId, file_name: &str, lang: Lang, by: Option<UserId>) -> NewJob {
    let payload = json!({"import": import, "pool": pool, "file_name": file_name, "lang": lang.code()});
    NewJob { kind: JobKind::Import, payload, created_by: by }
}

/// The same as [`propose`], and the work begins as soon as a worker is free.
///
/// # Errors
/// Those of [`propose`].
pub(crate) async fn begin(store: &Store, client: ClientId, pool: &Pool, upload: &Upload, how: &How, wish: &Wish) -> Result<Begun, Refusal> {
    let import = propose(store, client, wish.user, pool, upload, how).await?;
    check(store, client, pool, import, &upload.path).await?;
    let job = job(import, pool.id, &upload.file_name, wish.lang, wish.user);
    let job = store.start_import(client, import, job, wish).await?;
    Ok(Begun { import, job })
}

/// Nobody looks at the columns before this import begins, so they must be right as they are.
async fn check(store: &Store, client: ClientId, pool: &Pool, import: ImportId, path: &Path) -> Result<(), Refusal> {
    let import = store.import(client, import).await?;
    let (reading, path) = (import.reading, path.to_owned());
    let headings = {
        let path = path.clone();
        spawn_blocking(move || Reader::open(&path, &reading).map(|reader| reader.headings().to_vec())).await
    };
    let headings = headings.map_err(|error| Refusal::logged(&error))?.map_err(|error| unreadable(&error))?;
    let Err(error) = jobs::import::check(pool, &headings, &import.mapping, Lang::En) else { return Ok(()) };
    let _ = tokio::fs::remove_file(&path).await;
    Err(Refusal::unreadable_file(error.code(), Detail::made(error.message(Lang::De), error.message(Lang::En))))
}

async fn look(path: PathBuf, how: How) -> Result<(Reading, Preview), Refusal> {
    let looked = spawn_blocking(move || {
        let reading = reading(&path, &how)?;
        let preview = tabular::preview(&path, &reading, SAMPLES)?;
        Ok::<_, TabularError>((reading, preview))
    });
    looked.await.map_err(|error| Refusal::logged(&error))?.map_err(|error| unreadable(&error))
}

/// How a file is to be read: as said, the rest as recognised.
fn reading(path: &Path, how: &How) -> Result<Reading, TabularError> {
    let mut file = 0;
    if let Some(wanted) = &how.file {
        let parts = tabular::parts(path, &Reading::default())?;
        file = numbered(wanted, &parts.files)?;
    }
    let mut sheet = None;
    if let Some(wanted) = &how.sheet {
        sheet = Some(numbered(wanted, &tabular::sheets(path, file)?)?);
    }
    let mut reading = tabular::recognise(path, file, sheet)?;
    match how.header_row {
        None => {}
        Some(0) => (reading.has_header, reading.first_row) = (false, 0),
        Some(row) => (reading.has_header, reading.first_row) = (true, row),
    }
    Ok(reading)
}

/// The place, from 0, of what is named, or numbered from 1.
fn numbered(wanted: &str, names: &[String]) -> Result<u16, TabularError> {
    let wanted = wanted.trim();
    let named = names.iter().position(|name| name.trim() == wanted);
    let place = named.or_else(|| wanted.parse::<usize>().ok()?.checked_sub(1)).filter(|at| *at < names.len().max(1));
    place.and_then(|at| u16::try_from(at).ok()).ok_or(TabularError::NoSuchPart)
}

fn unreadable(error: &TabularError) -> Refusal {
    if let TabularError::Io(inner) = error {
        tracing::error!(error = %inner, "an uploaded file could not be read");
    }
    Refusal::unreadable_file(error.code(), Detail::made(error.message(Lang::De), error.message(Lang::En)))
}

/// Columns to fields by their headings and contents. The key is the wished one, else the e-mail address where the file
/// has it; it has to be among the columns.
fn mapping(pool: &Pool, preview: &Preview, key: Option<&str>) -> Result<Mapping, Refusal> {
    let mut mapping = Mapping::proposed(&propose_columns(&preview.headings, &preview.rows, &pool.fields));
    let Some(key) = key.map(str::to_uppercase).filter(|key| !key.is_empty()) else {
        return Ok(mapping);
    };
    if pool.field(&key).is_none() {
        return Err(Invalid::one("key", Problem::UnknownField { field: key }).into());
    }
    if mapping.column(&key).is_none() {
        return Err(Refusal::key_column_missing(&key));
    }
    mapping.key = Some(key);
    Ok(mapping)
}
