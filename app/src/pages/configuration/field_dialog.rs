//! The dialog of one field: what can be changed about it. Awake, each change is stored at once; without the script the
//! form is sent as a whole.

use domain::config::{FieldChange, Step};
use domain::id::CategoryId;
use domain::lang::{Text, fill};
use leptos::prelude::*;

use super::modal::Modal;
use super::new_field::{CategorySelect, DefaultInput, HelpInput, Wrong};
use super::options::Options;
use super::shaper::Shaper;
use crate::api::configuration::{FieldLine, ShapePool};
use crate::browser::forms;
use crate::components::icon::{Icon, type_icon};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;

/// The dialog.
#[component]
pub fn FieldDialog(shaper: Shaper, line: FieldLine, may: bool) -> impl IntoView {
    let lang = use_lang();
    let back = routes::configuration(shaper.pool);
    let id = line.id;
    let first = line.label.clone();
    let title = Signal::derive(move || shaper.field(id).map_or_else(|| first.clone(), |line| line.label));
    view! {
        <Modal id="field" class="dialog--medium" title back=back.clone()>
            <div class="dialog__text">
                <dl class="field-facts">
                    <div><dt>{t::TYPE.get(lang)}</dt><dd><Icon name=type_icon(line.kind)/>{line.kind.label(lang)}
                        {(may && line.own).then(|| view! { <a class="text-link" href=routes::convert(shaper.pool, id)>{t::CHANGE_TYPE.get(lang)}</a> })}
                    </dd></div>
                    <div><dt>{t::VARIABLE.get(lang)}</dt><dd><code class="variable">{format!("{{${}}}", line.key)}</code></dd></div>
                </dl>
                {if may {
                    view! { <Form shaper line=line.clone()/> }.into_any()
                } else {
                    (!line.help.is_empty()).then(|| view! { <p>{line.help.clone()}</p> }).into_any()
                }}
                {line.kind.has_options().then(|| view! { <Options shaper field=id may/> })}
            </div>
            <footer class="dialog__foot">
                <p class="toolbar__saved" role="status">{move || if shaper.saving.get() { t::SAVING.get(lang) } else { t::SAVED.get(lang) }}</p>
                <a class="button" href=back>{t::CLOSE.get(lang)}</a>
            </footer>
        </Modal>
    }
}

#[component]
fn Form(shaper: Shaper, line: FieldLine) -> impl IntoView {
    let lang = use_lang();
    let id = line.id;
    let action = ServerAction::<ShapePool>::new();
    let failed = Memo::new(move |_| action.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned())));
    let wrong = move |field: &'static str| Signal::derive(move || failed.with(|error| error.as_ref()?.of_field(field, lang)));
    let words = move |name: &str| fill(t::SAID_CHANGED.get(lang), &[("name", name)]);
    // What is typed into the label, the default or the help text goes through the form, which says what is wrong beside it.
    Effect::new(move |_| {
        if let Some(Ok(taken)) = action.value().get() {
            let name = taken.shape.fields.iter().find(|line| line.id == id).map(|line| line.label.clone()).unwrap_or_default();
            shaper.taken(taken, words(&name));
        }
    });
    let toggle = move |name: &'static str, class: &'static str, label: Text, on: fn(&FieldLine) -> bool| {
        let on = move || shaper.field(id).is_some_and(|line| on(&line));
        let change = move |event: leptos::ev::Event| {
            event.stop_propagation();
            let wanted = Some(event_target_checked(&event));
            let mut change = FieldChange::default();
            match name {
                "required" => change.required = wanted,
                "matching" => change.matching = wanted,
                "profiling" => change.profiling = wanted,
                _ => change.tagging = wanted,
            }
            let name = shaper.field(id).map(|line| line.label).unwrap_or_default();
            shaper.take(Step::ChangeField { field: id, change }, words(&name));
        };
        view! { <label class=class><input class="switch" type="checkbox" role="switch" name=format!("form[{name}]") value="on" autocomplete="off" checked=untrack(on) prop:checked=on on:change=change/>{label.get(lang)}</label> }
    };
    let kind = line.kind;
    let (match_, tag) = (kind.may_match() && !line.internal, kind.may_tag() && !line.internal);
    let default = kind.may_default() && !line.internal && !kind.has_options();
    let filed = move |event: leptos::ev::Event| {
        let Some(select) = event_target_value(&event).parse().ok().map(CategoryId::new) else { return };
        let name = shaper.field(id).map(|line| line.label).unwrap_or_default();
        shaper.take(Step::MoveField { field: id, category: select, before: None }, fill(t::SAID_MOVED.get(lang), &[("name", &name)]));
    };
    let form = NodeRef::<leptos::html::Form>::new();
    view! {
        <ActionForm action node_ref=form attr:class="field-form" on:change=move |_| forms::submit(form)>
            <input type="hidden" name="pool" value=shaper.pool.get()/>
            <input type="hidden" name="form[what]" value="change_field"/>
            <input type="hidden" name="form[field]" value=id.get()/>
            <div class="form-grid">
                <div class="field" data-span="3">
                    <label class="field__label" for="field-label">{t::NAME.get(lang)}</label>
                    <span class="input"><input id="field-label" type="text" name="form[label]" value=line.label.clone() autocomplete="off" aria-invalid=move || wrong("label").with(Option::is_some).then_some("true")/></span>
                    <Wrong wrong=wrong("label")/>
                </div>
                <div data-span="3" on:change=move |event| { event.stop_propagation(); filed(event); }>
                    <CategorySelect shaper chosen=line.category.to_string() lang/>
                </div>
                <div class="field">
                    <span class="field__label" id="field-flags">{t::FLAGS.get(lang)}</span>
                    <div class="choices choices--field" role="group" aria-labelledby="field-flags">
                        {line.may_require.then(|| toggle("required", "", t::REQUIRED, |line| line.required))}
                        {match_.then(|| toggle("matching", "", t::MATCHING_LONG, |line| line.matching))}
                        {tag.then(|| toggle("profiling", "", t::PROFILING_LONG, |line| line.profiling))}
                        {tag.then(|| toggle("tagging", "", t::TAGGING_LONG, |line| line.tagging))}
                    </div>
                </div>
                {default.then(|| view! { <DefaultInput kind=RwSignal::new(kind) value=line.default.clone() wrong=wrong("default")/> })}
                <HelpInput value=line.help.clone() wrong=wrong("help")/>
            </div>
            <button class="button" type="submit" data-asleep>{t::SAVE.get(lang)}</button>
            {move || failed.with(|error| error.as_ref().map(|error| view! { <p class="field__error" role="alert"><Icon name="alert"/><span>{error.message(lang)}</span></p> }))}
        </ActionForm>
    }
}
