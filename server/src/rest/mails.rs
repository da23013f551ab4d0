//! Mails to the people of a client: what became of them, and sending one again.

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{id::MailId, rights::Right};

use super::{
    scope,
    shapes::{MailShape, Mails, Problem},
};
use crate::{
    clock,
    errors::{Language, Refusal},
    session::Caller,
    state::AppState,
};

/// How many mails the list shows.
const NEWEST: u32 = 200;

/// The newest 200 mails to the people of the client
#[utoipa::path(get, operation_id = "list_mails", path = "/mails", tag = "people",
    responses((status = 200, body = Mails), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Extension(Language(lang)): Extension<Language>,
) -> Result<Json<Mails>, Refusal> {
    caller.may(Right::Users)?;
    let sends = state.store.mailing();
    let mails = state.store.mails(caller.client, NEWEST).await?;
    Ok(Json(Mails { sends, items: mails.into_iter().map(|mail| MailShape::of(mail, sends, lang)).collect() }))
}

/// Send a mail again that was not sent yet
///
/// Now, and from the beginning. 404 where it was sent already, or no mail is sent at all.
#[utoipa::path(post, operation_id = "send_mail_again", path = "/mails/{mail}/send-again", tag = "people", params(("mail" = i64, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn again(State(state): State<AppState>, caller: Caller, Path(mail): Path<String>) -> Result<StatusCode, Refusal> {
    caller.may(Right::Users)?;
    let mail: MailId = scope::id(&mail)?;
    state.store.send_again(caller.client, mail, clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
