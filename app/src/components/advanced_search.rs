//! Which fields a search looks into.

use leptos::prelude::*;

use crate::api::profiles::shapes::by_category;
use crate::browser;
use crate::components::menu::Menu;
use crate::components::pager::HiddenQuery;
use crate::i18n::use_lang;
use crate::pages::profiles::lister::Lister;
use crate::pages::profiles::words as w;
use crate::parts::part;

/// A menu of fields by category; nothing ticked means the usual ones.
#[component]
pub fn AdvancedSearch(lister: Lister) -> impl IntoView {
    let lang = use_lang();
    let chosen = Memo::new(move |_| lister.place.with(|place| place.query.search_in.clone()));
    let summary = view! {
        <summary class="button button--quiet">
            {w::ADVANCED.get(lang)}
            {move || (!chosen.with(Vec::is_empty)).then(|| format!(" · {}", chosen.with(Vec::len)))}
        </summary>
    };
    view! { <Menu class="toolbar__many" summary=summary.into_any() part=move || advanced_search(lister, chosen)/> }
}

part! {
    /// The menu.
    menus, advanced_search(lister: Lister, chosen: Memo<Vec<String>>) {
        view! { <Fields lister chosen/> }.into_any()
    }
}

#[component]
fn Fields(lister: Lister, chosen: Memo<Vec<String>>) -> impl IntoView {
    let lang = use_lang();
    let ticked =
        move |key: &str, usual: bool| chosen.with(|chosen| if chosen.is_empty() { usual } else { chosen.iter().any(|other| other == key) });
    let tick = move |key: String, on: bool| {
        let usual: Vec<String> =
            lister.columns.with_value(|columns| columns.iter().filter(|column| column.searched).map(|column| column.key.clone()).collect());
        let mut fields = chosen.get_untracked();
        if fields.is_empty() {
            fields.clone_from(&usual);
        }
        fields.retain(|other| *other != key);
        if on {
            fields.push(key);
        }
        let plain = fields.len() == usual.len() && usual.iter().all(|key| fields.contains(key));
        lister.change(|query| query.search_in = if plain { Vec::new() } else { fields });
    };
    let groups = lister.columns.with_value(|columns| by_category(columns));
    view! {
            <form class="menu menu--wide" method="get" action=move || lister.path() aria-label=w::SEARCH_IN.get(lang) on:submit=move |event| { event.prevent_default(); browser::forms::close_menu(&event); }>
                <HiddenQuery lister except="in,page,profile,new,edit"/>
                {groups.into_iter().map(|(label, columns)| view! {
                    <fieldset class="menu__group">
                        <legend>{label}</legend>
                        {columns.into_iter().filter(|column| column.searchable).map(|column| {
                            let key = StoredValue::new(column.key.clone());
                            let on = move || key.with_value(|key| ticked(key, column.searched));
                            view! {
                                <label class="menu__item">
                                    <input class="check" type="checkbox" name="in" value=column.key.clone() checked=untrack(on) prop:checked=on
                                        on:change=move |event| tick(key.get_value(), event_target_checked(&event))/>
                                    {column.label}
                                </label>
                            }
                        }).collect_view()}
                    </fieldset>
                }).collect_view()}
                <div class="menu__foot">
                    <a class="button button--quiet" href=move || lister.href(|place| place.with(|query| query.search_in.clear()))>{w::USUAL_FIELDS.get(lang)}</a>
                    <button class="button" type="submit">{w::APPLY.get(lang)}</button>
                </div>
            </form>
    }
}
