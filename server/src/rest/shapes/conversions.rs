//! Conversions of fields, merges of options.

use domain::{
    convert::{Failure, Preview},
    lang::Lang,
};
use serde::{Deserialize, Serialize};
use store::{
    conversions::{Begun, Conversion},
    profiles::Merged,
};
use utoipa::ToSchema;

/// Which type a field shall get.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct ConversionInput {
    /// The type.
    #[schema(example = "date")]
    kind: String,
}

/// The same as a parameter.
#[derive(Deserialize)]
pub(in crate::rest) struct Kind {
    pub(in crate::rest) kind: String,
}

/// What a conversion would do.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct PreviewShape {
    /// How many profiles have a value.
    #[schema(example = 1_284)]
    values: u64,
    /// How many of these have one afterwards.
    #[schema(example = 1_280)]
    converts: u64,
    /// How many are empty afterwards.
    #[schema(example = 4)]
    fails: u64,
    /// Why, the most frequent reason first.
    reasons: Vec<ReasonShape>,
    /// The first 100 values that don't convert.
    failures: Vec<FailureShape>,
    /// How many options are made.
    #[schema(example = 0)]
    options: u64,
    /// Whether the field loses its default.
    loses_default: bool,
    /// Whether the field loses a mark: required, matching, profiling, tagging.
    loses_marks: bool,
}

/// A reason, and how often.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ReasonShape {
    #[schema(example = "not_a_date")]
    code: &'static str,
    detail: String,
    #[schema(example = 4)]
    n: u64,
}

/// A value that does not convert.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct FailureShape {
    #[schema(example = 17)]
    profile: i64,
    #[schema(example = "irgendwann")]
    value: String,
    #[schema(example = "not_a_date")]
    code: &'static str,
}

impl PreviewShape {
    pub(in crate::rest) fn of(preview: Preview, lang: Lang) -> Self {
        let failure = |one: Failure| FailureShape { profile: one.profile.get(), value: one.value, code: one.problem.code() };
        Self {
            values: preview.values,
            converts: preview.converts,
            fails: preview.fails(),
            reasons: preview.reasons.iter().map(|(why, n)| ReasonShape { code: why.code(), detail: why.message(lang), n: *n }).collect(),
            options: preview.options,
            loses_default: preview.loses_default,
            loses_marks: preview.loses_marks,
            failures: preview.failures.into_iter().map(failure).collect(),
        }
    }
}

/// A conversion and the job that does it.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct BegunShape {
    #[schema(example = 3)]
    conversion: i64,
    #[schema(example = 12)]
    job: i64,
}

impl From<Begun> for BegunShape {
    fn from(begun: Begun) -> Self {
        Self { conversion: begun.conversion, job: begun.job.get() }
    }
}

/// A field on its way to another type, or there.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ConversionShape {
    #[schema(example = 3)]
    id: i64,
    #[schema(example = "single_line")]
    from: &'static str,
    #[schema(example = "date")]
    to: &'static str,
    /// waiting, running, done, failed, cancelled
    #[schema(example = "done")]
    state: &'static str,
    job: Option<i64>,
    /// The conversion that this one takes back.
    undoes: Option<i64>,
    /// How many profiles had a value.
    #[schema(example = 1_284)]
    values: u64,
    /// How many of these have one now.
    #[schema(example = 1_280)]
    converted: u64,
    /// Of a way back: values that were changed since and could not be converted.
    #[schema(example = 0)]
    kept: u64,
    /// Unix milliseconds.
    created_at: i64,
    /// Since when the field has its new type, unix milliseconds.
    done_at: Option<i64>,
    /// Until when it can be taken back, unix milliseconds.
    undo_until: Option<i64>,
}

impl From<Conversion> for ConversionShape {
    fn from(found: Conversion) -> Self {
        Self {
            id: found.id,
            from: found.from.code(),
            to: found.to.code(),
            state: found.state.code(),
            job: found.job.map(|job| job.get()),
            undoes: found.undoes,
            values: found.values,
            converted: found.converted,
            kept: found.kept,
            created_at: found.created_at.get(),
            done_at: found.swapped_at.map(|at| at.get()),
            undo_until: found.until.map(|at| at.get()),
        }
    }
}

/// Where an option goes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct MergeInput {
    /// The option that stays: its label or id.
    #[schema(example = "Rot")]
    into: String,
}

/// Two options that have become one.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct MergedShape {
    /// The batch, for the way back.
    #[schema(example = 5)]
    batch: i64,
    /// How many profiles moved along.
    #[schema(example = 2)]
    n: u64,
    /// The change of the pool.
    #[schema(example = 9)]
    change: i64,
}

impl From<Merged> for MergedShape {
    fn from(merged: Merged) -> Self {
        Self { batch: merged.batch.id, n: merged.batch.n, change: merged.change }
    }
}
