//! The title of a pool's page, editable in its place.

use domain::id::PoolId;
use domain::rights::Right;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use crate::api::pools::RenamePool;
use crate::browser;
use crate::components::field::typed_before;
use crate::components::frame::{FrameState, use_frame};
use crate::components::icon::Icon;
use crate::components::toast::{Toast, Toasts, use_toasts};
use crate::i18n::use_lang;
use crate::parts::part;
use crate::text::frame as t;
use domain::lang::{Lang, fill};

/// The pool's name with a pencil, or while the address says `rename` a form in its place.
#[component]
pub fn PoolTitle(name: Memo<String>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let query = use_query_map();
    let location = use_location();
    let renaming = Memo::new(move |_| query.with(|query| query.get("rename").is_some()));
    let may = frame.may(Right::EditPools);
    // The same address with and without the form, everything else kept.
    let here = move |rename: bool| {
        let kept: Vec<String> = location.search.with(|search| {
            search
                .trim_start_matches('?')
                .split('&')
                .filter(|part| !part.is_empty() && !part.starts_with("rename"))
                .map(str::to_owned)
                .collect()
        });
        let parts: Vec<String> = kept.into_iter().chain(rename.then(|| "rename=1".to_owned())).collect();
        let path = location.pathname.get();
        if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
    };
    let back = Signal::derive(move || here(false));
    move || {
        if renaming.get() && may {
            Suspend::new(async move { rename_form(name, back).await.ok() }).into_any()
        } else {
            view! {
                <h1>{move || name.get()}</h1>
                {may.then(|| view! {
                    <a class="icon-button icon-button--small" href=move || here(true) aria-label=t::RENAME.get(lang) title=t::RENAME.get(lang)><Icon name="pencil"/></a>
                })}
            }
            .into_any()
        }
    }
}

part! {
    /// The form that stands in the title's place.
    panel, rename_form, fetch_rename_form(name: Memo<String>, back: Signal<String>) {
        view! { <RenameForm name back/> }.into_any()
    }
}

#[component]
fn RenameForm(name: Memo<String>, back: Signal<String>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let action = ServerAction::<RenamePool>::new();
    let before = name.get_untracked();
    let error = move || action.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    let typed = typed_before(action).unwrap_or_else(|| before.clone());
    let leave = Callback::new(move |()| {
        navigate(&back.get_untracked(), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    Effect::new({
        let before = before.clone();
        move |_| {
            let (Some(Ok(now)), Some(pool)) = (action.value().get(), frame.pool.get_untracked()) else { return };
            say_renamed(frame, toasts, lang, pool, before.clone(), &now);
            leave.run(());
        }
    });
    Effect::new(move |_| browser::document::focus("pool-name"));
    view! {
        <ActionForm action attr:class="rename-form">
            <input type="hidden" name="pool" value=move || frame.pool.get().map(|pool| pool.to_string())/>
            <input type="hidden" name="back" value=move || back.get()/>
            <h1 class="visually-hidden">{before.clone()}</h1>
            <span class="input input--small">
                <input id="pool-name" type="text" name="name" value=typed required aria-label=t::POOL_NAME.get(lang) autocomplete="off"
                    aria-invalid=move || error().map(|_| "true") aria-describedby="pool-name-error"
                    on:keydown=move |event| if event.key() == "Escape" { event.stop_propagation(); leave.run(()) }/>
            </span>
            <button class="button" type="submit">{t::SAVE.get(lang)}</button>
            <a class="button button--quiet" href=move || back.get()>{t::CANCEL.get(lang)}</a>
            <span class="field__error" id="pool-name-error" role="alert">{error}</span>
        </ActionForm>
    }
}

/// Says so, with the way back.
fn say_renamed(frame: FrameState, toasts: Toasts, lang: Lang, pool: PoolId, before: String, now: &str) {
    frame.data.update(|data| data.pools.iter_mut().filter(|one| one.id == pool).for_each(|one| one.name = now.to_owned()));
    if before == now {
        return;
    }
    let toast = Toast::new(fill(t::RENAMED.get(lang), &[("name", now)])).with_action(t::UNDO.get(lang), move || {
        let before = before.clone();
        leptos::task::spawn_local(async move {
            match crate::api::pools::rename_pool(pool, before, None).await {
                Ok(_) => frame.refresh_pools(),
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    });
    toasts.show(toast);
}
