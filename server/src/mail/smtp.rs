//! How the mail server is reached, and what its refusals mean.

use std::{net::IpAddr, time::Duration};

use domain::mail::MailProblem;
use lettre::{
    AsyncSmtpTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{AsyncSmtpTransportBuilder, Error},
};

/// How long connecting may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The transport for an address: `smtps://…` encrypts from the first byte, `smtp://…` by STARTTLS before anything else is said.
/// In the clear only this machine is spoken to.
pub(crate) fn builder(url: &str) -> Option<AsyncSmtpTransportBuilder> {
    let url = url.strip_suffix('/').unwrap_or(url);
    let (scheme, rest) = url.split_once("://")?;
    // Then what stands behind the last @ is the host, for everybody who reads it.
    if rest.contains(['/', '?', '#', '\\']) || rest.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let host = host(rest);
    if host.is_empty() {
        return None;
    }
    let url = match scheme {
        "smtps" => url.to_owned(),
        "smtp" if is_here(host) => url.to_owned(),
        "smtp" => format!("{url}?tls=required"),
        _ => return None,
    };
    Some(AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).ok()?.timeout(Some(PATIENCE)))
}

fn host(rest: &str) -> &str {
    let address = rest.rsplit_once('@').map_or(rest, |(_, address)| address);
    match address.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => address.split(':').next().unwrap_or_default(),
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Who mails come from.
pub(crate) fn sender(text: &str) -> Option<Mailbox> {
    if text.chars().any(char::is_control) { None } else { text.parse().ok() }
}

/// What an error means for the mail to this address.
pub(super) fn problem(error: &Error, to: &str) -> MailProblem {
    match error.status() {
        Some(code) => MailProblem::of_reply(code.into()),
        None if error.is_tls() => MailProblem::NotSecure,
        // The library's own refusals: letters that the server doesn't take; no STARTTLS, no way to sign in.
        None if error.is_client() && !to.is_ascii() => MailProblem::BadAddress,
        None if error.is_client() => MailProblem::NotSecure,
        None => MailProblem::NoConnection,
    }
}
