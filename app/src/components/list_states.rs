//! What stands in the list's place when there are no rows: nothing yet, nothing found, nothing to be had.

use domain::lang::{fill, number};
use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::place::Open;
use crate::pages::profiles::words as w;

/// A pool without profiles: what belongs here, and the ways to fill it.
#[component]
pub fn EmptyPool(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let pool = lister.pool;
    view! {
        <div class="empty">
            <Icon name="profiles"/>
            <h2>{w::EMPTY_TITLE.get(lang)}</h2>
            <p>{w::EMPTY_LEAD.get(lang)}</p>
            <div class="empty__actions">
                <a class="button button--primary" href=move || lister.href(|place| place.opening(Open::New)) title=w::EMPTY_ADD_HINT.get(lang)><Icon name="plus"/><span>{w::EMPTY_ADD.get(lang)}</span></a>
                <a class="button" href=format!("/pools/{pool}/import") title=w::EMPTY_IMPORT_HINT.get(lang)><Icon name="import"/><span>{w::EMPTY_IMPORT.get(lang)}</span></a>
            </div>
        </div>
    }
}

/// A search without hits: what was searched, and the ways out.
#[component]
pub fn NoHits(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let q = move || lister.place.with(|place| place.query.q.trim().to_owned());
    let fields = move || {
        let keys = lister.place.with(|place| place.query.search_in.clone());
        let names = lister.columns.with_value(|columns| {
            columns
                .iter()
                .filter(|column| if keys.is_empty() { column.searched } else { keys.contains(&column.key) })
                .map(|column| column.label.clone())
                .collect::<Vec<_>>()
        });
        if names.len() > 6 { format!("{} …", names[..6].join(", ")) } else { names.join(", ") }
    };
    let filtered = move || lister.place.with(|place| !place.query.filters.is_empty());
    let past_the_end = move || lister.total.get().is_some_and(|total| total > 0);
    view! {
        <div class="empty" role="status">
            <Icon name="search"/>
            {move || if past_the_end() {
                view! {
                    <h2>{w::THIS_PAGE_EMPTY.get(lang)}</h2>
                    <div class="empty__actions"><a class="button" href=move || lister.href(|place| place.with(|_| ()))>{w::TO_FIRST_PAGE.get(lang)}</a></div>
                }.into_any()
            } else {
                view! {
                    <h2>{w::NO_HITS.get(lang)}</h2>
                    {move || (!q().is_empty()).then(|| view! { <p>{fill(w::NO_HITS_FOR.get(lang), &[("q", &q()), ("fields", &fields())])}</p> })}
                    {move || (q().is_empty() && filtered()).then(|| view! { <p>{w::NO_HITS_FILTER.get(lang)}</p> })}
                    <div class="empty__actions">
                        {move || (!q().is_empty()).then(|| view! {
                            <a class="button" href=move || lister.href(|place| place.with(|query| query.q.clear()))>{w::CLEAR_SEARCH.get(lang)}</a>
                            <a class="button button--quiet" href=move || lister.href(|place| place.with(|query| query.search_in = lister.columns.with_value(|columns| columns.iter().map(|column| column.key.clone()).collect())))>{w::SEARCH_EVERYWHERE.get(lang)}</a>
                        })}
                        {move || filtered().then(|| view! {
                            <a class="button button--quiet" href=move || lister.href(|place| place.with(|query| query.filters.clear()))>{w::REMOVE_FILTERS.get(lang)}</a>
                        })}
                    </div>
                }.into_any()
            }}
        </div>
    }
}

/// The rows could not be had; what is on the screen stays, and it can be tried again.
#[component]
pub fn ListFailed(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    move || {
        lister.failed.get().map(|error| {
            view! {
                <div class="notice notice--negative list__notice" role="alert">
                    <Icon name="alert"/>
                    <p>{w::FAILED.get(lang)}" "{error.message(lang)}</p>
                    <button class="button" type="button" on:click=move |_| lister.load()>{w::RETRY.get(lang)}</button>
                </div>
            }
        })
    }
}

/// One quiet line: what happened elsewhere, or that an order is being prepared.
#[component]
pub fn ListNews(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let arrived = move || lister.arrived.get();
    let words = move || match arrived() {
        1 => w::NEW_ELSEWHERE_ONE.get(lang).to_owned(),
        n => fill(w::NEW_ELSEWHERE.get(lang), &[("n", &number(n as i64, lang))]),
    };
    view! {
        <div class="list__news" role="status" aria-live="polite">
            {move || (arrived() > 0).then(|| view! {
                <p>{words}" – "<button class="text-link" type="button" on:click=move |_| lister.load()>{w::SHOW.get(lang)}</button></p>
            })}
            {move || lister.answer.with(|answer| answer.building).then(|| view! { <p><Icon name="clock"/>{w::BUILDING.get(lang)}</p> })}
        </div>
    }
}
