//! All fields with their ids.

use domain::lang::{Lang, fill, number};
use leptos::prelude::*;

use super::copied;
use super::search::Search;
use crate::api::integration::FieldLine;
use crate::browser;
use crate::components::icon::Icon;
use crate::components::toast::use_toasts;
use crate::i18n::use_lang;
use crate::text::integration as t;

/// One listener copies for all rows: three hundred fields have nine hundred buttons.
#[component]
pub fn Fields(search: Search, fields: Vec<FieldLine>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let copy = move |event| {
        if let Some(text) = browser::copy::asked(&event) {
            copied(toasts, text.clone(), fill(t::COPIED.get(lang), &[("text", &text)]));
        }
    };
    let rows = fields.into_iter().enumerate().map(move |(nth, field)| {
        let hidden = move || !search.shows(nth);
        view! { <tr hidden=hidden>{cells(field, lang)}</tr> }
    });
    view! {
        <div class="list__scroll" tabindex="0" role="region" aria-label=t::FIELDS.get(lang)>
            <table class="data-table field-list" on:click=copy>
                <caption class="visually-hidden">{t::FIELDS.get(lang)}</caption>
                <thead><tr>
                    <th scope="col" data-col="id">{t::ID.get(lang)}</th>
                    <th scope="col" data-col="name">{t::FIELD.get(lang)}</th>
                    <th scope="col" data-col="key">{t::KEY.get(lang)}</th>
                    <th scope="col" data-col="variable">{t::VARIABLE.get(lang)}</th>
                    <th scope="col" data-col="kind">{t::KIND.get(lang)}</th>
                    <th scope="col" data-col="options">{t::OPTIONS.get(lang)}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {move || (search.n() == 0).then(|| view! { <div class="empty"><Icon name="search"/><h2>{t::NOTHING.get(lang)}</h2></div> })}
        </div>
    }
}

fn cells(field: FieldLine, lang: Lang) -> impl IntoView {
    let FieldLine { id, label, key, variable, kind, code, number, icon, required, read_only, options, n_options, list } = field;
    let of_id = fill(t::COPY_ID.get(lang), &[("name", &label)]);
    let named = |text: &str| fill(t::COPY.get(lang), &[("text", text)]);
    let (of_key, of_variable) = (named(&key), named(&variable));
    view! {
        <td data-col="id"><span class="copied">{id}{button(id.to_string(), of_id)}</span></td>
        <th scope="row" data-col="name"><span class="field-list__name">
            <Icon name=icon/><span>{label}</span>
            {required.then(|| view! { <span class="tag">{t::REQUIRED.get(lang)}</span> })}
            {read_only.then(|| view! { <span class="field-list__lock" title=t::READ_ONLY.get(lang)><Icon name="lock"/><span class="visually-hidden">{t::READ_ONLY.get(lang)}</span></span> })}
        </span></th>
        <td data-col="key"><span class="copied"><code class="variable">{key.clone()}</code>{button(key, of_key)}</span></td>
        <td data-col="variable"><span class="copied"><code class="variable">{variable.clone()}</code>{button(variable, of_variable)}</span></td>
        <td data-col="kind">{kind}" "<small><code>{code}</code>" · "<span title=t::KIND_NUMBER.get(lang)>{number}</span></small></td>
        <td data-col="options">{choices(options, n_options, &list, lang)}</td>
    }
}

fn button(text: String, label: String) -> impl IntoView {
    view! { <button class="icon-button icon-button--small" type="button" data-awake data-copy=text aria-label=label><Icon name="copy"/></button> }
}

/// More would make the row higher than the next ones.
const FEW: usize = 2;

fn choices(options: Vec<(String, String)>, n: usize, list: &str, lang: Lang) -> AnyView {
    if !list.is_empty() {
        return fill(t::LIST.get(lang), &[("standard", list)]).into_any();
    }
    let more = n > options.len();
    let lines = options.into_iter().map(|(id, label)| view! { <li><code>{id}</code>" "{label}</li> }).collect_view();
    let lines = view! { <ul>{lines}{more.then(|| view! { <li>{t::MORE_OPTIONS.get(lang)}</li> })}</ul> };
    match n {
        0 => ().into_any(),
        1..=FEW => lines.into_any(),
        _ => {
            let words = fill(t::N_OPTIONS.get(lang), &[("n", &number(n as i64, lang))]);
            view! { <details><summary>{words}</summary>{lines}</details> }.into_any()
        }
    }
}
