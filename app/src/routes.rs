//! Every address of the interface, written in one place.

use domain::id::{BackupId, FieldId, ImportId, JobId, OptionId, PasskeyId, PoolId, ProfileId, RestoreId};
use domain::import::Fate;

/// Where signing in happens.
pub const SIGN_IN: &str = "/sign-in";
/// Where signing in at the provider begins.
pub const SIGN_IN_OIDC: &str = "/sign-in/oidc";
/// Where the answer of a passkey goes.
pub const SIGN_IN_PASSKEY: &str = "/sign-in/passkey";
/// Where the browser asks what to ask a passkey for.
pub const BEGIN_PASSKEY: &str = "/sign-in/passkey/begin";
/// Where the second factor is asked for, or set up by whoever needs one.
pub const SECOND: &str = "/sign-in/second";
/// Where a one-time link leads.
pub const LINK: &str = "/sign-in/link";
/// Where somebody asks for a new password.
pub const FORGOTTEN: &str = "/sign-in/forgotten";
/// The plain form that ends the session.
pub const SIGN_OUT: &str = "/sign-out";
/// The start page: the first pool, or the ways to make one.
pub const START: &str = "/";
/// All pools.
pub const POOLS: &str = "/pools";
/// All calls of REST, to read about and to try.
pub const REST_DOCS: &str = "/api/v1/docs/";
/// Work in the background.
pub const JOBS: &str = "/jobs";
/// Who did what, for administrators.
pub const AUDIT: &str = "/audit";
/// Language, theme, password.
pub const SETTINGS: &str = "/settings";
/// The second factor of the viewer.
pub const SECOND_FACTOR: &str = "/settings/second-factor";
/// The passkeys of the viewer.
pub const PASSKEYS: &str = "/settings/passkeys";

/// The people of the client.
pub const TEAM: &str = "/team";
/// Its roles.
pub const ROLES: &str = "/team/roles";
/// Access tokens.
pub const TOKENS: &str = "/team/tokens";
/// The mails that were or are to be sent to them.
pub const MAILS: &str = "/team/mails";
/// What the client has set for itself.
pub const CLIENT: &str = "/team/client";
/// All clients of the installation.
pub const CLIENTS: &str = "/clients";

/// The second step of signing in, on the way to a page.
pub fn second(next: &str) -> String {
    if next.is_empty() { SECOND.to_owned() } else { format!("{SECOND}?next={}", escape(next)) }
}

/// One of the viewer's passkeys, to be removed.
pub fn remove_passkey(passkey: PasskeyId) -> String {
    format!("{PASSKEYS}?remove={passkey}")
}

/// A role, or `new`.
pub fn role(code: &str) -> String {
    format!("/team/roles/{code}")
}

/// The profiles of a pool.
pub fn pool(pool: PoolId) -> String {
    format!("/pools/{pool}")
}

/// A profile on a page of its own.
pub fn profile(pool: PoolId, profile: ProfileId) -> String {
    format!("/pools/{pool}/profiles/{profile}")
}

/// The deleted profiles of a pool.
pub fn bin(pool: PoolId) -> String {
    format!("/pools/{pool}/bin")
}

/// How a pool is made up.
pub fn configuration(pool: PoolId) -> String {
    format!("/pools/{pool}/configuration")
}

/// A field of a pool, opened in the configuration.
pub fn configured_field(pool: PoolId, field: FieldId) -> String {
    format!("/pools/{pool}/configuration?field={field}")
}

/// An option of a field that is open: what uses it.
pub fn configured_option(pool: PoolId, field: FieldId, option: OptionId) -> String {
    format!("{}&option={option}", configured_field(pool, field))
}

/// What programs need to know of a pool.
pub fn integration(pool: PoolId) -> String {
    format!("/pools/{pool}/integration")
}

/// Calls to copy, in a language.
pub fn integration_calls(pool: PoolId, code: Option<&str>) -> String {
    let code = code.map(|code| format!("&code={code}")).unwrap_or_default();
    format!("/pools/{pool}/integration?show=calls{code}")
}

/// The same as a file with this ending.
pub fn integration_file(pool: PoolId, ending: &str) -> String {
    format!("/pools/{pool}/integration.{ending}")
}

/// How a pool is made up, as a file.
pub fn layout_file(pool: PoolId) -> String {
    format!("/pools/{pool}/configuration/file")
}

/// The file itself; the codes are those of `domain::config::file::Format`.
pub fn layout_download(pool: PoolId, format: &str) -> String {
    format!("/api/v1/pools/{pool}/layout?format={format}")
}

/// The regular imports of a pool.
pub fn schedules(pool: PoolId) -> String {
    format!("/pools/{pool}/schedules")
}

/// The backups of a pool.
pub fn backups(pool: PoolId) -> String {
    format!("/pools/{pool}/backups")
}

/// One backup.
pub fn backup(pool: PoolId, backup: BackupId) -> String {
    format!("/pools/{pool}/backups/{backup}")
}

/// The file of a backup.
pub fn backup_file(pool: PoolId, backup: BackupId) -> String {
    format!("/pools/{pool}/backups/{backup}/file")
}

/// Where a file of profiles is wished; `query` says which profiles and how.
pub fn export(pool: PoolId, query: &str) -> String {
    format!("/pools/{pool}/export{}{query}", if query.is_empty() { "" } else { "?" })
}

/// The file itself, made while it is sent.
pub fn export_file(pool: PoolId) -> String {
    format!("/pools/{pool}/export/file")
}

/// The plain form that keeps fields and form under a name.
pub fn export_layouts(pool: PoolId) -> String {
    format!("/pools/{pool}/export-layouts")
}

/// The plain form that deletes such a layout.
pub fn delete_export_layout(pool: PoolId) -> String {
    format!("/pools/{pool}/export-layouts/delete")
}

/// The plain form that has a file made in the background.
pub fn exports(pool: PoolId) -> String {
    format!("/pools/{pool}/exports")
}

/// The file that a job has made.
pub fn exported(job: JobId) -> String {
    format!("/exports/{job}")
}

/// Where a backup is compared with its pool and brought back.
pub fn restore(pool: PoolId, backup: BackupId) -> String {
    format!("/pools/{pool}/backups/{backup}/restore")
}

/// One comparison, with the profiles of a group shown.
pub fn one_restore(pool: PoolId, backup: BackupId, restore: RestoreId, shown: Option<&str>) -> String {
    let shown = shown.map(|group| format!("&show={group}")).unwrap_or_default();
    format!("{}?restore={restore}{shown}", self::restore(pool, backup))
}

/// Where a file is chosen.
pub fn import(pool: PoolId) -> String {
    format!("/pools/{pool}/import")
}

/// An import on its way from file to result.
pub fn one_import(pool: PoolId, import: ImportId) -> String {
    format!("/pools/{pool}/import/{import}")
}

/// The rules of an import that hasn't begun.
pub fn import_rules(pool: PoolId, import: ImportId) -> String {
    format!("/pools/{pool}/import/{import}/rules")
}

/// What would come of an import, with the rows of a fate behind a place.
pub fn import_check(pool: PoolId, import: ImportId, fate: Option<Fate>, behind: Option<&str>) -> String {
    let fate = fate.map(|fate| format!("?show={}", fate.code())).unwrap_or_default();
    let behind = behind.map(|behind| format!("&behind={behind}")).unwrap_or_default();
    format!("/pools/{pool}/import/{import}/check{fate}{behind}")
}

/// The plain form that takes a file.
pub fn upload(pool: PoolId) -> String {
    format!("/pools/{pool}/imports/upload")
}

/// Where the browser's module sends a file in parts, to be looked at before it is imported.
pub fn uploads(pool: PoolId) -> String {
    format!("/api/v1/pools/{pool}/uploads?review=true")
}

/// The refused rows of an import, as a file.
pub fn refused(import: ImportId) -> String {
    format!("/imports/{import}/refused.csv")
}

/// The same rows as a file of the format in which they came.
pub fn rejects(import: ImportId) -> String {
    format!("/imports/{import}/rejects")
}

/// Where a field gets another type.
pub fn convert(pool: PoolId, field: FieldId) -> String {
    format!("/pools/{pool}/configuration/fields/{field}/convert")
}

/// The values that can't be of another type, as a file.
pub fn not_converted(pool: PoolId, field: FieldId, kind: &str) -> String {
    format!("/pools/{pool}/fields/{field}/not-converted.csv?kind={kind}")
}

/// The audit log as a file with this ending: what a query of its page means, and how the file is written.
pub fn audit_file(ending: &str, query: &str, more: &str) -> String {
    let parts: Vec<&str> = [query, more].into_iter().filter(|part| !part.is_empty()).collect();
    format!("/api/v1/audit.{ending}{}{}", if parts.is_empty() { "" } else { "?" }, parts.join("&"))
}

/// The stream of what changes; without a pool only jobs.
pub fn events(pool: Option<PoolId>) -> String {
    match pool {
        Some(pool) => format!("/events?pool={pool}"),
        None => "/events".to_owned(),
    }
}

/// A search in a pool.
pub fn search(pool: PoolId, q: &str) -> String {
    format!("/pools/{pool}?q={}", escape(q))
}

/// A text as part of a query: everything but letters, digits and `-._~` by its bytes.
pub fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// What [`escape`] made of a text; nothing when it did not.
pub fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut half = || char::from(rest.next()?).to_digit(16).and_then(|half| u8::try_from(half).ok());
            bytes.push(half()? << 4 | half()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether a path leads to a page of this installation and nowhere else.
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t'])
}
