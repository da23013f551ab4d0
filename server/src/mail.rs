//! Mails that Lagune writes by itself go out: one after another, each until the server takes it or it is given up.

pub(crate) mod smtp;

use std::time::Duration;

use domain::{
    mail::{Facts, Letter, MailProblem, letter},
    time::Millis,
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use store::{Store, StoreError, mails::Mail};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::now,
    config::{Secret, Settings},
    random,
    session::link::{LINK_HOURS, address},
};

/// How often to look for mails that are due.
const LOOK: Duration = Duration::from_secs(2);
/// An attempt takes no longer: the library itself waits for ever for a server that connects and then is silent.
const AT_MOST: Duration = Duration::from_secs(60);
/// After so many milliseconds a mail whose worker died is tried again; longer than an attempt can take.
const LEASE: i64 = 5 * 60_000;
/// Minutes between attempts; after the last one a mail is given up. Two days together, as long as a link works.
const PAUSES: [i64; 11] = [1, 2, 5, 10, 30, 60, 120, 240, 480, 960, 960];

/// What it takes to send.
pub(crate) struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// How browsers reach the server, for links.
    base: String,
    /// An attempt is broken off after this time.
    at_most: Duration,
}

impl Post {
    /// As the settings have it; none where no mail is sent.
    pub(crate) fn of(settings: &Settings, base: &str) -> Option<Self> {
        let transport = smtp::builder(settings.smtp_url.as_ref().map(Secret::reveal)?)?.build();
        let from = smtp::sender(settings.mail_from.as_deref()?)?;
        if settings.public_url.is_none() {
            tracing::warn!("links in mails lead to {base}; the setting public_url tells how people reach this server");
        }
        Some(Self { transport, from, base: base.to_owned(), at_most: AT_MOST })
    }

    async fn deliver(&self, store: &Store, mail: &Mail) -> Result<(), StoreError> {
        let token = random::token(32);
        if mail.kind.has_link() {
            let until = now().plus(LINK_HOURS * 3_600_000);
            if !store.link_of_mail(mail.id, &random::hash(&token), until).await? {
                return Ok(());
            }
        }
        let link = match &mail.alarm {
            Some(alarm) => format!("{}{}", self.base, alarm.path),
            None => address(&self.base, &token),
        };
        let (by, client) = (mail.by.as_deref(), mail.client.as_deref());
        let facts = Facts { name: &mail.to.name, by, client, link: &link, hours: LINK_HOURS, alarm: mail.alarm.as_ref() };
        let kind = mail.kind.code();
        match self.send(&mail.recipient, &letter(mail.kind, mail.to.lang, &facts)).await {
            Ok(()) => {
                tracing::info!(mail = %mail.id, kind, "mail {} is sent", mail.id);
                store.mail_sent(mail.id, now()).await
            }
            Err(problem) => {
                let next = next_attempt(problem, mail.attempts, now());
                let given_up = next.is_none();
                tracing::warn!(mail = %mail.id, kind, problem = problem.code(), given_up, "mail {} could not be sent", mail.id);
                store.mail_failed(mail.id, problem, next).await
            }
        }
    }

    async fn send(&self, to: &str, letter: &Letter) -> Result<(), MailProblem> {
        let message = message(&self.from, to, letter).ok_or(MailProblem::BadAddress)?;
        match timeout(self.at_most, self.transport.send(message)).await {
            Ok(answer) => answer.map(|_| ()).map_err(|error| smtp::problem(&error, to)),
            Err(_) => Err(MailProblem::NoConnection),
        }
    }
}

/// When a mail that failed for the n-th time is tried again; none: never.
fn next_attempt(problem: MailProblem, attempts: i64, now: Millis) -> Option<Millis> {
    let nth = usize::try_from(attempts - 1).unwrap_or(0);
    problem.passes().then(|| PAUSES.get(nth)).flatten().map(|minutes| now.plus(minutes * 60_000))
}

/// A mail in the form of RFC 5322. Nothing that anybody typed stands in its head but the address itself, which was parsed.
fn message(from: &Mailbox, to: &str, letter: &Letter) -> Option<Message> {
    // No answers of machines to a machine (RFC 3834).
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.parse().ok()?))
        .subject(letter.subject)
        .message_id(None)
        .raw_header(automatic)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .ok()
}

/// Sends what is due until `stop` is cancelled; what is on its way then is brought to its end.
pub(crate) async fn run(store: Store, post: Post, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match store.claim_mail(LEASE, now()).await {
            Ok(Some(mail)) => {
                if let Err(error) = post.deliver(&store, &mail).await {
                    tracing::error!(mail = %mail.id, %error, "what became of mail {} could not be noted", mail.id);
                }
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "mails that are due could not be looked up"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(LOOK) => {}
        }
    }
}

#[cfg(test)]
mod tests;
