//! Settings: flags win over the environment, the environment over the file, the file over the defaults.
//!
//! Every value is read as text together with where it came from, so that a wrong one can be named in one sentence. A secret
//! may also stand in a file of its own (`LAGUNE_…_FILE`, `…_file`).

mod backups;
mod dns;
mod flags;
mod hosts;
mod net;
mod oidc;
mod secret_file;
mod setting;
mod sources;

#[cfg(test)]
mod tests;

use std::{fmt, net::SocketAddr, path::PathBuf, time::Duration};

pub use backups::Backups;
pub use flags::SettingFlags;
pub use hosts::ImportHost;
pub use net::Net;
pub use oidc::Oidc;
pub use setting::Setting;
use sources::Sources;

/// What a deployment decides. Made by [`Settings::load`]; immutable afterwards.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://FILE` or `postgres://…`; may carry a password.
    pub database_url: Secret,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Uploaded files and the embedded database live below it.
    pub data_dir: PathBuf,
    /// How browsers reach Lagune, without a slash at the end; needed behind a proxy and for https.
    pub public_url: Option<String>,
    /// Filter of the log, in the form of `tracing` ("info", "server=debug,info").
    pub log: String,
    /// Proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<Net>,
    /// Largest upload in bytes.
    pub upload_limit: u64,
    /// Servers from which files may be fetched.
    pub import_hosts: Vec<ImportHost>,
    /// Who is asked for mail domains; none: the servers of the system.
    pub dns_server: Option<SocketAddr>,
    /// Opens `/metrics` to other machines that send it as a bearer token.
    pub metrics_token: Option<Secret>,
    /// A session ends after this many minutes without a request.
    pub session_idle_minutes: u32,
    /// A session ends after this many hours in any case.
    pub session_hours: u32,
    /// A pool carries at most this many fields, internal ones not counted.
    pub field_limit: usize,
    /// Entries of the audit log are kept for so many days; 0: for ever.
    pub audit_days: u32,
    /// Backups: how long, how many, how large, and their keys.
    pub backups: Backups,
    /// The provider at which people may sign in.
    pub oidc: Option<Oidc>,
    /// What is not wrong but should be better, in sentences for the log.
    pub warnings: Vec<String>,
    /// `smtps://…` or `smtp://…`, mostly with a password; none: no mail is sent.
    pub smtp_url: Option<Secret>,
    /// The address that mails come from, perhaps with a name; there wherever mail is sent.
    pub mail_from: Option<String>,
    /// So long the head of a request may take, the answer to an ordinary one, and a stretch of an upload, in seconds.
    pub request_seconds: u32,
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// The first wrong setting, unknown key of the file or unknown `LAGUNE_*` variable.
    pub fn load(flags: &SettingFlags, environment: impl Iterator<Item = (String, String)>) -> Result<Self, WrongSetting> {
        let from = Sources::collect(flags, environment)?;
        let data_dir = from.parse(Setting::DataDir, "a folder", setting::folder)?;
        let smtp_url = from.parse(
            Setting::SmtpUrl,
            "empty or an address like smtps://user:password@mail.example.com or smtp://user:password@mail.example.com:587, with special \
             characters of user and password written as %40",
            setting::smtp_url,
        )?;
        let mail_from = from.parse(Setting::MailFrom, "an address like Lagune <lagune@example.com>", setting::mail_from)?;
        if smtp_url.is_some() && mail_from.is_none() {
            return Err(WrongSetting(
                "The setting smtp_url needs mail_from (LAGUNE_MAIL_FROM), the address that mails come from.".to_owned(),
            ));
        }
        Ok(Self {
            database_url: from.parse(
                Setting::DatabaseUrl,
                "an address like sqlite://data/lagune.db or postgres://user:password@host/database",
                setting::database_url,
            )?,
            listen: from.parse(Setting::Listen, "an address with a port, like 127.0.0.1:3000", setting::listen)?,
            data_dir,
            public_url: from.parse(Setting::PublicUrl, "an address like https://lagune.example.com without a path", setting::public_url)?,
            log: from.parse(Setting::Log, "a log filter like info or server=debug,info", setting::log)?,
            trusted_proxies: from.parse(
                Setting::TrustedProxies,
                "addresses or networks separated by commas, like 127.0.0.1,10.0.0.0/8",
                setting::nets,
            )?,
            upload_limit: from.parse(Setting::UploadLimit, "a size like 500MB or 2GB", setting::size)?,
            import_hosts: from.parse(
                Setting::ImportHosts,
                "servers separated by commas, like files.example.com, https://files.example.com:8443, http://nas.example private or sftp://files.example.com",
                setting::hosts,
            )?,
            dns_server: from.parse(
                Setting::DnsServer,
                "an address, with a port where it isn't 53, like 192.0.2.53 or 127.0.0.1:5353",
                dns::server,
            )?,
            metrics_token: from.parse(Setting::MetricsToken, "empty or at least 16 characters long", setting::metrics_token)?,
            session_idle_minutes: from.parse(Setting::SessionIdleMinutes, "a whole number of minutes above 0", setting::positive)?,
            session_hours: from.parse(Setting::SessionHours, "a whole number of hours above 0", setting::positive)?,
            field_limit: from.parse(Setting::FieldLimit, "a whole number from 20 to 1000", setting::field_limit)?,
            audit_days: from.parse(Setting::AuditDays, "a whole number of days, 0 for ever", setting::days)?,
            backups: Backups::read(&from)?,
            oidc: Oidc::read(&from)?,
            warnings: from.warnings().to_vec(),
            smtp_url,
            mail_from,
            request_seconds: from.parse(Setting::RequestSeconds, "a whole number of seconds above 0", setting::positive)?,
        })
    }

    /// How long the other end is waited for.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.request_seconds.into())
    }

    /// Whether browsers reach Lagune over https, as far as the settings alone can tell.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// A value that never shows in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("(secret)")
    }
}

/// Why Lagune doesn't start: one sentence that names the setting and where it was set.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct WrongSetting(pub String);
