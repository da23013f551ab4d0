//! The make-up of a pool over the wire.

use domain::{
    config::Done,
    lang::Lang,
    pool::{Category, Pool},
    uses::Use,
};
use serde::Serialize;
use utoipa::ToSchema;

/// All categories of a pool.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Categories {
    pub(in crate::rest) items: Vec<CategoryShape>,
}

/// A category.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct CategoryShape {
    #[schema(example = 4)]
    id: i64,
    /// The name on the screen, in the language asked for.
    #[schema(example = "Basisdaten")]
    name: String,
    /// basic, internal, unassigned, custom; only custom ones can be deleted.
    #[schema(example = "basic")]
    role: &'static str,
    /// The internal names of its fields, in their order.
    #[schema(example = json!(["SALUTATION", "TITLE"]))]
    fields: Vec<String>,
}

impl CategoryShape {
    pub(in crate::rest) fn of(category: &Category, pool: &Pool, lang: Lang) -> Self {
        Self {
            id: category.id.get(),
            name: category.label(lang).to_owned(),
            role: category.role.code(),
            fields: pool.fields.iter().filter(|field| field.category == category.id).map(|field| field.key.clone()).collect(),
        }
    }
}

/// A change of how a pool is made up.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct ChangeShape {
    /// `POST /pools/{pool}/changes/{change}/undo` takes it back, for 14 days.
    #[schema(example = 31)]
    change: i64,
    /// The id of what was made.
    #[schema(example = 5)]
    id: Option<i64>,
    /// Labels of options that existed already.
    #[schema(example = json!([]))]
    skipped: Vec<String>,
}

impl From<Done> for ChangeShape {
    fn from(done: Done) -> Self {
        Self { change: done.change, id: done.made, skipped: done.skipped }
    }
}

/// What uses a field.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Uses {
    pub(in crate::rest) items: Vec<UseShape>,
}

/// Something that uses a field.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct UseShape {
    /// import …
    #[schema(example = "import")]
    kind: &'static str,
    #[schema(example = 3)]
    id: i64,
    #[schema(example = "kontakte.csv")]
    name: String,
}

impl From<Use> for UseShape {
    fn from(used: Use) -> Self {
        Self { kind: used.kind.code(), id: used.id, name: used.name }
    }
}

/// What a category is made with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct CategoryInput {
    /// 1 to 200 characters.
    #[schema(example = "Anschrift")]
    name: String,
    /// The id of its right neighbour; the last one without it.
    before: Option<i64>,
}

/// What of a category changes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct CategoryPatch {
    /// Empty gives one of the first three its own name back.
    #[schema(example = "Adresse")]
    name: Option<String>,
    /// The id of its right neighbour; `null` puts it at the end.
    before: Option<i64>,
}

/// What of a field changes; what is left out stays.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct FieldPatch {
    /// Empty gives a standard or internal field its own name back.
    #[schema(example = "Nachname")]
    label: Option<String>,
    required: Option<bool>,
    /// Profile Matching: salutation, country, selections, true/false.
    matching: Option<bool>,
    /// Content Profiling: selections, true/false.
    profiling: Option<bool>,
    /// Profile Tagging: selections, true/false.
    tagging: Option<bool>,
    /// A value, for dates also words such as `today - 5 days`; empty for none.
    #[schema(example = "today - 5 days")]
    default: Option<String>,
    help: Option<String>,
}

/// Where a field goes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct PlaceInput {
    /// The id of the category; where it is without it.
    category: Option<i64>,
    /// The id of its right neighbour there; the last one without it.
    before: Option<i64>,
}

/// Options for a selection.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct OptionsInput {
    /// In their order.
    #[schema(example = json!(["Rot", "Blau"]))]
    labels: Vec<String>,
}

/// What of an option changes.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct OptionPatch {
    #[schema(example = "Himmelblau")]
    label: Option<String>,
    /// The id of its right neighbour; `null` puts it at the end.
    before: Option<i64>,
}
