//! The server's half: put there by `server` for each request.

use std::sync::Arc;

use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use domain::audit::Origin;
use domain::condition::Condition;
use domain::history::Actor;
use domain::id::{ClientId, PoolId, UserId};
use domain::lang::Lang;
use domain::pool::Pool;
use domain::rights::{Right, Rights};
use domain::time::{Millis, Zone};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use store::members::Manager;
use store::profiles::Wish;
use store::{Reach, Store};

use super::{LANG_COOKIE, THEME_COOKIE, Theme};
use crate::error::AppError;
use crate::routes;

/// Who is looking.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub user: UserId,
    /// Whose data they see.
    pub client: ClientId,
    /// What they may do there.
    pub rights: Rights,
    /// To which profiles they are limited; none: all.
    pub rule: Option<Arc<Condition>>,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The language they chose.
    pub lang: Lang,
    /// The theme they chose: `system`, `light` or `dark`.
    pub theme: String,
    /// The client's name.
    pub client_name: String,
    /// The zone in which times are shown.
    pub zone: Zone,
    /// The hash of their session's token.
    pub session: [u8; 32],
    /// The colour of the client's mark.
    pub colour: domain::client::Colour,
    /// How many clients they may sign in for.
    pub n_clients: u64,
    /// From where they look, for the audit log.
    pub origin: Origin,
}

impl Viewer {
    /// Whose profiles they see and change.
    pub fn reach(&self) -> Reach {
        Reach::of(self.client, self.rule.clone())
    }

    /// One of their pools, with the fields that they may know of.
    ///
    /// # Errors
    /// `NotFound`.
    pub(crate) async fn pool(&self, id: PoolId) -> Result<Pool, AppError> {
        Ok(store().pool(self.client, id).await?.seen_by(self.rights))
    }

    /// As somebody who manages users, or tokens of their own.
    pub(crate) fn manager(&self) -> Manager {
        Manager { user: self.user, rights: self.rights }
    }

    /// Something that they want done now, told of in their language.
    pub(crate) fn wish(&self) -> Wish {
        Wish { actor: Actor::User(self.user), origin: self.origin, user: Some(self.user), lang: self.lang, now: now() }
    }
}

/// The address that people use, without a slash at its end: it stands in what they copy.
#[derive(Clone, Debug)]
pub struct PublicUrl(pub String);

/// What people call the provider at which they may sign in; given where there is one.
#[derive(Clone, Debug)]
pub struct ProviderName(pub String);

/// What people call the provider at which they may sign in, if there is one.
pub fn provider() -> Option<String> {
    use_context::<ProviderName>().map(|provider| provider.0)
}

/// Whether the address that people use is a place for passkeys.
#[derive(Clone, Copy, Debug)]
pub struct PasskeysHere(pub bool);

/// The same of the page at hand.
pub fn passkeys_here() -> bool {
    use_context::<PasskeysHere>().is_some_and(|here| here.0)
}

/// The store.
pub fn store() -> Store {
    use_context().expect("server puts the store into the context of every request")
}

/// Something that `server` puts into the context.
///
/// # Errors
/// `Unavailable` when it didn't.
pub fn given<T: Clone + 'static>() -> Result<T, AppError> {
    use_context().ok_or(AppError::Unavailable)
}

/// Who is looking.
///
/// # Errors
/// `SignedOut`.
pub async fn viewer() -> Result<Viewer, AppError> {
    use_context::<Option<Viewer>>().flatten().ok_or(AppError::SignedOut).inspect_err(answer_with)
}

/// Who is looking, if their role allows this.
///
/// # Errors
/// `SignedOut`, `Forbidden`.
pub async fn may(right: Right) -> Result<Viewer, AppError> {
    let viewer = viewer().await?;
    if viewer.rights.has(right) {
        return Ok(viewer);
    }
    if let Err(error) = store().note_refusal(viewer.client, right, &viewer.wish()).await {
        tracing::warn!(%error, "a missing right could not be noted in the audit log");
    }
    Err(AppError::Forbidden).inspect_err(answer_with)
}

/// The time by this machine's clock.
pub fn now() -> Millis {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Millis::new(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Language and theme of the page: the viewer's, else the address' (before sign-in), else the browser's.
pub fn look() -> (Lang, Theme) {
    let viewer = use_context::<Option<Viewer>>().flatten();
    let parts = use_context::<Parts>();
    let asked = |name: &str| parts.as_ref().and_then(|parts| query(parts, name));
    let cookie = |name: &str| parts.as_ref().and_then(|parts| cookie(parts, name));
    let lang = match &viewer {
        Some(viewer) => viewer.lang,
        None => asked("lang")
            .or_else(|| cookie(LANG_COOKIE))
            .and_then(|lang| lang.parse().ok())
            .or_else(|| parts.as_ref().and_then(preferred))
            .unwrap_or_default(),
    };
    let theme = match &viewer {
        Some(viewer) => Some(viewer.theme.clone()),
        None => asked("theme").or_else(|| cookie(THEME_COOKIE)),
    };
    (lang, theme.and_then(|theme| theme.parse().ok()).unwrap_or_default())
}

/// Keeps what the address asks for (`?lang=en`, `?theme=dark`) for this browser.
pub fn keep_look() {
    let Some(parts) = use_context::<Parts>() else { return };
    let (lang, theme) = look();
    if query(&parts, "lang").is_some() {
        keep(LANG_COOKIE, lang.code());
    }
    if query(&parts, "theme").is_some() {
        keep(THEME_COOKIE, theme.code());
    }
}

/// Sets a cookie that holds nothing secret for a year.
pub fn keep(name: &str, value: &str) {
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(SET_COOKIE, cookie);
    }
}

fn query(parts: &Parts, name: &str) -> Option<String> {
    let pairs = parts.uri.query()?.split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

pub(super) fn cookie(parts: &Parts, name: &str) -> Option<String> {
    let headers = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let mut pairs = headers.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// The first language of ours that the browser asks for; browsers list them by preference.
fn preferred(parts: &Parts) -> Option<Lang> {
    let wishes = parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    wishes.split(',').find_map(|wish| wish.split(';').next()?.trim().parse().ok()).or(Some(Lang::En))
}

/// The number under which this request is in the log.
pub fn request_id() -> String {
    let parts = use_context::<Parts>();
    let id = parts.as_ref().and_then(|parts| parts.headers.get("x-request-id")).and_then(|id| id.to_str().ok());
    id.unwrap_or("-").to_owned()
}

/// The status of the page's answer.
pub fn set_status(status: u16) {
    let is_page = use_context::<Parts>().is_some_and(|parts| !parts.uri.path().starts_with("/api/"));
    if let (true, Some(response), Ok(status)) = (is_page, use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}

/// The status that tells of an error, where a page shows it.
pub fn answer_with(error: &AppError) {
    if let Some(status) = status_of(error).filter(|status| !matches!(status, 409 | 422)) {
        set_status(status);
    }
}

/// The status of a server function's answer that is an error. A plain form goes back to its page instead.
pub fn call_fails_with(error: &AppError) {
    let status = status_of(error).and_then(|status| StatusCode::from_u16(status).ok());
    if let (false, Some(response), Some(status)) = (crate::api::profiles::plain::is_plain(), use_context::<ResponseOptions>(), status) {
        response.set_status(status);
    }
}

fn status_of(error: &AppError) -> Option<u16> {
    Some(match error {
        AppError::NotFound => 404,
        AppError::Forbidden => 403,
        AppError::SignedOut => 401,
        AppError::Conflict(_) => 409,
        AppError::Invalid(_) | AppError::Refused { .. } => 422,
        AppError::Unavailable => 503,
        AppError::Internal(_) => 500,
        AppError::Transport => return None,
    })
}

/// After a form: on to a page of ours, if that is what the path names.
pub fn go(path: &str) {
    if routes::is_local(path) {
        leptos_axum::redirect(path);
    }
}
