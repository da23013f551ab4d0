//! Files to take away: the list as CSV, and the rows that an import refused.

use std::{fmt::Display, io};

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    audit::{Deed, Note, Object, ObjectKind},
    convert::Failure,
    export::{Wish, harmless},
    field::{FieldDef, FieldKind},
    id::{BackupId, FieldId, ImportId, JobId, PoolId},
    import::RowProblem,
    lang::{Lang, Text},
    pool::Pool,
    rights::Right,
};
use futures::{Stream, StreamExt as _, stream};
use serde_json::json;
use store::{Store, StoreError};
use tokio_util::io::ReaderStream;

use crate::{
    errors::{Language, Refusal},
    export::{Dialect, Export, asked, taken},
    jobs::import::rejects,
    link::{encode, pairs},
    session::Caller,
    state::AppState,
};

/// `/pools/{pool}/export/file?…`, and its older address `/pools/{pool}/export.csv?dialect=excel|plain&…`: the list as it is
/// filtered, sorted and laid out, or as the address wishes it (`domain::export::Wish`).
///
/// # Errors
/// Not found, wrong choices, or the database's.
pub(crate) async fn export(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(accepted)): Extension<Language>,
    Path(pool): Path<PoolId>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let export = wished(&state, &caller, accepted, pool, &pairs).await?;
    asked::answer(&state, &caller, export).await
}

/// `POST /pools/{pool}/exports`: the same made in the background, by a plain form. It goes on to the page of jobs.
///
/// # Errors
/// Not found, wrong choices, or the database's.
pub(crate) async fn begin_export(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(accepted)): Extension<Language>,
    Path(pool): Path<PoolId>,
    form: String,
) -> Result<Redirect, Refusal> {
    let export = wished(&state, &caller, accepted, pool, &pairs(&form)).await?;
    asked::enqueue(&state.store, &caller, export).await?;
    Ok(Redirect::to("/jobs"))
}

/// `/pools/{pool}/backups/{backup}/file`: the file of a backup.
///
/// # Errors
/// What is missing; not found; gone.
pub(crate) async fn backup(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(accepted)): Extension<Language>,
    Path((pool, backup)): Path<(PoolId, BackupId)>,
) -> Result<Response, Refusal> {
    caller.may(Right::Restore)?;
    let lang = caller.session.as_ref().map_or(accepted, |session| session.lang);
    let pool = caller.pool(&state.store, pool).await?;
    crate::backup::taken::file(&state, &caller, &pool, backup, lang).await
}

/// What somebody at the screen wishes.
async fn wished(state: &AppState, caller: &Caller, accepted: Lang, pool: PoolId, pairs: &[(String, String)]) -> Result<Export, Refusal> {
    caller.may(Right::ExportProfiles)?;
    let lang = caller.session.as_ref().map_or(accepted, |session| session.lang);
    let pool = caller.pool(&state.store, pool).await?;
    asked::read(&state.store, caller, pool, pairs, &Wish::of_screen(), lang).await
}

/// `/exports/{export}`: on to the link of a file that was made in the background, as long as it is there.
///
/// # Errors
/// Not found, or gone.
pub(crate) async fn take_export(State(state): State<AppState>, caller: Caller, Path(export): Path<JobId>) -> Result<Redirect, Refusal> {
    caller.may(Right::ExportProfiles)?;
    let found = taken::known(&state.store, &caller, export).await?;
    let link = found.link(&state.store).await?.ok_or_else(Refusal::run_out)?;
    Ok(Redirect::to(&link))
}

/// `/imports/{import}/refused.csv`: row number, column, value and reason of each refused row, for Excel.
///
/// # Errors
/// Not found, or the database's.
pub(crate) async fn refused(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(accepted)): Extension<Language>,
    Path(import): Path<ImportId>,
) -> Result<Response, Refusal> {
    caller.may(Right::Import)?;
    let lang = caller.session.as_ref().map_or(accepted, |session| session.lang);
    refusals(&state.store, &caller, import, lang).await
}

/// The same for any caller.
pub(crate) async fn refusals(store: &Store, caller: &Caller, import: ImportId, lang: Lang) -> Result<Response, Refusal> {
    const HEADINGS: [Text; 4] =
        [Text::new("Zeile", "Row"), Text::new("Spalte", "Column"), Text::new("Wert", "Value"), Text::new("Grund", "Reason")];
    let client = caller.client;
    let found = store.import(client, import).await?;
    let object = Object::new(ObjectKind::Import, import.get(), found.file_name.as_str()).within(found.pool);
    let note = Note::new(Deed::ExportMade, object).after(json!({ "part": "refused" }));
    store.audit(client, &caller.wish(lang), note).await?;
    let mut head = Dialect::Excel.mark().to_vec();
    head.extend(lines([HEADINGS.map(|text| text.get(lang).to_owned())].into_iter())?);
    let pages = store
        .refusals(client, import)
        .map(move |page| page.and_then(|page| Ok(Bytes::from(lines(page.into_iter().map(|one| cells(one, lang)))?))));
    let whole = stream::once(async move { Ok(Bytes::from(head)) }).chain(pages);
    let suffix = REFUSED.get(lang);
    Ok(file(&format!("{} {suffix}", found.file_name.trim_end_matches(".csv")), whole))
}

/// `/imports/{import}/rejects`: the same rows as a file of the format in which they came.
///
/// # Errors
/// Not found, or gone.
pub(crate) async fn rejects(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(accepted)): Extension<Language>,
    Path(import): Path<ImportId>,
) -> Result<Response, Refusal> {
    caller.may(Right::Import)?;
    let lang = caller.session.as_ref().map_or(accepted, |session| session.lang);
    rejected(&state, &caller, import, lang).await
}

/// The same for any caller.
pub(crate) async fn rejected(state: &AppState, caller: &Caller, import: ImportId, lang: Lang) -> Result<Response, Refusal> {
    let found = state.store.import(caller.client, import).await?;
    let path = rejects::path(&state.settings.data_dir, import, &found.reading);
    let file = tokio::fs::File::open(path).await.map_err(|_| Refusal::no_rejects())?;
    let object = Object::new(ObjectKind::Import, import.get(), found.file_name.as_str()).within(found.pool);
    let note = Note::new(Deed::ExportMade, object).after(json!({ "part": "rejects" }));
    state.store.audit(caller.client, &caller.wish(lang), note).await?;
    let stem = found.file_name.rsplit_once('.').map_or(found.file_name.as_str(), |(stem, _)| stem);
    let name = format!("{stem} {}", REFUSED.get(lang));
    let kind = HeaderValue::from_static(rejects::media_type(&found.reading));
    Ok(file_of((&name, rejects::ending(&found.reading)), kind, ReaderStream::with_capacity(file, 1 << 16)))
}

const REFUSED: Text = Text::new("abgelehnt", "refused");

impl Refusal {
    fn no_rejects() -> Self {
        Self::new(
            StatusCode::GONE,
            "run_out",
            Text::new("Nicht mehr da", "Not there any more"),
            Text::new(
                "Diese Datei gibt es nicht (mehr): Sie wird 14 Tage lang aufgehoben, und nur Zeilen mit Zellen stehen darin. Die Liste der Gründe ist weiter da.",
                "This file is not there (any more): it is kept for 14 days, and only rows with cells are in it. The list of reasons is still there.",
            ),
        )
    }
}

/// `/pools/{pool}/fields/{field}/not-converted.csv?kind=…`: profile, value and reason of each value that can't be one of
/// another type, for Excel.
///
/// # Errors
/// Not found, or the database's.
pub(crate) async fn not_converted(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(accepted)): Extension<Language>,
    Path((pool, field)): Path<(PoolId, FieldId)>,
    Query(kind): Query<OfKind>,
) -> Result<Response, Refusal> {
    caller.may(Right::Configure)?;
    let lang = caller.session.as_ref().map_or(accepted, |session| session.lang);
    let pool = caller.pool(&state.store, pool).await?;
    let field = pool.field_by_id(field).ok_or_else(Refusal::not_found)?.clone();
    failures(&state.store, &caller, pool, field, &kind.kind, lang).await
}

/// The type that a field may get.
#[derive(serde::Deserialize)]
pub(crate) struct OfKind {
    kind: String,
}

/// The same for any caller.
pub(crate) async fn failures(
    store: &Store,
    caller: &Caller,
    pool: Pool,
    field: FieldDef,
    kind: &str,
    lang: Lang,
) -> Result<Response, Refusal> {
    const HEADINGS: [Text; 3] =
        [Text::new("Profil-ID", "Profile ID"), Text::new("Wert", "Value"), Text::new("Was zu tun ist", "What to do")];
    let kind = FieldKind::from_code(kind).filter(|kind| field.may_become(*kind)).ok_or_else(Refusal::not_found)?;
    let name = format!("{} {}", field.label(lang), kind.label(lang));
    let object = Object::new(ObjectKind::Field, field.id.get(), field.label(lang)).within(pool.id);
    let note = Note::new(Deed::ExportMade, object).after(json!({ "part": "not_converted", "kind": kind.code() }));
    store.audit(caller.client, &caller.wish(lang), note).await?;
    let mut head = Dialect::Excel.mark().to_vec();
    head.extend(lines([HEADINGS.map(|text| text.get(lang).to_owned())].into_iter())?);
    let row = move |one: Failure| [one.profile.to_string(), harmless(&one.value).into_owned(), one.problem.message(lang)];
    let pages = store
        .conversion_failures(caller.reach(), pool, field.id, kind, lang)
        .map(move |page| page.and_then(|page| Ok(Bytes::from(lines(page.into_iter().map(row))?))));
    Ok(file(&name, stream::once(async move { Ok(Bytes::from(head)) }).chain(pages)))
}

fn cells(problem: RowProblem, lang: Lang) -> [String; 4] {
    let RowProblem { row, column, value, reason } = problem;
    [row.to_string(), harmless(&column).into_owned(), harmless(&value).into_owned(), reason.message(lang)]
}

fn lines<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, StoreError> {
    let unwritable = |error: csv::Error| StoreError::Corrupt(error.to_string());
    let mut writer = Dialect::Excel.writer();
    for row in rows {
        writer.write_record(row).map_err(unwritable)?;
    }
    writer.into_inner().map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// A CSV file that is sent while it is made.
pub(crate) fn file(name: &str, pieces: impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static) -> Response {
    file_of((name, "csv"), HeaderValue::from_static("text/csv; charset=utf-8"), pieces)
}

/// A file that is sent while it is made. When that fails midway, the connection breaks, so that nobody takes half for the whole.
pub(crate) fn file_of<E: Display + Send + 'static>(
    (name, ending): (&str, &str),
    kind: HeaderValue,
    pieces: impl Stream<Item = Result<Bytes, E>> + Send + 'static,
) -> Response {
    let pieces = pieces.map(|piece| {
        piece.map_err(|error| {
            tracing::error!(%error, "a download ended early");
            io::Error::other("the download ended early")
        })
    });
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    if let Some(value) = attachment(name, ending) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// Says that an answer is a file to keep, and its name.
pub(crate) fn attachment(name: &str, ending: &str) -> Option<HeaderValue> {
    let ascii: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || " -_.".contains(c) { c } else { '_' }).collect();
    let whole = encode(name).replace('/', "%2F");
    HeaderValue::from_str(&format!("attachment; filename=\"{ascii}.{ending}\"; filename*=UTF-8''{whole}.{ending}")).ok()
}
