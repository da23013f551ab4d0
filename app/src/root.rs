//! The document around every page, and which page stands at which address.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{PossibleRouteMatch, path};

use crate::components::frame::Frame;
use crate::components::toast::provide_toasts;
use crate::context::{Theme, look, passkeys_here, provider};
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
        <html lang=lang.code() data-theme=(theme != Theme::System).then(|| theme.code()) data-provider=provider() data-passkeys=passkeys_here().then_some("")>
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
                <Route path=at(path!("/sign-in")) view=later::SIGN_IN/>
                <Route path=at(path!("/sign-in/link")) view=later::LINK/>
                <Route path=at(path!("/sign-in/second")) view=later::SECOND/>
                <Route path=at(path!("/sign-in/forgotten")) view=later::FORGOTTEN/>
                <ParentRoute path=path!("") view=|| view! { <Frame/> }.into_any()>
                    <Route path=at(path!("/")) view=later::START/>
                    <Route path=at(path!("/pools")) view=later::POOLS/>
                    <Route path=at(path!("/pools/:pool")) view=|| view! { <ProfilesPage/> }.into_any()/>
                    <Route path=at(path!("/pools/:pool/profiles/:profile")) view=later::ONE_PROFILE/>
                    <Route path=at(path!("/pools/:pool/configuration")) view=later::CONFIGURATION/>
                    <Route path=at(path!("/pools/:pool/bin")) view=later::BIN/>
                    <Route path=at(path!("/pools/:pool/backups")) view=later::BACKUPS/>
                    <Route path=at(path!("/pools/:pool/backups/:backup")) view=later::BACKUP/>
                    <Route path=at(path!("/pools/:pool/integration")) view=later::INTEGRATION/>
                    <Route path=at(path!("/pools/:pool/export")) view=later::EXPORT/>
                    <Route path=at(path!("/pools/:pool/schedules")) view=later::SCHEDULES/>
                    <Route path=at(path!("/pools/:pool/import")) view=later::IMPORT/>
                    <Route path=at(path!("/pools/:pool/import/:import")) view=later::IMPORT/>
                    <Route path=at(path!("/pools/:pool/import/:import/rules")) view=later::IMPORT/>
                    <Route path=at(path!("/pools/:pool/import/:import/check")) view=later::IMPORT/>
                    <Route path=at(path!("/pools/:pool/configuration/fields/:field/convert")) view=later::CONVERT/>
                    <Route path=at(path!("/pools/:pool/configuration/file")) view=later::LAYOUT_FILE/>
                    <Route path=at(path!("/pools/:pool/backups/:backup/restore")) view=later::RESTORE/>
                    <Route path=at(path!("/team")) view=later::TEAM/>
                    <Route path=at(path!("/team/roles")) view=later::ROLES/>
                    <Route path=at(path!("/team/roles/:role")) view=later::ROLE/>
                    <Route path=at(path!("/team/tokens")) view=later::TOKENS/>
                    <Route path=at(path!("/team/mails")) view=later::MAILS/>
                    <Route path=at(path!("/team/client")) view=later::CLIENT/>
                    <Route path=at(path!("/clients")) view=later::CLIENTS/>
                    <Route path=at(path!("/jobs")) view=later::JOBS/>
                    <Route path=at(path!("/settings")) view=later::SETTINGS/>
                    <Route path=at(path!("/settings/second-factor")) view=later::SECOND_FACTOR/>
                    <Route path=at(path!("/settings/passkeys")) view=later::PASSKEYS/>
                    <Route path=at(path!("/audit")) view=later::AUDIT/>
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
}

/// Addresses of different form as one type: the router's code is compiled once for each type of address.
fn at(path: impl PossibleRouteMatch + Send + Sync + 'static) -> Arc<dyn PossibleRouteMatch + Send + Sync> {
    Arc::new(path)
}
