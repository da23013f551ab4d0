//! Mails that Lagune writes by itself: what they are about, what they say, and why one could not be sent.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::job::JobError;
use crate::lang::{Lang, Text, fill};
use crate::text::{Email, cleaned};

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// Somebody is to work for a client.
    Invitation,
    /// An administrator made a sign-in link.
    Link,
    /// Somebody forgot their password.
    Reset,
    /// A password was changed: whoever did not do it should hear of it.
    PasswordChanged,
    /// A regular import needs somebody.
    ImportAlarm,
}

impl MailKind {
    /// Every kind.
    pub const ALL: [MailKind; 5] =
        [MailKind::Invitation, MailKind::Link, MailKind::Reset, MailKind::PasswordChanged, MailKind::ImportAlarm];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            MailKind::Invitation => "invitation",
            MailKind::Link => "link",
            MailKind::Reset => "reset",
            MailKind::PasswordChanged => "password_changed",
            MailKind::ImportAlarm => "import_alarm",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it carries a link that signs its person in.
    pub const fn has_link(self) -> bool {
        !matches!(self, MailKind::PasswordChanged | MailKind::ImportAlarm)
    }

    /// The name on the screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            MailKind::Invitation => Text::new("Einladung", "Invitation"),
            MailKind::Link => Text::new("Anmelde-Link", "Sign-in link"),
            MailKind::Reset => Text::new("Passwort vergessen", "Forgotten password"),
            MailKind::PasswordChanged => Text::new("Passwort geändert", "Password changed"),
            MailKind::ImportAlarm => Text::new("Alarm eines Imports", "Alarm of an import"),
        }
        .get(lang)
    }
}

/// What a mail tells, besides its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The name of whom it goes to; may be empty.
    pub name: &'a str,
    /// Who caused it, by name; none: the person themselves, or somebody who is not told.
    pub by: Option<&'a str>,
    /// The client that it is about.
    pub client: Option<&'a str>,
    /// The link; needed by the kinds that have one.
    pub link: &'a str,
    /// For how many hours the link works.
    pub hours: i64,
    /// What an alarm is about; needed by the kind that is one.
    pub alarm: Option<&'a Alarm>,
}

/// What somebody should hear of a regular import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// What people call it.
    pub schedule: String,
    /// What happened, in a sentence.
    pub what: JobError,
    /// Where more is to be seen: an address within this server, which begins with a slash.
    pub path: String,
}

/// A mail as it is sent, in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One fixed line: nothing that anybody typed stands in it.
    pub subject: &'static str,
    /// Lines end with `\n`.
    pub body: String,
}

/// Writes a mail. Names are put into one line each, whatever they hold.
pub fn letter(kind: MailKind, lang: Lang, facts: &Facts<'_>) -> Letter {
    let (subject, begin, end) = match kind {
        MailKind::Invitation if facts.by.is_some() => (words::INVITATION, words::INVITED_BY, words::INVITED_END),
        MailKind::Invitation => (words::INVITATION, words::INVITED, words::INVITED_END),
        MailKind::Link => (words::LINK, words::LINK_MADE, words::LINK_END),
        MailKind::Reset => (words::RESET, words::RESET_ASKED, words::RESET_END),
        MailKind::PasswordChanged => (words::CHANGED, words::CHANGED_BODY, Text::new("", "")),
        MailKind::ImportAlarm => (words::ALARM, words::ALARM_BODY, words::ALARM_END),
    };
    let greeting = if facts.name.is_empty() { words::HELLO } else { words::HELLO_NAME };
    let paragraphs = [greeting, begin, if kind.has_link() { Text::new("{link}", "{link}") } else { Text::new("", "") }, end];
    let text = paragraphs.map(|part| part.get(lang)).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    let line = |text: Option<&'_ str>| cleaned(text.unwrap_or("Lagune")).into_owned();
    let (name, by, client) = (cleaned(facts.name), line(facts.by), line(facts.client));
    let hours = facts.hours.to_string();
    let schedule = line(facts.alarm.map(|alarm| alarm.schedule.as_str()));
    let what = line(facts.alarm.map(|alarm| alarm.what.get(lang)));
    let pairs = [
        ("name", &*name),
        ("by", by.as_str()),
        ("client", client.as_str()),
        ("link", facts.link),
        ("hours", hours.as_str()),
        ("schedule", schedule.as_str()),
        ("what", what.as_str()),
    ];
    Letter { subject: subject.get(lang), body: fill(&text, &pairs) + "\n" }
}

/// Whether anything can be sent to the address: domains that end in `invalid` stand for "none" (RFC 2606, 2).
pub fn is_addressable(email: &str) -> bool {
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
    domain.rsplit('.').next() != Some("invalid") && Email::parse(email).is_ok()
}

/// Why a mail could not be sent. Numbers are the reply codes of SMTP (RFC 5321, 4.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailProblem {
    /// The server does not take it, now or later.
    Refused(u16),
    /// The server does not take it just now.
    Busy(u16),
    /// The server does not let Lagune in.
    NotLetIn(u16),
    /// There was no answer.
    NoConnection,
    /// The connection would not have been safe, so that nothing was sent.
    NotSecure,
    /// The address can't be written to through this server.
    BadAddress,
}

impl MailProblem {
    /// The problem behind a reply of the server that is none of success.
    pub const fn of_reply(code: u16) -> Self {
        match code {
            // Authentication (RFC 4954, 6): a matter of the settings, not of this mail.
            530 | 534 | 535 | 538 => MailProblem::NotLetIn(code),
            500.. => MailProblem::Refused(code),
            _ => MailProblem::Busy(code),
        }
    }

    /// Whether trying again may help.
    pub const fn passes(self) -> bool {
        !matches!(self, MailProblem::Refused(_) | MailProblem::BadAddress)
    }

    /// As it stands in the database: `refused:550`.
    pub fn code(self) -> String {
        match self {
            MailProblem::Refused(reply) => format!("refused:{reply}"),
            MailProblem::Busy(reply) => format!("busy:{reply}"),
            MailProblem::NotLetIn(reply) => format!("not_let_in:{reply}"),
            MailProblem::NoConnection => "no_connection".to_owned(),
            MailProblem::NotSecure => "not_secure".to_owned(),
            MailProblem::BadAddress => "bad_address".to_owned(),
        }
    }

    /// The problem with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        let (word, reply) = code.split_once(':').map_or((code, None), |(word, reply)| (word, reply.parse().ok()));
        Some(match (word, reply) {
            ("refused", Some(reply)) => MailProblem::Refused(reply),
            ("busy", Some(reply)) => MailProblem::Busy(reply),
            ("not_let_in", Some(reply)) => MailProblem::NotLetIn(reply),
            ("no_connection", None) => MailProblem::NoConnection,
            ("not_secure", None) => MailProblem::NotSecure,
            ("bad_address", None) => MailProblem::BadAddress,
            _ => return None,
        })
    }

    /// A sentence that says what to do.
    pub fn message(self, lang: Lang) -> Cow<'static, str> {
        let (text, reply) = match self {
            MailProblem::Refused(reply) => (words::REFUSED, Some(reply)),
            MailProblem::Busy(reply) => (words::BUSY, Some(reply)),
            MailProblem::NotLetIn(reply) => (words::NOT_LET_IN, Some(reply)),
            MailProblem::NoConnection => (words::NO_CONNECTION, None),
            MailProblem::NotSecure => (words::NOT_SECURE, None),
            MailProblem::BadAddress => (words::BAD_ADDRESS, None),
        };
        match reply {
            Some(reply) => Cow::Owned(fill(text.get(lang), &[("code", &reply.to_string())])),
            None => Cow::Borrowed(text.get(lang)),
        }
    }
}

mod words;

#[cfg(test)]
mod tests;
