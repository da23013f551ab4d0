//! The cookie: a random token, unreadable for scripts, never sent along from other sites' forms.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// With this prefix browsers insist on https, this host and the whole path, so that no sibling host can plant one.
const SECURE: &str = "__Host-lagune";

/// The name on plain http, for a trial on one's own machine.
const PLAIN: &str = "lagune";

fn name(https: bool) -> &'static str {
    if https { SECURE } else { PLAIN }
}

/// Whether any session cookie came along, valid or not.
pub(crate) fn has_cookie(headers: &HeaderMap) -> bool {
    let jar = CookieJar::from_headers(headers);
    jar.get(SECURE).is_some() || jar.get(PLAIN).is_some()
}

/// A cookie that binds what was begun before signing in to the browser that began it: its names on plain http and on https.
pub(super) type Begun = [&'static str; 2];

/// A sign-in at the provider.
pub(super) const OIDC: Begun = ["lagune-oidc", "__Host-lagune-oidc"];

/// A question to a passkey.
pub(super) const PASSKEY: Begun = ["lagune-passkey", "__Host-lagune-passkey"];

/// The secret of this browser, if it has begun such a thing.
pub(super) fn browser(headers: &HeaderMap, begun: Begun, https: bool) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    // As long as ours: nobody's word of their own choice.
    jar.get(begun[usize::from(https)]).map(|cookie| cookie.value().to_owned()).filter(|secret| secret.len() == 43)
}

/// The header that sets it until the browser is closed; how long it counts is the server's matter.
pub(super) fn set_browser(secret: &str, begun: Begun, https: bool) -> Option<HeaderValue> {
    header_of(Cookie::new(begun[usize::from(https)], secret.to_owned()), https)
}

/// The header that removes it.
pub(super) fn clear_browser(begun: Begun, https: bool) -> Option<HeaderValue> {
    let mut cookie = Cookie::new(begun[usize::from(https)], "");
    cookie.make_removal();
    header_of(cookie, https)
}

/// The token in the cookie that counts on this scheme; the plain one never does on https.
pub(super) fn token(headers: &HeaderMap, https: bool) -> Option<String> {
    CookieJar::from_headers(headers).get(name(https)).map(|cookie| cookie.value().to_owned())
}

/// The header that sets the cookie until the browser is closed; when the session ends is the server's matter.
pub(super) fn set(token: &str, https: bool) -> Option<HeaderValue> {
    header_of(Cookie::new(name(https), token.to_owned()), https)
}

/// The header that removes it.
pub(super) fn clear(https: bool) -> Option<HeaderValue> {
    let mut cookie = Cookie::new(name(https), "");
    cookie.make_removal();
    header_of(cookie, https)
}

fn header_of(mut cookie: Cookie<'static>, https: bool) -> Option<HeaderValue> {
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(https);
    HeaderValue::from_str(&cookie.to_string()).ok()
}

/// A redirect after a form, with the cookie.
pub(super) fn redirect(to: &str, cookie: Option<HeaderValue>) -> axum::response::Response {
    use axum::response::{IntoResponse as _, Redirect};
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
