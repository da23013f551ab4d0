//! /pools/:pool/integration?show=&q=&code= — what programs need to know of a pool: its fields with every id, files that
//! describe it, calls to copy.

use domain::id::PoolId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::api::integration::{Integration, show_integration};
use crate::browser::copy;
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::page_head::{PoolHead, Tab};
use crate::components::skeleton::ListSkeleton;
use crate::components::toast::{Toast, Toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::integration as t;
use crate::wire::Wire;

pub mod calls;
pub mod fields;
pub mod search;

use calls::{Calls, Languages};
use fields::Fields;
use search::{FieldSearch, Search};

/// The pool's side for programs.
#[component]
pub fn IntegrationPage() -> impl IntoView {
    let params = use_params_map();
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let shown = Resource::<_, Wire>::new_with_options(
        move || pool.get(),
        |pool| async move {
            match pool {
                Some(pool) => show_integration(pool).await,
                None => Err(AppError::NotFound),
            }
        },
        true,
    );
    view! {
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match shown.await {
                    Ok(integration) => view! { <Sides integration/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The two sides, one at a time, and the files.
#[component]
fn Sides(integration: Integration) -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let calls = Memo::new(move |_| query.with(|query| query.get_str("show") == Some("calls")));
    let Integration { pool, fields, examples } = integration;
    let search = Search::new(pool, &fields);
    let (fields, examples) = (StoredValue::new(fields), StoredValue::new(examples));
    let side = move |words: &'static str, href: String, current: bool| {
        view! { <a href=href aria-current=move || (calls.get() == current).then_some("page") data-noscroll>{words}</a> }
    };
    let file = move |(ending, name): (&'static str, &'static str)| {
        let href = routes::integration_file(pool, ending);
        view! { <a class="button button--quiet" href=href download="" rel="external"><Icon name="download"/><span>{name}</span></a> }
    };
    view! {
        <PoolHead tab=Tab::Integration/>
        <div class="list">
            <div class="toolbar">
                <nav class="segments segments--text" aria-label=t::SIDES.get(lang)>
                    {side(t::FIELDS.get(lang), routes::integration(pool), false)}
                    {side(t::EXAMPLES.get(lang), routes::integration_calls(pool, None), true)}
                </nav>
                {move || if calls.get() { view! { <Languages pool/> }.into_any() } else { view! { <FieldSearch search/> }.into_any() }}
                <span class="toolbar__space"></span>
                <nav class="files" aria-label=t::DOWNLOAD.get(lang)>{t::FILES.map(file).collect_view()}</nav>
            </div>
            {move || if calls.get() {
                view! { <Calls examples=examples.get_value()/> }.into_any()
            } else {
                view! { <Fields search fields=fields.get_value()/> }.into_any()
            }}
            <svg hidden><symbol id="i-copy" viewBox="0 0 16 16"><rect x="5.75" y="5.75" width="7.5" height="8" rx="1.5"/><path d="M3.5 10.25a.75.75 0 0 1-.75-.75V3.5c0-.7.55-1.25 1.25-1.25h5.5c.4 0 .75.35.75.75"/></symbol></svg>
        </div>
    }
}

/// Puts a text into the clipboard and says so.
fn copied(toasts: Toasts, text: String, words: String) {
    let lang = use_lang();
    copy::copy(text, move |done| {
        toasts.show(if done { Toast::new(words) } else { Toast::negative(t::NOT_COPIED.get(lang)) });
    });
}
