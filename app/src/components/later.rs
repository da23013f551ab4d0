//! What pages need that come by themselves, beside what every page has.

use leptos::prelude::*;

use crate::browser;

/// The styles and the icons of such pages. Until the styles are there, the page's body is not shown (`style/layout.css`).
#[component]
pub fn Later() -> impl IntoView {
    Effect::new(|_| browser::document::fetch_type_icons());
    view! {
        <link rel="stylesheet" href="/pkg/later.css"/>
        <div hidden id="type-icons" inner_html=type_icons()></div>
    }
}

/// The server writes them into the page; a page that the browser makes fetches them.
fn type_icons() -> &'static str {
    if cfg!(feature = "ssr") { include_str!("../../../assets/type-icons.svg") } else { "" }
}
