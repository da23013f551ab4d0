//! Files into a pool in parts, by the protocol tus 1.0: what a lost connection costs is sent again, the rest is not.

use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::map_response,
    response::{IntoResponse as _, Response},
    routing::post,
};
use domain::{pool::Pool, rights::Right};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{how::How, scope, shapes::Problem};
use crate::{
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
    uploads::{
        file_name,
        parts::{Part, Parts},
        tus,
        whole::{Became, Wanted},
    },
};

/// The calls of the protocol.
pub(super) fn calls() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(offer, create))
        .routes(routes!(look, append, give_up))
        .route("/pools/{pool}/uploads/{upload}", post(overridden))
        .layer(map_response(tus::say_version))
}

/// What shall become of the file, beside how it is imported.
#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    review: bool,
}

/// What can be sent in parts
#[utoipa::path(options, operation_id = "upload_options", path = "/pools/{pool}/uploads", tag = "imports",
    params(("pool" = String, Path, description = "Id or name")),
    responses((status = 204, headers(("Tus-Resumable" = String), ("Tus-Version" = String), ("Tus-Extension" = String), ("Tus-Max-Size" = u64),
            ("Tus-Checksum-Algorithm" = String))),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn offer(State(state): State<AppState>, caller: Caller, Path(named): Path<String>) -> Result<Response, Refusal> {
    scope::pool(&state, &caller, &named, Right::Import).await?;
    let headers = [
        (tus::TUS_VERSION, HeaderValue::from_static(tus::VERSION)),
        (tus::TUS_EXTENSION, HeaderValue::from_static(tus::EXTENSIONS)),
        (tus::TUS_MAX_SIZE, HeaderValue::from(state.settings.upload_limit)),
        (tus::TUS_CHECKSUM_ALGORITHM, HeaderValue::from_static(tus::CHECKSUMS)),
    ];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

/// Begin a file that comes in parts
///
/// The protocol is [tus 1.0](https://tus.io/protocols/resumable-upload), for which there are ready clients: this address is their
/// *endpoint*. `Upload-Length` tells the size in bytes, `Upload-Metadata` the name (`filename`); a first part may come along
/// (`Content-Type: application/offset+octet-stream`). `Location` names the address to which `PATCH` sends further parts. With the last one
/// the import begins, as by `POST /pools/{pool}/imports`; the answer names it in `Lagune-Import`, its job in `Lagune-Job`. A further part is
/// waited for until `Upload-Expires`, a day after the last one.
#[utoipa::path(post, operation_id = "create_upload", path = "/pools/{pool}/uploads", tag = "imports",
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    params(("pool" = String, Path, description = "Id or name"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Length" = u64, Header, description = "Size of the file in bytes"),
        ("Upload-Metadata" = Option<String>, Header, description = "Names with values in base64", example = "filename a3VuZGVuLmNzdg=="),
        ("Upload-Checksum" = Option<String>, Header, description = "`sha1` or `sha256` and the sum over the part in base64"),
        ("review" = Option<bool>, Query, description = "true: the import waits until somebody has looked at it on its page and starts it there"),
        ("key" = Option<String>, Query, description = "As for `create_import`"),
        ("existing" = Option<String>, Query, description = "As for `create_import`"),
        ("filled" = Option<String>, Query, description = "As for `create_import`"),
        ("sets" = Option<String>, Query, description = "As for `create_import`"),
        ("empty" = Option<String>, Query, description = "As for `create_import`"),
        ("unknown" = Option<String>, Query, description = "As for `create_import`"),
        ("duplicates" = Option<String>, Query, description = "As for `create_import`"),
        ("columns" = Option<String>, Query, description = "As for `create_import`"),
        ("constants" = Option<String>, Query, description = "As for `create_import`"),
        ("raise_consent" = Option<String>, Query, description = "As for `create_import`"),
        ("dns" = Option<bool>, Query, description = "As for `create_import`"),
        ("file_name" = Option<String>, Query, description = "As for `create_import`, instead of the one in `Upload-Metadata`"),
        ("file" = Option<String>, Query, description = "As for `create_import`"),
        ("sheet" = Option<String>, Query, description = "As for `create_import`"),
        ("header_row" = Option<u32>, Query, description = "As for `create_import`"),
        ("mapping" = Option<String>, Query, description = "As for `create_import`")),
    responses((status = 201, headers(("Location" = String), ("Upload-Offset" = u64), ("Upload-Expires" = String), ("Lagune-Import" = i64), ("Lagune-Job" = i64))),
        (status = 404, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 460, description = "The part did not arrive as it was sent")))]
pub(super) async fn create(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path(named): Path<String>,
    Query(wish): Query<Wish>,
    Query(how): Query<How>,
    request: Request,
) -> Result<Response, Refusal> {
    let pool = scope::pool(&state, &caller, &named, Right::Import).await?;
    let headers = request.headers();
    tus::check_version(headers)?;
    let length = tus::number(headers, &tus::UPLOAD_LENGTH)?;
    let (metadata, name) = tus::metadata(headers)?;
    let carries = tus::text(headers, &header::CONTENT_TYPE) == Some(tus::PART);
    let checksum = tus::Checksum::of(headers)?;
    let called = file_name(how.file_name.as_deref().or(name.as_deref()).unwrap_or_default());
    let wanted = Wanted { file_name: called, review: wish.review, how: how.wished(&caller)? };
    let parts = Parts::begin(state, caller, &pool, (length, metadata), &wanted).await?;
    let location = HeaderValue::from_str(&format!("/api/v1/pools/{}/uploads/{}", pool.id, parts.row.id));
    let body = if carries { request.into_body() } else { Body::empty() };
    let (parts, became) = parts.take(pool, Part { offset: 0, checksum, body }, lang).await?;
    let mut response = (StatusCode::CREATED, told(&parts, became.as_ref())).into_response();
    response.headers_mut().extend(location.ok().map(|location| (header::LOCATION, location)));
    Ok(response)
}

/// How much of a file has arrived
///
/// `Upload-Offset` is where the next part begins. What was made of a file that is whole is in `Lagune-Import` and `Lagune-Job`.
#[utoipa::path(head, operation_id = "read_upload", path = "/pools/{pool}/uploads/{upload}", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("upload" = String, Path), ("Tus-Resumable" = String, Header, description = "1.0.0")),
    responses((status = 200, headers(("Upload-Offset" = u64), ("Upload-Length" = u64), ("Upload-Metadata" = String), ("Upload-Expires" = String),
        ("Lagune-Import" = i64), ("Lagune-Job" = i64))), (status = 404, description = "There is none, or it has expired")))]
pub(super) async fn look(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, upload)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (pool, parts) = find(state, caller, &named, &upload, &headers).await?;
    let (parts, became) = parts.settle(pool, lang).await?;
    let mut response = (StatusCode::OK, told(&parts, became.as_ref())).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(tus::UPLOAD_LENGTH, HeaderValue::from(parts.row.length));
    if let Some(sent) = Some(&parts.row.metadata).filter(|sent| !sent.is_empty()).and_then(|sent| HeaderValue::from_str(sent).ok()) {
        headers.insert(tus::UPLOAD_METADATA, sent);
    }
    Ok(response)
}

/// Send a part of a file
///
/// It begins where the file ends so far (`Upload-Offset`), and may have any length. What arrived before a connection broke stays; `HEAD`
/// tells how much that is.
#[utoipa::path(patch, operation_id = "append_upload", path = "/pools/{pool}/uploads/{upload}", tag = "imports",
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    params(("pool" = String, Path, description = "Id or name"), ("upload" = String, Path),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "Where the part begins, in bytes"),
        ("Upload-Checksum" = Option<String>, Header, description = "`sha1` or `sha256` and the sum over the part in base64")),
    responses((status = 204, headers(("Upload-Offset" = u64), ("Upload-Expires" = String), ("Lagune-Import" = i64), ("Lagune-Job" = i64))),
        (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 423, body = Problem, content_type = "application/problem+json"), (status = 460, description = "The part did not arrive as it was sent")))]
pub(super) async fn append(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
    Path((named, upload)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers();
    let (pool, parts) = find(state, caller, &named, &upload, headers).await?;
    if tus::text(headers, &header::CONTENT_TYPE) != Some(tus::PART) {
        return Err(Refusal::wrong_content_type(tus::PART));
    }
    let (offset, checksum) = (tus::number(headers, &tus::UPLOAD_OFFSET)?, tus::Checksum::of(headers)?);
    let (parts, became) = parts.take(pool, Part { offset, checksum, body: request.into_body() }, lang).await?;
    Ok((StatusCode::NO_CONTENT, told(&parts, became.as_ref())).into_response())
}

/// Give a file up
///
/// What has arrived of it is removed. An import that was made of it stays.
#[utoipa::path(delete, operation_id = "delete_upload", path = "/pools/{pool}/uploads/{upload}", tag = "imports",
    params(("pool" = String, Path, description = "Id or name"), ("upload" = String, Path), ("Tus-Resumable" = String, Header, description = "1.0.0")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 423, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn give_up(
    State(state): State<AppState>,
    caller: Caller,
    Path((named, upload)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (_, parts) = find(state, caller, &named, &upload, &headers).await?;
    parts.give_up().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// For whom only GET and POST come through: the protocol has them say the method in a header.
async fn overridden(
    state: State<AppState>,
    caller: Caller,
    lang: Extension<Language>,
    path: Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    const METHOD: HeaderName = HeaderName::from_static("x-http-method-override");
    match tus::text(request.headers(), &METHOD) {
        Some("PATCH") => append(state, caller, lang, path, request).await,
        Some("DELETE") => give_up(state, caller, path, request.headers().clone()).await,
        Some("HEAD") => look(state, caller, lang, path, request.headers().clone()).await,
        _ => Err(Refusal::wrong_method()),
    }
}

async fn find(state: AppState, caller: Caller, named: &str, upload: &str, headers: &HeaderMap) -> Result<(Pool, Parts), Refusal> {
    let pool = scope::pool(&state, &caller, named, Right::Import).await?;
    if upload.contains(char::is_control) {
        return Err(Refusal::not_found());
    }
    let parts = Parts::find(state, caller, pool.id, upload).await?;
    tus::check_version(headers)?;
    Ok((pool, parts))
}

/// How far a file is, and what has become of it.
fn told(parts: &Parts, became: Option<&Became>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(tus::UPLOAD_OFFSET, HeaderValue::from(parts.row.received));
    headers.extend(tus::http_date(parts.row.expires_at).map(|at| (tus::UPLOAD_EXPIRES, at)));
    headers.extend(became.map(|became| (tus::LAGUNE_IMPORT, HeaderValue::from(became.import.get()))));
    headers.extend(became.and_then(|became| became.job).map(|job| (tus::LAGUNE_JOB, HeaderValue::from(job.get()))));
    headers
}
