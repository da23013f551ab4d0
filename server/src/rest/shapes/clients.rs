//! Clients (Mandanten), what one has set for itself, and mails to its people, over the wire.

use domain::{id::ClientId, lang::Lang, time::utc};
use serde::Serialize;
use store::{
    clients::{ClientLine, ClientSettings},
    mails::{Delivery, MailLine},
};
use utoipa::ToSchema;

use crate::clock;

/// All clients of the installation.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Clients {
    pub(in crate::rest) items: Vec<ClientShape>,
}

/// A client in the operator's list.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ClientShape {
    #[schema(example = 2)]
    id: i64,
    #[schema(example = "Südwind AG")]
    name: String,
    /// How many people work for it.
    #[schema(example = 12)]
    members: u64,
    /// How many pools it has.
    #[schema(example = 3)]
    pools: u64,
    /// In UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    created_at: String,
    /// Whether the caller's person works for it.
    mine: bool,
}

impl ClientShape {
    pub(in crate::rest) fn of(client: ClientLine, mine: bool) -> Self {
        let ClientLine { id, name, members, pools, created_at } = client;
        Self { id: id.get(), name, members, pools, created_at: utc(created_at), mine }
    }
}

/// What a client is made with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct NewClientInput {
    /// Once per installation.
    #[schema(example = "Südwind AG")]
    name: String,
    /// IANA name of its time zone; left out: that of the caller's client.
    #[schema(example = "Europe/Vienna")]
    zone: Option<String>,
}

/// What a client has set for itself.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct SettingsShape {
    #[schema(example = 1)]
    id: i64,
    #[schema(example = "Nordlicht GmbH")]
    name: String,
    /// IANA name of the time zone in which its times are shown and typed.
    #[schema(example = "Europe/Berlin")]
    zone: String,
    /// The language of new people's screens: de, en
    #[schema(example = "de")]
    lang: &'static str,
    /// Of its mark: lagoon, blue, violet, red, amber, green, slate
    #[schema(example = "lagoon")]
    colour: &'static str,
    /// From which it sends mail.
    #[schema(example = "news.example.com")]
    sending_domain: Option<String>,
    /// The fewest characters of a password.
    #[schema(example = 12)]
    password_length: u32,
    /// Minutes without a request after which a session ends; `null`: as the installation has it.
    #[schema(example = json!(null))]
    idle_minutes: Option<u32>,
    /// Hours after which a session ends in any case; `null`: as the installation has it.
    #[schema(example = 12)]
    session_hours: Option<u32>,
    /// Whether everybody needs a second factor to sign in.
    second_factor: bool,
}

impl SettingsShape {
    pub(in crate::rest) fn of(client: ClientId, settings: ClientSettings) -> Self {
        Self {
            id: client.get(),
            name: settings.name.to_string(),
            zone: settings.zone.name().to_owned(),
            lang: settings.lang.code(),
            colour: settings.colour.code(),
            sending_domain: settings.sending_domain,
            password_length: settings.password_length,
            idle_minutes: settings.policy.idle_minutes,
            session_hours: settings.policy.session_hours,
            second_factor: settings.second_factor,
        }
    }
}

/// What of a client's settings changes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct SettingsPatch {
    #[schema(example = "Nordlicht GmbH")]
    name: Option<String>,
    /// IANA name.
    #[schema(example = "Europe/Berlin")]
    zone: Option<String>,
    /// de, en
    #[schema(example = "de")]
    lang: Option<String>,
    /// lagoon, blue, violet, red, amber, green, slate
    #[schema(example = "blue")]
    colour: Option<String>,
    /// `null`: none.
    #[schema(example = "news.example.com")]
    sending_domain: Option<String>,
    /// 8 to 64; `null`: 12.
    #[schema(example = 12)]
    password_length: Option<u32>,
    /// 5 to 10080; `null`: as the installation has it.
    #[schema(example = 30)]
    idle_minutes: Option<u32>,
    /// 1 to 8760; `null`: as the installation has it.
    #[schema(example = 12)]
    session_hours: Option<u32>,
    #[schema(example = true)]
    second_factor: Option<bool>,
}

/// The newest mails to the people of a client.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Mails {
    /// Whether this installation sends mail.
    pub(in crate::rest) sends: bool,
    /// The newest first.
    pub(in crate::rest) items: Vec<MailShape>,
}

/// A mail.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct MailShape {
    #[schema(example = 17)]
    id: i64,
    /// To whom.
    #[schema(example = 3)]
    user: i64,
    /// By which address.
    #[schema(example = "jana@example.com")]
    to: String,
    /// invitation, link, reset, password_changed
    #[schema(example = "invitation")]
    kind: &'static str,
    /// sent, waiting, postponed, failed
    #[schema(example = "postponed")]
    state: &'static str,
    /// When it was asked for, in UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    created_at: String,
    /// When the mail server took it.
    #[schema(example = json!(null))]
    sent_at: Option<String>,
    /// When it is tried again.
    #[schema(example = "2026-11-22T10:45:00.000Z")]
    next_at: Option<String>,
    /// Why the last attempt failed, in the language asked for.
    #[schema(example = "Der Mailserver ist nicht erreichbar.")]
    reason: Option<String>,
    /// Whether `POST /mails/{mail}/send-again` makes sense.
    repeatable: bool,
}

impl MailShape {
    pub(in crate::rest) fn of(mail: MailLine, sends: bool, lang: Lang) -> Self {
        let delivery = mail.delivery(clock::now());
        let (state, next_at) = match delivery {
            Delivery::Sent(_) => ("sent", None),
            Delivery::Waits => ("waiting", None),
            Delivery::Later(at) => ("postponed", Some(at)),
            Delivery::Failed => ("failed", None),
        };
        Self {
            id: mail.id.get(),
            user: mail.user.get(),
            to: mail.recipient,
            kind: mail.kind.code(),
            state,
            created_at: utc(mail.created_at),
            sent_at: mail.sent_at.map(utc),
            next_at: next_at.map(utc),
            reason: mail.problem.map(|problem| problem.message(lang).into_owned()),
            repeatable: sends && delivery.may_be_repeated(),
        }
    }
}
