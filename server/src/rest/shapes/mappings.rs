//! Kept mappings over the wire.

use std::collections::BTreeMap;

use domain::{import::Rules, time::utc};
use serde::Serialize;
use serde_json::Value;
use store::mappings::SavedMapping;
use utoipa::ToSchema;

/// The kept mappings of a pool.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Mappings {
    pub(in crate::rest) items: Vec<MappingShape>,
}

/// A version of a kept mapping.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct MappingShape {
    #[schema(example = 3)]
    id: i64,
    #[schema(example = "Messe")]
    name: String,
    /// From 1; each saving under the name makes the next one.
    #[schema(example = 2)]
    version: i64,
    /// The newest one.
    #[schema(example = 2)]
    newest: i64,
    /// Where the columns of a file go, by their headings.
    columns: Vec<ColumnShape>,
    /// The fields by which existing profiles are found, with commas between; `null`: every row makes a new profile.
    #[schema(example = "EMAIL")]
    key: Option<String>,
    /// How the file is read; `null`: as recognised.
    #[schema(value_type = Option<Object>)]
    reading: Value,
    /// How rows are taken over; `null`: as usual.
    rules: Option<RulesShape>,
    /// The same for all files with these headings.
    #[schema(example = "6c1f0f6b2f4e8d91")]
    fingerprint: String,
    /// In UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    saved_at: String,
}

/// A column of a kept mapping.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ColumnShape {
    #[schema(example = "E-Mail")]
    heading: String,
    /// `null`: it is left out. One that is split or joined as one text, which `columns` takes too:
    /// `split:name:FIRSTNAME,NAME`, `split:text:CITY,STATE:/`, `join:STREET: `.
    #[schema(example = "EMAIL")]
    field: Option<String>,
}

/// How rows are taken over, by the names that `create_import` has for it.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct RulesShape {
    #[schema(example = "both")]
    existing: &'static str,
    #[schema(example = "merge")]
    filled: &'static str,
    #[schema(example = "add")]
    sets: &'static str,
    #[schema(example = "keep")]
    empty: &'static str,
    #[schema(example = "refuse")]
    unknown: &'static str,
    #[schema(example = "merge")]
    duplicates: &'static str,
    /// The DNS is asked whether the domains of e-mail addresses take mail.
    #[schema(example = false)]
    dns: bool,
    /// Fields and their values for all rows.
    constants: BTreeMap<String, String>,
}

impl RulesShape {
    /// None, where they are as usual.
    fn of(rules: Rules) -> Option<Self> {
        (rules != Rules { key: rules.key.clone(), ..Rules::default() }).then(|| Self {
            existing: rules.existing.code(),
            filled: rules.filled.code(),
            sets: rules.sets.code(),
            empty: rules.empty.code(),
            unknown: rules.unknown.code(),
            duplicates: rules.duplicates.code(),
            dns: rules.dns,
            constants: rules.constants.into_iter().collect(),
        })
    }
}

impl From<SavedMapping> for MappingShape {
    fn from(saved: SavedMapping) -> Self {
        let kept = saved.kept;
        let fields = kept.mapping.columns.into_iter().chain(std::iter::repeat(None));
        Self {
            id: saved.id.get(),
            name: saved.name,
            version: saved.version,
            newest: saved.newest,
            columns: kept.headings.into_iter().zip(fields).map(|(heading, field)| ColumnShape { heading, field }).collect(),
            key: Some(kept.rules.key.join(",")).filter(|key| !key.is_empty()),
            reading: serde_json::to_value(kept.reading).unwrap_or_default(),
            rules: RulesShape::of(kept.rules),
            fingerprint: saved.fingerprint,
            saved_at: utc(saved.saved_at),
        }
    }
}

/// A mapping to be kept.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct MappingInput {
    /// One that the pool has gets another version.
    #[schema(example = "Messe")]
    name: String,
    /// Headings with the internal names of their fields; `null` leaves a column out.
    #[schema(value_type = Object, example = json!({"E-Mail": "EMAIL", "Nachname": "NAME", "Notiz": null}))]
    columns: Value,
    /// As for `create_import`.
    #[schema(example = "EMAIL")]
    key: Option<String>,
    /// How rows are taken over: `existing`, `filled`, `sets`, `empty`, `unknown`, `duplicates`, `dns`, `constants` as for `create_import`; left
    /// out: as usual. That permissions may rise is chosen for each import anew.
    #[schema(value_type = Option<Object>, example = json!({"existing": "update"}))]
    rules: Option<Value>,
    /// How the file is read; left out: as recognised.
    #[schema(value_type = Option<Object>)]
    reading: Option<Value>,
}

/// Another name.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct MappingPatch {
    #[schema(example = "Messe Köln")]
    name: String,
}

/// A file of another server.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct FetchInput {
    /// With `https`, or `http` where that is allowed; without user and password.
    #[schema(example = "https://files.example.com/customers.csv")]
    address: String,
    /// How the import is called in lists; left out: as the address ends.
    file_name: Option<String>,
    /// true: the import waits until somebody has looked at it on its page and starts it there.
    review: Option<bool>,
    /// These as for `create_import`.
    key: Option<String>,
    existing: Option<String>,
    filled: Option<String>,
    sets: Option<String>,
    empty: Option<String>,
    unknown: Option<String>,
    duplicates: Option<String>,
    #[schema(value_type = Option<Object>)]
    columns: Option<Value>,
    #[schema(value_type = Option<Object>)]
    constants: Option<Value>,
    raise_consent: Option<String>,
    dns: Option<bool>,
    file: Option<String>,
    sheet: Option<String>,
    header_row: Option<u32>,
    mapping: Option<String>,
}
