//! The settings there are: their names, defaults and forms.

use std::{net::SocketAddr, path::PathBuf};

use tracing_subscriber::filter::LevelFilter;

use super::{ImportHost, Net, Secret, SettingFlags};
use crate::mail;

/// A setting; its name is the key of the file, the flag with dashes and the variable in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// See [`super::Settings::database_url`]; the others likewise.
    DatabaseUrl,
    /// Listening address.
    Listen,
    /// Data folder.
    DataDir,
    /// Address in browsers.
    PublicUrl,
    /// Log filter.
    Log,
    /// Believed proxies.
    TrustedProxies,
    /// Largest upload.
    UploadLimit,
    /// Token of `/metrics`; no flag, because other users of the machine can read flags.
    MetricsToken,
    /// Idle end of a session.
    SessionIdleMinutes,
    /// Absolute end of a session.
    SessionHours,
    /// Fields of a pool.
    FieldLimit,
    /// Days for which the audit log is kept.
    AuditDays,
    /// Days for which automatic backups are kept.
    BackupDays,
    /// The same of manual ones.
    BackupManualDays,
    /// How many manual ones a pool may have.
    BackupManualLimit,
    /// Bytes that all backups of a client may take.
    BackupQuota,
    /// To whom backups are encrypted.
    BackupRecipients,
    /// What reads them again; no flag, as it is a secret.
    BackupIdentity,
    /// The S3 store of the backups.
    BackupS3,
    /// Its region.
    BackupS3Region,
    /// Where its address has the bucket.
    BackupS3Style,
    /// The name of its key; no flag, like the key itself.
    BackupS3KeyId,
    /// The key that signs; no flag, as it is a secret.
    BackupS3Secret,
    /// Address of the provider at which people may sign in; see [`super::Oidc`] for the others.
    OidcIssuer,
    /// As what it knows Lagune.
    OidcClientId,
    /// Secret shared with it.
    OidcClientSecret,
    /// What people call it.
    OidcName,
    /// Mail server; no flag, as it carries a password.
    SmtpUrl,
    /// Sender of mails.
    MailFrom,
    /// Patience with a slow other end.
    RequestSeconds,
    /// Servers from which files may be fetched.
    ImportHosts,
    /// Who is asked for mail domains.
    DnsServer,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 32] = [
        Self::DatabaseUrl,
        Self::Listen,
        Self::DataDir,
        Self::PublicUrl,
        Self::Log,
        Self::TrustedProxies,
        Self::UploadLimit,
        Self::MetricsToken,
        Self::SessionIdleMinutes,
        Self::SessionHours,
        Self::FieldLimit,
        Self::AuditDays,
        Self::BackupDays,
        Self::BackupManualDays,
        Self::BackupManualLimit,
        Self::BackupQuota,
        Self::BackupRecipients,
        Self::BackupIdentity,
        Self::BackupS3,
        Self::BackupS3Region,
        Self::BackupS3Style,
        Self::BackupS3KeyId,
        Self::BackupS3Secret,
        Self::OidcIssuer,
        Self::OidcClientId,
        Self::OidcClientSecret,
        Self::OidcName,
        Self::SmtpUrl,
        Self::MailFrom,
        Self::RequestSeconds,
        Self::ImportHosts,
        Self::DnsServer,
    ];

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::DatabaseUrl => "database_url",
            Self::Listen => "listen",
            Self::DataDir => "data_dir",
            Self::PublicUrl => "public_url",
            Self::Log => "log",
            Self::TrustedProxies => "trusted_proxies",
            Self::UploadLimit => "upload_limit",
            Self::MetricsToken => "metrics_token",
            Self::SessionIdleMinutes => "session_idle_minutes",
            Self::SessionHours => "session_hours",
            Self::FieldLimit => "field_limit",
            Self::AuditDays => "audit_days",
            Self::BackupDays => "backup_days",
            Self::BackupManualDays => "backup_manual_days",
            Self::BackupManualLimit => "backup_manual_limit",
            Self::BackupQuota => "backup_quota",
            Self::BackupRecipients => "backup_recipients",
            Self::BackupIdentity => "backup_identity",
            Self::BackupS3 => "backup_s3",
            Self::BackupS3Region => "backup_s3_region",
            Self::BackupS3Style => "backup_s3_style",
            Self::BackupS3KeyId => "backup_s3_key_id",
            Self::BackupS3Secret => "backup_s3_secret",
            Self::OidcIssuer => "oidc_issuer",
            Self::OidcClientId => "oidc_client_id",
            Self::OidcClientSecret => "oidc_client_secret",
            Self::OidcName => "oidc_name",
            Self::SmtpUrl => "smtp_url",
            Self::MailFrom => "mail_from",
            Self::RequestSeconds => "request_seconds",
            Self::ImportHosts => "import_hosts",
            Self::DnsServer => "dns_server",
        }
    }

    /// Its environment variable.
    pub fn variable(self) -> String {
        format!("LAGUNE_{}", self.key().to_ascii_uppercase())
    }

    /// What holds when nobody says otherwise.
    pub fn default(self) -> &'static str {
        match self {
            Self::DatabaseUrl => "sqlite://data/lagune.db",
            Self::Listen => "127.0.0.1:3000",
            Self::DataDir => "data",
            Self::PublicUrl | Self::TrustedProxies | Self::MetricsToken | Self::SmtpUrl | Self::MailFrom | Self::ImportHosts => "",
            Self::OidcIssuer | Self::OidcClientId | Self::OidcClientSecret | Self::OidcName | Self::DnsServer => "",
            Self::Log => "info",
            Self::UploadLimit => "2GB",
            Self::SessionIdleMinutes => "480",
            Self::SessionHours => "168",
            Self::FieldLimit => "1000",
            Self::AuditDays => "730",
            Self::BackupDays => "14",
            Self::BackupManualDays => "90",
            Self::BackupManualLimit => "0",
            Self::BackupQuota => "10GB",
            Self::BackupRecipients | Self::BackupIdentity => "",
            Self::BackupS3 | Self::BackupS3KeyId | Self::BackupS3Secret => "",
            Self::BackupS3Region => "us-east-1",
            Self::BackupS3Style => "path",
            Self::RequestSeconds => "30",
        }
    }

    /// Whether its value must not be repeated in a message.
    pub(super) fn is_secret(self) -> bool {
        use Setting::*;
        matches!(self, DatabaseUrl | MetricsToken | OidcClientSecret | SmtpUrl | BackupIdentity | BackupS3KeyId | BackupS3Secret)
    }

    pub(super) fn flag(self, flags: &SettingFlags) -> Option<&String> {
        match self {
            Self::DatabaseUrl => flags.database_url.as_ref(),
            Self::Listen => flags.listen.as_ref(),
            Self::DataDir => flags.data_dir.as_ref(),
            Self::PublicUrl => flags.public_url.as_ref(),
            Self::Log => flags.log.as_ref(),
            Self::TrustedProxies => flags.trusted_proxies.as_ref(),
            Self::UploadLimit => flags.upload_limit.as_ref(),
            Self::MetricsToken | Self::SessionIdleMinutes | Self::SessionHours => None,
            Self::FieldLimit | Self::AuditDays | Self::RequestSeconds => None,
            Self::OidcIssuer | Self::OidcClientId | Self::OidcClientSecret | Self::OidcName => None,
            Self::SmtpUrl | Self::MailFrom | Self::ImportHosts | Self::DnsServer => None,
            Self::BackupDays => flags.backup_days.as_ref(),
            Self::BackupManualDays => flags.backup_manual_days.as_ref(),
            Self::BackupManualLimit => flags.backup_manual_limit.as_ref(),
            Self::BackupQuota => flags.backup_quota.as_ref(),
            Self::BackupRecipients => flags.backup_recipients.as_ref(),
            Self::BackupS3 => flags.backup_s3.as_ref(),
            Self::BackupS3Region => flags.backup_s3_region.as_ref(),
            Self::BackupS3Style => flags.backup_s3_style.as_ref(),
            Self::BackupIdentity | Self::BackupS3KeyId | Self::BackupS3Secret => None,
        }
    }
}

pub(super) fn database_url(text: &str) -> Option<Secret> {
    store::is_address(text).then(|| Secret::new(text))
}

/// Absolute: an upload's path is kept in the database, and another process may run elsewhere.
pub(super) fn folder(text: &str) -> Option<PathBuf> {
    std::path::absolute(text).ok()
}

pub(super) fn listen(text: &str) -> Option<SocketAddr> {
    let text = text.strip_prefix("localhost:").map_or(text.to_owned(), |port| format!("127.0.0.1:{port}"));
    text.parse().ok()
}

pub(super) fn public_url(text: &str) -> Option<Option<String>> {
    if text.is_empty() {
        return Some(None);
    }
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '\\', '"']);
    plain.then(|| Some(text.to_owned()))
}

pub(super) fn log(text: &str) -> Option<String> {
    // A word alone would be taken for the name of a part, and everything else be silent.
    let is_level = |part: &str| part.contains('=') || part.parse::<LevelFilter>().is_ok();
    let fits = text.split(',').all(|part| is_level(part.trim())) && text.parse::<tracing_subscriber::filter::Targets>().is_ok();
    fits.then(|| text.to_owned())
}

pub(super) fn nets(text: &str) -> Option<Vec<Net>> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(|one| one.parse().ok()).collect()
}

pub(super) fn hosts(text: &str) -> Option<Vec<ImportHost>> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(|one| one.parse().ok()).collect()
}

/// A size in bytes; units are powers of 1024.
pub(super) fn size(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_uppercase();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit: u64 = match text[digits.len()..].trim() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        _ => return None,
    };
    let size = digits.parse::<u64>().ok()?.checked_mul(unit)?;
    (size > 0).then_some(size)
}

pub(super) fn metrics_token(text: &str) -> Option<Option<Secret>> {
    match text.len() {
        0 => Some(None),
        1..16 => None,
        _ => Some(Some(Secret::new(text))),
    }
}

pub(super) fn smtp_url(text: &str) -> Option<Option<Secret>> {
    if text.is_empty() { Some(None) } else { mail::smtp::builder(text).map(|_| Some(Secret::new(text))) }
}

pub(super) fn mail_from(text: &str) -> Option<Option<String>> {
    if text.is_empty() { Some(None) } else { mail::smtp::sender(text).map(|_| Some(text.to_owned())) }
}

pub(super) fn positive(text: &str) -> Option<u32> {
    text.parse().ok().filter(|n| *n > 0)
}

/// At most a thousand years: what is longer was mistyped.
pub(super) fn days(text: &str) -> Option<u32> {
    text.parse().ok().filter(|days| *days <= 365_000)
}

pub(super) fn field_limit(text: &str) -> Option<usize> {
    text.parse().ok().filter(|n| domain::config::FIELD_LIMITS.contains(n))
}
