//! A postcode in the form of the profile's country.

use domain::lang::fill;
use domain::postcode::Masks;
use leptos::prelude::*;

use super::words as w;
use super::{Frame, first, invalid};
use crate::browser;
use crate::i18n::use_lang;

/// An input that takes no more than the country's postcodes have, and puts spaces and hyphens where they belong.
#[component]
pub fn Postcode(frame: Frame) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Input>::new();
    let Frame { form, field, id, .. } = frame;
    browser::forms::bind(node, field.values);
    let def = frame.def.get_value();
    let masks = Memo::new(move |_| form.place.with(|place| place.masks.clone()));
    let of = move |what: fn(&Masks) -> String| masks.with(|masks| masks.as_ref().map(what));
    let hint = move || of(|masks| masks.example.clone()).map(|example| fill(w::FOR_EXAMPLE.get(lang), &[("example", &example)]));
    let hint_id = id.with_value(|id| format!("{id}-mask"));
    let described = {
        let hint_id = hint_id.clone();
        move || {
            let hint = masks.with(Option::is_some).then(|| hint_id.clone());
            Some([frame.described(), hint].into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|ids| !ids.is_empty())
        }
    };
    let fitted = move |typed: &str| masks.with_untracked(|masks| masks.as_ref().and_then(|masks| masks.fit(typed).ok()));
    let on_input = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        // A postcode that is complete gets its form at once, unless somebody is at work inside it.
        let whole = if browser::listbox::at_end(&event) { fitted(&typed) } else { None };
        field.values.set(vec![whole.unwrap_or(typed)]);
    };
    let on_paste = move |event: leptos::ev::ClipboardEvent| {
        // What is pasted may be longer than what the input takes, `D-10115` for one.
        if let Some(whole) = browser::listbox::pasted(&event).and_then(|pasted| fitted(&pasted)) {
            event.prevent_default();
            field.values.set(vec![whole]);
        }
    };
    let on_blur = move |_| {
        if let Some(whole) = fitted(&field.values.with_untracked(|values| first(values)))
            && field.values.with_untracked(|values| first(values) != whole)
        {
            field.values.set(vec![whole]);
        }
        form.check(field);
    };
    view! {
        <span class="input">
            <input node_ref=node id=id.get_value() name=frame.name() type="text" autocomplete="off" spellcheck="false" value=first(&def.values) required=def.required
                inputmode=move || of(|masks| if masks.digits_only() { "numeric" } else { "text" }.to_owned())
                maxlength=move || of(|masks| masks.longest().to_string())
                pattern=move || of(Masks::pattern)
                aria-invalid=move || invalid(field) aria-describedby=described on:input=on_input on:paste=on_paste on:blur=on_blur/>
        </span>
        <p class="field__help" id=hint_id hidden=move || masks.with(Option::is_none)>{hint}</p>
    }
}
