//! The way back after a change by a plain form; an awake page says it in a toast.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::api::profiles::UndoBatch;
use crate::api::profiles::shapes::Batch;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::lister::bulk::batch_words;
use crate::pages::profiles::words as w;

/// What became of it, while the address says so.
#[component]
pub fn UndoNotice(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let map = use_query_map();
    let done = Memo::new(move |_| {
        map.with(|map| {
            let text = map.get("undo")?;
            let mut parts = text.split('.');
            Some(Batch { id: parts.next()?.parse().ok()?, n: parts.next()?.parse().ok()?, edited: parts.next().is_some() })
        })
    });
    let refused = Memo::new(move |_| map.with(|map| map.get("refused").is_some()));
    let why = move || {
        refused.get().then(|| view! { <p class="notice notice--negative list__notice" role="alert"><Icon name="alert"/><span>{w::NOT_CHANGED.get(lang)}</span></p> })
    };
    let back = move || {
        done.get().map(|batch| view! {
            <form class="notice list__notice" method="post" action=UndoBatch::PATH
                on:submit=move |event| { event.prevent_default(); lister.undo(batch, lang); let place = lister.place.get_untracked(); lister.visit(&place, true); }>
                <input type="hidden" name="pool" value=lister.pool.get()/>
                <input type="hidden" name="batch" value=batch.id/>
                <p>{batch_words(batch, lang)}</p>
                <button class="button button--quiet" type="submit"><Icon name="undo"/><span>{w::UNDO.get(lang)}</span></button>
            </form>
        })
    };
    view! { {why}{back} }
}
