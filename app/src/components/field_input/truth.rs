//! Yes or no; where a field may stay empty, neither.

use leptos::prelude::*;

use super::words as w;
use super::{Frame, invalid};
use crate::browser;
use crate::i18n::use_lang;

/// Buttons of which one is pressed.
#[component]
pub fn Truth(frame: Frame) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Div>::new();
    let Frame { form, field, .. } = frame;
    browser::listbox::bind_boxes(node, field.values, || ());
    let required = frame.def.with_value(|def| def.required);
    let chosen = move |code: &'static str| field.values.with_untracked(|values| values.first().map_or("", String::as_str) == code);
    let words = [("", w::NEITHER), ("true", w::YES), ("false", w::NO)];
    let buttons = words.into_iter().filter(|(code, _)| !required || !code.is_empty()).map(|(code, word)| {
        view! {
            <label>{word.get(lang)}<input class="visually-hidden" type="radio" name=frame.name() value=code autocomplete="off" required=required
                checked=chosen(code) aria-describedby=move || frame.described()
                on:change=move |_| { field.values.set(vec![code.to_owned()]); form.check(field); }/></label>
        }
    });
    view! {
        <div class="segments segments--text" id=frame.id.get_value() node_ref=node role="radiogroup" tabindex="-1" aria-labelledby=frame.label_id()
            aria-required=required.then_some("true") aria-invalid=move || invalid(field)>{buttons.collect_view()}</div>
    }
}
