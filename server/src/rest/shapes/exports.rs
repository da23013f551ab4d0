//! Files that are made in the background.

use domain::lang::Lang;
use serde::Serialize;
use store::{Store, StoreError, export_layouts::ExportLayout};
use utoipa::ToSchema;

use super::JobShape;
use crate::{export::taken::Found, rest::body::Body};

/// What is exported: as for `export_profiles`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct ExportInput {
    /// A saved layout, by its name or id.
    layout: Option<String>,
    /// csv, xlsx, json, ndjson, vcard or xml
    #[schema(example = "xlsx")]
    format: Option<String>,
    /// plain, labels or ids
    #[schema(example = "labels")]
    values: Option<String>,
    /// de or en
    #[schema(example = "de")]
    lang: Option<String>,
    #[schema(example = "Europe/Berlin")]
    zone: Option<String>,
    /// Keys of fields in their order; all without it.
    #[schema(example = json!(["NAME", "EMAIL"]))]
    columns: Option<Vec<String>>,
    delimiter: Option<String>,
    encoding: Option<String>,
    line_end: Option<String>,
    guard: Option<bool>,
    q: Option<String>,
    /// `FIELD:op:value`
    #[schema(example = json!(["COUNTRY:is:DE"]))]
    filter: Option<Vec<String>>,
    #[schema(example = "NAME,-ENTRY_DATE")]
    sort: Option<String>,
    /// Only these profiles.
    #[schema(example = json!([1, 2]))]
    ids: Option<Vec<i64>>,
    /// All but these.
    except: Option<Vec<i64>>,
}

impl ExportInput {
    /// Fields and form as an address would have them.
    pub(in crate::rest) fn form(body: &mut Body) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for name in ["format", "values", "lang", "zone", "delimiter", "encoding", "line_end"] {
            pairs.extend(body.text(name).map(|text| (name.to_owned(), text)));
        }
        pairs.extend(body.truth("guard").map(|guard| ("guard".to_owned(), if guard { "on" } else { "off" }.to_owned())));
        pairs.extend(body.texts("columns").map(|keys| ("fields".to_owned(), keys.join(","))));
        pairs
    }

    /// The members as an address would have them.
    pub(in crate::rest) fn pairs(body: &mut Body) -> Vec<(String, String)> {
        let mut pairs = Self::form(body);
        for name in ["layout", "q", "sort"] {
            pairs.extend(body.text(name).map(|text| (name.to_owned(), text)));
        }
        for filter in body.texts("filter").unwrap_or_default() {
            pairs.push(("filter".to_owned(), filter));
        }
        for name in ["ids", "except"] {
            let join = |ids: Vec<i64>| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            pairs.extend(body.numbers(name).map(|ids| (name.to_owned(), join(ids))));
        }
        pairs
    }
}

/// A file that is made in the background, or was.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ExportShape {
    /// The work; its number is that of the export.
    job: JobShape,
    /// Where the file is, once it is whole and as long as it is kept. Whoever may export can follow it.
    #[schema(example = "/api/v1/exports/12/file?until=1795429800000&sign=…")]
    link: Option<String>,
    /// Until when it is kept, unix milliseconds.
    #[schema(example = 1_795_429_800_000_i64)]
    until: Option<i64>,
}

impl ExportShape {
    /// # Errors
    /// The database's.
    pub(in crate::rest) async fn of(store: &Store, found: &Found, lang: Lang) -> Result<Self, StoreError> {
        let (link, until) = (found.link(store).await?, found.until().map(|until| until.get()));
        Ok(Self { job: JobShape::of(&found.job, lang), link, until })
    }
}

/// A layout that is kept under a name.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ExportLayoutShape {
    id: i64,
    #[schema(example = "Buchhaltung")]
    name: String,
    /// Fields and form, as `export_profiles` takes them.
    #[schema(value_type = Object, example = json!({"columns": "NAME,EMAIL", "format": "xlsx", "values": "labels"}))]
    layout: serde_json::Map<String, serde_json::Value>,
    /// Unix milliseconds.
    saved_at: i64,
}

impl From<ExportLayout> for ExportLayoutShape {
    fn from(kept: ExportLayout) -> Self {
        let layout = kept.layout.into_iter().map(|(name, value)| (name, value.into())).collect();
        Self { id: kept.id.get(), name: kept.name, layout, saved_at: kept.saved_at.get() }
    }
}

/// The layouts of a pool.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ExportLayouts {
    pub(in crate::rest) items: Vec<ExportLayoutShape>,
}

/// A layout to be kept: a name, and fields and form as for `create_export`; which profiles is chosen for each export anew.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct ExportLayoutInput {
    /// One that the pool has is replaced.
    #[schema(example = "Buchhaltung")]
    name: String,
    format: Option<String>,
    values: Option<String>,
    lang: Option<String>,
    zone: Option<String>,
    #[schema(example = json!(["NAME", "EMAIL"]))]
    columns: Option<Vec<String>>,
    delimiter: Option<String>,
    encoding: Option<String>,
    line_end: Option<String>,
    guard: Option<bool>,
}
