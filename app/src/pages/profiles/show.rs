//! /pools/:pool/profiles/:profile — one profile on a page of its own.

use domain::id::{PoolId, ProfileId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::words as w;
use crate::api::profiles::open_sheet;
use crate::api::profiles::sheet::Sheet;
use crate::browser;
use crate::components::error_view::ErrorView;
use crate::components::frame::use_frame;
use crate::components::profile_details::{ProfileAreas, ProfileHead};
use crate::components::skeleton::ListSkeleton;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::frame as t;
use crate::wire::Wire;

/// A profile, or the form of a new one at `/pools/:pool/profiles/new`.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params.with(|params| {
            let pool = params.get("pool")?.parse::<PoolId>().ok()?;
            let profile = params.get("profile")?;
            let profile = if profile == "new" { None } else { Some(profile.parse::<ProfileId>().ok()?) };
            Some((pool, profile))
        })
    });
    let query = use_query_map();
    let whole = Memo::new(move |_| query.with(|query| query.get("history").is_some()));
    let sheet = Resource::<_, Wire>::new_with_options(
        move || (asked.get(), whole.get()),
        |(asked, whole)| async move {
            match asked {
                Some((pool, id)) => open_sheet(pool, id, whole).await.map(|sheet| (pool, sheet)),
                None => Err(AppError::NotFound),
            }
        },
        true,
    );
    view! {
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok((pool, sheet)) => view! { <ProfileView pool sheet/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Head and areas as in the panel, with the room of a page.
#[component]
fn ProfileView(pool: PoolId, sheet: Sheet) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let shown = RwSignal::new(sheet);
    let unsaved = RwSignal::new(false);
    let edit = RwSignal::new(true);
    browser::unsaved::guard(unsaved, w::LEAVE_UNSAVED.get(lang), |_, _| false);
    let on_saved = Callback::new(move |sheet: Sheet| {
        let made = shown.with_untracked(|shown| shown.id.is_none());
        unsaved.set(false);
        toasts.show(Toast::new(if made { w::CREATED } else { w::SAVED }.get(lang).to_owned()));
        match sheet.id {
            Some(id) if made => navigate(&routes::profile(pool, id), NavigateOptions::default()),
            _ => shown.set(sheet),
        }
    });
    let title = move || shown.with(|sheet| if sheet.id.is_none() { w::NEW_ENTRY.get(lang).to_owned() } else { sheet.head.name.clone() });
    let here = move || {
        shown.with(|sheet| sheet.id.map_or_else(|| format!("/pools/{pool}/profiles/new"), |id| format!("/pools/{pool}/profiles/{id}")))
    };
    let frame = use_frame();
    let pool_name = move || frame.current().map(|pool| pool.name).unwrap_or_default();
    view! {
        <Title text=title/>
        <div class="profile-page">
            <nav class="breadcrumb profile-page__path" aria-label=t::PATH.get(lang)>
                <ol><li><a href=routes::POOLS>{t::PROFILES.get(lang)}</a></li><li><a href=routes::pool(pool)>{pool_name}</a></li></ol>
            </nav>
            <article class="panel panel--page" id="panel">
                {move || {
                    let sheet = shown.get();
                    view! {
                        <ProfileHead sheet=sheet.clone()/>
                        <ProfileAreas pool sheet edit=edit.into() details_href=here edit_href=here on_saved guard=unsaved/>
                    }
                }}
            </article>
        </div>
    }
}
