//! The way back after a deletion by a plain form; an awake page says it in a toast.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::api::profiles::RestoreBatch;
use crate::api::profiles::shapes::DeletedBatch;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::lister::bulk::deleted_words;
use crate::pages::profiles::words as w;

/// One line with a button, while the address names a batch.
#[component]
pub fn UndoNotice(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let map = use_query_map();
    let deleted = Memo::new(move |_| {
        map.with(|map| {
            let text = map.get("undo")?;
            let (batch, n) = text.split_once('.')?;
            Some(DeletedBatch { batch: batch.parse().ok()?, n: n.parse().ok()? })
        })
    });
    move || {
        deleted.get().map(|deleted| view! {
            <form class="notice list__notice" method="post" action=RestoreBatch::PATH
                on:submit=move |event| { event.prevent_default(); lister.undo(deleted, lang); let place = lister.place.get_untracked(); lister.visit(&place, true); }>
                <input type="hidden" name="pool" value=lister.pool.get()/>
                <input type="hidden" name="batch" value=deleted.batch/>
                <p>{deleted_words(deleted, lang)}</p>
                <button class="button button--quiet" type="submit"><Icon name="undo"/><span>{w::UNDO.get(lang)}</span></button>
            </form>
        })
    }
}
