//! Which columns the list has and in which order: boxes and buttons, and a grip to drag.

use domain::lang::fill;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::profiles::SaveColumns;
use crate::api::profiles::shapes::{ColumnHead, by_category};
use crate::browser;
use crate::components::icon::Icon;
use crate::components::menu::Menu;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;
use crate::parts::part;

/// A menu: the shown columns in their order, then the others by category.
#[component]
pub fn ColumnChooser(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let all = lister.columns.with_value(Vec::len);
    let keys = Memo::new(move |_| lister.layout.with(|layout| layout.columns.iter().map(|column| column.key.clone()).collect::<Vec<_>>()));
    let count = move || fill(w::COLUMNS_OF.get(lang), &[("n", &keys.with(Vec::len).to_string()), ("all", &all.to_string())]);
    let summary = view! {
        <summary class="button button--quiet" aria-label=move || format!("{}: {}", w::COLUMNS.get(lang), count())><Icon name="columns"/><span>{count}</span></summary>
    };
    view! { <Menu class="toolbar__wide" summary=summary.into_any() part=move || column_chooser(lister, keys)/> }
}

part! {
    /// The menu.
    menus, column_chooser(lister: Lister, keys: Memo<Vec<String>>) {
        view! { <Columns lister keys/> }.into_any()
    }
}

#[component]
fn Columns(lister: Lister, keys: Memo<Vec<String>>) -> impl IntoView {
    let lang = use_lang();
    let said = RwSignal::new(String::new());
    let columns = lister.columns.get_value();
    let shown = move || -> Vec<ColumnHead> { keys.get().into_iter().filter_map(|key| lister.column(&key)).collect() };
    let others = move || {
        let rest: Vec<ColumnHead> = columns.iter().filter(|column| keys.with(|keys| !keys.contains(&column.key))).cloned().collect();
        by_category(&rest)
    };
    view! {
            <form class="menu menu--wide menu--end column-chooser" method="post" action=SaveColumns::PATH
                aria-label=w::COLUMNS.get(lang) on:submit=move |event| { event.prevent_default(); browser::forms::close_menu(&event); }>
                <input type="hidden" name="pool" value=lister.pool.get()/>
                <h3>{w::COLUMNS_SHOWN.get(lang)}</h3>
                <ol on:dragover=|event| browser::list::drag_over(&event)>
                    <For each=shown key=|column| column.key.clone()
                        children=move |column| view! { <ShownColumn lister keys said column/> }/>
                </ol>
                {move || others().into_iter().map(|(label, columns)| view! {
                    <fieldset class="menu__group">
                        <legend>{label}</legend>
                        {columns.into_iter().map(|column| {
                            let key = column.key.clone();
                            view! {
                                <label class="menu__item">
                                    <input class="check" type="checkbox" name="columns[]" value=column.key.clone() autocomplete="off" on:change=move |_| lister.toggle_column(&key, true)/>
                                    {column.label}
                                </label>
                            }
                        }).collect_view()}
                    </fieldset>
                }).collect_view()}
                <div class="menu__foot"><button class="button" type="submit">{w::APPLY.get(lang)}</button></div>
                <output class="visually-hidden" aria-live="polite">{said}</output>
            </form>
    }
}

/// A shown column: hide it, move it by a button, or drag it.
#[component]
fn ShownColumn(lister: Lister, keys: Memo<Vec<String>>, said: RwSignal<String>, column: ColumnHead) -> impl IntoView {
    let lang = use_lang();
    let key = StoredValue::new(column.key.clone());
    let name = StoredValue::new(column.label.clone());
    let at = Memo::new(move |_| keys.with(|keys| key.with_value(|key| keys.iter().position(|other| other == key)).unwrap_or_default()));
    let last = Memo::new(move |_| keys.with(Vec::len).saturating_sub(1));
    let put = move |to: usize| {
        key.with_value(|key| lister.move_column(key, to));
        let (n, all) = ((to + 1).to_string(), (last.get_untracked() + 1).to_string());
        said.set(name.with_value(|name| fill(w::MOVED.get(lang), &[("name", name), ("n", &n), ("all", &all)])));
    };
    let label = move |text: domain::lang::Text| name.with_value(|name| fill(text.get(lang), &[("name", name)]));
    view! {
        <li draggable="true" data-key=column.key.clone()
            on:dragstart=move |event| key.with_value(|key| browser::list::drag_start(&event, key))
            on:drop=move |event| if let Some(moved) = browser::list::dropped(&event) { lister.move_column(&moved, at.get_untracked()) }>
            <span class="column-chooser__grip" aria-hidden="true"><Icon name="grip"/></span>
            <label>
                <input class="check" type="checkbox" name="columns[]" value=column.key.clone() autocomplete="off" checked=true
                    on:change=move |_| key.with_value(|key| lister.toggle_column(key, false)) disabled=move || last.get() == 0/>
                <span>{column.label}</span>
            </label>
            <span class="column-chooser__moves">
                <button class="icon-button" type="button" aria-label=label(w::MOVE_UP) disabled=move || at.get() == 0 on:click=move |_| put(at.get_untracked().saturating_sub(1))><Icon name="up"/></button>
                <button class="icon-button" type="button" aria-label=label(w::MOVE_DOWN) disabled=move || at.get() == last.get() on:click=move |_| put(at.get_untracked() + 1)><Icon name="down"/></button>
            </span>
        </li>
    }
}
