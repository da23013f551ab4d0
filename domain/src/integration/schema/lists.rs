//! The lists that are the same in every pool, each once in a schema.

use serde_json::{Value as Json, json};

use crate::field::FieldKind;
use crate::lang::Lang;
use crate::lists::choices;
use crate::permission::Permission;

/// The name of a type's list, and its codes; none for types without one.
pub(super) fn named(kind: FieldKind) -> Option<(&'static str, Json)> {
    let (name, about) = match kind {
        FieldKind::Salutation => ("Salutation", "Salutation"),
        FieldKind::Country => ("Country", "ISO 3166-1 alpha-2"),
        FieldKind::State => ("State", "ISO 3166-2"),
        FieldKind::MobilePrefix => ("MobilePrefix", "E.164"),
        FieldKind::Language => ("Language", "ISO 639-1"),
        FieldKind::Permission => {
            let codes: Vec<&str> = Permission::ALL.iter().map(|permission| permission.code()).collect();
            return Some(("Permission", json!({ "type": "string", "enum": codes })));
        }
        _ => return None,
    };
    let mut codes: Vec<&str> = choices(kind, Lang::En).iter().map(|choice| choice.code.as_str()).collect();
    // Salutations stand in the order of forms.
    if kind != FieldKind::Salutation {
        codes.sort_unstable();
    }
    Some((name, json!({ "type": "string", "description": about, "enum": codes })))
}
