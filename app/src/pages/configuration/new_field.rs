//! The dialog *Neues Feld*: the chosen type decides which parts of the form apply (by the style sheet alone).

use domain::config::{propose_key, read_options};
use domain::field::FieldKind;
use domain::id::FieldId;
use domain::lang::{Lang, Text, fill, number};
use domain::pool::CategoryRole;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::air::{Thing, show_made};
use super::modal::{Modal, leave};
use super::namesake::Namesake;
use super::shaper::Shaper;
use crate::api::configuration::{ShapePool, try_default};
use crate::browser::forms;
use crate::components::icon::{Icon, type_icon};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;

/// The types by what they are for.
const TYPES: [(Text, &[FieldKind]); 4] = [
    (t::TEXT_TYPES, &[FieldKind::SingleLine, FieldKind::MultiLine, FieldKind::Email, FieldKind::Postcode]),
    (
        t::CHOICE_TYPES,
        &[
            FieldKind::Selection,
            FieldKind::MultiSelection,
            FieldKind::Boolean,
            FieldKind::Salutation,
            FieldKind::Country,
            FieldKind::State,
            FieldKind::MobilePrefix,
        ],
    ),
    (t::NUMBER_TYPES, &[FieldKind::Integer, FieldKind::Date, FieldKind::DateTime]),
    (t::SYSTEM_TYPES, &[FieldKind::IpAddress]),
];

/// The dialog. `category` is the id of the one whose "+" was pressed, or something else.
#[component]
pub fn NewFieldDialog(shaper: Shaper, category: String) -> impl IntoView {
    let lang = use_lang();
    let back = routes::configuration(shaper.pool);
    let action = ServerAction::<ShapePool>::new();
    let typed = RwSignal::new(String::new());
    let leave = leave(back.clone());
    let unsaved = RwSignal::new(false);
    Effect::new(move |_| unsaved.set(typed.with(|typed| !typed.trim().is_empty())));
    let words = move || fill(t::SAID_ADDED.get(lang), &[("name", typed.get_untracked().trim())]);
    shaper.after(action, words, move |made| {
        unsaved.set(false);
        leave.run(());
        show_made(made.map(|id| Thing::Field(FieldId::new(id))));
    });
    let failed = Memo::new(move |_| action.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned())));
    let wrong = move |field: &'static str| move || failed.with(|error| error.as_ref()?.of_field(field, lang));
    let other = move || {
        failed.with(|error| {
            let error = error.as_ref()?;
            let shown = ["label", "key", "default", "options", "help"].iter().any(|field| error.of_field(field, lang).is_some());
            (!shown).then(|| error.message(lang))
        })
    };
    let kind = RwSignal::new(FieldKind::SingleLine);
    view! {
        <Modal id="new-field" title=t::NEW_FIELD.get(lang).to_owned() back=back.clone() unsaved>
            <ActionForm action attr:class="field-form" attr:novalidate=true>
                <input type="hidden" name="pool" value=shaper.pool.get()/>
                <input type="hidden" name="form[what]" value="add_field"/>
                <div class="dialog__body">
                    <fieldset class="type-list">
                        <legend class="visually-hidden">{t::TYPE.get(lang)}</legend>
                        {TYPES.into_iter().map(|(title, kinds)| view! {
                            <h3>{title.get(lang)}</h3>
                            {kinds.iter().map(|one| { let one = *one; view! {
                                <label><input type="radio" name="form[kind]" value=one.code() checked=one == FieldKind::SingleLine autocomplete="off" on:change=move |_| kind.set(one)/><Icon name=type_icon(one)/>{one.label(lang)}</label>
                            }}).collect_view()}
                        }).collect_view()}
                    </fieldset>
                    <div class="dialog__main">
                        {move || other().map(|sentence| view! { <p class="notice notice--negative" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })}
                        <div class="form-grid">
                            <NameAndKey shaper typed wrong_label=Signal::derive(wrong("label")) wrong_key=Signal::derive(wrong("key"))/>
                            <CategorySelect shaper chosen=category lang/>
                            <Flags lang/>
                        </div>
                        <OptionsPart wrong=Signal::derive(wrong("options"))/>
                        <DefaultInput kind values=RwSignal::new(vec![String::new()]) wrong=Signal::derive(wrong("default"))/>
                        <HelpInput values=RwSignal::new(vec![String::new()]) wrong=Signal::derive(wrong("help"))/>
                    </div>
                </div>
                <footer class="dialog__foot">
                    <p>{t::FIXED_LATER.get(lang)}</p>
                    <a class="button" href=back>{t::CANCEL.get(lang)}</a>
                    <button class="button button--primary" type="submit">{t::CREATE_FIELD.get(lang)}</button>
                </footer>
            </ActionForm>
        </Modal>
    }
}

/// The label, and the internal name that is proposed from it until somebody chooses another.
#[component]
fn NameAndKey(
    shaper: Shaper,
    typed: RwSignal<String>,
    wrong_label: Signal<Option<String>>,
    wrong_key: Signal<Option<String>>,
) -> impl IntoView {
    let lang = use_lang();
    let chosen = RwSignal::new(None::<String>);
    let proposed = move || {
        let label = typed.get();
        if label.trim().is_empty() {
            return String::new();
        }
        shaper.shape.with(|shape| propose_key(&label, |key| shape.fields.iter().any(|field| field.key == key)))
    };
    let key = move || chosen.get().unwrap_or_else(proposed);
    view! {
        <div class="field" data-span="3">
            <label class="field__label" for="field-label">{t::NAME.get(lang)}<span class="field__required" aria-hidden="true">" *"</span></label>
            <span class="input"><input id="field-label" type="text" name="form[label]" required autocomplete="off" autofocus
                aria-invalid=move || wrong_label.with(Option::is_some).then_some("true") aria-describedby="field-label-help field-label-namesake" on:input=move |event| typed.set(event_target_value(&event))/></span>
            <p class="field__help" id="field-label-help">{t::NAME_HELP.get(lang)}</p>
            <Namesake shaper id="field-label-namesake" label=typed.into()/>
            <Wrong wrong=wrong_label/>
        </div>
        <div class="field" data-span="3">
            <label class="field__label" for="field-key">{t::KEY.get(lang)}</label>
            <span class="input input--mono"><span class="affix">"{$"</span><input id="field-key" type="text" name="form[key]" autocomplete="off" spellcheck="false"
                aria-invalid=move || wrong_key.with(Option::is_some).then_some("true") aria-describedby="field-key-help" prop:value=key
                on:input=move |event| chosen.set(Some(event_target_value(&event)).filter(|key| !key.is_empty()))/><span class="affix">"}"</span></span>
            <p class="field__help" id="field-key-help"><span data-awake>{t::KEY_HELP.get(lang)}</span><span data-asleep>{t::KEY_WAIT.get(lang)}</span></p>
            <Wrong wrong=wrong_key/>
        </div>
    }
}

/// Where the field is filed.
#[component]
pub fn CategorySelect(shaper: Shaper, chosen: String, lang: Lang) -> impl IntoView {
    let lines = shaper.shape.get_untracked().categories;
    let unassigned = CategoryRole::Unassigned.label().get(lang);
    let known = lines.iter().any(|line| line.id.to_string() == chosen);
    let selected = move |line: &crate::api::configuration::CategoryLine| {
        if known { line.id.to_string() == chosen } else { line.label == unassigned }
    };
    let options =
        lines.iter().map(|line| view! { <option value=line.id.get() selected=selected(line)>{line.label.clone()}</option> }).collect_view();
    view! {
        <div class="field" data-span="3">
            <label class="field__label" for="field-category">{t::CATEGORY.get(lang)}</label>
            <span class="input"><select id="field-category" name="form[category]" autocomplete="off">{options}</select><Icon name="down"/></span>
        </div>
    }
}

#[component]
fn Flags(lang: Lang) -> impl IntoView {
    let flag = |name: &'static str, class: &'static str, words: Text| {
        view! { <label class=class><input class="switch" type="checkbox" role="switch" name=format!("form[{name}]") value="on" autocomplete="off"/>{words.get(lang)}</label> }
    };
    view! {
        <div class="field" data-span="3">
            <span class="field__label" id="field-flags">{t::FLAGS.get(lang)}</span>
            <div class="choices choices--field" role="group" aria-labelledby="field-flags">
                {flag("required", "only-typed", t::REQUIRED)}
                {flag("matching", "only-match", t::MATCHING_LONG)}
                {flag("profiling", "only-tag", t::PROFILING_LONG)}
                {flag("tagging", "only-tag", t::TAGGING_LONG)}
            </div>
        </div>
    }
}

/// Options one a line; what is typed is read at once.
#[component]
fn OptionsPart(wrong: Signal<Option<String>>) -> impl IntoView {
    let lang = use_lang();
    let typed = RwSignal::new(String::new());
    view! {
        <section class="only-options field">
            <label class="field__label" for="field-options">{t::OPTIONS_NEW.get(lang)}</label>
            <textarea class="input" id="field-options" name="form[options]" rows="5" aria-describedby="field-options-help" on:input=move |event| typed.set(event_target_value(&event))></textarea>
            <OptionCount typed/>
            <p class="field__help" id="field-options-help">{t::OPTIONS_HELP.get(lang)}</p>
            <Wrong wrong/>
        </section>
    }
}

/// How many options a text has, and which come twice: a line each.
#[component]
fn OptionCount(typed: RwSignal<String>) -> impl IntoView {
    let lang = use_lang();
    let lines = Memo::new(move |_| typed.with(|typed| read_options(typed, &[])));
    view! {
        {move || match lines.with(|lines| lines.new.len()) {
            0 => None,
            1 => Some(t::ONE_OPTION.get(lang).to_owned()),
            n => Some(fill(t::N_OPTIONS.get(lang), &[("n", &number(n as i64, lang))])),
        }.map(|words| view! { <p class="field__count">{words}</p> })}
        {move || lines.with(|lines| (!lines.duplicates.is_empty()).then(|| {
            let names = lines.duplicates.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
            view! { <p class="field__warning" role="status">{fill(t::WILL_SKIP.get(lang), &[("names", &names)])}</p> }
        }))}
    }
}

/// What a new profile gets. For dates the day of today is shown while one types.
#[component]
pub fn DefaultInput(kind: RwSignal<FieldKind>, values: RwSignal<Vec<String>>, wrong: Signal<Option<String>>) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Input>::new();
    forms::bind(node, values);
    let today = RwSignal::new(None::<Result<String, String>>);
    let asked = StoredValue::new(0_u32);
    let dated = move || matches!(kind.get(), FieldKind::Date | FieldKind::DateTime);
    Effect::new(move |_| {
        let (text, kind) = (first(values), kind.get());
        asked.update_value(|n| *n += 1);
        let nth = asked.get_value();
        if text.trim().is_empty() || !matches!(kind, FieldKind::Date | FieldKind::DateTime) {
            today.set(None);
            return;
        }
        set_timeout(
            move || {
                if asked.try_get_value() != Some(nth) {
                    return;
                }
                spawn_local(async move {
                    let answer = try_default(kind, text).await.map_err(|error| error.message(lang));
                    if asked.try_get_value() == Some(nth) {
                        today.try_set(Some(answer));
                    }
                });
            },
            std::time::Duration::from_millis(150),
        );
    });
    let help = move || if dated() { t::DEFAULT_DATE_HELP.get(lang) } else { t::DEFAULT_HELP.get(lang) };
    view! {
        <div class="field only-default">
            <label class="field__label" for="field-default">{t::DEFAULT.get(lang)}</label>
            <span class="input"><input node_ref=node id="field-default" type="text" name="form[default]" autocomplete="off" value=untrack(|| first(values))
                aria-invalid=move || wrong.with(Option::is_some).then_some("true") aria-describedby="field-default-help field-default-today" on:input=move |event| values.set(vec![event_target_value(&event)])/></span>
            <output class="computed" id="field-default-today" for="field-default">{move || today.get().map(|answer| match answer {
                Ok(value) => view! { <Icon name="arrow-right"/><span>{fill(t::DEFAULT_NOW.get(lang), &[("value", &value)])}</span> }.into_any(),
                Err(sentence) => view! { <span class="field__error">{sentence}</span> }.into_any(),
            })}</output>
            <p class="field__help" id="field-default-help">{help}</p>
            <Wrong wrong/>
        </div>
    }
}

fn first(values: RwSignal<Vec<String>>) -> String {
    values.with(|values| values.first().cloned().unwrap_or_default())
}

/// The text below the field.
#[component]
pub fn HelpInput(values: RwSignal<Vec<String>>, wrong: Signal<Option<String>>) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Textarea>::new();
    forms::bind_lines(node, values);
    view! {
        <div class="field">
            <label class="field__label" for="field-help">{t::HELP.get(lang)}</label>
            <textarea class="input" node_ref=node id="field-help" name="form[help]" rows="2" autocomplete="off" aria-describedby="field-help-help"
                on:input=move |event| values.set(vec![event_target_value(&event)])>{untrack(|| first(values))}</textarea>
            <p class="field__help" id="field-help-help">{t::HELP_HELP.get(lang)}</p>
            <Wrong wrong/>
        </div>
    }
}

/// What is wrong, below the control.
#[component]
pub fn Wrong(wrong: Signal<Option<String>>) -> impl IntoView {
    view! { {move || wrong.get().map(|sentence| view! { <p class="field__error" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })} }
}
