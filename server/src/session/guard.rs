//! The door: everything needs a session or a token, except what is listed here.

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};

use domain::lang::Lang;

use super::{
    Caller,
    passkey::{BEGIN_PASSKEY, SIGN_IN_PASSKEY},
    second::SECOND,
    staged::OnTheWay,
};
use crate::{
    assets,
    errors::{Refusal, takes_html},
    link::encode,
    state::AppState,
};

/// Whether anybody may ask for it: sign-in, health, the site's files, and the description of the REST interface.
pub(crate) fn is_public(path: &str) -> bool {
    // `/metrics` has a guard of its own: this machine or a token.
    const PUBLIC: [&str; 14] = [
        "/sign-in",
        "/sign-in/link",
        "/sign-in/forgotten",
        SECOND,
        "/sign-in/oidc",
        "/sign-in/oidc/callback",
        SIGN_IN_PASSKEY,
        BEGIN_PASSKEY,
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/robots.txt",
    ];
    PUBLIC.contains(&path) || path.starts_with("/api/v1/docs/") || assets::is_asset(path)
}

/// Lets a request through or sends it away: people to the sign-in page, or to its second step, programs with 401.
pub(crate) async fn require(request: Request, next: Next) -> Response {
    if is_public(request.uri().path()) || request.extensions().get::<Caller>().is_some() {
        return next.run(request).await;
    }
    let path = request.uri().path();
    let on_the_way = request.extensions().get::<OnTheWay>().is_some();
    if on_the_way && path == "/sign-out" {
        return next.run(request).await;
    }
    let opens_page = matches!(*request.method(), Method::GET | Method::HEAD) && takes_html(request.headers());
    if opens_page && !path.starts_with("/api/") {
        let wanted = request.uri().path_and_query().map_or("/", |whole| whole.as_str());
        let door = if on_the_way { SECOND } else { "/sign-in" };
        let to = if wanted == "/" { door.to_owned() } else { format!("{door}?next={}", encode(wanted)) };
        return Redirect::to(&to).into_response();
    }
    if request.method() == Method::POST && takes_html(request.headers()) && !path.starts_with("/api/v1") {
        // A plain form after the session ran out: there is no way back to what was typed but the browser's own.
        return Redirect::to(if on_the_way { SECOND } else { "/sign-in?problem=session_ended" }).into_response();
    }
    Refusal::sign_in_needed().into_response()
}

/// Notes in the audit log which right somebody lacked who was refused for that.
pub(crate) async fn note_refused(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let who = request.extensions().get::<Caller>().map(|caller| (caller.client, caller.wish(Lang::default())));
    let response = next.run(request).await;
    let right = response.extensions().get::<Refusal>().and_then(Refusal::lacks);
    if let (Some((client, wish)), Some(right)) = (who, right)
        && let Err(error) = state.store.note_refusal(client, right, &wish).await
    {
        tracing::warn!(%error, "a missing right could not be noted in the audit log");
    }
    response
}
