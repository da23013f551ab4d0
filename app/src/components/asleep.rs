//! A part of the page that comes when somebody turns to it.

use std::pin::Pin;

use leptos::prelude::*;

use crate::error::AppError;

/// A view that is on its way.
pub type Coming = Pin<Box<dyn Future<Output = Result<AnyView, AppError>> + Send>>;

/// Holds the place of a part (`crate::parts`). What the server wrote there stays until the part is wanted for the first
/// time; then the part takes its place.
#[component]
pub fn Asleep<F, Fut>(
    /// Somebody turned to it.
    #[prop(into)]
    wanted: Signal<bool>,
    /// The server writes it too: it is of use without the script.
    #[prop(optional)]
    written: bool,
    /// The part.
    part: F,
) -> impl IntoView
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    let part = Box::new(move || Box::pin(part()) as Coming);
    #[cfg(feature = "hydrate")]
    {
        _ = written;
        let node = NodeRef::new();
        crate::browser::asleep::wake(node, wanted, part);
        view! { <div class="asleep" node_ref=node></div> }
    }
    #[cfg(not(feature = "hydrate"))]
    {
        _ = wanted;
        view! { <div class="asleep">{written.then(|| Suspend::new(async move { part().await.ok() }))}</div> }
    }
}
