//! The control that fits a field: label above, help and error below.

use leptos::either::{Either, EitherOf4};
use leptos::prelude::*;

use crate::api::profiles::shapes::Choice;
use crate::api::profiles::sheet::Control;
use crate::browser;
use crate::components::icon::Icon;
use crate::components::profile_form::state::{FieldState, FormState};
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

/// From so many options on they can be searched.
const LONG: usize = 12;

/// A field of the form.
#[component]
pub fn FieldInput(form: FormState, field: FieldState) -> impl IntoView {
    let lang = use_lang();
    let def = field.field.get_value();
    let id = format!("f-{}", def.key);
    let label_id = format!("{id}-label");
    let error_id = format!("{id}-error");
    let help_id = format!("{id}-help");
    let described = {
        let (error_id, help_id, help) = (error_id.clone(), help_id.clone(), !def.help.is_empty());
        move || match (field.error.with(Option::is_some), help) {
            (true, _) => Some(error_id.clone()),
            (false, true) => Some(help_id.clone()),
            _ => None,
        }
    };
    let many = matches!(def.control, Control::Choices(_));
    let required = def.required.then(|| view! { <span class="field__required" aria-hidden="true">" *"</span> });
    let mark = move || field.changed().then(|| w::CHANGED_MARK.get(lang));
    let control = match def.control.clone() {
        Control::Lines => EitherOf4::A(view! { <Lines form field id=id.clone() described/> }),
        Control::Choice(choices) => EitherOf4::B(view! { <Select form field id=id.clone() described choices/> }),
        Control::Choices(choices) => EitherOf4::C(view! { <Choices field id=id.clone() label_id=label_id.clone() choices/> }),
        other => EitherOf4::D(view! { <Line form field id=id.clone() described control=other/> }),
    };
    view! {
        <div class="field" data-span=def.span.to_string() data-changed=mark>
            {if many {
                Either::Left(view! { <span class="field__label" id=label_id>{def.label.clone()}{required}</span> })
            } else {
                Either::Right(view! { <label class="field__label" for=id.clone()>{def.label.clone()}{required}</label> })
            }}
            {control}
            {(!def.help.is_empty()).then(|| view! { <p class="field__help" id=help_id>{def.help.clone()}</p> })}
            {move || field.error.get().map(|sentence| view! {
                <p class="field__error" id=error_id.clone()><Icon name="alert"/><span>{sentence}</span></p>
            })}
        </div>
    }
}

fn first(values: &[String]) -> String {
    values.first().cloned().unwrap_or_default()
}

fn invalid(field: FieldState) -> Option<&'static str> {
    field.error.with(Option::is_some).then_some("true")
}

/// One line of text; numbers, dates and addresses too, for they are typed as people write them.
#[component]
fn Line(
    form: FormState,
    field: FieldState,
    id: String,
    described: impl Fn() -> Option<String> + Send + 'static,
    control: Control,
) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Input>::new();
    browser::forms::bind(node, field.values);
    let def = field.field.get_value();
    let (kind, mode) = match control {
        Control::Mail => ("email", "email"),
        Control::Digits => ("text", "numeric"),
        _ => ("text", "text"),
    };
    view! {
        <span class="input">
            <input node_ref=node id=id name=format!("fields[{}][]", def.key) type=kind inputmode=mode autocomplete="off" disabled=def.locked
                value=first(&def.values) required=def.required aria-invalid=move || invalid(field) aria-describedby=described
                on:input=move |event| field.values.set(vec![event_target_value(&event)]) on:blur=move |_| form.check(field, lang)/>
            {def.locked.then(|| view! { <Icon name="lock"/> })}
        </span>
    }
}

/// Text of several lines.
#[component]
fn Lines(form: FormState, field: FieldState, id: String, described: impl Fn() -> Option<String> + Send + 'static) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Textarea>::new();
    browser::forms::bind_lines(node, field.values);
    let def = field.field.get_value();
    view! {
        <textarea class="input" node_ref=node id=id name=format!("fields[{}][]", def.key) rows="4" required=def.required disabled=def.locked
            aria-invalid=move || invalid(field) aria-describedby=described
            on:input=move |event| field.values.set(vec![event_target_value(&event)]) on:blur=move |_| form.check(field, lang)>{first(&def.values)}</textarea>
    }
}

/// One of a closed list.
#[component]
fn Select(
    form: FormState,
    field: FieldState,
    id: String,
    described: impl Fn() -> Option<String> + Send + 'static,
    choices: Vec<Choice>,
) -> impl IntoView {
    let lang = use_lang();
    let def = field.field.get_value();
    let chosen = move |code: &str| field.values.with(|values| values.first().map_or("", String::as_str) == code);
    view! {
        <span class="input">
            <select id=id name=format!("fields[{}][]", def.key) required=def.required disabled=def.locked autocomplete="off"
                aria-invalid=move || invalid(field) aria-describedby=described
                on:change=move |event| { field.values.set(vec![event_target_value(&event)]); form.check(field, lang); }>
                <option value="" selected=move || chosen("")>{w::NOT_CHOSEN.get(lang)}</option>
                {choices.into_iter().map(|choice| {
                    let code = choice.code.clone();
                    view! { <option value=choice.code selected=move || chosen(&code)>{choice.label}</option> }
                }).collect_view()}
            </select>
            <Icon name="down"/>
        </span>
    }
}

/// Several of a closed list; a long one can be searched.
#[component]
fn Choices(field: FieldState, id: String, label_id: String, choices: Vec<Choice>) -> impl IntoView {
    let lang = use_lang();
    let def = field.field.get_value();
    let name = format!("fields[{}][]", def.key);
    let wanted = RwSignal::new(String::new());
    let long = choices.len() > LONG;
    let tick = move |code: &str, on: bool| {
        field.values.update(|values| {
            values.retain(|other| other != code && !other.is_empty());
            if on {
                values.push(code.to_owned());
            }
            values.sort();
        });
    };
    view! {
        {long.then(|| view! {
            <span class="input input--small" data-awake><Icon name="search"/><input type="search" aria-label=w::FIND_OPTION.get(lang) placeholder=w::FIND_OPTION.get(lang)
                on:input=move |event| wanted.set(event_target_value(&event).to_lowercase())/></span>
        })}
        <div class="choices" class:choices--long=long id=id role="group" aria-labelledby=label_id tabindex="-1" aria-invalid=move || invalid(field)>
            <input type="hidden" name=name.clone() value=""/>
            {choices.into_iter().map(|choice| {
                let code = StoredValue::new(choice.code.clone());
                let on = move || code.with_value(|code| field.values.with(|values| values.contains(code)));
                let low = choice.label.to_lowercase();
                view! {
                    <label hidden=move || wanted.with(|wanted| !wanted.is_empty() && !low.contains(wanted.as_str()))>
                        <input class="check" type="checkbox" name=name.clone() value=choice.code autocomplete="off" disabled=def.locked checked=untrack(on) prop:checked=on
                            on:change=move |event| code.with_value(|code| tick(code, event_target_checked(&event)))/>
                        {choice.label}
                    </label>
                }
            }).collect_view()}
        </div>
    }
}
