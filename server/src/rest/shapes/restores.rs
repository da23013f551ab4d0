//! Backups compared and brought back.

use domain::{
    job::Job,
    lang::Lang,
    restore::{Counts, LeftOut, Why},
};
use serde::Serialize;
use store::restores::{Restore, Saved};
use utoipa::ToSchema;

/// A comparison or restore that has begun.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct RestoreBegun {
    /// `GET /pools/{pool}/restores/{restore}` says what came of it.
    #[schema(example = 3)]
    pub(in crate::rest) restore: i64,
    /// `GET /jobs/{id}` says how far it is.
    #[schema(example = 12)]
    pub(in crate::rest) job: i64,
}

/// What is to come back.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct RestoreInput {
    /// Profiles that do not live any more come back; `true` without it.
    #[schema(example = true)]
    back: Option<bool>,
    /// Profiles that live get their former values; `true` without it.
    #[schema(example = true)]
    changed: Option<bool>,
    /// Only these profiles.
    #[schema(example = json!([17]))]
    ids: Option<Vec<i64>>,
    /// Only these fields, by their keys; profiles that are gone for good come back as a whole.
    #[schema(example = json!(["CITY"]))]
    fields: Option<Vec<String>>,
    /// Living profiles that are not in the backup go into the bin. Needs the right to delete profiles.
    #[schema(example = false)]
    exact: Option<bool>,
}

/// A comparison, and what came of restoring by it.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct RestoreShape {
    #[schema(example = 3)]
    id: i64,
    #[schema(example = 1)]
    pool: i64,
    #[schema(example = 7)]
    backup: i64,
    /// comparing, compared, not_compared; once it is restored by: waiting, running, done, failed, cancelled
    #[schema(example = "compared")]
    state: &'static str,
    /// Why it failed or has to wait, in the language asked for.
    #[schema(example = json!(null))]
    error: Option<String>,
    /// What the comparison found.
    found: Option<RestoreCounts>,
    /// Fields of the backup that can't be brought back.
    left_out: Vec<LeftOutShape>,
    /// What the restore has changed so far.
    done: Option<RestoreCounts>,
    /// The backup of the changed profiles that was made before.
    #[schema(example = json!(null))]
    saved: Option<i64>,
    /// What was taken back of it.
    taken_back: Option<super::TakenBack>,
}

/// How many profiles of each kind.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct RestoreCounts {
    /// Of the backup.
    #[schema(example = 1_284)]
    rows: u64,
    /// Not among the living any more.
    back: u64,
    /// Of those: gone for good.
    gone: u64,
    /// With other values than in the backup.
    changed: u64,
    unchanged: u64,
    /// Not in the backup of the whole pool; of a restore those that it put into the bin.
    newer: u64,
    /// Who has consented to less than at the time of the backup; that stays.
    unsubscribed: u64,
    /// Values of which an option is gone.
    options: u64,
}

/// A field of a backup that can't be brought back.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct LeftOutShape {
    #[schema(example = "FARBE")]
    key: String,
    /// gone, converted
    #[schema(example = "gone")]
    why: &'static str,
}

impl From<Counts> for RestoreCounts {
    fn from(counts: Counts) -> Self {
        let Counts { rows, back, gone, changed, unchanged, newer, unsubscribed, options } = counts;
        Self { rows, back, gone, changed, unchanged, newer, unsubscribed, options }
    }
}

impl From<&LeftOut> for LeftOutShape {
    fn from(one: &LeftOut) -> Self {
        let why = match one.why {
            Why::Gone => "gone",
            Why::Converted => "converted",
        };
        Self { key: one.key.clone(), why }
    }
}

impl RestoreShape {
    pub(in crate::rest) fn of(found: &Restore, state: &'static str, job: Option<&Job>, lang: Lang) -> Self {
        let comparison = found.comparison.as_ref();
        Self {
            id: found.id.get(),
            pool: found.pool.get(),
            backup: found.backup.get(),
            state,
            error: job.and_then(|job| job.error.as_ref()).map(|error| error.get(lang).to_owned()),
            found: comparison.map(|found| found.counts.into()),
            left_out: comparison.map(|found| found.left_out.iter().map(Into::into).collect()).unwrap_or_default(),
            done: found.run.map(|_| found.counts.into()),
            saved: match found.saved {
                Some(Saved::Backup(backup)) => Some(backup.get()),
                Some(Saved::Nothing) | None => None,
            },
            taken_back: found.undone.clone().map(Into::into),
        }
    }
}
