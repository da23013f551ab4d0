//! Tokens, sessions, and who is calling, over the wire.

use domain::{lang::Lang, rights::Right, time::utc};
use serde::Serialize;
use store::{accounts::User, clients::ClientSettings, members::Member, sessions::own::OwnSession, tokens::ApiToken};
use utoipa::ToSchema;

use crate::{clock, session::Caller};

/// Tokens of the interface.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Tokens {
    pub(in crate::rest) items: Vec<TokenShape>,
}

/// A token, without its secret: nobody knows that any more.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct TokenShape {
    #[schema(example = 5)]
    id: i64,
    #[schema(example = "Shop")]
    name: String,
    /// Whose it is.
    #[schema(example = 3)]
    user: i64,
    #[schema(example = "Jana Ohm")]
    user_name: String,
    /// What it allows now: what it was made for, as far as its person may still do it.
    #[schema(example = json!(["profiles.see", "pools.see"]))]
    rights: Vec<&'static str>,
    /// In UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    created_at: String,
    /// To the minute.
    #[schema(example = json!(null))]
    used_at: Option<String>,
    /// `null`: it does not end by itself.
    #[schema(example = "2027-11-22T10:30:00.000Z")]
    expires_at: Option<String>,
    /// Whether it has ended.
    over: bool,
}

impl From<ApiToken> for TokenShape {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id.get(),
            user: token.user.get(),
            rights: token.rights.iter().map(Right::code).collect(),
            created_at: utc(token.created_at),
            used_at: token.last_used_at.map(utc),
            expires_at: token.expires_at.map(utc),
            over: token.expires_at.is_some_and(|at| at <= clock::now()),
            name: token.name,
            user_name: token.user_name,
        }
    }
}

/// What a token is made with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct TokenInput {
    /// What it is for, shown in lists.
    #[schema(example = "Shop")]
    name: String,
    /// Codes of `GET /rights`, none that the caller has not. One that needs another which is missing is left out.
    #[schema(example = json!(["profiles.see", "pools.see"]))]
    rights: Vec<String>,
    /// After how many days it ends, 1 to 3650, and no later than the token that calls; left out or `null`: not by itself.
    #[schema(example = 365)]
    days: Option<u32>,
}

/// A token that was made just now.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct MadeToken {
    pub(in crate::rest) token: TokenShape,
    /// What is to be sent as `Authorization: Bearer …`; told this once.
    #[schema(example = "lagune_fQ3…")]
    pub(in crate::rest) secret: String,
}

/// Who is calling.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct MeShape {
    #[schema(example = 3)]
    id: i64,
    #[schema(example = "Jana Ohm")]
    name: String,
    #[schema(example = "jana@example.com")]
    email: String,
    /// The language of the person's screens: de, en
    #[schema(example = "de")]
    lang: &'static str,
    /// Whose data it is.
    client: ClientName,
    /// The code of the person's role there.
    #[schema(example = "editor")]
    role: String,
    /// Its name, in the language asked for.
    #[schema(example = "Redaktion")]
    role_name: String,
    /// What the caller may do: of a token what it was made for, as far as its person may do it.
    #[schema(example = json!(["profiles.see", "profiles.edit", "pools.see"]))]
    rights: Vec<&'static str>,
    /// To which profiles the role is limited; `null`: all.
    #[schema(example = json!(null))]
    rule: Option<String>,
    /// The token that is calling; `null` for a session.
    #[schema(example = 5)]
    token: Option<i64>,
}

impl MeShape {
    pub(in crate::rest) fn of(caller: &Caller, user: User, member: &Member, client: &ClientSettings, lang: Lang) -> Self {
        Self {
            id: user.id.get(),
            name: user.name,
            email: user.email,
            lang: user.lang.code(),
            client: ClientName { id: caller.client.get(), name: client.name.to_string() },
            role: member.role.to_string(),
            role_name: member.role_label(lang),
            rights: caller.rights.iter().map(Right::code).collect(),
            rule: caller.rule.as_ref().map(ToString::to_string),
            token: caller.session.is_none().then(|| caller.actor.id()).flatten(),
        }
    }
}

/// A client.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ClientName {
    #[schema(example = 1)]
    id: i64,
    #[schema(example = "Nordlicht GmbH")]
    name: String,
}

/// Where somebody is signed in.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Sessions {
    pub(in crate::rest) items: Vec<SessionShape>,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct SessionShape {
    /// Names it; nothing of its secret follows from it.
    #[schema(example = "5f1c0a9e5f1c0a9e")]
    id: String,
    /// In UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    created_at: String,
    /// When it ends unless it is used.
    #[schema(example = "2026-11-22T22:30:00.000Z")]
    expires_at: String,
    /// From which internet address.
    #[schema(example = "203.0.113.7")]
    address: Option<String>,
    /// What the browser said it is.
    #[schema(example = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")]
    agent: Option<String>,
    /// Whether it is the one that is calling.
    this: bool,
}

impl From<OwnSession> for SessionShape {
    fn from(session: OwnSession) -> Self {
        Self {
            id: session.key,
            created_at: utc(session.created_at),
            expires_at: utc(session.expires_at),
            address: session.address,
            agent: session.agent,
            this: session.this,
        }
    }
}

/// What became of sessions.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct SessionsEnded {
    /// How many ended.
    #[schema(example = 2)]
    pub(in crate::rest) ended: u64,
}
