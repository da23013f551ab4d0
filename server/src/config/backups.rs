//! Backups: how long, how many, how large, and to whom they are encrypted.

use store::backups::BackupRules;

use super::{Setting, WrongSetting, setting, sources::Sources};
use crate::backup::Keys;

/// What a deployment says of its backups.
#[derive(Clone, Debug)]
pub struct Backups {
    /// How long, how many, how large.
    pub rules: BackupRules,
    /// To whom they are encrypted, and what reads them again.
    pub keys: Keys,
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
        Ok(Self { rules, keys })
    }
}

fn kept(text: &str) -> Option<u32> {
    setting::days(text).filter(|days| *days > 0)
}

/// None: as many as there is room for.
fn limit(text: &str) -> Option<Option<u32>> {
    text.parse().ok().map(|n| (n > 0).then_some(n))
}
