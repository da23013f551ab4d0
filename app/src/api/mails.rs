//! Mails to the people of a client: what became of them, and sending one again.

use domain::id::{MailId, UserId};
use domain::mail::MailKind;
#[cfg(feature = "ssr")]
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[cfg(feature = "ssr")]
mod lines;

/// The newest mails of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailList {
    /// Whether this installation sends mail.
    pub sends: bool,
    /// The newest first.
    pub lines: Vec<MailLine>,
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLine {
    /// Its id.
    pub id: MailId,
    /// The address it goes to.
    pub to: String,
    /// What it is about.
    pub kind: MailKind,
    /// When it was asked for, in the viewer's language.
    pub created: String,
    /// What became of it.
    pub state: MailState,
    /// Why the last attempt failed, in the viewer's language.
    pub reason: Option<String>,
    /// Whether it can be sent again.
    pub again: bool,
    /// For whom a link can be made instead, where no mail is sent.
    pub link: Option<UserId>,
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailState {
    /// The server took it at this time.
    Sent(String),
    /// It goes in a moment.
    Waits,
    /// It is tried again at this time.
    Later(String),
    /// Nothing more is tried.
    Failed,
}

/// What became of the mails to the people of the client.
#[server(prefix = "/api", endpoint = "mails/list", output = Postcard)]
pub async fn mails() -> Result<MailList, AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::mails(&viewer).await
}

/// Send a mail again that was not sent yet.
#[server(prefix = "/api", endpoint = "mails/again", output = Postcard)]
pub async fn send_again(mail: MailId) -> Result<(), AppError> {
    let viewer = crate::context::may(Right::Users).await?;
    lines::again(&viewer, mail).await
}
