//! The control that fits a field: label above, help and error below.

use leptos::either::Either;
use leptos::prelude::*;

use crate::api::profiles::sheet::{Control, FormField};
use crate::browser;
use crate::components::icon::Icon;
use crate::components::profile_form::state::{FieldState, FormState};
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

pub mod calendar;
pub mod combobox;
pub mod date;
pub mod finder;
pub mod options;
pub mod postcode;
pub mod select;
pub mod tags;
pub mod truth;
pub mod words;

use date::DateInput;
use options::Options;
use postcode::Postcode;
use select::Select;
use tags::Choices;
use truth::Truth;

/// What every control must know of its field.
#[derive(Clone, Copy)]
pub struct Frame {
    form: FormState,
    field: FieldState,
    /// The id of the control.
    id: StoredValue<String>,
    def: StoredValue<FormField>,
    /// Its list is searched rather than looked through.
    searched: bool,
}

impl Frame {
    /// Under which name the value is sent.
    fn name(self) -> String {
        self.def.with_value(|def| format!("fields[{}][]", def.key))
    }

    fn label_id(self) -> String {
        self.id.with_value(|id| format!("{id}-label"))
    }

    /// The ids of what describes the control: the error, else the help.
    fn described(self) -> Option<String> {
        let part = match (self.field.error.with(Option::is_some), self.def.with_value(|def| !def.help.is_empty())) {
            (true, _) => "error",
            (false, true) => "help",
            _ => return None,
        };
        Some(self.id.with_value(|id| format!("{id}-{part}")))
    }
}

/// A field of the form.
#[component]
pub fn FieldInput(form: FormState, field: FieldState) -> impl IntoView {
    let lang = use_lang();
    let def = field.field.get_value();
    let id = format!("f-{}", def.key);
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let list = |number: usize| form.list(number);
    let mut frame = Frame { form, field, id: StoredValue::new(id.clone()), def: field.field, searched: false };
    let mut select = |options: Signal<Options>, search: bool| {
        frame.searched = search;
        view! { <Select frame options/> }.into_any()
    };
    let control = match def.control {
        Control::Lines => view! { <Lines frame/> }.into_any(),
        Control::Truth => view! { <Truth frame/> }.into_any(),
        Control::Postcode => view! { <Postcode frame/> }.into_any(),
        Control::Date(timed) => view! { <DateInput frame timed/> }.into_any(),
        Control::Choices(number) => view! { <Choices frame options=list(number)/> }.into_any(),
        Control::Choice(number) | Control::Country(number) => {
            let options = list(number);
            let search = options.is_long();
            select(Signal::stored(options), search)
        }
        Control::State => select(Signal::derive(move || form.states()), true),
        Control::Line | Control::Mail | Control::Digits => view! { <Line frame/> }.into_any(),
    };
    let group = matches!(def.control, Control::Choices(_) | Control::Truth);
    let required = def.required.then(|| view! { <span class="field__required" aria-hidden="true">" *"</span> });
    let mark = move || field.changed().then(|| w::CHANGED_MARK.get(lang));
    view! {
        <div class="field" data-span=def.span.to_string() data-changed=mark>
            {if group {
                Either::Left(view! { <span class="field__label" id=frame.label_id()>{def.label.clone()}{required}</span> })
            } else {
                Either::Right(view! { <label class="field__label" for=id>{def.label.clone()}{required}</label> })
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

/// One line of text; numbers and addresses too, for they are typed as people write them.
#[component]
fn Line(frame: Frame) -> impl IntoView {
    let node = NodeRef::<leptos::html::Input>::new();
    let Frame { form, field, id, .. } = frame;
    browser::forms::bind(node, field.values);
    let def = frame.def.get_value();
    let (kind, mode) = match def.control {
        Control::Mail => ("email", "email"),
        Control::Digits => ("text", "numeric"),
        _ => ("text", "text"),
    };
    view! {
        <span class="input" class:input--number=def.control == Control::Digits>
            <input node_ref=node id=id.get_value() name=frame.name() type=kind inputmode=mode autocomplete="off" disabled=def.locked
                value=first(&def.values) required=def.required aria-invalid=move || invalid(field) aria-describedby=move || frame.described()
                on:input=move |event| field.values.set(vec![event_target_value(&event)]) on:blur=move |_| form.check(field)/>
            {def.locked.then(|| view! { <Icon name="lock"/> })}
        </span>
    }
}

/// Text of several lines.
#[component]
fn Lines(frame: Frame) -> impl IntoView {
    let node = NodeRef::<leptos::html::Textarea>::new();
    let Frame { form, field, id, .. } = frame;
    browser::forms::bind_lines(node, field.values);
    let def = frame.def.get_value();
    view! {
        <textarea class="input" node_ref=node id=id.get_value() name=frame.name() rows="4" required=def.required disabled=def.locked
            aria-invalid=move || invalid(field) aria-describedby=move || frame.described()
            on:input=move |event| field.values.set(vec![event_target_value(&event)]) on:blur=move |_| form.check(field)>{first(&def.values)}</textarea>
    }
}
