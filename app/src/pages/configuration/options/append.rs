//! Options are appended, by the dozen.

use domain::id::FieldId;
use domain::lang::fill;
use leptos::prelude::*;

use crate::api::configuration::ShapePool;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::configuration::new_field::Wrong;
use crate::pages::configuration::shaper::{Shaper, refusal};
use crate::text::configuration as t;

/// The text area, one option a line.
#[component]
pub fn Append(shaper: Shaper, field: FieldId) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<ShapePool>::new();
    let typed = RwSignal::new(String::new());
    let n = move || typed.with(|typed| domain::config::read_options(typed, &[]).new.len());
    let wrong = refusal(action);
    let words = move || if n() > 0 { fill(t::APPEND_N.get(lang), &[("n", &n().to_string())]) } else { t::APPEND.get(lang).to_owned() };
    let name = move || shaper.field(field).map(|line| line.label).unwrap_or_default();
    shaper.after(action, move || fill(t::SAID_CHANGED.get(lang), &[("name", &name())]), move |_| typed.set(String::new()));
    view! {
        <ActionForm action attr:class="append">
            <input type="hidden" name="pool" value=shaper.pool.get()/>
            <input type="hidden" name="form[what]" value="add_options"/>
            <input type="hidden" name="form[field]" value=field.get()/>
            <div class="field">
                <label class="field__label" for="more-options">{t::OPTIONS_MORE.get(lang)}</label>
                <textarea class="input" id="more-options" name="form[options]" rows="2" prop:value=move || typed.get() aria-describedby="more-options-help" on:input=move |event| typed.set(event_target_value(&event))></textarea>
                <p class="field__help" id="more-options-help">{t::OPTIONS_MORE_HELP.get(lang)}</p>
                <Wrong wrong/>
            </div>
            <button class="button" type="submit"><Icon name="plus"/><span>{words}</span></button>
        </ActionForm>
    }
}
