//! Which part of the list is shown, and the way to the others.

use domain::lang::{fill, number};
use domain::list::PAGE_SIZES;
use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;

/// Page size, range, first, previous, jump, next, last.
#[component]
pub fn Pager(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let page = move || lister.answer.with(|answer| answer.page);
    let size = Memo::new(move |_| lister.answer.with(|answer| answer.page_size));
    let pages = Memo::new(move |_| lister.total.get().map(|total| total.div_ceil(size.get().max(1)).max(1)));
    let to = move |page: u64| move || lister.href(|place| place.with(|query| query.page = page));
    let more = move || {
        pages.get().map_or_else(|| lister.answer.with(|answer| answer.rows.len() as u64 == answer.page_size), |pages| page() < pages)
    };
    view! {
        <nav class="pager" aria-label=w::PAGES.get(lang)>
            <form class="pager__size" method="get" action=move || lister.path() on:submit=move |ev| lister.submit_size(ev)>
                <HiddenQuery lister except="page_size"/>
                <label>
                    <span class="input input--small">
                        <select name="page_size" aria-label=w::PER_PAGE_LABEL.get(lang) on:change=move |ev| lister.choose_size(&event_target_value(&ev))>
                            {PAGE_SIZES.iter().map(|option| view! {
                                <option value=*option selected=move || size.get() == *option>{*option}</option>
                            }).collect_view()}
                        </select>
                        <Icon name="down"/>
                    </span>
                    {w::PER_PAGE.get(lang)}
                </label>
                <button class="button" type="submit" data-asleep>{w::GO.get(lang)}</button>
            </form>
            <span class="pager__range">{move || lister.range_text(lang)}</span>
            <div class="pager__move">
                <Step icon="first" label=w::FIRST_PAGE.get(lang) href=to(1) open=Signal::derive(move || page() > 1)/>
                <Step icon="left" label=w::PREVIOUS_PAGE.get(lang) rel="prev" href=move || to(page().saturating_sub(1).max(1))() open=Signal::derive(move || page() > 1)/>
                <form class="pager__jump" method="get" action=move || lister.path() on:submit=move |ev| lister.submit_jump(ev)>
                    <HiddenQuery lister except="page"/>
                    <label>
                        <span class="visually-hidden">{w::PAGE.get(lang)}</span>
                        <span class="input input--small">
                            <input type="text" inputmode="numeric" name="page" autocomplete="off" prop:value=move || page().to_string() value=page().to_string()/>
                        </span>
                        <span>{move || pages.get().map(|pages| fill(w::OF_PAGES.get(lang), &[("n", &number(pages as i64, lang))]))}</span>
                    </label>
                </form>
                <Step icon="right" label=w::NEXT_PAGE.get(lang) rel="next" href=move || to(page() + 1)() open=Signal::derive(more)/>
                <Step icon="last" label=w::LAST_PAGE.get(lang) href=move || to(pages.get().unwrap_or_else(page))() open=Signal::derive(move || pages.get().is_some() && more())/>
            </div>
        </nav>
    }
}

/// One of the four arrows: a link, or its shadow at either end of the list.
#[component]
fn Step(
    icon: &'static str,
    label: &'static str,
    #[prop(optional)] rel: Option<&'static str>,
    href: impl Fn() -> String + Send + Sync + 'static,
    open: Signal<bool>,
) -> impl IntoView {
    view! {
        <a class="icon-button" role="link" aria-label=label title=label rel=rel
            href=move || open.get().then(&href)
            aria-disabled=move || (!open.get()).then_some("true")>
            <Icon name=icon/>
        </a>
    }
}

/// The rest of the address as hidden inputs, so that a plain GET form keeps it.
#[component]
pub fn HiddenQuery(lister: Lister, #[prop(into)] except: String) -> impl IntoView {
    let pairs = move || {
        let except = except.split(',').collect::<Vec<_>>();
        lister.pairs().into_iter().filter(|(name, _)| !except.contains(&name.as_str())).collect::<Vec<_>>()
    };
    move || pairs().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}
