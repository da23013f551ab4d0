//! Which column goes to which field.

use domain::id::{ImportId, PoolId};
use domain::lang::{fill, number};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::STEPS;
use super::pick::Picks;
use super::preview::Preview;
use super::reading::{PartForm, ReadingForm};
use crate::api::imports::form::reading_code;
use crate::api::imports::{Look, StartImport, preview_import};
use crate::api::mappings::KeptChoice;
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::steps::Steps;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;

pub mod column;
pub mod divide;
pub mod kept;

use column::ColumnRow;
use divide::{Divide, MakeField, Sheet};
use kept::{ChooseKept, KeepIt, ManageKept};

/// The form: a column a line, the preview below, the start at the foot.
#[component]
pub fn MappingForm(pool: PoolId, import: ImportId, file_name: String, look: Look, on_started: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let pool_name = move || frame.current().map(|pool| pool.name).unwrap_or_default();
    let picks = RwSignal::new(Picks::proposed(&look.columns, look.key.as_deref()));
    let table = RwSignal::new(look.preview);
    follow(pool, import, look.reading, picks, table);

    let start = ServerAction::<StartImport>::new();
    let error = move || start.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    Effect::new(move |_| {
        if start.value().with(|value| matches!(value, Some(Ok(())))) {
            on_started.run(());
        }
    });
    let n_columns = look.columns.len();
    let keys: Vec<_> = look.fields.iter().filter(|field| field.matchable).map(|field| (field.key.clone(), field.label.clone())).collect();
    let fields = StoredValue::new(look.fields);
    let size = file_size(look.n_bytes, lang);
    let kept = StoredValue::new(look.kept.chosen.as_ref().map(KeptChoice::code));
    let columns = StoredValue::new(look.columns.clone());
    let sheet = Sheet { pool, import, reading: look.reading, kept, columns, fields, picks, on_done: on_started };
    let categories = look.categories;
    let may_make = !categories.is_empty();
    let rows =
        look.columns.into_iter().enumerate().map(|(at, column)| view! { <ColumnRow at column fields picks may_make/> }).collect_view();
    view! {
        <div class="toolbar mapping__bar">
            <Steps of=t::STEPS steps=STEPS at=1/>
            <span class="toolbar__space"></span>
            <p class="toolbar__text mapping__file"><Icon name="file"/><strong>{file_name}</strong>" "{look.reading.format.label(lang)}" · "{size}</p>
        </div>
        <ChooseKept kept=look.kept.clone() href=routes::one_import(pool, import)/>
        <PartForm reading=look.reading parts=look.parts href=routes::one_import(pool, import)/>
        <ReadingForm reading=look.reading href=routes::one_import(pool, import)/>
        <Warnings sentences=look.warnings/>
        <ActionForm action=start attr:class="mapping">
            <input type="hidden" name="pool" value=pool.to_string()/>
            <input type="hidden" name="import" value=import.to_string()/>
            <input type="hidden" name="reading" value=reading_code(&look.reading)/>
            <input type="hidden" name="kept" value=look.kept.chosen.as_ref().map(KeptChoice::code)/>
            <div class="mapping__scroll" tabindex="0" role="region" aria-label=t::SCROLL.get(lang)>
                <table class="data-table mapping-table">
                    <caption class="visually-hidden">{move || fill(t::MAPPING_TABLE.get(lang), &[("name", &pool_name())])}</caption>
                    <thead>
                        <tr>
                            <th data-col="use" scope="col"><span class="visually-hidden">{t::USE_COLUMN.get(lang)}</span></th>
                            <th data-col="column" scope="col">{t::COLUMN.get(lang)}</th>
                            <th data-col="samples" scope="col">{t::SAMPLES.get(lang)}</th>
                            <th data-col="arrow" scope="col"><span class="visually-hidden">{t::BECOMES.get(lang)}</span></th>
                            <th data-col="field" scope="col">{t::FIELD.get(lang)}</th>
                            <th data-col="confidence" scope="col">{t::CONFIDENCE.get(lang)}</th>
                            <th data-col="hint" scope="col">{t::HINT.get(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <div class="mapping__key">
                    <label class="field__label" for="import-key">{t::KEY.get(lang)}</label>
                    <KeyChoice keys picks/>
                </div>
                <KeepIt pool import reading=look.reading picks chosen=look.kept.chosen.clone() on_kept=on_started/>
                <Divide sheet/>
                {may_make.then(|| view! { <MakeField sheet categories/> })}
                <Preview table/>
            </div>
            <footer class="outcome">
                <p class="outcome__count">{move || {
                    let n = picks.with(Picks::n_used);
                    fill(t::N_COLUMNS.get(lang), &[("n", &n.to_string()), ("all", &n_columns.to_string())])
                }}</p>
                <span class="field__error" role="alert">{error}</span>
                <span class="outcome__note">{t::PERMISSION_NOTE.get(lang)}</span>
                <a class="button" href=routes::import(pool)>{t::BACK.get(lang)}</a>
                <button class="button" type="submit" name="then" value="rules" disabled=move || start.pending().get()>{t::TO_RULES.get(lang)}</button>
                <button class="button button--primary" type="submit" disabled=move || start.pending().get()>{t::START.get(lang)}</button>
            </footer>
        </ActionForm>
        <ManageKept pool lines=look.kept.lines href=routes::one_import(pool, import) on_changed=on_started/>
    }
}

/// What is strange about the file, above everything that is drawn from it.
#[component]
pub fn Warnings(sentences: Vec<String>) -> impl IntoView {
    let lang = use_lang();
    let lines =
        sentences.iter().map(|sentence| view! { <li class="hint hint--caution"><Icon name="alert"/><span>{sentence.clone()}</span></li> });
    (!sentences.is_empty()).then(|| view! { <ul class="import-warnings" aria-label=t::WARNINGS.get(lang)>{lines.collect_view()}</ul> })
}

/// A changed mapping is looked at anew; an older answer never replaces a newer one.
fn follow(
    pool: PoolId,
    import: ImportId,
    reading: domain::import::Reading,
    picks: RwSignal<Picks>,
    table: RwSignal<crate::api::imports::PreviewTable>,
) {
    let asked = StoredValue::new(0_u32);
    let mapping = Memo::new(move |_| picks.with(Picks::mapping));
    Effect::new(move |before: Option<()>| {
        let mapping = mapping.get();
        if before.is_none() {
            return;
        }
        let n = asked.get_value() + 1;
        asked.set_value(n);
        spawn_local(async move {
            if let Ok(answer) = preview_import(pool, import, reading, mapping).await
                && asked.try_get_value() == Some(n)
            {
                table.try_set(answer);
            }
        });
    });
}

#[component]
fn KeyChoice(keys: Vec<(String, String)>, picks: RwSignal<Picks>) -> impl IntoView {
    let lang = use_lang();
    let first = picks.with_untracked(|picks| picks.key.clone());
    let options = keys.into_iter().map(|(key, label)| {
        let selected = key == first;
        view! { <option value=key selected=selected>{label}</option> }
    });
    view! {
        <span class="input input--small">
            <select id="import-key" name="key" on:change=move |event| picks.update(|picks| picks.key = event_target_value(&event))>
                <option value="">{t::KEY_NONE.get(lang)}</option>
                {options.collect_view()}
            </select>
            <Icon name="down"/>
        </span>
    }
}

fn file_size(n_bytes: u64, lang: domain::lang::Lang) -> String {
    let n = i64::try_from(n_bytes).unwrap_or(i64::MAX);
    let (text, n) = if n >= 10_000_000 { (t::BYTES, n / 1_000_000) } else { (t::N_BYTES_SMALL, (n + 999) / 1_000) };
    fill(text.get(lang), &[("n", &number(n, lang))])
}
