//! /pools/:pool/bin — what was deleted, and the way back.

pub mod fields;

use domain::id::{PoolId, ProfileId};
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::fields::DeletedFields;
use super::lister::bulk::restored_words;
use super::words as w;
use crate::api::profiles::shapes::{BinLine, BinPage as Shown};
use crate::api::profiles::{RestoreProfiles, restore_profiles, show_bin};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::page_head::{PoolHead, Tab};
use crate::components::skeleton::ListSkeleton;
use crate::components::toast::{Toast, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::wire::Wire;

/// The bin of a pool.
#[component]
pub fn BinPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let page = Memo::new(move |_| query.with(|query| query.get("page").and_then(|page| page.parse::<u64>().ok()).unwrap_or(1)));
    let q = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let bin = Resource::<_, Wire>::new_with_options(
        move || (pool.get(), q.get(), page.get()),
        |(pool, q, page)| async move {
            match pool {
                Some(pool) => show_bin(pool, q, page).await,
                None => Err(AppError::NotFound),
            }
        },
        true,
    );
    let restored = Callback::new(move |()| bin.refetch());
    view! {
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match bin.await {
                    Ok(bin) => view! { <BinList bin restored/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Lines with boxes; one button takes the ticked ones out, and each line has its own.
#[component]
fn BinList(bin: Shown, restored: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let pool = bin.pool.id;
    let picked = RwSignal::new(Vec::<ProfileId>::new());
    let (q, total) = (StoredValue::new(bin.q.clone()), bin.total);
    let restore = Callback::new(move |ids: Option<Vec<ProfileId>>| {
        let all = ids.is_none();
        spawn_local(async move {
            match restore_profiles(pool, ids.unwrap_or_default(), all, q.get_value()).await {
                Ok(n) => {
                    toasts.show(Toast::new(n.map_or_else(|| w::RESTORE_RUNS.get(lang).to_owned(), |n| restored_words(n, lang))));
                    if !picked.is_disposed() {
                        restored.run(());
                    }
                }
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    });
    let (page, pages) = (bin.page, bin.pages);
    let none = bin.lines.is_empty();
    let (fields, may) = (bin.fields, bin.configures);
    let searched = q.with_value(|q| !q.trim().is_empty());
    let only_fields = none && !searched && !fields.is_empty();
    let step = move |to: u64, icon: &'static str, label: &'static str| {
        let open = to >= 1 && to <= pages;
        let href = open.then(|| format!("{}?q={}&page={to}", routes::bin(pool), q.with_value(|q| routes::escape(q))));
        view! { <a class="icon-button" role="link" href=href aria-disabled=(!open).then_some("true") aria-label=label><Icon name=icon/></a> }
    };
    view! {
        <PoolHead tab=Tab::Bin/>
        <section class="list bin" aria-label=w::BIN.get(lang)>
            {(!none || searched).then(|| view! {
                <div class="toolbar">
                    <form class="search-form" role="search" method="get" action=routes::bin(pool)>
                        <div class="input input--small search">
                            <Icon name="search"/>
                            <input type="search" name="q" aria-label=w::BIN_SEARCH.get(lang) placeholder=w::BIN_SEARCH.get(lang) value=q.get_value()
                                autocomplete="off" spellcheck="false" maxlength="200"/>
                        </div>
                    </form>
                </div>
            })}
            <form class="bin__form" class:bin__form--none=only_fields id="bin" method="post" action=RestoreProfiles::PATH
                on:submit=move |event| { event.prevent_default(); restore.run(Some(picked.get_untracked())); }>
                <input type="hidden" name="pool" value=pool.get()/>
                <div class="toolbar">
                    <p class="toolbar__text">{w::BIN_LEAD.get(lang)}</p>
                    <span class="toolbar__space"></span>
                    {(!none).then(|| view! { <button class="button" type="submit"><Icon name="undo"/><span>{w::RESTORE_SELECTED.get(lang)}</span></button> })}
                    {(!none).then(|| view! {
                        <input type="hidden" name="q" value=q.get_value()/>
                        <button class="button" type="submit" name="all" value="true" on:click=move |event| { event.prevent_default(); restore.run(None); }>
                            <Icon name="undo"/><span>{fill(w::RESTORE_ALL.get(lang), &[("n", &number(i64::try_from(total).unwrap_or(i64::MAX), lang))])}</span>
                        </button>
                    })}
                </div>
                {if only_fields {
                    view! { <p class="bin__none">{w::BIN_NO_PROFILES.get(lang)}</p> }.into_any()
                } else if none && searched {
                    view! { <p class="bin__none">{w::BIN_NO_HITS.get(lang)}</p> }.into_any()
                } else if none {
                    view! { <div class="empty"><Icon name="trash"/><h2>{w::BIN_EMPTY.get(lang)}</h2></div> }.into_any()
                } else {
                    view! { <BinTable lines=bin.lines picked restore/> }.into_any()
                }}
            </form>
            {(pages > 1).then(|| view! {
                <nav class="pager" aria-label=w::PAGES.get(lang)>
                    <span class="pager__range">{format!("{page} / {pages}")}</span>
                    <div class="pager__move">{step(page.wrapping_sub(1), "left", w::PREVIOUS_PAGE.get(lang))}{step(page + 1, "right", w::NEXT_PAGE.get(lang))}</div>
                </nav>
            })}
            {(!fields.is_empty()).then(|| view! { <DeletedFields pool lines=fields may changed=restored/> })}
        </section>
    }
}

#[component]
fn BinTable(lines: Vec<BinLine>, picked: RwSignal<Vec<ProfileId>>, restore: Callback<Option<Vec<ProfileId>>>) -> impl IntoView {
    let lang = use_lang();
    let tick = move |id: ProfileId, on: bool| {
        picked.update(|picked| {
            picked.retain(|other| *other != id);
            if on {
                picked.push(id);
            }
        });
    };
    let row = move |line: BinLine| {
        let id = line.id;
        let label = domain::lang::fill(w::SELECT_ROW.get(lang), &[("name", &line.title)]);
        view! {
            <tr>
                <td data-col="check"><input class="check" type="checkbox" name="ids[]" value=id.get() autocomplete="off" aria-label=label on:change=move |event| tick(id, event_target_checked(&event))/></td>
                <th scope="row">{line.title}</th>
                <td>{line.email}</td>
                <td>{line.deleted_at}</td>
                <td>{line.deleted_by}</td>
                <td class="number"><button class="button button--quiet" type="submit" name="ids[]" value=id.get()
                    on:click=move |event| { event.prevent_default(); restore.run(Some(vec![id])); }><Icon name="undo"/><span>{w::RESTORE.get(lang)}</span></button></td>
            </tr>
        }
    };
    view! {
        <div class="list__scroll" tabindex="0" role="region" aria-label=w::BIN.get(lang)>
            <table class="data-table bin-table">
                <thead><tr>
                    <th scope="col" data-col="check"><span class="visually-hidden">{w::SELECTED_BOXES.get(lang)}</span></th>
                    <th scope="col">{w::NAME.get(lang)}</th>
                    <th scope="col">{w::EMAIL.get(lang)}</th>
                    <th scope="col">{w::DELETED_AT.get(lang)}</th>
                    <th scope="col">{w::DELETED_BY.get(lang)}</th>
                    <th scope="col"><span class="visually-hidden">{w::RESTORE.get(lang)}</span></th>
                </tr></thead>
                <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
