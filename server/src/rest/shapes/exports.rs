//! Files that are made in the background.

use domain::lang::Lang;
use serde::Serialize;
use store::{Store, StoreError};
use utoipa::ToSchema;

use super::JobShape;
use crate::{export::taken::Found, rest::body::Body};

/// What is exported: as for `export_profiles`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct ExportInput {
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
    /// The members as an address would have them.
    pub(in crate::rest) fn pairs(body: &mut Body) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for name in ["format", "values", "lang", "zone", "delimiter", "encoding", "line_end", "q", "sort"] {
            pairs.extend(body.text(name).map(|text| (name.to_owned(), text)));
        }
        pairs.extend(body.truth("guard").map(|guard| ("guard".to_owned(), if guard { "on" } else { "off" }.to_owned())));
        pairs.extend(body.texts("columns").map(|keys| ("fields".to_owned(), keys.join(","))));
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
