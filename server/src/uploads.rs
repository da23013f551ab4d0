//! Receiving files: streamed to the data folder, under a name nobody can guess, never larger than allowed.

pub(crate) mod parts;
mod sweep;
pub(crate) mod tus;
pub(crate) mod whole;

pub(crate) use sweep::sweep;

use std::path::{Path as FilePath, PathBuf};

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest as _, Multipart, Path, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::PoolId, rights::Right, text::clean_line};
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use serde_json::json;
use tokio::{
    fs,
    io::AsyncWriteExt as _,
    time::{Duration, Instant, timeout_at},
};

use crate::{
    errors::{Refusal, takes_html},
    imports::{self, How},
    random,
    session::Caller,
    state::AppState,
};

/// So many bytes of a file come within the time that the other end is waited for: what comes in drops holds a connection
/// for ever.
const STRETCH: usize = 16 << 10;

/// A file that has arrived.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// Where it lies.
    pub path: PathBuf,
    /// What its owner calls it.
    pub file_name: String,
}

/// `POST /pools/{pool}/imports/upload`: a file to look at before it is imported. Plain forms go on to the import's page.
///
/// # Errors
/// Not found, too large, unreadable.
pub(crate) async fn upload(
    State(state): State<AppState>,
    caller: Caller,
    Path(pool): Path<PoolId>,
    request: Request,
) -> Result<Response, Refusal> {
    caller.may(Right::Import)?;
    let pool = caller.pool(&state.store, pool).await?;
    let wants_page = takes_html(request.headers());
    let upload = receive(&state, request).await?;
    let import = imports::propose(&state.store, caller.client, caller.user, &pool, &upload, &How::default()).await?;
    let page = format!("/pools/{}/import/{import}", pool.id);
    if wants_page {
        return Ok(Redirect::to(&page).into_response());
    }
    Ok((StatusCode::CREATED, Json(json!({"import": import, "url": page}))).into_response())
}

/// Writes the file of a request to the data folder, whether it is the body itself or the part of a form.
///
/// # Errors
/// Too large, or not there. What had arrived until then is removed.
pub(crate) async fn receive(state: &AppState, request: Request) -> Result<Upload, Refusal> {
    let limits = (state.settings.upload_limit, state.settings.patience());
    let limit = limits.0;
    let announced = text(&request, header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    let is_form = text(&request, header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/form-data"));
    // The frame around the parts of a form is small.
    if announced.is_some_and(|length| length > limit.saturating_add(1 << 16)) {
        return Err(Refusal::too_large(limit));
    }
    let folder = state.settings.data_dir.join("uploads");
    fs::create_dir_all(&folder).await?;
    let path = folder.join(format!("{}.csv", random::token(18)));

    if !is_form {
        let body = request.into_body().into_data_stream().map_err(|_| interrupted());
        write(&path, limits, body).await?;
        return Ok(Upload { path, file_name: "upload.csv".to_owned() });
    }
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| no_file())?;
    // What stands before the file is small.
    let until = Instant::now() + limits.1;
    while let Some(part) = timeout_at(until, form.next_field()).await.map_err(|_| too_slow())?.map_err(|_| interrupted())? {
        let Some(name) = part.file_name().map(file_name) else { continue };
        write(&path, limits, part.map_err(|_| interrupted()).boxed()).await?;
        return Ok(Upload { path, file_name: name });
    }
    Err(no_file())
}

/// A file that is not whole yet: it is removed, also when the connection breaks and nobody is left to ask.
struct Half<'a>(Option<&'a FilePath>);

impl Drop for Half<'_> {
    fn drop(&mut self) {
        if let Some(path) = self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Streams to a file; a broken, too slow or too long stream leaves nothing behind.
async fn write(
    path: &FilePath,
    (limit, patience): (u64, Duration),
    stream: impl Stream<Item = Result<Bytes, Refusal>>,
) -> Result<(), Refusal> {
    let mut half = Half(Some(path));
    let mut stream = std::pin::pin!(stream);
    let mut file = tokio::io::BufWriter::with_capacity(1 << 18, fs::File::create(path).await?);
    let mut length = 0_u64;
    let (mut until, mut stretch) = (Instant::now() + patience, 0);
    while let Some(piece) = timeout_at(until, stream.try_next()).await.map_err(|_| too_slow())?? {
        length += piece.len() as u64;
        stretch += piece.len();
        if stretch >= STRETCH {
            (until, stretch) = (Instant::now() + patience, 0);
        }
        if length > limit {
            return Err(Refusal::too_large(limit));
        }
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    // The import may begin after a crash: what the answer promises must be on the disk.
    file.into_inner().sync_all().await?;
    half.0 = None;
    Ok(())
}

fn text(request: &Request, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// The last part of a path in either notation, cleaned and not too long.
pub(crate) fn file_name(sent: &str) -> String {
    let name = clean_line(sent.rsplit(['/', '\\']).next().unwrap_or_default());
    let name: String = name.chars().take(200).collect();
    if name.is_empty() { "upload.csv".to_owned() } else { name }
}

fn no_file() -> Refusal {
    Refusal::unreadable("Bitte eine Datei auswählen.", "Please choose a file.")
}

fn too_slow() -> Refusal {
    Refusal::unreadable(
        "Die Datei kam zu langsam an. Bitte die Verbindung prüfen und noch einmal senden.",
        "The file arrived too slowly. Please check the connection and send it again.",
    )
    .with_status(StatusCode::REQUEST_TIMEOUT)
}

fn interrupted() -> Refusal {
    Refusal::unreadable(
        "Die Datei kam nicht vollständig an. Bitte noch einmal senden.",
        "The file did not arrive in full. Please send it again.",
    )
}
