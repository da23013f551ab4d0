//! Pages and server functions of `app`, with what they find in their context: store, viewer, nonce.

use std::sync::Arc;

use app::{
    App,
    api::{passkeys::GivenPasskeys, profiles::posted::Posted, second_factor::GivenSheet, session::GivenFrame},
    context::{Intake, Keys, PasskeysHere, Passwords, ProviderName, PublicUrl, Vault, Viewer},
    shell,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse as _, Response},
    routing::on,
};
use leptos::{nonce::Nonce, prelude::provide_context};
use leptos_axum::{handle_server_fns_with_context, render_app_async_with_context};

use crate::{
    assets,
    backup::{FileVault, Place},
    errors::Refusal,
    intake::{Desk, Fetcher},
    integration::Server,
    keyring::Keyring,
    passkey, security,
    session::Caller,
    state::AppState,
};

/// No profile has that much text: several fields of 100 000 characters.
const LARGEST_FORM: usize = 4 << 20;

/// Renders a page whole, so that it says everything without WASM and carries the right status.
///
/// # Errors
/// Not found, for what cannot be a page.
pub(crate) async fn page(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let path = request.uri().path();
    if assets::is_asset(path) {
        return assets::serve(request).await;
    }
    let request = match *request.method() {
        _ if path.starts_with("/api/") => return Err(Refusal::not_found()),
        Method::GET | Method::HEAD => request,
        Method::POST if path.starts_with("/pools/") => with_form(request).await?,
        _ => return Err(Refusal::not_found()),
    };
    let frame = match viewer_of(&request) {
        Some(viewer) => Some(GivenFrame::load(&state.store, &viewer).await),
        None => None,
    };
    let context = context(&state, &request);
    let context = move || {
        context();
        if let Some(frame) = frame.clone() {
            provide_context(frame);
        }
    };
    let site = state.site.clone();
    let render = render_app_async_with_context(context, move || shell(site.clone()));
    Ok(render(request).await)
}

/// A form that a page sends to its own address: the page takes it and shows what became of it.
async fn with_form(request: Request) -> Result<Request, Refusal> {
    let (mut parts, body) = request.into_parts();
    let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|_| Refusal::too_large(LARGEST_FORM as u64))?;
    let text = String::from_utf8(bytes.into()).map_err(|_| Refusal::not_found())?;
    parts.method = Method::GET;
    parts.extensions.insert(Posted(text));
    Ok(Request::from_parts(parts, Body::empty()))
}

/// Routes of all server functions; each is registered by `app` under an address of its own.
pub(crate) fn server_functions() -> Router<AppState> {
    // Naming the root component links the crate in, and with it the functions' registration.
    let _ = App;
    // Pages load their data on this runtime. A second call, by another server of the same process, changes nothing.
    _ = any_spawner::Executor::init_tokio();
    leptos::server_fn::axum::server_fn_paths().filter(|(path, _)| path.starts_with("/api/")).fold(
        Router::new(),
        |router, (path, method)| match axum::routing::MethodFilter::try_from(method) {
            Ok(method) => router.route(path, on(method, server_function)),
            Err(_) => router,
        },
    )
}

async fn server_function(State(state): State<AppState>, request: Request<Body>) -> Response {
    let context = context(&state, &request);
    // The library would read a body of any length into memory.
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_FORM).await else { return Refusal::too_large(LARGEST_FORM as u64).into_response() };
    handle_server_fns_with_context(context, Request::from_parts(parts, Body::from(bytes))).await.into_response()
}

/// What `app` finds in its context.
fn context(state: &AppState, request: &Request) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let store = state.store.clone();
    let viewer = viewer_of(request);
    let fetcher = request.extensions().get::<Caller>().cloned().map(|caller| Fetcher { state: state.clone(), caller });
    let desk = Arc::new(Desk(store.clone(), fetcher));
    let keys = Arc::new(Keyring { store: store.clone(), base: Server::of(state, request.headers()).0 });
    let vault = Arc::new(FileVault { store: store.clone(), place: Place::from(&*state.settings) });
    let posted = request.extensions().get::<Posted>().cloned();
    let sheet = request.extensions().get::<GivenSheet>().cloned();
    let passkeys = request.extensions().get::<GivenPasskeys>().cloned();
    let Server(address) = Server::of(state, request.headers());
    let here = PasskeysHere(passkey::is_place(&address));
    let provider = state.settings.oidc.as_ref().map(|oidc| ProviderName(oidc.name.clone()));
    let nonce = request.extensions().get::<security::Nonce>().map(|nonce| Nonce::from_value(nonce.0.as_str()));
    move || {
        provide_context(store.clone());
        provide_context(viewer.clone());
        provide_context(posted.clone());
        provide_context(PublicUrl(address.clone()));
        if let Some(provider) = provider.clone() {
            provide_context(provider);
        }
        provide_context::<Arc<dyn Intake>>(desk.clone());
        provide_context::<Arc<dyn Passwords>>(desk.clone());
        provide_context::<Arc<dyn Keys>>(keys.clone());
        provide_context::<Arc<dyn Vault>>(vault.clone());
        provide_context(here);
        if let Some(sheet) = sheet.clone() {
            provide_context(sheet);
        }
        if let Some(passkeys) = passkeys.clone() {
            provide_context(passkeys);
        }
        if let Some(nonce) = nonce.clone() {
            provide_context(nonce);
        }
    }
}

fn viewer_of(request: &Request) -> Option<Viewer> {
    let caller = request.extensions().get::<Caller>()?;
    let session = caller.session.as_deref()?;
    Some(Viewer {
        user: session.user,
        client: session.client,
        rights: caller.rights,
        rule: caller.rule.clone(),
        name: session.name.clone(),
        email: session.email.clone(),
        lang: session.lang,
        theme: session.theme.clone(),
        client_name: session.client_name.clone(),
        zone: session.zone,
        session: caller.session_hash?,
        colour: session.colour,
        n_clients: session.n_clients,
        origin: caller.origin,
    })
}

/// Search engines have no business here.
pub(crate) async fn robots() -> (StatusCode, &'static str) {
    (StatusCode::OK, "User-agent: *\nDisallow: /\n")
}
