//! One of a long list: type to find, arrows to choose.

use domain::lang::fill;
use leptos::prelude::*;

use super::finder::{Finder, Listbox, Wish};
use super::options::Options;
use super::words as w;
use super::{Frame, invalid};
use crate::components::icon::Icon;
use crate::i18n::use_lang;

/// An input with a list below it. A text that names no option in full stays in the field; the server knows more names.
#[component]
pub fn Combobox(frame: Frame, options: Signal<Options>) -> impl IntoView {
    let lang = use_lang();
    let Frame { form, field, id, .. } = frame;
    let def = frame.def.get_value();
    let finder = id.with_value(|id| Finder::new(id, move || options.get()));
    let value = move || field.values.with(|values| values.first().cloned().unwrap_or_default());
    let place = move || {
        let value = untrack(value);
        options.with_untracked(|options| options.all().iter().position(|choice| choice.code == value))
    };
    let shown = move || finder.typed.get().unwrap_or_else(|| options.with(|options| options.label(&value())));
    let set = move |code: String| {
        finder.typed.set(None);
        finder.hide();
        if untrack(value) != code {
            field.values.set(vec![code]);
        }
        form.check(field);
    };
    let choose = Callback::new(move |place: usize| {
        if let Some(code) = options.with_untracked(|options| options.all().get(place).map(|choice| choice.code.clone())) {
            set(code);
        }
    });
    let is_chosen = Callback::new(move |place: usize| {
        options.with_untracked(|options| options.all().get(place).is_some_and(|choice| choice.code == value()))
    });
    let leave = move || {
        finder.hide();
        let Some(typed) = finder.typed.get_untracked() else { return form.check(field) };
        let code = options.with_untracked(|options| options.named(&typed).map(|choice| choice.code.clone()));
        set(code.unwrap_or_else(|| typed.trim().to_owned()));
    };
    let on_keydown = move |event: leptos::ev::KeyboardEvent| match finder.press(&event, place()) {
        Wish::Choose(place) => choose.run(place),
        Wish::None if event.key() == "Tab" => {
            // What was typed and found is taken along.
            let at = finder.at.get_untracked().filter(|_| finder.typed.with_untracked(Option::is_some));
            if let Some(place) = at.and_then(|at| finder.hits.with_untracked(|hits| hits.get(at).copied())) {
                choose.run(place);
            }
        }
        _ => {}
    };
    let clear_label = fill(w::CLEAR.get(lang), &[("name", &def.label)]);
    let clear = move |_| {
        set(String::new());
        id.with_value(|id| crate::browser::forms::focus(id));
    };
    view! {
        <div class="combobox">
            <input type="hidden" name=frame.name() value=value/>
            <span class="input">
                <input id=id.get_value() type="text" role="combobox" autocomplete="off" spellcheck="false" required=def.required
                    aria-autocomplete="list" aria-expanded=move || finder.open.get().to_string() aria-controls=finder.list_id()
                    aria-activedescendant=move || finder.active() aria-invalid=move || invalid(field) aria-describedby=move || frame.described()
                    placeholder=w::CHOOSE.get(lang) prop:value=shown
                    on:input=move |event| finder.type_in(event_target_value(&event))
                    on:click=move |_| if !finder.open.get_untracked() { finder.show(place()) }
                    on:keydown=on_keydown on:blur=move |_| leave()/>
                {move || (!value().is_empty()).then(|| view! {
                    <button class="icon-button icon-button--small" type="button" tabindex="-1" aria-label=clear_label.clone() on:click=clear><Icon name="close"/></button>
                })}
                <Icon name="down"/>
            </span>
            <Listbox finder label=def.label.clone() many=false is_chosen choose/>
        </div>
    }
}
