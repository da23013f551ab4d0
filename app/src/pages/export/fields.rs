//! Which fields the file has, and in which order: boxes and buttons. Without the script each button loads the page anew.

use domain::lang::fill;
use leptos::prelude::*;

use crate::api::export::ExportField;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::export as t;

/// The chosen fields in their order, then the others.
#[component]
pub fn Fields(fields: Vec<ExportField>) -> impl IntoView {
    let lang = use_lang();
    let order = RwSignal::new(fields);
    let said = RwSignal::new(String::new());
    let moved = Callback::new(move |(key, by): (String, isize)| {
        order.update(|fields| {
            let Some(at) = fields.iter().position(|field| field.key == key) else { return };
            let to = at.saturating_add_signed(by).min(fields.len() - 1);
            let field = fields.remove(at);
            let (n, all) = ((to + 1).to_string(), (fields.len() + 1).to_string());
            said.set(fill(t::MOVED.get(lang), &[("name", &field.label), ("n", &n), ("all", &all)]));
            fields.insert(to, field);
        });
    });
    view! {
        <fieldset class="export__fields">
            <legend>{t::FIELDS.get(lang)}</legend>
            <p>{t::FIELDS_LEAD.get(lang)}</p>
            <div class="export__presets">
                <button class="button button--quiet" type="submit" name="columns" value="all">{t::ALL_FIELDS.get(lang)}</button>
                <button class="button button--quiet" type="submit" name="columns" value="list">{t::AS_LIST.get(lang)}</button>
            </div>
            <ol>
                <For each=move || order.get() key=|field| field.key.clone() children=move |field| view! { <OneField field moved/> }/>
            </ol>
            <output class="visually-hidden" aria-live="polite">{said}</output>
        </fieldset>
    }
}

#[component]
fn OneField(field: ExportField, moved: Callback<(String, isize)>) -> impl IntoView {
    let lang = use_lang();
    let ExportField { key, label, chosen } = field;
    let button = |name: &'static str, icon: &'static str, words: domain::lang::Text, by: isize| {
        let label = fill(words.get(lang), &[("name", &label)]);
        let (value, own) = (key.clone(), key.clone());
        let press = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            moved.run((own.clone(), by));
        };
        view! { <button class="icon-button" type="submit" name=name value=value aria-label=label on:click=press><Icon name=icon/></button> }
    };
    let buttons = (button("up", "up", t::MOVE_UP, -1), button("down", "down", t::MOVE_DOWN, 1));
    view! {
        <li>
            <label><input class="check" type="checkbox" name="column" value=key.clone() checked=chosen autocomplete="off"/><span>{label.clone()}</span></label>
            <span class="export__moves">{buttons.0}{buttons.1}</span>
        </li>
    }
}
