//! `/pools`: all pools, and a new one.

pub mod deleted;
pub mod new_pool;
pub mod row;

use std::collections::HashMap;

use domain::id::PoolId;
use domain::lang::{Lang, fill, number};
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use self::deleted::{DeletedPools, deleted_words};
use self::new_pool::NewPool;
use self::row::PoolRow;
use crate::api::pools::{DeletePool, RenamePool, RestorePool, field_counts, restore_pool};
use crate::api::session::PoolLine;
use crate::components::frame::{FrameState, use_frame};
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::toast::{Toast, Toasts, use_toasts};
use crate::i18n::use_lang;
use crate::pages::start::FirstRun;
use crate::text::frame as f;
use crate::text::pools as t;
use crate::wire::Wire;

/// `/pools?new`, `/pools?new&copy=7`, `/pools?rename=7`.
#[component]
pub fn PoolsPage() -> impl IntoView {
    let frame = use_frame();
    let query = use_query_map();
    let none = Memo::new(move |_| frame.data.with(|data| data.pools.is_empty()) && query.with(|query| query.get("deleted").is_none()));
    move || if none.get() { view! { <FirstRun/> }.into_any() } else { view! { <AllPools/> }.into_any() }
}

#[component]
fn AllPools() -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let toasts = use_toasts();
    let query = use_query_map();
    let new = Memo::new(move |_| query.with(|query| query.get("new").is_some()));
    let renamed = Memo::new(move |_| query.with(|query| query.get("rename").and_then(|id| id.parse::<PoolId>().ok())));
    let may = frame.may(Right::CreatePools);
    let delete = ServerAction::<DeletePool>::new();
    let rename = ServerAction::<RenamePool>::new();
    let asked = StoredValue::new(None::<PoolLine>);
    Effect::new(move |_| {
        let (Some(answer), Some(pool)) = (delete.value().get(), asked.get_value()) else { return };
        frame.refresh_pools();
        match answer {
            Ok(()) => say_deleted(frame, toasts, lang, pool),
            Err(error) => toasts.show(Toast::negative(error.message(lang))),
        }
    });
    // Counted anew whenever pools come, go, or are reshaped.
    let pools = Memo::new(move |_| frame.data.with(|data| data.pools.clone()));
    let counts = Resource::<_, Wire>::new_with_options(move || pools.get().len(), |_| field_counts(), true);
    view! {
        <PageHead title=t::TITLE.get(lang)>
            {may.then(|| view! { <a class="button button--primary" href="/pools?new=1" aria-label=t::NEW_POOL.get(lang)><Icon name="plus"/><span>{t::NEW_POOL.get(lang)}</span></a> })}
        </PageHead>
        <div class="page__body page__body--ruled">
            <DeletedNotice/>
            {move || (new.get() && may).then(|| view! { <NewPool/> })}
            <Transition>
                {move || Suspend::new(async move {
                    let counts: HashMap<PoolId, i64> = counts.await.unwrap_or_default().into_iter().collect();
                    view! {
                        <table class="data-table pools-table">
                            <caption class="visually-hidden">{t::CAPTION.get(lang)}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">{t::NAME.get(lang)}</th>
                                    <th scope="col" class="number">{t::COUNT.get(lang)}</th>
                                    <th scope="col" class="number">{t::FIELDS.get(lang)}</th>
                                    <th scope="col">{t::ACTIVITY.get(lang)}</th>
                                    <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                                </tr>
                            </thead>
                            <tbody>
                                <For each=move || pools.get() key=|pool| (pool.id, pool.name.clone(), pool.n_profiles, pool.last_activity.clone()) let:pool>
                                    <PoolRow n_fields=counts.get(&pool.id).map(|n| number(*n, lang)) pool renamed delete rename asked/>
                                </For>
                            </tbody>
                        </table>
                    }
                })}
            </Transition>
            <DeletedPools/>
        </div>
    }
}

/// What a plain form has deleted, with the way back; an awake page says it in a toast.
#[component]
fn DeletedNotice() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    move || {
        let (pool, words) = query.with(|query| {
            let n_profiles = query.get("n").and_then(|n| n.parse().ok()).unwrap_or_default();
            let words = deleted_words(&query.get("name").unwrap_or_default(), n_profiles, lang);
            Some((query.get("deleted")?.parse::<PoolId>().ok()?, words))
        })?;
        Some(view! {
            <form class="notice pools__notice" method="post" action=RestorePool::PATH>
                <input type="hidden" name="pool" value=pool.to_string()/>
                <p>{words}</p>
                <button class="button button--quiet" type="submit"><Icon name="undo"/><span>{f::UNDO.get(lang)}</span></button>
            </form>
        })
    }
}

fn say_deleted(frame: FrameState, toasts: Toasts, lang: Lang, pool: PoolLine) {
    let words = deleted_words(&pool.name, pool.n_profiles, lang);
    let toast = Toast::new(words).with_action(f::UNDO.get(lang), move || {
        let pool = pool.clone();
        leptos::task::spawn_local(async move {
            match restore_pool(pool.id).await {
                Ok(()) => toasts.show(Toast::new(fill(t::RESTORED.get(lang), &[("name", &pool.name)]))),
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
            frame.refresh_pools();
        });
    });
    toasts.show(toast);
}
