//! Pages and server functions of `app`, with what they find in their context: store, viewer, nonce.

use std::sync::Arc;

use app::{
    App,
    context::{Intake, Passwords, Viewer},
    shell,
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse as _, Response},
    routing::on,
};
use leptos::{nonce::Nonce, prelude::provide_context};
use leptos_axum::{handle_server_fns_with_context, render_app_async_with_context};

use crate::{assets, errors::Refusal, intake::Desk, security, session::Caller, state::AppState};

/// Renders a page whole, so that it says everything without WASM and carries the right status.
///
/// # Errors
/// Not found, for what cannot be a page.
pub(crate) async fn page(State(state): State<AppState>, request: Request) -> Result<Response, Refusal> {
    let path = request.uri().path();
    if assets::is_asset(path) {
        return assets::serve(request).await;
    }
    if path.starts_with("/api/") || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal::not_found());
    }
    let context = context(&state, &request);
    let site = state.site.clone();
    let render = render_app_async_with_context(context, move || shell(site.clone()));
    Ok(render(request).await)
}

/// Routes of all server functions; each is registered by `app` under an address of its own.
pub(crate) fn server_functions() -> Router<AppState> {
    // Naming the root component links the crate in, and with it the functions' registration.
    let _ = App;
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
    handle_server_fns_with_context(context, request).await.into_response()
}

/// What `app` finds in its context.
fn context(state: &AppState, request: &Request) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let store = state.store.clone();
    let viewer: Option<Viewer> = request.extensions().get::<Caller>().and_then(viewer);
    let desk = Arc::new(Desk(store.clone()));
    let nonce = request.extensions().get::<security::Nonce>().map(|nonce| Nonce::from_value(nonce.0.as_str()));
    move || {
        provide_context(store.clone());
        provide_context(viewer.clone());
        provide_context::<Arc<dyn Intake>>(desk.clone());
        provide_context::<Arc<dyn Passwords>>(desk.clone());
        if let Some(nonce) = nonce.clone() {
            provide_context(nonce);
        }
    }
}

fn viewer(caller: &Caller) -> Option<Viewer> {
    let session = caller.session.as_deref()?;
    Some(Viewer {
        user: session.user,
        client: session.client,
        role: session.role,
        name: session.name.clone(),
        email: session.email.clone(),
        lang: session.lang,
        theme: session.theme.clone(),
        client_name: session.client_name.clone(),
        zone: session.zone.clone(),
    })
}

/// Search engines have no business here.
pub(crate) async fn robots() -> (StatusCode, &'static str) {
    (StatusCode::OK, "User-agent: *\nDisallow: /\n")
}
