//! A menu whose inside comes when somebody turns to it.

use leptos::prelude::*;

use crate::components::asleep::Asleep;
use crate::error::AppError;

/// Opens below its summary. What is inside is a part (`crate::parts`), fetched when the menu is opened or the pointer
/// comes near.
#[component]
pub fn Menu<F, Fut>(
    /// Classes beside `menu-box`.
    #[prop(optional)]
    class: &'static str,
    /// The `summary` that opens it.
    summary: AnyView,
    /// What is inside.
    part: F,
) -> impl IntoView
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    let wanted = RwSignal::new(false);
    view! {
        <details class=format!("menu-box {class}") data-menu on:toggle=move |_| wanted.set(true) on:pointerenter=move |_| wanted.set(true)>
            {summary}
            <Asleep wanted written=true part/>
        </details>
    }
}
