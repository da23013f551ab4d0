//! Search as one types; a plain GET form until the page is awake.

use domain::lang::{Lang, fill, number};
use leptos::prelude::*;

use crate::browser;
use crate::components::icon::Icon;
use crate::components::pager::HiddenQuery;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;

/// The box, the number of hits and the time they took. Each key press asks; a pause or Enter makes a step in the browser's history.
#[component]
pub fn SearchBox(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let q = Memo::new(move |_| lister.place.with(|place| place.query.q.clone()));
    let input = NodeRef::<leptos::html::Input>::new();
    browser::list::adopt_typed(input, q, move || lister.is_ahead(), move |typed| lister.search(typed, true));
    view! {
        <form class="search-form" role="search" method="get" action=move || lister.path() aria-label=w::SEARCH_PROFILES.get(lang)
            on:submit=move |event| { event.prevent_default(); lister.settle(); }>
            <HiddenQuery lister except="q,page,profile,new,edit"/>
            <div class="input input--small search">
                <Icon name="search"/>
                <input node_ref=input id="search" type="search" name="q" aria-label=w::SEARCH.get(lang) aria-describedby="hits" aria-keyshortcuts="/"
                    placeholder=w::SEARCH.get(lang) autocomplete="off" spellcheck="false" maxlength="10000"
                    value=q.get_untracked()
                    on:input=move |event| lister.search(event_target_value(&event), false)/>
                <output id="hits" aria-live="polite">{move || hits(lister, lang)}</output>
                {move || (!q.with(String::is_empty)).then(|| view! {
                    <a class="icon-button icon-button--small" aria-label=w::CLEAR_SEARCH.get(lang) title=w::CLEAR_SEARCH.get(lang)
                        href=move || lister.href(|place| place.with(|query| query.q.clear()))><Icon name="close"/></a>
                })}
                {move || q.with(String::is_empty).then(|| view! { <kbd class="key" title=w::SEARCH_HINT.get(lang)>"/"</kbd> })}
            </div>
        </form>
    }
}

/// "1,284 hits · 3 ms", while something is searched or filtered.
fn hits(lister: Lister, lang: Lang) -> String {
    let narrowed = lister.place.with(|place| !place.query.q.is_empty() || !place.query.filters.is_empty());
    if !narrowed {
        return String::new();
    }
    let Some(total) = lister.total.get() else { return w::COUNTING.get(lang).to_owned() };
    let took = lister.answer.with(|answer| answer.took);
    let n = match total {
        1 => w::HIT.get(lang).to_owned(),
        n => fill(w::HITS.get(lang), &[("n", &number(n as i64, lang))]),
    };
    format!("{n} · {}", span_of(took, lang))
}

/// Microseconds as a reader says them: "0.4 ms", "3 ms".
fn span_of(took: u64, lang: Lang) -> String {
    if took < 1_000 {
        let tenths = (took / 100).max(1);
        let point = if lang == Lang::De { ',' } else { '.' };
        return format!("0{point}{tenths} ms");
    }
    format!("{} ms", number((took / 1_000) as i64, lang))
}
