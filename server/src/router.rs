//! Which address leads where, and the layers every request passes.

use std::any::Any;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{StatusCode, header},
    middleware::{self, Next, from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use tower_http::{CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    assets, downloads,
    errors::{self, Refusal},
    events,
    export::layouts,
    health, integration, metrics, pages, rest, security, session,
    state::AppState,
    uploads,
};

/// Bodies of everything but uploads, in bytes.
const SMALL_BODY: usize = 2 << 20;

/// A page of the list takes two milliseconds and 9 kB at this level, one and 12 at the fastest.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(5);

/// The whole site.
pub(crate) fn router(state: AppState) -> Router {
    let swift = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::show))
        .route("/pkg/{*path}", get(assets::serve))
        .route("/robots.txt", get(pages::robots))
        .route("/sign-in", get(pages::page).post(session::sign_in::sign_in))
        .route("/sign-in/link", get(pages::page).post(session::link::redeem))
        .route("/sign-in/oidc", get(session::oidc::start))
        .route(session::oidc::CALLBACK, get(session::oidc::callback))
        .route(session::passkey::BEGIN_PASSKEY, post(session::passkey::begin))
        .route(session::passkey::SIGN_IN_PASSKEY, post(session::passkey::sign_in))
        .route("/sign-in/second", get(session::second::show_step).post(session::second::take_step))
        .route("/settings/second-factor", get(session::second::show_own).post(session::second::change_own))
        .route("/settings/passkeys", get(session::own_passkeys::show).post(session::own_passkeys::change))
        .route("/sign-in/forgotten", get(session::forgotten::show).post(session::forgotten::ask))
        .route("/sign-out", post(session::sign_in::sign_out))
        .route("/pools/{pool}/export-layouts", post(layouts::save))
        .route("/pools/{pool}/export-layouts/delete", post(layouts::delete))
        .route("/pools/{pool}/exports", post(downloads::begin_export))
        .route("/exports/{export}", get(downloads::take_export))
        .route("/pools/{pool}/integration.json", get(integration::json))
        .route("/pools/{pool}/integration.csv", get(integration::csv))
        .route("/pools/{pool}/integration.schema.json", get(integration::schema))
        .route("/pools/{pool}/integration.openapi.json", get(integration::openapi))
        .merge(pages::server_functions())
        .merge(rest::swift())
        .fallback(pages::page)
        .method_not_allowed_fallback(async || Refusal::wrong_method())
        .layer(DefaultBodyLimit::max(SMALL_BODY))
        .layer(from_fn_with_state(state.clone(), in_time));
    // Streams last as long as their file or their reader.
    let streams = Router::new()
        .route("/events", get(events::events))
        .route("/pools/{pool}/export.csv", get(downloads::export))
        .route("/pools/{pool}/export/file", get(downloads::export))
        .route("/pools/{pool}/backups/{backup}/file", get(downloads::backup))
        .route("/pools/{pool}/fields/{field}/not-converted.csv", get(downloads::not_converted))
        .route("/imports/{import}/refused.csv", get(downloads::refused))
        .route("/imports/{import}/rejects", get(downloads::rejects))
        .route("/pools/{pool}/imports/upload", post(uploads::upload))
        .merge(rest::streams())
        .layer(DefaultBodyLimit::disable());

    swift
        .merge(streams)
        .layer(from_fn_with_state(state.clone(), session::note_refused))
        .layer(from_fn(session::require))
        .layer(from_fn_with_state(state.clone(), session::recognise))
        .layer(from_fn_with_state(state.clone(), security::same_origin))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::map_response(name_bare_refusals))
        .layer(from_fn(errors::render))
        // No page that is compressed holds a secret beside what its caller typed, so that its length tells nothing; events stay as they are.
        .layer(CompressionLayer::new().quality(COMPRESSION))
        .layer(from_fn_with_state(state.clone(), security::protect))
        .layer(from_fn_with_state(state.clone(), security::find_peer))
        .layer(from_fn(metrics::measure))
        .layer(from_fn(security::number))
        .with_state(state)
}

/// Refuses what takes too long, so that nobody waits for ever.
async fn in_time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let patience = state.settings.patience();
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a request took longer than {} s", patience.as_secs());
            Refusal::busy().into_response()
        }
    }
}

/// The library answers some things itself, in English and as bare text, with inner words; they get our form.
async fn name_bare_refusals(response: Response) -> Response {
    if response.extensions().get::<Refusal>().is_some() {
        return response;
    }
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => {
            let refusal = Refusal::wrong_method();
            let allowed = response.headers().get(header::ALLOW).cloned();
            allowed.into_iter().fold(refusal, |refusal, allowed| refusal.with_header(header::ALLOW, allowed)).into_response()
        }
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large(SMALL_BODY as u64).into_response(),
        status if status.is_client_error() && is_bare(&response) => Refusal::unreadable(
            "Ein Teil der Adresse oder eine Angabe dahinter ist nicht lesbar oder kommt doppelt vor. Bitte die Adresse prüfen.",
            "A part of the address or of its query can't be read, or stands there twice. Please check the address.",
        )
        .with_status(status)
        .into_response(),
        _ => response,
    }
}

fn is_bare(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/plain"))
}

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word");
    tracing::error!("a handler panicked: {said}");
    Refusal::internal().into_response()
}
