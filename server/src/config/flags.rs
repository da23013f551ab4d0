//! The settings that are flags too: those that are no secrets and that somebody types by hand.

use std::path::PathBuf;

use clap::Args;

/// The settings as flags, the same for every command.
#[derive(Args, Clone, Debug, Default)]
pub struct SettingFlags {
    /// Settings file; without it `lagune.toml` in the current folder is read where it exists
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<PathBuf>,
    /// sqlite://FILE or postgres://… [LAGUNE_DATABASE_URL, default sqlite://data/lagune.db]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    pub database_url: Option<String>,
    /// Address to listen on, port 0 takes a free one [LAGUNE_LISTEN, default 127.0.0.1:3000]
    #[arg(long, global = true, value_name = "ADDRESS", help_heading = "Settings")]
    pub listen: Option<String>,
    /// Folder of uploaded files [LAGUNE_DATA_DIR, default data]
    #[arg(long, global = true, value_name = "FOLDER", help_heading = "Settings")]
    pub data_dir: Option<String>,
    /// How browsers reach Lagune, like https://lagune.example.com [LAGUNE_PUBLIC_URL]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    pub public_url: Option<String>,
    /// Log filter [LAGUNE_LOG, default info]
    #[arg(long, global = true, value_name = "FILTER", help_heading = "Settings")]
    pub log: Option<String>,
    /// Proxies whose X-Forwarded headers are believed [LAGUNE_TRUSTED_PROXIES]
    #[arg(long, global = true, value_name = "NETS", help_heading = "Settings")]
    pub trusted_proxies: Option<String>,
    /// Largest upload [LAGUNE_UPLOAD_LIMIT, default 2GB]
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Settings")]
    pub upload_limit: Option<String>,
    /// Days for which automatic backups are kept [LAGUNE_BACKUP_DAYS, default 14]
    #[arg(long, global = true, value_name = "DAYS", help_heading = "Settings")]
    pub backup_days: Option<String>,
    /// The same of those that somebody wished [LAGUNE_BACKUP_MANUAL_DAYS, default 90]
    #[arg(long, global = true, value_name = "DAYS", help_heading = "Settings")]
    pub backup_manual_days: Option<String>,
    /// How many of these a pool may have, 0 for as many as there is room for [LAGUNE_BACKUP_MANUAL_LIMIT, default 0]
    #[arg(long, global = true, value_name = "N", help_heading = "Settings")]
    pub backup_manual_limit: Option<String>,
    /// Room for all backups of a client [LAGUNE_BACKUP_QUOTA, default 10GB]
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Settings")]
    pub backup_quota: Option<String>,
    /// Public keys of age to which backups are encrypted [LAGUNE_BACKUP_RECIPIENTS; the secret key: LAGUNE_BACKUP_IDENTITY_FILE]
    #[arg(long, global = true, value_name = "KEYS", help_heading = "Settings")]
    pub backup_recipients: Option<String>,
    /// S3 store of the backups, https://endpoint/bucket/prefix [LAGUNE_BACKUP_S3; the keys: LAGUNE_BACKUP_S3_KEY_ID_FILE, LAGUNE_BACKUP_S3_SECRET_FILE]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    pub backup_s3: Option<String>,
    /// Its region [LAGUNE_BACKUP_S3_REGION, default us-east-1]
    #[arg(long, global = true, value_name = "REGION", help_heading = "Settings")]
    pub backup_s3_region: Option<String>,
    /// Where its address has the bucket, path or host [LAGUNE_BACKUP_S3_STYLE, default path]
    #[arg(long, global = true, value_name = "STYLE", help_heading = "Settings")]
    pub backup_s3_style: Option<String>,
}
