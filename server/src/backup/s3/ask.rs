//! Requests to an S3 store, and what its answers mean.

use std::{fmt::Display, time::Duration};

use bytes::Bytes;
use reqwest::{Client, Method, Response, StatusCode, Url};
use tokio::time::{sleep, timeout};

use super::super::BackupError;
use crate::elsewhere;

/// How long a store may take to answer a question, and to say anything more of its answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// The same for a part, which has to get there first, and for putting parts together.
const LONG: Duration = Duration::from_secs(600);
/// Between the attempts.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(1)];
/// More of a message nobody needs, in bytes; a list of a thousand objects is some hundred thousand.
const LARGEST: usize = 4 << 20;

/// What sends the requests: to the store alone, with the system's certificates.
pub(super) fn client() -> Result<Client, BackupError> {
    elsewhere::client().no_proxy().connect_timeout(PATIENCE).build().map_err(away)
}

/// Asks, and asks again where that may help.
pub(super) async fn patiently(client: &Client, method: Method, sign: impl Fn() -> Url, body: Bytes) -> Result<Response, BackupError> {
    for pause in PAUSES {
        match once(client, method.clone(), sign(), body.clone()).await {
            Err(BackupError::Away(why)) => {
                tracing::info!(why, "the S3 store is asked again");
                sleep(pause).await;
            }
            answer => return answer,
        }
    }
    once(client, method, sign(), body).await
}

/// Asks once.
pub(super) async fn once(client: &Client, method: Method, url: Url, body: Bytes) -> Result<Response, BackupError> {
    let most = if method == Method::GET || method == Method::DELETE { PATIENCE } else { LONG };
    let request = client.request(method, url).body(body);
    let answer = timeout(most, request.send()).await.map_err(|_| slow())?.map_err(away)?;
    if answer.status().is_success() { Ok(answer) } else { Err(refused(answer).await) }
}

/// What an answer says, as a whole.
pub(super) async fn text(mut answer: Response) -> Result<String, BackupError> {
    let mut bytes = Vec::new();
    while let Some(piece) = timeout(PATIENCE, answer.chunk()).await.map_err(|_| slow())?.map_err(away)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LARGEST {
            return Err(unclear("a message without end"));
        }
    }
    String::from_utf8(bytes).map_err(unclear)
}

/// Of the network or its encryption; without the address, whose signature is good for an hour.
pub(super) fn away(error: reqwest::Error) -> BackupError {
    BackupError::Away(error.without_url().to_string())
}

pub(super) fn slow() -> BackupError {
    BackupError::Away("it says nothing".to_owned())
}

/// An answer that is none of S3.
pub(super) fn unclear(why: impl Display) -> BackupError {
    BackupError::Refused(format!("an answer that is not understood: {why}"))
}

async fn refused(answer: Response) -> BackupError {
    let status = answer.status();
    let said = text(answer).await.unwrap_or_default();
    let code = code(&said);
    let told = format!("{} {code}", status.as_u16());
    match (status, code) {
        (_, "NoSuchBucket") => BackupError::NoBucket,
        (_, "NoSuchKey") | (StatusCode::NOT_FOUND, "") => BackupError::File(std::io::ErrorKind::NotFound.into()),
        (_, "RequestTimeTooSkewed") => BackupError::Clock,
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _) => BackupError::Denied(told),
        (StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS | StatusCode::INSUFFICIENT_STORAGE, _) => BackupError::Away(told),
        (status, _) if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED => BackupError::Away(told),
        _ => BackupError::Refused(told),
    }
}

/// The word for what is wrong, out of the message; nothing else of it is repeated.
fn code(said: &str) -> &str {
    let code = said.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map_or("", |(code, _)| code);
    if code.len() <= 60 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) { code } else { "" }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn of_a_refusal_only_its_word_is_repeated() {
        assert_eq!(code("<Error><Code>AccessDenied</Code><Message>key abc</Message></Error>"), "AccessDenied");
        for said in ["", "<Code>", "<Code>not a word</Code>", "<html>Forbidden</html>"] {
            assert_eq!(code(said), "", "{said}");
        }
    }
}
