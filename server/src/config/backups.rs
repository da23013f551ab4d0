//! Backups: how long, how many, how large, and to whom they are encrypted.

use store::backups::BackupRules;

use super::{Secret, Setting, WrongSetting, setting, sources::Sources};
use crate::backup::{Keys, S3};

/// What a deployment says of its backups.
#[derive(Clone, Debug)]
pub struct Backups {
    /// How long, how many, how large.
    pub rules: BackupRules,
    /// To whom they are encrypted, and what reads them again.
    pub keys: Keys,
    /// The S3 store in which they are kept; none: the data folder.
    pub s3: Option<S3>,
}

impl Backups {
    pub(super) fn read(from: &Sources) -> Result<Self, WrongSetting> {
        let days = "a whole number of days above 0";
        let rules = BackupRules {
            automatic_days: from.parse(Setting::BackupDays, days, kept)?,
            manual_days: from.parse(Setting::BackupManualDays, days, kept)?,
            manual_limit: from.parse(Setting::BackupManualLimit, "a whole number; 0 for as many as there is room for", limit)?,
            quota: from.parse(Setting::BackupQuota, "a size like 500MB or 10GB", setting::size)?,
        };
        let recipients = from.parse(Setting::BackupRecipients, "public keys of age (age1…), separated by commas", |text| {
            Keys::read(text, "").map(|_| text.to_owned())
        })?;
        let keys = from.parse(Setting::BackupIdentity, "an identity of age (AGE-SECRET-KEY-1…), as age-keygen writes it", |text| {
            Keys::read(&recipients, text)
        })?;
        Ok(Self { rules, keys, s3: s3(from)? })
    }
}

fn s3(from: &Sources) -> Result<Option<S3>, WrongSetting> {
    let secret = |setting| from.parse(setting, "a text", |text| Some(Secret::new(text)));
    let (key, secret) = (secret(Setting::BackupS3KeyId)?, secret(Setting::BackupS3Secret)?);
    let in_host = from.parse(Setting::BackupS3Style, "path or host", |text| match text {
        "path" => Some(false),
        "host" => Some(true),
        _ => None,
    })?;
    let region = from.parse(Setting::BackupS3Region, "the name of a region, like eu-central-1", |text| {
        let word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        word.then(|| text.to_owned())
    })?;
    let address = "an address like https://s3.example.com/bucket or https://s3.example.com/bucket/prefix, without keys";
    let s3 = from.parse(Setting::BackupS3, address, |text| match text {
        "" => Some(None),
        text => S3::new(text, &region, in_host, &key, &secret).map(Some),
    })?;
    if s3.is_some() && (key.reveal().is_empty() || secret.reveal().is_empty()) {
        return Err(WrongSetting(
            "The setting backup_s3 needs its keys: LAGUNE_BACKUP_S3_KEY_ID and LAGUNE_BACKUP_S3_SECRET, or files named by \
             LAGUNE_BACKUP_S3_KEY_ID_FILE and LAGUNE_BACKUP_S3_SECRET_FILE."
                .to_owned(),
        ));
    }
    Ok(s3)
}

fn kept(text: &str) -> Option<u32> {
    setting::days(text).filter(|days| *days > 0)
}

/// None: as many as there is room for.
fn limit(text: &str) -> Option<Option<u32>> {
    text.parse().ok().map(|n| (n > 0).then_some(n))
}
