//! A page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn PoolsPage() -> impl IntoView {
    view! { <main class="page"></main> }
}
