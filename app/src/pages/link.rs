//! A page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn LinkPage() -> impl IntoView {
    view! { <main class="page"></main> }
}
