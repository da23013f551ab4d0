//! /pools/:pool/export?q=&filter=&sort=&ids=&except=&columns=&format=… — profiles as a file: which fields, in which form.

use domain::export::{Delimiter, Encoding, Format, LineEnd, Values};
use domain::id::PoolId;
use domain::lang::{Lang, Text, fill, number};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

use crate::api::export::{ExportSheet, Extent, load_export};
use crate::components::error_view::ErrorView;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::skeleton::ListSkeleton;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::export as t;
use crate::wire::Wire;

pub mod fields;
pub mod layouts;

use fields::Fields;
use layouts::{KeepLayout, Layouts};

/// From so many profiles on the file is better made in the background.
const LARGE: u64 = 100_000;

/// Zones that are offered beside the client's.
const ZONES: [&str; 7] = ["UTC", "Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "America/New_York", "Asia/Tokyo"];

/// The choices, as the address has them.
#[component]
pub fn ExportPage() -> impl IntoView {
    let params = use_params_map();
    let search = use_location().search;
    let pool = Memo::new(move |_| params.with(|params| params.get("pool").and_then(|id| id.parse::<PoolId>().ok())));
    let sheet = Resource::<_, Wire>::new_with_options(
        move || (pool.get(), search.get()),
        |(pool, query)| async move {
            match pool {
                Some(pool) => load_export(pool, query).await.map(|sheet| (pool, sheet)),
                None => Err(AppError::NotFound),
            }
        },
        true,
    );
    view! {
        <Transition fallback=|| view! { <ListSkeleton/> }>
            {move || Suspend::new(async move {
                match sheet.await {
                    Ok((pool, sheet)) => view! { <Choices pool sheet/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// A plain form: two of its buttons take the file, the others change the address.
#[component]
fn Choices(pool: PoolId, sheet: ExportSheet) -> impl IntoView {
    let lang = use_lang();
    let large = sheet.n >= LARGE;
    let none = sheet.n == 0;
    let hint = if large { t::LARGE } else { t::SMALL };
    let words = extent_words(&sheet, lang);
    let look = |first: bool| if first { "button button--primary" } else { "button" };
    let kept = sheet.kept.iter().cloned().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let fields = sheet.fields.clone();
    let keep = view! { <KeepLayout pool sheet=sheet.clone()/> };
    let (back, name) = (routes::pool(pool), sheet.pool.clone());
    view! {
        <PageHead title=t::TITLE.get(lang) parent=(name, back.clone())/>
        <div class="page__body page__body--ruled">
            <Layouts pool sheet=sheet.clone()/>
            <form class="export" method="get" action=routes::export(pool, "")>
                // The key Enter would otherwise press the first of the buttons that move a field.
                <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true"></button>
                {kept}
                <p class="export__extent"><strong>{words}</strong>" "<a class="text-link" href=back>{t::TO_LIST.get(lang)}</a></p>
                <FormChoices sheet/>
                <Fields fields/>
                {keep}
                <div class="export__foot">
                    <p>{hint.get(lang)}" "{t::LOGGED.get(lang)}</p>
                    <button class=look(!large) type="submit" formaction=routes::export_file(pool) disabled=none><Icon name="download"/><span>{t::DOWNLOAD.get(lang)}</span></button>
                    <button class=look(large) type="submit" formmethod="post" formaction=routes::exports(pool) disabled=none><Icon name="clock"/><span>{t::IN_BACKGROUND.get(lang)}</span></button>
                </div>
            </form>
        </div>
    }
}

/// "All 12,431 profiles of the pool."
fn extent_words(sheet: &ExportSheet, lang: Lang) -> String {
    let many = match (sheet.n, sheet.extent) {
        (0, _) => t::NONE,
        (1, _) => t::ONE,
        (_, Extent::All) => t::ALL,
        (_, Extent::Hits) => t::HITS,
        (_, Extent::Chosen) => t::CHOSEN,
    };
    fill(many.get(lang), &[("n", &number(i64::try_from(sheet.n).unwrap_or(i64::MAX), lang))])
}

/// Format, words, language, zone; and what only a table of text has.
#[component]
fn FormChoices(sheet: ExportSheet) -> impl IntoView {
    let lang = use_lang();
    let named = |text: Text| text.get(lang).to_owned();
    let formats = Format::ALL.iter().map(|one| (one.code(), named(one.label()))).collect();
    let values = Values::ALL.iter().map(|one| (one.code(), named(one.label()))).collect();
    let languages = vec![("de", named(t::GERMAN)), ("en", named(t::ENGLISH))];
    let delimiters = Delimiter::ALL.iter().map(|one| (one.code(), named(one.label()))).collect();
    let encodings = Encoding::ALL.iter().map(|one| (one.code(), named(one.label()))).collect();
    let ends = LineEnd::ALL.iter().map(|one| (one.code(), named(one.label()))).collect();
    let guards = vec![("on", named(t::GUARD_ON)), ("off", named(t::GUARD_OFF))];
    let chosen = |name: &str| sheet.choice(name).to_owned();
    let in_lang = match sheet.choice("lang") {
        "" => lang.code().to_owned(),
        code => code.to_owned(),
    };
    let zone_help = fill(t::ZONE_HELP.get(lang), &[("zone", &sheet.zone)]);
    view! {
        <fieldset class="export__form">
            <legend>{t::FORM.get(lang)}</legend>
            <Choose name="format" label=t::FORMAT options=formats chosen=chosen("format")/>
            <Choose name="values" label=t::VALUES options=values chosen=chosen("values") help=named(t::VALUES_HELP)/>
            <Choose name="lang" label=t::LANGUAGE options=languages chosen=in_lang/>
            <ZoneChoice chosen=chosen("zone") own=sheet.zone.clone() help=zone_help/>
        </fieldset>
        <fieldset class="export__form export__csv">
            <legend>{t::CSV_ONLY.get(lang)}</legend>
            <Choose name="delimiter" label=t::DELIMITER options=delimiters chosen=chosen("delimiter")/>
            <Choose name="encoding" label=t::ENCODING options=encodings chosen=chosen("encoding")/>
            <Choose name="line_end" label=t::LINE_END options=ends chosen=chosen("line_end")/>
            <Choose name="guard" label=t::GUARD options=guards chosen=chosen("guard") help=named(t::GUARD_HELP)/>
        </fieldset>
    }
}

#[component]
fn ZoneChoice(chosen: String, own: String, help: String) -> impl IntoView {
    let lang = use_lang();
    let mut zones: Vec<String> = ZONES.iter().map(|zone| (*zone).to_owned()).collect();
    for zone in [own, chosen.clone()] {
        if !zone.is_empty() && !zones.contains(&zone) {
            zones.push(zone);
        }
    }
    let option = |zone: String| {
        let (selected, name) = (zone == chosen, zone.clone());
        view! { <option value=name selected=selected>{zone}</option> }
    };
    let options = zones.into_iter().map(option).collect_view();
    view! {
        <label class="field">
            <span class="field__label">{t::ZONE.get(lang)}</span>
            <span class="input"><select name="zone" autocomplete="off"><option value="">{t::ZONE_USUAL.get(lang)}</option>{options}</select><Icon name="down"/></span>
            <span class="field__help">{help}</span>
        </label>
    }
}

/// One of several.
#[component]
fn Choose(
    name: &'static str,
    label: Text,
    options: Vec<(&'static str, String)>,
    chosen: String,
    #[prop(optional)] help: String,
) -> impl IntoView {
    let lang = use_lang();
    let option = |(code, words): (&'static str, String)| {
        let selected = code == chosen;
        view! { <option value=code selected=selected>{words}</option> }
    };
    let options = options.into_iter().map(option).collect_view();
    view! {
        <label class="field">
            <span class="field__label">{label.get(lang)}</span>
            <span class="input"><select name=name autocomplete="off">{options}</select><Icon name="down"/></span>
            {(!help.is_empty()).then(|| view! { <span class="field__help">{help}</span> })}
        </label>
    }
}
