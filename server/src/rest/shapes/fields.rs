//! Fields over the wire.

use domain::{
    field::FieldDef,
    lang::Lang,
    time::{Zone, utc},
};
use serde::Serialize;
use store::config::deleted::DeletedField;
use utoipa::ToSchema;

/// All fields of a pool.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct Fields {
    pub(in crate::rest) items: Vec<FieldShape>,
}

/// A field.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct FieldShape {
    #[schema(example = 7)]
    id: i64,
    /// The name in `fields`, `sort` and `filter`.
    #[schema(example = "FIRSTNAME")]
    key: String,
    /// The name on the screen, in the language asked for.
    #[schema(example = "Vorname")]
    label: String,
    /// single_line, multi_line, selection, multi_selection, salutation, country, state, mobile_prefix, date, date_time, email, boolean, integer, postcode, ip_address, language …
    #[schema(example = "single_line")]
    kind: &'static str,
    required: bool,
    /// Filled by Lagune only.
    read_only: bool,
    /// The id of the category that it is filed under.
    #[schema(example = 4)]
    category: i64,
    matching: bool,
    profiling: bool,
    tagging: bool,
    /// What a new profile gets, none for nothing.
    #[schema(example = "today - 5 days")]
    default: Option<String>,
    help: String,
    /// The labels of a selection's options.
    options: Vec<String>,
    /// The ids of these options, in the same order.
    option_ids: Vec<i64>,
}

impl FieldShape {
    pub(in crate::rest) fn of(field: &FieldDef, lang: Lang) -> Self {
        Self {
            id: field.id.get(),
            key: field.key.clone(),
            label: field.label(lang).to_owned(),
            kind: field.kind.code(),
            required: field.required,
            read_only: !field.writable(),
            category: field.category.get(),
            matching: field.matching,
            profiling: field.profiling,
            tagging: field.tagging,
            default: Some(domain::config::default::show(field, lang, &Zone::UTC)).filter(|default| !default.is_empty()),
            help: field.help.clone(),
            option_ids: field.options.iter().map(|option| option.id.get()).collect(),
            options: field.options.iter().map(|option| option.label.clone()).collect(),
        }
    }
}

/// The deleted fields of a pool.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct DeletedFields {
    pub(in crate::rest) items: Vec<DeletedFieldShape>,
}

/// A deleted field; its data are still there.
#[derive(Serialize, ToSchema)]
pub(in crate::rest) struct DeletedFieldShape {
    #[schema(example = 7)]
    id: i64,
    /// The internal name that it had.
    #[schema(example = "SHOESIZE")]
    key: String,
    /// The name on the screen, in the language asked for.
    #[schema(example = "Schuhgröße")]
    label: String,
    #[schema(example = "integer")]
    kind: &'static str,
    /// In UTC.
    #[schema(example = "2026-11-22T10:30:00.000Z")]
    deleted_at: String,
    /// Until then it can be brought back.
    #[schema(example = "2026-12-06T10:30:00.000Z")]
    until: String,
}

impl DeletedFieldShape {
    pub(in crate::rest) fn of(deleted: &DeletedField, lang: Lang) -> Self {
        let field = &deleted.field;
        Self {
            id: field.id.get(),
            key: field.key.clone(),
            label: field.label(lang).to_owned(),
            kind: field.kind.code(),
            deleted_at: utc(deleted.at),
            until: utc(deleted.until),
        }
    }
}

/// What a field is made with.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes a body that is read field by field")]
pub(in crate::rest) struct FieldInput {
    /// The name on the screen.
    #[schema(example = "Lieblingsfarbe")]
    label: String,
    /// The kind of its values.
    #[schema(example = "selection")]
    kind: String,
    /// Capital letters and digits; made from the label without it.
    #[schema(example = "COLOUR")]
    key: Option<String>,
    /// The id of a category; the unassigned fields' without it.
    category: Option<i64>,
    required: Option<bool>,
    matching: Option<bool>,
    profiling: Option<bool>,
    tagging: Option<bool>,
    /// A value, for dates also words such as `today - 5 days`.
    #[schema(example = "Blau")]
    default: Option<String>,
    help: Option<String>,
    /// The options of a selection.
    #[schema(example = json!(["Blau", "Grün"]))]
    options: Option<Vec<String>>,
}
