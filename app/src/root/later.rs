//! Pages that the list does without: the browser fetches each when somebody goes there.

use std::pin::Pin;

use leptos::prelude::*;
use leptos_router::LazyRoute;

use crate::components::error_view::ErrorView;
use crate::error::AppError;
use crate::parts::part;

/// A page that comes by itself: its module, its names as a route and as a part, and its fetching.
macro_rules! later {
    ($($module:ident: $route:ident, $part:ident, $fetch:ident => $page:path;)+) => {$(
        part! {
            /// The page.
            $module, $part, $fetch() {
                use $page as Page;
                view! { <Page/> }.into_any()
            }
        }

        /// Fetched when somebody goes there.
        pub(super) struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_this: Self) -> AnyView {
                match $part().await {
                    Ok(page) => page,
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            }

            async fn preload() {
                _ = $fetch().await;
            }
        }
    )+};
}

later! {
    entry: SignIn, sign_in, fetch_sign_in => crate::pages::sign_in::SignInPage;
    entry: Link, sign_in_link, fetch_sign_in_link => crate::pages::link::LinkPage;
    pages: Start, start, fetch_start => crate::pages::start::StartPage;
    pages: Pools, pools, fetch_pools => crate::pages::pools::PoolsPage;
    panel: OneProfile, one_profile, fetch_one_profile => crate::pages::profiles::ProfilePage;
    pages: Bin, bin, fetch_bin => crate::pages::profiles::BinPage;
    import: Import, import, fetch_import => crate::pages::import::ImportPage;
    pages: Jobs, jobs, fetch_jobs => crate::pages::jobs::JobsPage;
    pages: Settings, settings, fetch_settings => crate::pages::settings::SettingsPage;
}

/// Fetches the page at an address, if it is one that comes by itself: it must be there when the document wakes.
///
/// # Errors
/// It can't be fetched.
pub async fn fetch_page(path: &str) -> Result<(), AppError> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let fetching = match parts.as_slice() {
        ["sign-in"] => boxed(fetch_sign_in()),
        ["sign-in", "link"] => boxed(fetch_sign_in_link()),
        [""] => boxed(fetch_start()),
        ["pools"] => boxed(fetch_pools()),
        ["pools", _, "profiles", _] => boxed(fetch_one_profile()),
        ["pools", _, "bin"] => boxed(fetch_bin()),
        ["pools", _, "import"] | ["pools", _, "import", _] => boxed(fetch_import()),
        ["jobs"] => boxed(fetch_jobs()),
        ["settings"] => boxed(fetch_settings()),
        _ => return Ok(()),
    };
    fetching.await
}

/// Fetchings of different parts as one type.
fn boxed<E: Into<AppError>>(
    fetching: impl Future<Output = Result<(), E>> + 'static,
) -> Pin<Box<dyn Future<Output = Result<(), AppError>>>> {
    Box::pin(async { fetching.await.map_err(Into::into) })
}
