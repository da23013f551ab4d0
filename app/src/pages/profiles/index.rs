//! /pools/:pool — the profile list, and what is open beside it.

use domain::id::PoolId;
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::lister::Lister;
use super::place::{Open, Place};
use super::words as w;
use crate::api::profiles::shapes::ListStart;
use crate::api::profiles::start_list;
use crate::browser;
use crate::components::bulk_bar::BulkBar;
use crate::components::data_table::DataTable;
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::list_states::{EmptyPool, ListFailed, ListNews, NoHits};
use crate::components::page_head::{PoolHead, Tab};
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::skeleton::ListSkeleton;
use crate::components::toolbar::Toolbar;
use crate::components::undo_notice::UndoNotice;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::wire::Wire;

/// The list is its address. The server sends the first picture; from then on the list asks for itself.
#[component]
pub fn ProfilesPage() -> impl IntoView {
    let params = use_params_map();
    let map = use_query_map();
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let start = Resource::<_, Drawn>::new_with_options(
        move || pool.get(),
        move |pool| {
            let query = map.with_untracked(|map| Place::of(map).to_query());
            async move {
                match pool {
                    Some(pool) => start_list(pool, query).await,
                    None => Err(AppError::NotFound),
                }
            }
        },
        true,
    );
    view! {
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => view! { <ProfileList start/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// How the list's first picture is told to the browser: its rows stand in the document already.
struct Drawn;

impl Encoder<Result<ListStart, AppError>> for Drawn {
    type Error = postcard::Error;
    type Encoded = String;

    fn encode(start: &Result<ListStart, AppError>) -> Result<String, postcard::Error> {
        let mut start = start.clone();
        if let Ok(start) = &mut start {
            start.answer.rows.iter_mut().for_each(|row| row.html.clear());
        }
        Wire::encode(&start)
    }
}

impl Decoder<Result<ListStart, AppError>> for Drawn {
    type Error = postcard::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<Result<ListStart, AppError>, postcard::Error> {
        Wire::decode(text)
    }
}

/// Head, toolbar, table, pager, panel.
#[component]
fn ProfileList(start: ListStart) -> impl IntoView {
    let lang = use_lang();
    let name = start.pool.name.clone();
    let lister = Lister::new(start);
    lister.listen_to_keys();
    lister.listen_to_others();
    browser::unsaved::guard(lister.unsaved, w::LEAVE_UNSAVED.get(lang), move |path, query| {
        path == lister.path() && Place::parse(query).open == lister.place.with_untracked(|place| place.open)
    });
    let count = Signal::derive(move || lister.n_profiles.get() as i64);
    let empty = Memo::new(move |_| lister.n_profiles.get() == 0 && lister.answer.with(|answer| answer.rows.is_empty()));
    let no_rows = Memo::new(move |_| lister.answer.with(|answer| answer.rows.is_empty()));
    view! {
        <PoolHead tab=Tab::List count>
            {lister.may(Right::CreateProfiles).then(|| view! {
                <a class="button button--primary" href=move || lister.href(|place| place.opening(Open::New)) aria-keyshortcuts="n">
                    <Icon name="plus"/><span>{w::NEW_ENTRY.get(lang)}</span><kbd class="key">"N"</kbd>
                </a>
            })}
        </PoolHead>
        <div class="split">
            <section class="list" aria-label=w::PROFILE_LIST.get(lang)>
                <Show when=move || !empty.get() fallback=move || view! { <EmptyPool lister/> }>
                    {view! { <Toolbar lister/> }.into_any()}
                    {view! { <UndoNotice lister/><ListFailed lister/><ListNews lister/> }.into_any()}
                    {
                        let name = name.clone();
                        move || if no_rows.get() { view! { <NoHits lister/> }.into_any() } else { view! { <DataTable lister pool_name=name.clone()/> }.into_any() }
                    }
                    {view! { <BulkBar lister/> }.into_any()}
                    {view! { <Pager lister/> }.into_any()}
                </Show>
            </section>
            {view! { <Panel lister/> }.into_any()}
        </div>
    }
}
