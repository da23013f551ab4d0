//! A page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    view! { <main class="page"></main> }
}
