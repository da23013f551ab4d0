//! The document around every page, and which page stands at which address.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, path};

use self::later::{Bin, Import, Jobs, Link, OneProfile, Pools, Settings, SignIn, Start};
use crate::components::frame::Frame;
use crate::components::toast::provide_toasts;
use crate::context::{Theme, look};
use crate::pages::not_found::NotFoundPage;
use crate::pages::profiles::ProfilesPage;

mod later;

pub use later::fetch_page;

/// The document. Written by the server alone: the browser only takes over what is inside `App`.
///
/// Its type is erased, here and in `App`: else every crate that shows a page compiles all pages once more.
pub fn shell(options: LeptosOptions) -> AnyView {
    let (lang, theme) = look();
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() data-theme=(theme != Theme::System).then(|| theme.code())>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href="/pkg/favicon.svg?v=1"/>
                <link rel="stylesheet" href="/pkg/lagune.css"/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <div hidden inner_html=sprite()></div>
            </body>
        </html>
    }
    .into_any()
}

/// Every icon, once in each document: a sprite in a file of its own is asked for again whenever an icon is drawn.
fn sprite() -> &'static str {
    if cfg!(feature = "ssr") { include_str!("../../assets/icons.svg") } else { "" }
}

/// Everything in the body.
#[component]
pub fn App() -> AnyView {
    provide_meta_context();
    provide_toasts();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Lagune".to_owned() } else { format!("{title} – Lagune") }/>
        <Router>
            <Routes fallback=|| view! { <NotFoundPage/> }.into_any()>
                <Route path=path!("/sign-in") view={Lazy::<SignIn>::new()}/>
                <Route path=path!("/sign-in/link") view={Lazy::<Link>::new()}/>
                <ParentRoute path=path!("") view=|| view! { <Frame/> }.into_any()>
                    <Route path=path!("/") view={Lazy::<Start>::new()}/>
                    <Route path=path!("/pools") view={Lazy::<Pools>::new()}/>
                    <Route path=path!("/pools/:pool") view=|| view! { <ProfilesPage/> }.into_any()/>
                    <Route path=path!("/pools/:pool/profiles/:profile") view={Lazy::<OneProfile>::new()}/>
                    <Route path=path!("/pools/:pool/bin") view={Lazy::<Bin>::new()}/>
                    <Route path=path!("/pools/:pool/import") view={Lazy::<Import>::new()}/>
                    <Route path=path!("/pools/:pool/import/:import") view={Lazy::<Import>::new()}/>
                    <Route path=path!("/jobs") view={Lazy::<Jobs>::new()}/>
                    <Route path=path!("/settings") view={Lazy::<Settings>::new()}/>
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
}
