//! The description of the interface and a page to try it, all served by ourselves.

use std::sync::{Arc, LazyLock};

use axum::{
    Json, Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use utoipa::{
    Modify,
    openapi::{
        ContentBuilder, OpenApi, Ref, ResponseBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_swagger_ui::{Config, serve};

use crate::{errors::Refusal, state::AppState};

/// Says that calls need a token.
pub(super) struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, description: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("Made on the page of tokens, by `POST /tokens`, or with `lagune token create --user E-MAIL`."))
            .build();
        description.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(scheme));
        description.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("token", [])]);
    }
}

/// What every call may answer, whatever else it says of itself.
pub(super) struct CommonAnswers;

impl Modify for CommonAnswers {
    fn modify(&self, description: &mut OpenApi) {
        for path in description.paths.paths.values_mut() {
            let calls = [&mut path.get, &mut path.post, &mut path.patch, &mut path.delete];
            for (nth, call) in calls.into_iter().enumerate() {
                let Some(call) = call else { continue };
                let mut answers = vec![("401", "Sign-in needed"), ("503", "Too much to do, or the database does not answer")];
                if nth > 0 {
                    answers.push(("403", "Not allowed, or sent with a cookie from another site"));
                }
                if call.request_body.is_some() {
                    answers.extend([("413", "Too large"), ("415", "Wrong content type")]);
                }
                for (status, words) in answers {
                    call.responses.responses.entry(status.to_owned()).or_insert_with(|| problem(words).into());
                }
            }
        }
    }
}

fn problem(words: &str) -> utoipa::openapi::Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(words).content("application/problem+json", content).build()
}

/// Made once: it doesn't change while the process runs.
static DESCRIPTION: LazyLock<OpenApi> = LazyLock::new(super::description);

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/openapi.json", get(async || Json(DESCRIPTION.clone())))
        .route("/api/v1/docs", get(async || Redirect::permanent("/api/v1/docs/")))
        .route("/api/v1/docs/", get(async || file("index.html")))
        .route("/api/v1/docs/{file}", get(async |Path(name): Path<String>| file(&name)))
}

/// A file of the page; the page itself has no inline scripts, so the site's policy holds for it too. The bar at its top is
/// left out: it is about other descriptions than ours.
fn file(name: &str) -> Result<Response, Refusal> {
    let config = Arc::new(Config::from("/api/v1/openapi.json").try_it_out_enabled(true).use_base_layout());
    match serve(name, config) {
        Ok(Some(file)) => {
            let mut response = ([(header::CONTENT_TYPE, file.content_type)], file.bytes.into_owned()).into_response();
            if file.gzpipped {
                response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
            }
            Ok(response)
        }
        Ok(None) => Err(Refusal::not_found()),
        Err(error) => Err(Refusal::logged(error.as_ref())),
    }
}
