//! A part of the page that comes when somebody turns to it.

use std::pin::Pin;

use leptos::prelude::*;

use crate::error::AppError;

/// A view that is on its way.
pub type Coming = Pin<Box<dyn Future<Output = Result<AnyView, AppError>> + Send>>;

/// Makes a part (`crate::parts`) when it is wanted.
pub struct Part(pub Box<dyn Fn() -> Coming + Send + Sync>);

impl<F, Fut> From<F> for Part
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    fn from(part: F) -> Self {
        Self(Box::new(move || Box::pin(part())))
    }
}

/// Holds the place of a part. What the server wrote there stays until the part is wanted for the first time; then the
/// part takes its place.
#[component]
pub fn Asleep(
    /// Somebody turned to it.
    #[prop(into)]
    wanted: Signal<bool>,
    /// The server writes it too: it is of use without the script.
    #[prop(optional)]
    written: bool,
    /// What comes.
    #[prop(into)]
    part: Part,
) -> impl IntoView {
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
        view! { <div class="asleep">{written.then(|| Suspend::new(async move { part.0().await.ok() }))}</div> }
    }
}
