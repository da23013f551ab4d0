//! From a file that has arrived to an import: recognise how it is written and which column is which.

use std::path::{Path, PathBuf};

use domain::{
    id::{ClientId, ImportId, JobId, PoolId, UserId},
    import::{Mapping, Preview, Reading, Rules, Unknown, carry_over, kept_reading, mappable, propose as propose_columns},
    job::JobKind,
    lang::Lang,
    pool::Pool,
    rights::{Right, Rights},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Store, StoreError,
    jobs::NewJob,
    load::{Import, NewImport},
    mappings::SavedMapping,
    profiles::Wish,
};
use tokio::task::spawn_blocking;

use crate::{
    clock,
    errors::{Detail, FieldRefusal, Refusal},
    jobs,
    tabular::{self, Reader, TabularError},
    uploads::Upload,
};

mod asked;

pub(crate) use asked::Asked;

/// How many rows are looked at to guess what a column holds.
const SAMPLES: usize = 100;

/// What is said about a file that nobody looks at before it is imported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct How {
    /// Columns and rules.
    pub asked: Asked,
    /// Which file of an archive, by its name or its number from 1.
    pub file: Option<String>,
    /// Which sheet, table or list, by its name or its number from 1.
    pub sheet: Option<String>,
    /// The row of the headings, as a table program counts; 0: there are none.
    pub header_row: Option<u32>,
    /// A kept mapping, by its name or id: columns go where it says, its rules hold, and the file is read as it was then.
    pub mapping: Option<String>,
    /// Whether options may be made, if the rules of the kept mapping say so: else rows that bring new ones are refused.
    pub may_create: bool,
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
    let kept = look_and_note(store, client, user, pool, upload, how).await;
    if kept.is_err() {
        let _ = tokio::fs::remove_file(&upload.path).await;
    }
    kept
}

/// The same as [`propose`], but the file stays whatever happens.
///
/// # Errors
/// Those of [`propose`].
pub(crate) async fn look_and_note(
    store: &Store,
    client: ClientId,
    user: impl Into<Option<UserId>>,
    pool: &Pool,
    upload: &Upload,
    how: &How,
) -> Result<ImportId, Refusal> {
    let kept = match &how.mapping {
        Some(named) => Some(kept(store, client, pool, named).await?),
        None => None,
    };
    let (reading, preview) = look(upload.path.clone(), how.clone(), kept.as_ref().and_then(|kept| kept.kept.reading)).await?;
    let (mapping, rules) = match kept {
        Some(kept) => carried(pool, &preview, kept, how)?,
        None => mapping(pool, &preview, &how.asked)?,
    };
    let (file_name, path) = (upload.file_name.clone(), upload.path.display().to_string());
    let import = NewImport { file_name, path, reading, mapping, rules, user: user.into() };
    Ok(store.create_import(client, pool.id, import, clock::now()).await?)
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
    start(store, client, pool, import, upload, wish).await
}

/// The same as [`begin`], but it is only found out what would come of it.
///
/// # Errors
/// Those of [`propose`], or its columns do not fit the pool.
pub(crate) async fn begin_check(
    store: &Store,
    client: ClientId,
    pool: &Pool,
    upload: &Upload,
    how: &How,
    wish: &Wish,
) -> Result<Begun, Refusal> {
    let import = propose(store, client, wish.user, pool, upload, how).await?;
    fits(store, client, pool, import, &upload.path).await?;
    let job = ask_to_check(store, client, &store.import(client, import).await?, wish).await?;
    Ok(Begun { import, job })
}

/// Has an import checked that has not begun.
///
/// # Errors
/// `Conflict` when it has.
pub(crate) async fn ask_to_check(store: &Store, client: ClientId, import: &Import, wish: &Wish) -> Result<JobId, StoreError> {
    let job = NewJob { kind: JobKind::ImportCheck, ..job(import.id, import.pool, &import.file_name, wish.lang, wish.user) };
    store.ask_to_check(client, import.id, job, wish.now).await
}

/// Whether somebody with these rights may begin an import by these rules, which somebody else may have chosen.
///
/// # Errors
/// A right is missing.
pub(crate) fn may_begin(rules: &Rules, rights: Rights) -> Result<(), Refusal> {
    let creates = rules.unknown == Unknown::Create && !rights.has(Right::Configure);
    let raises = rules.consent.is_some() && !rights.has(Right::Consent);
    if creates || raises { Err(Refusal::forbidden()) } else { Ok(()) }
}

/// Begins an import that was noted before, as it was recognised.
///
/// # Errors
/// Its columns do not fit the pool; the file is removed then.
pub(crate) async fn start(
    store: &Store,
    client: ClientId,
    pool: &Pool,
    import: ImportId,
    upload: &Upload,
    wish: &Wish,
) -> Result<Begun, Refusal> {
    fits(store, client, pool, import, &upload.path).await?;
    let job = job(import, pool.id, &upload.file_name, wish.lang, wish.user);
    let job = store.start_import(client, import, job, wish).await?;
    Ok(Begun { import, job })
}

/// Nobody looks at the columns before this import begins, so they must be right as they are.
///
/// # Errors
/// They are not; the file is removed then.
pub(crate) async fn fits(store: &Store, client: ClientId, pool: &Pool, import: ImportId, path: &Path) -> Result<(), Refusal> {
    let import = store.import(client, import).await?;
    let (reading, path) = (import.reading, path.to_owned());
    let headings = {
        let path = path.clone();
        spawn_blocking(move || Reader::open(&path, &reading).map(|reader| reader.headings().to_vec())).await
    };
    let headings = headings.map_err(|error| Refusal::logged(&error))?.map_err(|error| unreadable(&error))?;
    let Err(error) = jobs::import::check(pool, &headings, &import.mapping, &import.rules, Lang::En) else { return Ok(()) };
    let _ = tokio::fs::remove_file(&path).await;
    Err(Refusal::unreadable_file(error.code(), Detail::made(error.message(Lang::De), error.message(Lang::En))))
}

async fn look(path: PathBuf, how: How, kept: Option<Reading>) -> Result<(Reading, Preview), Refusal> {
    let looked = spawn_blocking(move || {
        let reading = reading(&path, &how, kept)?;
        let preview = tabular::preview(&path, &reading, SAMPLES)?;
        Ok::<_, TabularError>((reading, preview))
    });
    looked.await.map_err(|error| Refusal::logged(&error))?.map_err(|error| unreadable(&error))
}

/// How a file is to be read: as said, the rest as kept, else as recognised.
fn reading(path: &Path, how: &How, kept: Option<Reading>) -> Result<Reading, TabularError> {
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
    if let Some(kept) = kept {
        let sheet = if sheet.is_some() { reading.sheet } else { kept.sheet };
        reading = kept_reading(Reading { sheet, ..kept }, reading);
    }
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

async fn kept(store: &Store, client: ClientId, pool: &Pool, named: &str) -> Result<SavedMapping, Refusal> {
    store.find_mapping(client, pool.id, named).await.map_err(|error| match error {
        StoreError::NotFound => {
            let detail = Detail::made(
                "In diesem Pool ist keine Zuordnung unter diesem Namen gespeichert. Bitte den Namen prüfen.",
                "No mapping is saved under this name in this pool. Please check the name.",
            );
            Refusal::wrong_fields(vec![FieldRefusal { field: "mapping".to_owned(), code: "unknown_mapping".to_owned(), detail }])
        }
        error => error.into(),
    })
}

/// Columns to fields as a kept mapping has them, and its rules, but for what is said otherwise. Fields that the pool has no
/// more are left out; the key has to be there.
fn carried(pool: &Pool, preview: &Preview, kept: SavedMapping, how: &How) -> Result<(Mapping, Rules), Refusal> {
    let mut mapping = carry_over(&kept.kept.mapping, &kept.kept.headings, &preview.headings);
    for column in &mut mapping.columns {
        column.take_if(|field| !mappable(pool, field));
    }
    how.asked.place(&mut mapping, preview)?;
    let mut rules = kept.kept.rules;
    rules.constants.retain(|(field, _)| mappable(pool, field) && mapping.column(field).is_none());
    if rules.unknown == Unknown::Create && !how.may_create {
        rules.unknown = Unknown::default();
    }
    let rules = how.asked.rules(pool, &mapping, rules)?;
    Ok((mapping, rules))
}

/// Columns to fields as said, else by their headings and contents; and the rules.
fn mapping(pool: &Pool, preview: &Preview, asked: &Asked) -> Result<(Mapping, Rules), Refusal> {
    let mut mapping = Mapping::proposed(&propose_columns(&preview.headings, &preview.rows, &pool.fields));
    asked.place(&mut mapping, preview)?;
    let rules = asked.rules(pool, &mapping, Rules::proposed(&mapping))?;
    Ok((mapping, rules))
}
