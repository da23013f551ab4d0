//! A long list of options is searched.

use domain::id::{FieldId, OptionId, PoolId};
use leptos::prelude::*;

use crate::api::configuration::OptionLine;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;

/// The box over the list; without the script its text goes into the address.
#[component]
pub fn Find(pool: PoolId, field: FieldId, wanted: RwSignal<String>) -> impl IntoView {
    let lang = use_lang();
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && wanted.with_untracked(|wanted| !wanted.is_empty()) {
            // The dialog stays open.
            event.prevent_default();
            event.stop_propagation();
            wanted.set(String::new());
        }
    };
    view! {
        <form class="search-form option-find" role="search" method="get" action=routes::configuration(pool) on:submit=|event| event.prevent_default()>
            <input type="hidden" name="field" value=field.get()/>
            <label class="input input--small search">
                <Icon name="search"/>
                <input id="find-option" type="search" name="options" autocomplete="off" placeholder=t::OPTIONS_FIND.get(lang) aria-label=t::OPTIONS_FIND.get(lang)
                    value=wanted.get_untracked() prop:value=move || wanted.get() on:input=move |event| wanted.set(event_target_value(&event)) on:keydown=escape/>
            </label>
            <button class="button" type="submit" data-asleep>{t::FIND_BUTTON.get(lang)}</button>
        </form>
    }
}

/// The options whose label contains what is looked for, in capitals or not; all of them when nothing is.
pub fn found(lines: &[OptionLine], wanted: &str) -> Vec<OptionId> {
    let wanted = wanted.trim().to_lowercase();
    lines.iter().filter(|line| wanted.is_empty() || line.label.to_lowercase().contains(&wanted)).map(|line| line.id).collect()
}

#[cfg(test)]
mod tests;
