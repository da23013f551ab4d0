//! The line above the list: search, fields to search, filters, columns, row height.

use leptos::prelude::*;

use crate::components::advanced_search::AdvancedSearch;
use crate::components::column_chooser::ColumnChooser;
use crate::components::filter_chips::FilterChips;
use crate::components::icon::Icon;
use crate::components::search_box::SearchBox;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;

/// Everything that decides what the list shows.
#[component]
pub fn Toolbar(lister: Lister) -> impl IntoView {
    view! {
        <div class="toolbar">
            {view! { <SearchBox lister/> }.into_any()}
            {view! { <AdvancedSearch lister/> }.into_any()}
            {view! { <FilterChips lister/> }.into_any()}
            <span class="toolbar__space toolbar__many"></span>
            {view! { <ColumnChooser lister/> }.into_any()}
            <Density lister/>
        </div>
    }
}

/// Two row heights.
#[component]
fn Density(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let dense = move || lister.layout.with(|layout| layout.dense);
    let set = move |dense: bool| {
        lister.layout.update(|layout| layout.dense = dense);
        lister.keep_layout();
    };
    view! {
        <div class="segments toolbar__wide" role="group" aria-label=w::ROW_HEIGHT.get(lang)>
            <button type="button" aria-pressed=move || (!dense()).to_string() aria-label=w::AIRY.get(lang) title=w::AIRY.get(lang) on:click=move |_| set(false)>
                <Icon name="rows-wide"/>
            </button>
            <button type="button" aria-pressed=move || dense().to_string() aria-label=w::DENSE.get(lang) title=w::DENSE.get(lang) on:click=move |_| set(true)>
                <Icon name="rows-tight"/>
            </button>
        </div>
    }
}
