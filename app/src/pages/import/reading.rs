//! How the file is read: recognised, and correctable.

use domain::import::{Encoding, Reading};
use domain::lang::Lang;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::api::imports::form::{DELIMITERS, QUOTES, delimiter_code, quote_code};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::import as t;

/// The code of a reading from the form's four controls.
pub fn from_form(query: &ParamsMap) -> Option<String> {
    let (encoding, delimiter, quote) = (query.get("encoding")?, query.get("delimiter")?, query.get("quote")?);
    let header = if query.get("header").is_some() { "header" } else { "rows" };
    Some([encoding.as_str(), &delimiter, &quote, header].join("."))
}

/// A GET form: the reading is in the address. With WASM each change is a step of its own.
#[component]
pub fn ReadingForm(
    reading: Reading,
    /// The import's own address.
    href: String,
) -> impl IntoView {
    let lang = use_lang();
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let encodings = Encoding::ALL.map(|one| (one.code(), one.label(lang), one == reading.encoding));
    let delimiters = DELIMITERS.map(|(_, code)| (code, delimiter_label(code, lang), code == delimiter_code(reading.delimiter)));
    let quotes = QUOTES.map(|(_, code)| (code, quote_label(code, lang), code == quote_code(reading.quote)));
    view! {
        <leptos_router::components::Form method="GET" action=href attr:class="reading-form" attr:aria-label=t::READING.get(lang)
            on:change=move |event| crate::browser::files::submit_of(&event)>
            <Choice name="encoding" label=t::ENCODING.get(lang) options=encodings.to_vec()/>
            <Choice name="delimiter" label=t::DELIMITER.get(lang) options=delimiters.to_vec()/>
            <Choice name="quote" label=t::QUOTE.get(lang) options=quotes.to_vec()/>
            <label class="reading-form__check">
                <input class="check" type="checkbox" name="header" value="1" checked=reading.has_header/>
                {t::HEADER.get(lang)}
            </label>
            {move || (!awake.get()).then(|| view! { <button class="button" type="submit">{t::READ_AGAIN.get(lang)}</button> })}
        </leptos_router::components::Form>
    }
}

#[component]
fn Choice(name: &'static str, label: &'static str, options: Vec<(&'static str, &'static str, bool)>) -> impl IntoView {
    let options = options.into_iter().map(|(code, label, selected)| view! { <option value=code selected=selected>{label}</option> });
    view! {
        <label class="reading-form__choice">
            <span class="field__label">{label}</span>
            <span class="input input--small"><select name=name>{options.collect_view()}</select><Icon name="down"/></span>
        </label>
    }
}

fn delimiter_label(code: &str, lang: Lang) -> &'static str {
    match code {
        "semicolon" => t::SEMICOLON,
        "comma" => t::COMMA,
        "tab" => t::TAB,
        _ => t::PIPE,
    }
    .get(lang)
}

fn quote_label(code: &str, lang: Lang) -> &'static str {
    match code {
        "double" => t::QUOTE_DOUBLE,
        "single" => t::QUOTE_SINGLE,
        _ => t::QUOTE_NONE,
    }
    .get(lang)
}
