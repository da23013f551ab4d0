//! The parts of the form: one of several, the fields of the key, values for all rows.

use domain::lang::{Text, fill};
use leptos::prelude::*;

use crate::api::imports::FieldChoice;
use crate::api::imports::rules::N_KEYS;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::import as t;

/// So many fields can get a value for all rows, and two more than there are.
const N_CONSTANTS: usize = 3;

/// One of several.
#[component]
pub fn Choose(
    name: &'static str,
    label: Text,
    options: Vec<(&'static str, Text)>,
    chosen: &'static str,
    #[prop(optional)] help: Option<Text>,
) -> impl IntoView {
    let lang = use_lang();
    let option = |(code, words): (&'static str, Text)| view! { <option value=code selected=code == chosen>{words.get(lang)}</option> };
    let options = options.into_iter().map(option).collect_view();
    view! {
        <label class="field">
            <span class="field__label">{label.get(lang)}</span>
            <span class="input"><select name=format!("form[{name}]") autocomplete="off">{options}</select><Icon name="down"/></span>
            {help.map(|help| view! { <span class="field__help">{help.get(lang)}</span> })}
        </label>
    }
}

/// Up to three fields that together find a profile.
#[component]
pub fn Keys(keys: Vec<FieldChoice>, chosen: Vec<String>) -> impl IntoView {
    let lang = use_lang();
    let one = |n: usize| {
        let now = chosen.get(n).cloned().unwrap_or_default();
        let label = if n == 0 { t::KEY } else { t::KEY_AND };
        let none = if n == 0 { t::KEY_NONE } else { t::KEY_NO_MORE };
        view! {
            <label class="field">
                <span class="field__label">{label.get(lang)}</span>
                <span class="input"><select name=format!("form[key][{n}]") autocomplete="off"><option value="">{none.get(lang)}</option>{options(&keys, &now)}</select><Icon name="down"/></span>
            </label>
        }
    };
    let selects = (0..N_KEYS.max(chosen.len())).map(one).collect_view();
    view! {
        <div class="import-rules__pair">{selects}</div>
        <p class="field__help">{t::KEY_HELP.get(lang)}</p>
    }
}

/// Fields and the value that all rows give them.
#[component]
pub fn Constants(fields: Vec<FieldChoice>, constants: Vec<(String, String)>) -> impl IntoView {
    let lang = use_lang();
    let one = |n: usize| {
        let (field, value) = constants.get(n).cloned().unwrap_or_default();
        let named = |text: Text| fill(text.get(lang), &[("n", &(n + 1).to_string())]);
        view! {
            <div class="import-rules__pair">
                <label class="field">
                    <span class="field__label">{named(t::CONSTANT_FIELD)}</span>
                    <span class="input"><select name=format!("form[fields][{n}]") autocomplete="off"><option value="">{t::NO_FIELD.get(lang)}</option>{options(&fields, &field)}</select><Icon name="down"/></span>
                </label>
                <label class="field">
                    <span class="field__label">{named(t::CONSTANT_VALUE)}</span>
                    <span class="input"><input type="text" name=format!("form[values][{n}]") value=value autocomplete="off"/></span>
                </label>
            </div>
        }
    };
    let rows = (0..N_CONSTANTS.max(constants.len() + 2)).map(one).collect_view();
    view! { <p class="field__help">{t::FOR_ALL_HELP.get(lang)}</p>{rows} }
}

fn options(fields: &[FieldChoice], chosen: &str) -> impl IntoView + use<> {
    let option =
        |field: &FieldChoice| view! { <option value=field.key.clone() selected=field.key == chosen>{field.label.clone()}</option> };
    fields.iter().map(option).collect_view()
}
