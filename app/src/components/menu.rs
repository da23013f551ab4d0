//! A menu whose inside comes when somebody turns to it.

use leptos::prelude::*;

use crate::components::asleep::{Asleep, Part};

/// Opens below its summary. What is inside is a part (`crate::parts`), fetched when the menu is opened or the pointer
/// comes near.
#[component]
pub fn Menu(
    /// Classes beside `menu-box`.
    #[prop(optional)]
    class: &'static str,
    /// The `summary` that opens it.
    summary: AnyView,
    /// What is inside.
    #[prop(into)]
    part: Part,
) -> impl IntoView {
    let wanted = RwSignal::new(false);
    view! {
        <details class=format!("menu-box {class}") data-menu on:toggle=move |_| wanted.set(true) on:pointerenter=move |_| wanted.set(true)>
            {summary}
            <Asleep wanted written=true part/>
        </details>
    }
}
