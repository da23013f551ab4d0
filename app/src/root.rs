//! The document around every page, and which page stands at which address.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::components::frame::Frame;
use crate::components::toast::provide_toasts;
use crate::context::{Theme, look};
use crate::pages::import::ImportPage;
use crate::pages::jobs::JobsPage;
use crate::pages::link::LinkPage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::pools::PoolsPage;
use crate::pages::profiles::{BinPage, ProfilePage, ProfilesPage};
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::start::StartPage;

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
                <link rel="icon" type="image/svg+xml" href="/pkg/favicon.svg"/>
                <link rel="stylesheet" href="/pkg/lagune.css"/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
    .into_any()
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
                <Route path=path!("/sign-in") view=|| view! { <SignInPage/> }.into_any()/>
                <Route path=path!("/sign-in/link") view=|| view! { <LinkPage/> }.into_any()/>
                <ParentRoute path=path!("") view=|| view! { <Frame/> }.into_any()>
                    <Route path=path!("/") view=|| view! { <StartPage/> }.into_any()/>
                    <Route path=path!("/pools") view=|| view! { <PoolsPage/> }.into_any()/>
                    <Route path=path!("/pools/:pool") view=|| view! { <ProfilesPage/> }.into_any()/>
                    <Route path=path!("/pools/:pool/profiles/:profile") view=|| view! { <ProfilePage/> }.into_any()/>
                    <Route path=path!("/pools/:pool/bin") view=|| view! { <BinPage/> }.into_any()/>
                    <Route path=path!("/pools/:pool/import") view=|| view! { <ImportPage/> }.into_any()/>
                    <Route path=path!("/pools/:pool/import/:import") view=|| view! { <ImportPage/> }.into_any()/>
                    <Route path=path!("/jobs") view=|| view! { <JobsPage/> }.into_any()/>
                    <Route path=path!("/settings") view=|| view! { <SettingsPage/> }.into_any()/>
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
}
