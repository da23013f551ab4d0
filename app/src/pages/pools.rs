//! `/pools`: all pools, and a new one.

use domain::lang::{Lang, fill, number};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::pools::{CreatePool, DeletePool, restore_pool};
use crate::api::session::PoolLine;
use crate::components::frame::{FrameState, use_frame};
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::toast::{Toast, Toasts, use_toasts};
use crate::i18n::use_lang;
use crate::pages::start::FirstRun;
use crate::routes;
use crate::text::frame as f;
use crate::text::pools as t;

/// `/pools?new`.
#[component]
pub fn PoolsPage() -> impl IntoView {
    let frame = use_frame();
    let none = Memo::new(move |_| frame.data.with(|data| data.pools.is_empty()));
    move || if none.get() { view! { <FirstRun/> }.into_any() } else { view! { <AllPools/> }.into_any() }
}

#[component]
fn AllPools() -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let toasts = use_toasts();
    let query = use_query_map();
    let new = Memo::new(move |_| query.with(|query| query.get("new").is_some()));
    let may = frame.data.with_untracked(|data| data.administrator);
    let delete = ServerAction::<DeletePool>::new();
    let asked = StoredValue::new(None::<PoolLine>);
    Effect::new(move |_| {
        let (Some(answer), Some(pool)) = (delete.value().get(), asked.get_value()) else { return };
        frame.refresh_pools();
        match answer {
            Ok(()) => say_deleted(frame, toasts, lang, pool),
            Err(error) => toasts.show(Toast::negative(error.message(lang))),
        }
    });
    view! {
        <PageHead title=t::TITLE.get(lang)>
            {may.then(|| view! { <a class="button button--primary" href="/pools?new=1" aria-label=t::NEW_POOL.get(lang)><Icon name="plus"/><span>{t::NEW_POOL.get(lang)}</span></a> })}
        </PageHead>
        <div class="page__body page__body--ruled">
            {move || (new.get() && may).then(|| view! { <NewPool/> })}
            <table class="data-table pools-table">
                <caption class="visually-hidden">{t::CAPTION.get(lang)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::NAME.get(lang)}</th>
                        <th scope="col" class="number">{t::COUNT.get(lang)}</th>
                        <th scope="col">{t::ACTIVITY.get(lang)}</th>
                        <th scope="col"><span class="visually-hidden">{t::ACTIONS.get(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || frame.data.with(|data| data.pools.clone()) key=|pool| (pool.id, pool.name.clone(), pool.n_profiles) let:pool>
                        <tr>
                            <th scope="row"><a href=routes::pool(pool.id)>{pool.name.clone()}</a></th>
                            <td class="number">{number(pool.n_profiles, lang)}</td>
                            <td>{pool.last_activity.clone()}</td>
                            <td class="pools-table__actions">{may.then(|| view! { <Delete action=delete asked pool/> })}</td>
                        </tr>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Delete(action: ServerAction<DeletePool>, asked: StoredValue<Option<PoolLine>>, pool: PoolLine) -> impl IntoView {
    let lang = use_lang();
    let label = fill(t::DELETE_NAMED.get(lang), &[("name", &pool.name)]);
    let id = pool.id.to_string();
    view! {
        <ActionForm action on:submit=move |_| asked.set_value(Some(pool.clone()))>
            <input type="hidden" name="pool" value=id/>
            <button class="icon-button" type="submit" aria-label=label.clone() title=label><Icon name="trash"/></button>
        </ActionForm>
    }
}

/// A line for the new pool's name.
#[component]
fn NewPool() -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let create = ServerAction::<CreatePool>::new();
    let error = move || create.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    Effect::new(move |_| {
        if create.value().with(|value| matches!(value, Some(Ok(_)))) {
            frame.refresh_pools();
        }
    });
    Effect::new(move |_| crate::browser::document::focus("new-pool"));
    view! {
        <ActionForm action=create attr:class="rename-form new-pool">
            <span class="input input--small">
                <input id="new-pool" type="text" name="name" aria-label=t::CREATE_LABEL.get(lang) placeholder=t::CREATE_LABEL.get(lang) required maxlength="200" autocomplete="off"
                    aria-invalid=move || error().map(|_| "true") aria-describedby="new-pool-error"/>
            </span>
            <button class="button button--primary" type="submit">{t::CREATE.get(lang)}</button>
            <a class="button button--quiet" href=routes::POOLS>{f::CANCEL.get(lang)}</a>
            <span class="field__error" id="new-pool-error" role="alert">{error}</span>
        </ActionForm>
    }
}

fn say_deleted(frame: FrameState, toasts: Toasts, lang: Lang, pool: PoolLine) {
    let words = fill(t::DELETED.get(lang), &[("name", &pool.name), ("n", &number(pool.n_profiles, lang))]);
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
