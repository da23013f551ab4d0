//! /pools/:pool/bin — what was deleted, and the way back.

pub mod fields;

use domain::id::{PoolId, ProfileId};
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
use crate::wire::Wire;

/// The bin of a pool.
#[component]
pub fn BinPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let page = Memo::new(move |_| query.with(|query| query.get("page").and_then(|page| page.parse::<u64>().ok()).unwrap_or(1)));
    let bin = Resource::<_, Wire>::new_with_options(
        move || (pool.get(), page.get()),
        |(pool, page)| async move {
            match pool {
                Some(pool) => show_bin(pool, page).await,
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
    let restore = Callback::new(move |ids: Vec<ProfileId>| {
        spawn_local(async move {
            match restore_profiles(pool, ids).await {
                Ok(n) => {
                    toasts.show(Toast::new(restored_words(n, lang)));
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
    let only_fields = none && !fields.is_empty();
    let step = move |to: u64, icon: &'static str, label: &'static str| {
        let open = to >= 1 && to <= pages;
        view! { <a class="icon-button" role="link" href=open.then(|| format!("/pools/{pool}/bin?page={to}")) aria-disabled=(!open).then_some("true") aria-label=label><Icon name=icon/></a> }
    };
    view! {
        <PoolHead tab=Tab::Bin/>
        <section class="list bin" aria-label=w::BIN.get(lang)>
            <form class="bin__form" class:bin__form--none=only_fields id="bin" method="post" action=RestoreProfiles::PATH
                on:submit=move |event| { event.prevent_default(); restore.run(picked.get_untracked()); }>
                <input type="hidden" name="pool" value=pool.get()/>
                <div class="toolbar">
                    <p class="toolbar__text">{w::BIN_LEAD.get(lang)}</p>
                    <span class="toolbar__space"></span>
                    {(!none).then(|| view! { <button class="button" type="submit"><Icon name="undo"/><span>{w::RESTORE_SELECTED.get(lang)}</span></button> })}
                </div>
                {if only_fields {
                    view! { <p class="bin__none">{w::BIN_NO_PROFILES.get(lang)}</p> }.into_any()
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
fn BinTable(lines: Vec<BinLine>, picked: RwSignal<Vec<ProfileId>>, restore: Callback<Vec<ProfileId>>) -> impl IntoView {
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
                    on:click=move |event| { event.prevent_default(); restore.run(vec![id]); }><Icon name="undo"/><span>{w::RESTORE.get(lang)}</span></button></td>
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
