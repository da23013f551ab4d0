//! What goes over the wire. Each shape is a promise to programs, apart from the types inside.

mod access;
pub(super) mod backups;
mod checks;
mod clients;
mod configuration;
pub(super) mod conversions;
mod exports;
mod fields;
mod many;
mod mappings;
mod people;
mod pools;
mod problem;
pub(super) mod restores;
mod schedules;

use std::collections::BTreeMap;

use domain::{
    field::FieldDef,
    import::{ImportCounts, Noted},
    job::Job,
    lang::Lang,
    pool::{Pool, PoolSummary},
    profile::Profile,
    value::to_json,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub(super) use access::{MadeToken, MeShape, SessionShape, Sessions, SessionsEnded, TokenInput, TokenShape, Tokens};
pub(super) use checks::{CellInput, CellShape, Cells, CheckRows, CheckShape, CorrectionsInput};
pub(super) use clients::{ClientShape, Clients, MailShape, Mails, NewClientInput, SettingsPatch, SettingsShape};
pub(super) use configuration::{
    Categories, CategoryInput, CategoryPatch, CategoryShape, ChangeShape, FieldPatch, OptionPatch, OptionsInput, PlaceInput, UseShape, Uses,
};
pub(super) use exports::{ExportInput, ExportLayoutInput, ExportLayoutShape, ExportLayouts, ExportShape};
pub(super) use fields::{DeletedFieldShape, DeletedFields, FieldInput, FieldShape, Fields};
pub(super) use many::{BatchShape, EditInput, SelectionInput, UndoneShape};
pub(super) use mappings::{FetchInput, MappingInput, MappingPatch, MappingShape, Mappings};
pub(super) use people::{
    HandedShape, MemberInput, MemberPatchInput, MemberShape, Members, RightShape, RightsList, RoleInput, RolePatchInput, RoleShape, Roles,
};
pub(super) use pools::NewPoolInput;
pub(super) use problem::Problem;
pub(super) use schedules::{ScheduleFileShape, ScheduleFiles, ScheduleInput, ScheduleShape, Schedules};

/// All pools.
#[derive(Serialize, ToSchema)]
pub(super) struct Pools {
    pub(super) items: Vec<PoolShape>,
}

/// A pool.
#[derive(Serialize, ToSchema)]
pub(super) struct PoolShape {
    /// Its number, the same for ever.
    #[schema(example = 1)]
    id: i64,
    #[schema(example = "Kunden")]
    name: String,
    /// How many profiles of it the caller may see, the bin not counted.
    #[schema(example = 12_431)]
    profiles: i64,
}

impl From<PoolSummary> for PoolShape {
    fn from(pool: PoolSummary) -> Self {
        Self { id: pool.id.get(), name: pool.name, profiles: pool.n_profiles }
    }
}

impl PoolShape {
    /// A pool of which the caller reaches so many profiles.
    pub(super) fn of(pool: &Pool, size: u64) -> Self {
        Self { id: pool.id.get(), name: pool.name.clone(), profiles: i64::try_from(size).unwrap_or(i64::MAX) }
    }
}

/// What a pool is renamed with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(super) struct PoolInput {
    /// 1 to 200 characters, once per client.
    #[schema(example = "Kunden")]
    name: String,
}

/// A page of profiles.
#[derive(Serialize, ToSchema)]
pub(super) struct Profiles {
    pub(super) items: Vec<ProfileShape>,
    /// The page shown, from 1 on.
    #[schema(example = 1)]
    pub(super) page: u64,
    #[schema(example = 50)]
    pub(super) page_size: u64,
    /// Profiles on all pages.
    #[schema(example = 123)]
    pub(super) total: u64,
}

/// A profile.
#[derive(Serialize, ToSchema)]
pub(super) struct ProfileShape {
    #[schema(example = 1)]
    id: i64,
    /// Rises with every change.
    #[schema(example = 7)]
    revision: i64,
    /// Filled fields by their key.
    #[schema(value_type = Object, example = json!({"EMAIL": "jana@example.com", "FIRSTNAME": "Jana", "BIRTHDAY": "1990-12-31"}))]
    fields: BTreeMap<String, Value>,
}

impl ProfileShape {
    pub(super) fn of(profile: &Profile, fields: &[&FieldDef]) -> Self {
        let filled = fields.iter().filter_map(|field| {
            let value = profile.value(field.id)?;
            Some((field.key.clone(), to_json(field, value)))
        });
        Self { id: profile.id.get(), revision: profile.revision, fields: filled.collect() }
    }
}

/// What a profile is made with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(super) struct ProfileInput {
    /// Values by field key.
    #[schema(value_type = Object, example = json!({"EMAIL": "jana@example.com", "FIRSTNAME": "Jana"}))]
    fields: BTreeMap<String, Value>,
}

/// What of a profile changes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(super) struct ProfilePatch {
    /// New values by field key; `null` empties a field.
    #[schema(value_type = Object, example = json!({"CITY": "Köln", "FAX": null}))]
    fields: BTreeMap<String, Value>,
    /// The revision that the change is based on.
    #[schema(example = 7)]
    revision: Option<i64>,
}

/// An import that has begun.
#[derive(Serialize, ToSchema)]
pub(super) struct Begun {
    /// `GET /imports/{id}` says what came of it.
    #[schema(example = 3)]
    pub(super) import: i64,
    /// `GET /jobs/{id}` says how far it is.
    #[schema(example = 12)]
    pub(super) job: i64,
}

/// An import.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportShape {
    #[schema(example = 3)]
    pub(super) id: i64,
    #[schema(example = 1)]
    pub(super) pool: i64,
    #[schema(example = "kontakte.csv")]
    pub(super) file_name: String,
    /// waiting, running, done, failed, cancelled
    #[schema(example = "done")]
    pub(super) state: &'static str,
    pub(super) counts: Counts,
    pub(super) noted: NotedShape,
    /// What was taken back of it, where somebody asked for that.
    pub(super) taken_back: Option<TakenBack>,
}

/// What was taken back of an import.
#[derive(Serialize, ToSchema)]
pub(super) struct TakenBack {
    /// Profiles that are gone again, or as they were.
    #[schema(example = 120)]
    n: u64,
    /// Profiles that stay as they are, because they were changed or deleted since.
    #[schema(example = 1)]
    kept: u64,
    /// The first thousand of those.
    #[schema(example = json!([17]))]
    kept_profiles: Vec<i64>,
}

impl From<store::load::ImportUndone> for TakenBack {
    fn from(undone: store::load::ImportUndone) -> Self {
        let kept_profiles = undone.named.iter().map(|id| id.get()).collect();
        Self { n: undone.n, kept: undone.kept, kept_profiles }
    }
}

/// What came of the rows; `rows` is the sum of the others.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub(super) struct Counts {
    #[schema(example = 1_284)]
    rows: u64,
    created: u64,
    updated: u64,
    unchanged: u64,
    refused: u64,
    /// Rows that the rules leave out.
    skipped: u64,
}

impl From<ImportCounts> for Counts {
    fn from(counts: ImportCounts) -> Self {
        let ImportCounts { rows, created, updated, unchanged, refused, skipped } = counts;
        Self { rows, created, updated, unchanged, refused, skipped }
    }
}

/// What became of consent and options, beside the rows themselves.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub(super) struct NotedShape {
    /// Rows that raised a permission.
    raised: u64,
    /// Rows that would have raised one.
    not_raised: u64,
    /// Rows that would have lifted an unsubscription or an objection to tracking.
    objections: u64,
    /// Options that were left out because their field doesn't have them.
    left_out: u64,
    /// Options that were made.
    options: u64,
    /// Rows for whose mail domain the DNS had no answer.
    not_asked: u64,
}

impl From<Noted> for NotedShape {
    fn from(noted: Noted) -> Self {
        let Noted { raised, not_raised, objections, left_out, options, not_asked } = noted;
        Self { raised, not_raised, objections, left_out, options, not_asked }
    }
}

/// The newest jobs.
#[derive(Serialize, ToSchema)]
pub(super) struct Jobs {
    pub(super) items: Vec<JobShape>,
}

/// A job.
#[derive(Serialize, ToSchema)]
pub(super) struct JobShape {
    #[schema(example = 12)]
    id: i64,
    #[schema(example = "import")]
    kind: &'static str,
    /// waiting, running, done, failed, cancelled
    #[schema(example = "running")]
    state: &'static str,
    /// Steps done.
    #[schema(example = 5_000)]
    done: u64,
    /// All steps, once known.
    #[schema(example = 10_000)]
    total: Option<u64>,
    /// What came of it.
    #[schema(value_type = Option<Object>)]
    result: Option<Value>,
    /// Why it failed or has to wait, in the language asked for.
    #[schema(example = json!(null))]
    error: Option<String>,
    /// Unix milliseconds.
    created_at: i64,
    /// Unix milliseconds.
    finished_at: Option<i64>,
}

impl JobShape {
    pub(super) fn of(job: &Job, lang: Lang) -> Self {
        Self {
            id: job.id.get(),
            kind: job.kind.code(),
            state: job.state.code(),
            done: job.progress.done,
            total: job.progress.total,
            result: job.result.clone(),
            error: job.error.as_ref().map(|error| error.get(lang).to_owned()),
            created_at: job.created_at.get(),
            finished_at: job.finished_at.map(domain::time::Millis::get),
        }
    }
}
