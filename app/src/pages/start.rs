//! A page.

use leptos::prelude::*;

/// The page.
#[component]
pub fn StartPage() -> impl IntoView {
    view! { <main class="page"></main> }
}
