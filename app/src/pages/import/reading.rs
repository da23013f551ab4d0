//! How the file is read: recognised, and correctable.

use domain::import::{Encoding, Format, Parts, Reading};
use domain::lang::Lang;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::api::imports::form::{AUTO, DATES, DELIMITERS, NUMBERS, QUOTES, code_of, delimiter_code, quote_code};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::text::import as t;

/// The code of a reading from the form's controls; of a file and a sheet from the form of those.
pub fn from_form(query: &ParamsMap) -> Option<String> {
    let numbered = |name: &str| query.get(name).filter(|n| !n.is_empty()).map(|n| format!("{name}{n}"));
    let (Some(encoding), Some(delimiter), Some(quote)) = (query.get("encoding"), query.get("delimiter"), query.get("quote")) else {
        let parts: Vec<String> = ["file", "sheet"].into_iter().filter_map(numbered).collect();
        return (!parts.is_empty()).then(|| [AUTO.to_owned(), parts.join(".")].join("."));
    };
    let header = if query.get("header").is_some() { "header" } else { "rows" };
    let mut parts = vec![encoding, delimiter, quote, header.to_owned()];
    let said = |name: &str| query.get(name).filter(|code| !code.is_empty());
    parts.extend(said("format").filter(|format| format != Format::Text.code()));
    parts.extend(["file", "sheet", "row"].into_iter().filter_map(numbered));
    parts.extend(["numbers", "dates"].into_iter().filter_map(said));
    Some(parts.join("."))
}

/// A GET form: the reading is in the address. With WASM each change is a step of its own.
#[component]
pub fn ReadingForm(
    reading: Reading,
    /// The import's own address.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let lang = use_lang();
    let awake = use_awake();
    let encodings = Encoding::ALL.map(|one| option(one.code(), one.label(lang), one == reading.encoding));
    let delimiters = DELIMITERS.map(|(_, code)| option(code, delimiter_label(code, lang), code == delimiter_code(reading.delimiter)));
    let quotes = QUOTES.map(|(_, code)| option(code, quote_label(code, lang), code == quote_code(reading.quote)));
    let numbers = reading.numbers.and_then(|lang| code_of(&NUMBERS, lang)).unwrap_or_default();
    let dates = reading.dates.and_then(|order| code_of(&DATES, order)).unwrap_or_default();
    let numbers = [option("", t::RECOGNISED.get(lang), numbers.is_empty())]
        .into_iter()
        .chain(NUMBERS.map(|(_, code)| option(code, way_label(code, lang), code == numbers)));
    let dates = [option("", t::RECOGNISED.get(lang), dates.is_empty())]
        .into_iter()
        .chain(DATES.map(|(_, code)| option(code, way_label(code, lang), code == dates)));
    let is_text = reading.format == Format::Text;
    let first_row = if reading.first_row > 0 { reading.first_row.to_string() } else { String::new() };
    view! {
        <leptos_router::components::Form method="GET" action=href attr:class="reading-form" attr:aria-label=t::READING.get(lang)
            on:change=move |event| crate::browser::files::submit_of(&event)>
            <input type="hidden" name="format" value=reading.format.code()/>
            <input type="hidden" name="file" value=reading.file.to_string()/>
            <input type="hidden" name="sheet" value=reading.sheet.to_string()/>
            {if reading.format.has_encoding() {
                view! { <Choice name="encoding" label=t::ENCODING.get(lang) options=encodings.to_vec()/> }.into_any()
            } else {
                view! { <input type="hidden" name="encoding" value=reading.encoding.code()/> }.into_any()
            }}
            {if is_text {
                view! {
                    <Choice name="delimiter" label=t::DELIMITER.get(lang) options=delimiters.to_vec()/>
                    <Choice name="quote" label=t::QUOTE.get(lang) options=quotes.to_vec()/>
                }.into_any()
            } else {
                view! {
                    <input type="hidden" name="delimiter" value=delimiter_code(reading.delimiter)/>
                    <input type="hidden" name="quote" value=quote_code(reading.quote)/>
                }.into_any()
            }}
            {if reading.format.has_rows() {
                view! {
                    <label class="reading-form__row">
                        <span class="field__label">{t::FIRST_ROW.get(lang)}</span>
                        <span class="input input--small"><input type="number" name="row" min="1" max="1000000" placeholder="1" value=first_row/></span>
                    </label>
                }.into_any()
            } else {
                ().into_any()
            }}
            <Choice name="numbers" label=t::NUMBERS.get(lang) options=numbers.collect()/>
            <Choice name="dates" label=t::DATES.get(lang) options=dates.collect()/>
            {if reading.format.has_rows() {
                view! {
                    <label class="reading-form__check">
                        <input class="check" type="checkbox" name="header" value="1" checked=reading.has_header/>
                        {t::HEADER.get(lang)}
                    </label>
                }.into_any()
            } else {
                view! { <input type="hidden" name="header" value="1"/> }.into_any()
            }}
            {move || (!awake.get()).then(|| view! { <button class="button" type="submit">{t::READ_AGAIN.get(lang)}</button> })}
        </leptos_router::components::Form>
    }
}

/// Which file of an archive and which sheet of it, where there is a choice; how that is read is recognised anew.
#[component]
pub fn PartForm(
    reading: Reading,
    parts: Parts,
    /// The import's own address.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let lang = use_lang();
    let awake = use_awake();
    let choices = |names: Vec<String>, chosen: u16| {
        let one = |(at, name): (usize, String)| (at.to_string(), name, at == usize::from(chosen));
        names.into_iter().enumerate().map(one).collect::<Vec<_>>()
    };
    let sheet = match reading.format {
        Format::Html => t::TABLE,
        Format::Json | Format::Xml => t::LIST,
        _ => t::SHEET,
    };
    let (files, sheets) = (choices(parts.files, reading.file), choices(parts.sheets, reading.sheet));
    let form = |options: Vec<Named>, name: &'static str, label: &'static str, file: Option<u16>| {
        view! {
            <leptos_router::components::Form method="GET" action=href.clone() attr:class="reading-form"
                on:change=move |event| crate::browser::files::submit_of(&event)>
                {file.map(|file| view! { <input type="hidden" name="file" value=file.to_string()/> })}
                <Choice name label options/>
                {move || (!awake.get()).then(|| view! { <button class="button" type="submit">{t::SHOW_PART.get(lang)}</button> })}
            </leptos_router::components::Form>
        }
    };
    view! {
        {(files.len() > 1).then(|| form(files, "file", t::FILE_OF_ARCHIVE.get(lang), None))}
        {(sheets.len() > 1).then(|| form(sheets, "sheet", sheet.get(lang), Some(reading.file)))}
    }
}

/// The code of a choice, its name, and whether it is the chosen one.
type Named = (String, String, bool);

fn option(code: &str, label: &str, chosen: bool) -> Named {
    (code.to_owned(), label.to_owned(), chosen)
}

/// Whether the script has taken over: buttons that send a form are no longer needed then.
fn use_awake() -> RwSignal<bool> {
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    awake
}

#[component]
fn Choice(name: &'static str, label: &'static str, options: Vec<Named>) -> impl IntoView {
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

/// How numbers and dates are written.
fn way_label(code: &str, lang: Lang) -> &'static str {
    match code {
        "numbers-de" => t::NUMBERS_DE,
        "numbers-en" => t::NUMBERS_EN,
        "dmy" => t::DATES_DMY,
        "mdy" => t::DATES_MDY,
        _ => t::DATES_YMD,
    }
    .get(lang)
}
