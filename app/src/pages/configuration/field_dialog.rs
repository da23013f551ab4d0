//! The dialog of one field: what can be changed about it. Awake, each change is stored at once; without the script the
//! form is sent as a whole.

use domain::config::{FieldChange, Step};
use domain::id::CategoryId;
use domain::lang::{Text, fill};
use leptos::prelude::*;

use super::modal::Modal;
use super::namesake::Namesake;
use super::new_field::{CategorySelect, DefaultInput, HelpInput, Wrong};
use super::options::Options;
use super::shaper::Shaper;
use crate::api::configuration::FieldLine;
use crate::api::configuration::entry::{FieldEntry, TEXTS};
use crate::browser::forms;
use crate::components::conflict::ConflictTable;
use crate::components::icon::{Icon, type_icon};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;

pub mod typing;

use typing::Typing;

/// The dialog.
#[component]
pub fn FieldDialog(shaper: Shaper, line: FieldLine, may: bool) -> impl IntoView {
    let lang = use_lang();
    let back = routes::configuration(shaper.pool);
    let id = line.id;
    let first = line.label.clone();
    let title = Signal::derive(move || shaper.field(id).map_or_else(|| first.clone(), |line| line.label));
    let typing = Typing::new(shaper, &line);
    let unsaved = RwSignal::new(false);
    Effect::new(move |_| unsaved.set(typing.unsaved()));
    let state = move || match (typing.unsaved(), shaper.saving.get()) {
        (true, _) => t::UNSAVED,
        (_, true) => t::SAVING,
        _ => t::SAVED,
    };
    view! {
        <Modal id="field" class="dialog--medium" title back=back.clone() unsaved>
            <div class="dialog__text">
                <dl class="field-facts">
                    <div><dt>{t::TYPE.get(lang)}</dt><dd><Icon name=type_icon(line.kind)/>{line.kind.label(lang)}
                        {(may && line.own).then(|| view! { <a class="text-link" href=routes::convert(shaper.pool, id)>{t::CHANGE_TYPE.get(lang)}</a> })}
                    </dd></div>
                    <div><dt>{t::VARIABLE.get(lang)}</dt><dd><code class="variable">{format!("{{${}}}", line.key)}</code></dd></div>
                </dl>
                {if may {
                    view! { <Form shaper typing line=line.clone()/> }.into_any()
                } else {
                    (!line.help.is_empty()).then(|| view! { <p>{line.help.clone()}</p> }).into_any()
                }}
                {line.kind.has_options().then(|| view! { <Options shaper field=id may/> })}
            </div>
            <footer class="dialog__foot">
                <p class="dialog__state" role="status">{move || state().get(lang)}</p>
                <a class="button" href=back>{t::CLOSE.get(lang)}</a>
            </footer>
        </Modal>
    }
}

#[component]
fn Form(shaper: Shaper, typing: Typing, line: FieldLine) -> impl IntoView {
    let lang = use_lang();
    let id = line.id;
    let (mine, was) = typing.opened();
    let was = serde_json::to_string(&was).unwrap_or_default();
    let failed = typing.failed;
    let wrong = move |field: &'static str| Signal::derive(move || failed.with(|error| error.as_ref()?.of_field(field, lang)));
    let other = move || {
        failed.with(|error| {
            let error = error.as_ref()?;
            TEXTS.iter().all(|field| error.of_field(field, lang).is_none()).then(|| error.message(lang))
        })
    };
    let toggle = move |name: &'static str, label: Text, first: bool, on: fn(&FieldLine) -> bool| {
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
            shaper.take(Step::ChangeField { field: id, change }, fill(t::SAID_CHANGED.get(lang), &[("name", &name)]));
        };
        view! { <label><input class="switch" type="checkbox" role="switch" name=format!("form[{name}]") value="on" autocomplete="off" checked=first prop:checked=on on:change=change/>{label.get(lang)}</label> }
    };
    let kind = line.kind;
    let (match_, tag) = (kind.may_match() && !line.internal, kind.may_tag() && !line.internal);
    let default = kind.may_default() && !line.internal && !kind.has_options();
    let filed = move |event: leptos::ev::Event| {
        let Some(select) = event_target_value(&event).parse().ok().map(CategoryId::new) else { return };
        let name = shaper.field(id).map(|line| line.label).unwrap_or_default();
        shaper.take(Step::MoveField { field: id, category: select, before: None }, fill(t::SAID_MOVED.get(lang), &[("name", &name)]));
    };
    let label = typing.input("label");
    let node = NodeRef::<leptos::html::Input>::new();
    forms::bind(node, label.values);
    let FieldEntry { label: first, required, matching, profiling, tagging, category, .. } = mine;
    view! {
        <form class="field-form" method="post" action=routes::configured_field(shaper.pool, id) novalidate
            on:submit=move |event| { event.prevent_default(); typing.save(); } on:change=move |_| typing.save()>
            <input type="hidden" name="form[what]" value="change_field"/>
            <input type="hidden" name="form[field]" value=id.get()/>
            <input type="hidden" name="form[was]" value=was/>
            {move || typing.conflict.get().map(|conflict| {
                let chosen = conflict.clone();
                let on_choice = Callback::new(move |theirs: Vec<String>| typing.resolve(&chosen, &theirs));
                // Choosing is not yet changing.
                view! { <div on:change=|event| event.stop_propagation()><ConflictTable conflict lead=[t::CONFLICT, t::CONFLICT_ANON] on_choice/></div> }
            })}
            <div class="form-grid">
                <div class="field" data-span="3">
                    <label class="field__label" for="field-label">{t::NAME.get(lang)}</label>
                    <span class="input"><input node_ref=node id="field-label" type="text" name="form[label]" value=first autocomplete="off" autofocus
                        aria-invalid=move || wrong("label").with(Option::is_some).then_some("true") aria-describedby="field-label-namesake"
                        on:input=move |event| label.values.set(vec![event_target_value(&event)])/></span>
                    <Namesake shaper id="field-label-namesake" label=Signal::derive(move || label.text()) except=id/>
                    <Wrong wrong=wrong("label")/>
                </div>
                <div data-span="3" on:change=move |event| { event.stop_propagation(); filed(event); }>
                    <CategorySelect shaper chosen=category.unwrap_or(line.category).to_string() lang/>
                </div>
                <div class="field">
                    <span class="field__label" id="field-flags">{t::FLAGS.get(lang)}</span>
                    <div class="choices choices--field" role="group" aria-labelledby="field-flags">
                        {line.may_require.then(|| toggle("required", t::REQUIRED, required, |line| line.required))}
                        {match_.then(|| toggle("matching", t::MATCHING_LONG, matching, |line| line.matching))}
                        {tag.then(|| toggle("profiling", t::PROFILING_LONG, profiling, |line| line.profiling))}
                        {tag.then(|| toggle("tagging", t::TAGGING_LONG, tagging, |line| line.tagging))}
                    </div>
                </div>
                {default.then(|| view! { <DefaultInput kind=RwSignal::new(kind) values=typing.input("default").values wrong=wrong("default")/> })}
                <HelpInput values=typing.input("help").values wrong=wrong("help")/>
            </div>
            <button class="button" type="submit" data-asleep>{t::SAVE.get(lang)}</button>
            {move || other().map(|sentence| view! { <p class="field__error" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })}
        </form>
    }
}
