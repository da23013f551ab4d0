//! Backups.

use domain::{
    backup::{Backup, Contents, ManifestColumn},
    lang::Lang,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A backup to be made.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct BackupInput {
    /// What it is called, at most 100 characters.
    #[schema(example = "Vor dem Umzug")]
    name: String,
}

/// What changes of a backup.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct BackupPatch {
    #[schema(example = "Vor dem Umzug")]
    name: Option<String>,
    /// Kept until somebody says otherwise.
    #[schema(example = true)]
    pinned: Option<bool>,
}

/// The backups of a pool.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct BackupsShape {
    pub(in crate::rest) items: Vec<BackupShape>,
    /// Bytes that the backups of all pools take.
    #[schema(example = 12_345_678)]
    pub(in crate::rest) used: u64,
    /// Bytes that they may take.
    #[schema(example = 10_737_418_240_u64)]
    pub(in crate::rest) quota: u64,
}

/// A backup.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct BackupShape {
    #[schema(example = 7)]
    id: i64,
    #[schema(example = 1)]
    pool: i64,
    /// manual, import, delete, restore, convert, nightly
    #[schema(example = "manual")]
    kind: &'static str,
    #[schema(example = "Vor dem Umzug")]
    name: String,
    /// making, done, failed
    #[schema(example = "done")]
    state: &'static str,
    /// Why it can't be used.
    error: Option<String>,
    /// Unix milliseconds.
    #[schema(example = 1_795_343_400_000_i64)]
    made_at: i64,
    /// The person's name; none: the schedule.
    #[schema(example = "Jana Ohm")]
    made_by: Option<String>,
    /// The job that makes it, or before whose work it was made.
    #[schema(example = 12)]
    job: Option<i64>,
    /// Whether it holds the whole pool; else only the profiles that were concerned.
    whole: bool,
    #[schema(example = 1_284)]
    profiles: u64,
    /// Size of the file.
    #[schema(example = 123_456)]
    bytes: u64,
    /// Of the file.
    sha256: Option<String>,
    /// Where its file lies: `data` (the data folder) or `s3`.
    #[schema(example = "data")]
    place: &'static str,
    encrypted: bool,
    pinned: bool,
    /// When it goes by itself, unix milliseconds; none while it is pinned.
    #[schema(example = 1_803_119_400_000_i64)]
    until: Option<i64>,
    /// When its file was last read as a whole and found sound, unix milliseconds.
    #[schema(example = 1_795_343_400_000_i64)]
    verified_at: Option<i64>,
}

impl BackupShape {
    pub(in crate::rest) fn of(backup: &Backup, lang: Lang) -> Self {
        Self {
            id: backup.id.get(),
            pool: backup.pool.get(),
            kind: backup.kind.code(),
            name: backup.name.clone(),
            state: backup.state.code(),
            error: backup.error.as_ref().map(|error| error.get(lang).to_owned()),
            made_at: backup.made_at.get(),
            made_by: backup.made_by_name.clone(),
            job: backup.job.map(|job| job.get()),
            whole: backup.whole,
            profiles: backup.n_profiles,
            bytes: backup.n_bytes,
            sha256: Some(backup.sha256.clone()).filter(|sum| !sum.is_empty()),
            place: if backup.place.is_empty() { "data" } else { "s3" },
            encrypted: backup.encrypted,
            pinned: backup.pinned,
            until: (!backup.pinned).then_some(backup.expires_at.get()),
            verified_at: backup.verified_at.map(|at| at.get()),
        }
    }
}

/// What a backup holds.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ContentsShape {
    #[schema(example = 1_284)]
    profiles: u64,
    whole: bool,
    fields: Vec<ColumnShape>,
    /// The first 20 profiles.
    rows: Vec<ContentsRow>,
}

/// A field of a backup.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ColumnShape {
    #[schema(example = "NAME")]
    key: String,
    /// The name that somebody gave it; empty: none.
    label: String,
    #[schema(example = "single_line")]
    kind: &'static str,
}

/// A profile of a backup.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ContentsRow {
    #[schema(example = 17)]
    id: i64,
    /// In the order of the fields, as the file has them.
    #[schema(example = json!(["Ohm", null]))]
    cells: Vec<Option<String>>,
}

impl From<Contents> for ContentsShape {
    fn from(contents: Contents) -> Self {
        let field = |column: ManifestColumn| ColumnShape { kind: column.kind.code(), key: column.key, label: column.label };
        Self {
            profiles: contents.n_profiles,
            whole: contents.whole,
            fields: contents.columns.into_iter().map(field).collect(),
            rows: contents.rows.into_iter().map(|(id, cells)| ContentsRow { id: id.get(), cells }).collect(),
        }
    }
}
