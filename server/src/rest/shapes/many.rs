//! One thing is done to many profiles.

use serde::Serialize;
use serde_json::Value;
use store::profiles::{Batch, Undone};
use utoipa::ToSchema;

/// Which profiles are meant.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct SelectionInput {
    /// These profiles.
    #[schema(example = json!([1, 2]))]
    ids: Option<Vec<i64>>,
    /// Instead of `ids`: all hits of a list, written like the parameters of the list of profiles; empty for all profiles.
    #[schema(example = "q=muller&filter=COUNTRY:is:DE")]
    query: Option<String>,
    /// Hits of `query` that are not meant.
    #[schema(example = json!([3]))]
    except: Option<Vec<i64>>,
}

/// A field of many profiles changes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct EditInput {
    #[schema(inline)]
    #[serde(flatten)]
    selection: SelectionInput,
    /// The field's key.
    #[schema(example = "CITY")]
    field: String,
    /// The value; `null` empties the field.
    #[schema(value_type = Option<Object>, example = "Köln")]
    value: Option<Value>,
    /// `set` (without it), or for the options of a multi-selection `add` and `remove`.
    #[schema(example = "set")]
    how: Option<String>,
}

/// What was done to many profiles in one go.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct BatchShape {
    /// Its number, for the way back.
    #[schema(example = 5)]
    batch: i64,
    /// How many profiles changed.
    #[schema(example = 2)]
    n: u64,
}

impl From<Batch> for BatchShape {
    fn from(batch: Batch) -> Self {
        Self { batch: batch.id, n: batch.n }
    }
}

/// What was taken back.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct UndoneShape {
    /// How many profiles are as they were.
    #[schema(example = 2)]
    n: u64,
    /// How many were changed or deleted since, and stay so.
    #[schema(example = 0)]
    kept: u64,
}

impl From<Undone> for UndoneShape {
    fn from(undone: Undone) -> Self {
        Self { n: undone.n, kept: undone.kept }
    }
}
