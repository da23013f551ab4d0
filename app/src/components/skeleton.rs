//! The shape of what is coming.

use leptos::prelude::*;

/// A list on its way: seen only when it takes longer than a moment.
#[component]
pub fn ListSkeleton() -> impl IntoView {
    let row = |_| view! { <li><span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span></li> };
    view! { <div class="list-skeleton" aria-hidden="true"><ul>{(0..12).map(row).collect_view()}</ul></div> }
}
