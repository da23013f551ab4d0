//! A picture of the sprite.

use domain::field::FieldKind;
use leptos::prelude::*;

/// An icon by its name in the sprite. Decoration: whatever it says stands beside it in words.
#[component]
pub fn Icon(
    /// Its name, without `i-`.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use href=format!("#i-{name}")></use></svg> }
}

/// The icon of a type.
pub(crate) const fn type_icon(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::SingleLine => "type-text",
        FieldKind::MultiLine => "type-lines",
        FieldKind::Selection => "type-one",
        FieldKind::MultiSelection => "type-many",
        FieldKind::Salutation => "type-salutation",
        FieldKind::Country => "type-country",
        FieldKind::State | FieldKind::Language => "type-state",
        FieldKind::MobilePrefix => "type-phone",
        FieldKind::Date => "type-date",
        FieldKind::DateTime => "type-datetime",
        FieldKind::Email => "type-email",
        FieldKind::Boolean => "type-bool",
        FieldKind::Integer => "type-int",
        FieldKind::Postcode => "type-zip",
        FieldKind::IpAddress => "type-ip",
        FieldKind::Permission => "type-permission",
        FieldKind::ProfileId | FieldKind::FormRef => "type-id",
    }
}
