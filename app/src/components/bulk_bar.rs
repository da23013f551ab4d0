//! What can be done with the selected profiles.

use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::profiles::DeleteProfiles;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;

/// The form that the rows' checkboxes belong to. Until the page is awake the style sheet shows it as soon as a box is ticked.
#[component]
pub fn BulkBar(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let n = move || lister.picked.with(|picked| picked.n(lister.total.get()));
    let all = move || lister.picked.with(|picked| picked.all);
    let page_full = move || {
        lister
            .picked
            .with(|picked| lister.answer.with(|answer| !answer.rows.is_empty() && answer.rows.iter().all(|row| picked.has(row.id))))
    };
    let offer_all = move || !all() && page_full() && lister.total.get().is_some_and(|total| total > n());
    let narrowed = move || lister.place.with(|place| !place.query.q.is_empty() || !place.query.filters.is_empty());
    let all_words = move || {
        let total = number(lister.total.get().unwrap_or_default() as i64, lang);
        fill(if narrowed() { w::SELECT_ALL_HITS } else { w::SELECT_ALL }.get(lang), &[("n", &total)])
    };
    view! {
        <form class="bulk-bar" id="bulk" method="post" action=DeleteProfiles::PATH aria-label=w::EDIT_SELECTION.get(lang) data-open=move || (n() > 0).then_some("")
            on:submit=move |event| { event.prevent_default(); lister.delete_picked(lang); }>
            <input type="hidden" name="pool" value=lister.pool.get()/>
            <input type="hidden" name="all" value=move || all().to_string()/>
            <input type="hidden" name="query" value=move || lister.place.with(|place| place.to_query())/>
            <span class="bulk-bar__count" role="status">{move || match n() {
                0 => w::SELECTED_BOXES.get(lang).to_owned(),
                n => fill(w::SELECTED.get(lang), &[("n", &number(n as i64, lang))]),
            }}</span>
            <button class="text-link bulk-bar__all" type="button" hidden=move || !offer_all()
                on:click=move |_| lister.picked.set(crate::pages::profiles::picked::Picked::everything())>{all_words}</button>
            <hr/>
            <a class="button button--quiet" href=move || lister.export_href() download="" rel="external" data-awake hidden=move || n() == 0><Icon name="download"/><span>{w::EXPORT.get(lang)}</span></a>
            <button class="button button--danger" type="submit"><Icon name="trash"/><span>{w::DELETE.get(lang)}</span></button>
            <hr/>
            <button class="icon-button" type="reset" aria-label=w::CLEAR_SELECTION.get(lang) title=w::CLEAR_SELECTION.get(lang)
                on:click=move |_| lister.picked.set(Default::default())><Icon name="close"/></button>
        </form>
    }
}
