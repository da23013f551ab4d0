//! Columns that are split or joined, and fields made of them: parts of the form of the mapping. Without the script the whole form
//! goes there; either way the page is then shown anew with what came of it.

use domain::field::FieldKind;
use domain::id::{ImportId, PoolId};
use domain::import::{By, Reading};
use domain::lang::{Text, fill};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::super::pick::{MAKE, Picks, WAY};
use crate::api::imports::divide::{DivideForm, JOIN, N_FIELDS, N_JOINED, NewFieldForm};
use crate::api::imports::form::reading_code;
use crate::api::imports::{ColumnLine, DivideColumn, FieldChoice, FieldOfColumn};
use crate::components::icon::Icon;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::routes;
use crate::text::import as t;

/// What both parts know of the page.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The pool.
    pub pool: PoolId,
    /// The import.
    pub import: ImportId,
    /// How its file is read.
    pub reading: Reading,
    /// The kept mapping that holds.
    pub kept: StoredValue<Option<String>>,
    /// Its columns.
    pub columns: StoredValue<Vec<ColumnLine>>,
    /// What a column can become.
    pub fields: StoredValue<Vec<FieldChoice>>,
    /// What is chosen for the columns.
    pub picks: RwSignal<Picks>,
    /// Called when the import is to be looked at anew.
    pub on_done: Callback<()>,
}

impl Sheet {
    /// The fields of the columns, the ticked columns, the key.
    fn picked(&self) -> (Vec<String>, Vec<usize>, String) {
        self.picks.with_untracked(|picks| {
            let used = (0..picks.columns.len()).filter(|at| picks.is_used(*at)).collect();
            (picks.columns.iter().map(|pick| pick.field.clone()).collect(), used, picks.key.clone())
        })
    }

    fn headings(&self) -> Vec<(String, String)> {
        self.columns.with_value(|columns| columns.iter().enumerate().map(|(at, line)| (at.to_string(), line.heading.clone())).collect())
    }

    /// The column whose choice is this one; the last that was made.
    fn asking(&self, word: &'static str) -> Memo<Option<usize>> {
        let picks = self.picks;
        Memo::new(move |_| picks.with(|picks| picks.columns.iter().position(|pick| pick.field == word)))
    }
}

/// The ways to split, and to join.
const WAYS: [(&str, Text); 5] = [
    (By::Name.code(), t::BY_NAME),
    (By::Street.code(), t::BY_STREET),
    (By::Town.code(), t::BY_TOWN),
    (By::Text.code(), t::BY_TEXT),
    (JOIN, t::BY_JOIN),
];

/// The types that a new field can have here; the others belong to fields of their own kind.
const KINDS: [FieldKind; 9] = [
    FieldKind::SingleLine,
    FieldKind::MultiLine,
    FieldKind::Integer,
    FieldKind::Date,
    FieldKind::DateTime,
    FieldKind::Boolean,
    FieldKind::Email,
    FieldKind::Selection,
    FieldKind::MultiSelection,
];

/// A labelled choice.
#[component]
fn Choice(
    /// Its id.
    #[prop(into)]
    id: String,
    /// The form's name for it.
    #[prop(into)]
    name: String,
    /// What stands before it.
    #[prop(into)]
    label: String,
    /// Values and what they are called.
    options: Vec<(String, String)>,
    /// What is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// Called with what is chosen then.
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = options.into_iter().map(|(value, label)| {
        let own = value.clone();
        let is_chosen = move || chosen.with(|chosen| *chosen == own);
        view! { <option value=value selected=is_chosen.clone() prop:selected=is_chosen>{label}</option> }
    });
    view! {
        <label class="field__label" for=id.clone()>{label}</label>
        <span class="input input--small">
            <select id=id name=name autocomplete="off" on:change=move |event| on_choose.run(event_target_value(&event))>{options.collect_view()}</select>
            <Icon name="down"/>
        </span>
    }
}

/// Splits a column, or joins several.
#[component]
pub fn Divide(sheet: Sheet) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let action = ServerAction::<DivideColumn>::new();
    let blank = DivideForm {
        how: By::Name.code().to_owned(),
        columns: vec![String::new(); N_JOINED],
        fields: vec![String::new(); N_FIELDS],
        text: String::new(),
    };
    let form = RwSignal::new(blank);
    let asking = sheet.asking(WAY);
    Effect::new(move |_| {
        if let Some(at) = asking.get() {
            form.update(|form| form.columns[0] = at.to_string());
            crate::browser::forms::focus("divide-how");
        }
    });
    Effect::new(move |_| {
        if action.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(&routes::one_import(sheet.pool, sheet.import), Default::default());
            sheet.on_done.run(());
        }
    });
    let failed =
        move || action.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    let is_open = move || asking.with(Option::is_some) || action.value().with(|value| matches!(value, Some(Err(_))));
    let send = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let (columns, used, key) = sheet.picked();
        let (pool, import, reading, kept) = (sheet.pool, sheet.import, reading_code(&sheet.reading), sheet.kept.get_value());
        action.dispatch(DivideColumn {
            pool,
            import,
            reading,
            columns,
            used: Some(used),
            key: Some(key),
            kept,
            divide: form.get_untracked(),
        });
    };
    let column = |at: usize| {
        let none = if at == 0 { t::COLUMN } else { t::NO_MORE_COLUMN };
        let options = std::iter::once((String::new(), none.get(lang).to_owned())).chain(sheet.headings()).collect();
        let chosen = Signal::derive(move || form.with(|form| form.columns[at].clone()));
        let on_choose = Callback::new(move |value| form.update(|form| form.columns[at] = value));
        let label = fill(t::COLUMN_N.get(lang), &[("n", &(at + 1).to_string())]);
        view! { <Choice id=format!("divide-column-{at}") name=format!("divide[columns][{at}]") label options chosen on_choose/> }
    };
    let field = |at: usize| {
        let all = sheet.fields.with_value(|fields| fields.iter().map(|one| (one.key.clone(), one.label.clone())).collect::<Vec<_>>());
        let options = std::iter::once((String::new(), t::NO_FIELD.get(lang).to_owned())).chain(all).collect();
        let chosen = Signal::derive(move || form.with(|form| form.fields[at].clone()));
        let on_choose = Callback::new(move |value| form.update(|form| form.fields[at] = value));
        let label = fill(t::PART_FIELD.get(lang), &[("n", &(at + 1).to_string())]);
        view! { <Choice id=format!("divide-field-{at}") name=format!("divide[fields][{at}]") label options chosen on_choose/> }
    };
    let how = Signal::derive(move || form.with(|form| form.how.clone()));
    let ways = WAYS.into_iter().map(|(code, text)| (code.to_owned(), text.get(lang).to_owned())).collect();
    let on_how = Callback::new(move |value| form.update(|form| form.how = value));
    view! {
        <details class="mapping__kept" open=is_open>
            <summary>{t::DIVIDE.get(lang)}</summary>
            <p class="field__help">{t::DIVIDE_HELP.get(lang)}</p>
            <div class="mapping__key"><Choice id="divide-how" name="divide[how]" label=t::HOW.get(lang) options=ways chosen=how on_choose=on_how/></div>
            <div class="mapping__key" role="group" aria-label=t::COLUMN.get(lang)>{(0..N_JOINED).map(column).collect_view()}</div>
            <div class="mapping__key" role="group" aria-label=t::FIELD.get(lang)>{(0..N_FIELDS).map(field).collect_view()}</div>
            <div class="mapping__key">
                <label class="field__label" for="divide-text">{t::BETWEEN.get(lang)}</label>
                <span class="input input--small">
                    <input id="divide-text" type="text" name="divide[text]" autocomplete="off" aria-describedby="divide-text-help"
                        prop:value=move || form.with(|form| form.text.clone()) on:input=move |event| form.update(|form| form.text = event_target_value(&event))/>
                </span>
                <p id="divide-text-help" class="field__help">{t::BETWEEN_HELP.get(lang)}</p>
                <button class="button" type="submit" formaction="/api/imports/divide" on:click=send disabled=move || action.pending().get()>{t::DIVIDE_NOW.get(lang)}</button>
                <span class="field__error" role="alert">{failed}</span>
            </div>
        </details>
    }
}

/// Makes a field of a column.
#[component]
pub fn MakeField(sheet: Sheet, categories: Vec<(String, String)>) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let action = ServerAction::<FieldOfColumn>::new();
    let first = categories.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let form = RwSignal::new(NewFieldForm { category: first, ..NewFieldForm::default() });
    let asking = sheet.asking(MAKE);
    // The name and the type follow the column, until somebody types others.
    let follow = move |at: usize| {
        let line = sheet.columns.with_value(|columns| columns.get(at).map(|line| (line.heading.clone(), line.suits.clone())));
        let (label, kind) = line.unwrap_or_default();
        form.update(|form| (form.column, form.label, form.kind) = (at.to_string(), label, kind));
    };
    Effect::new(move |_| {
        if let Some(at) = asking.get() {
            follow(at);
            crate::browser::forms::focus("make-label");
        }
    });
    Effect::new(move |_| {
        if action.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(&routes::one_import(sheet.pool, sheet.import), Default::default());
            sheet.on_done.run(());
        }
    });
    let failed = move || action.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| said(error, lang))));
    let is_open = move || asking.with(Option::is_some) || action.value().with(|value| matches!(value, Some(Err(_))));
    let send = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let (columns, used, key) = sheet.picked();
        let (pool, import, reading, kept) = (sheet.pool, sheet.import, reading_code(&sheet.reading), sheet.kept.get_value());
        action.dispatch(FieldOfColumn {
            pool,
            import,
            reading,
            columns,
            used: Some(used),
            key: Some(key),
            kept,
            field: form.get_untracked(),
        });
    };
    let columns = std::iter::once((String::new(), t::COLUMN.get(lang).to_owned())).chain(sheet.headings()).collect();
    let column = Signal::derive(move || form.with(|form| form.column.clone()));
    let on_column = Callback::new(move |value: String| match value.parse() {
        Ok(at) => follow(at),
        Err(_) => form.update(|form| form.column = value),
    });
    let kinds = KINDS.iter().map(|kind| (kind.code().to_owned(), kind.label(lang).to_owned()));
    let kinds = std::iter::once((String::new(), t::FIELD_KIND_FITS.get(lang).to_owned())).chain(kinds).collect();
    let kind = Signal::derive(move || form.with(|form| form.kind.clone()));
    let on_kind = Callback::new(move |value| form.update(|form| form.kind = value));
    let category = Signal::derive(move || form.with(|form| form.category.clone()));
    let on_category = Callback::new(move |value| form.update(|form| form.category = value));
    view! {
        <details class="mapping__kept" open=is_open>
            <summary>{t::FIELD_FROM.get(lang)}</summary>
            <p class="field__help">{t::FIELD_FROM_HELP.get(lang)}</p>
            <div class="mapping__key"><Choice id="make-column" name="field[column]" label=t::FIELD_COLUMN.get(lang) options=columns chosen=column on_choose=on_column/></div>
            <div class="mapping__key">
                <label class="field__label" for="make-label">{t::FIELD_LABEL.get(lang)}</label>
                <span class="input input--small">
                    <input id="make-label" type="text" name="field[label]" autocomplete="off" aria-describedby="make-label-help"
                        prop:value=move || form.with(|form| form.label.clone()) on:input=move |event| form.update(|form| form.label = event_target_value(&event))/>
                </span>
                <p id="make-label-help" class="field__help">{t::FIELD_LABEL_HELP.get(lang)}</p>
            </div>
            <div class="mapping__key"><Choice id="make-kind" name="field[kind]" label=t::FIELD_KIND.get(lang) options=kinds chosen=kind on_choose=on_kind/></div>
            <div class="mapping__key">
                <Choice id="make-category" name="field[category]" label=t::FIELD_CATEGORY.get(lang) options=categories chosen=category on_choose=on_category/>
                <button class="button" type="submit" formaction="/api/imports/field" on:click=send disabled=move || action.pending().get()>{t::FIELD_MAKE.get(lang)}</button>
                <span class="field__error" role="alert">{failed}</span>
            </div>
        </details>
    }
}

/// What is wrong with one of the controls, else with the whole.
fn said(error: &AppError, lang: domain::lang::Lang) -> String {
    ["label", "column", "category", "options"]
        .into_iter()
        .find_map(|field| error.of_field(field, lang))
        .unwrap_or_else(|| error.message(lang))
}
