//! A picture of the sprite.

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
