//! What of a field stands in a file.

use super::{FileField, default_of};
use crate::field::FieldDef;

/// Everything that a field of its type can have.
pub(super) fn of(field: &FieldDef) -> FileField {
    FileField {
        key: field.key.clone(),
        kind: Some(field.kind),
        label: Some(field.label.clone()),
        required: field.may_require().then_some(field.required),
        matching: field.kind.may_match().then_some(field.matching),
        profiling: field.kind.may_tag().then_some(field.profiling),
        tagging: field.kind.may_tag().then_some(field.tagging),
        default: (field.kind.may_default() && field.internal.is_none()).then(|| default_of(field)),
        help: Some(field.help.clone()),
        options: field.kind.has_options().then(|| field.options.iter().map(|option| option.label.clone()).collect()),
    }
}
