//! A day, or a day with a time: typed as a date or in words, or chosen from a calendar.

use std::time::Duration;

use domain::lang::{Lang, fill};
use domain::time::show_date;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::calendar::Calendar;
use super::words as w;
use super::{Frame, first, invalid};
use crate::api::profiles::read_moment;
use crate::api::profiles::sheet::Reading;
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;

/// So long somebody pauses before what is typed is read.
const PAUSE: Duration = Duration::from_millis(200);

/// An input that says what the typed words come to while they are typed.
#[component]
pub fn DateInput(frame: Frame, timed: bool) -> impl IntoView {
    let lang = use_lang();
    let node = NodeRef::<leptos::html::Input>::new();
    let Frame { form, field, id, .. } = frame;
    browser::forms::bind(node, field.values);
    let def = frame.def.get_value();
    let reading = follow(frame);
    let calendar = RwSignal::new(None::<(i64, String)>);
    let computed_id = id.with_value(|id| format!("{id}-computed"));
    let described = {
        let computed_id = computed_id.clone();
        move || {
            let computed = reading.with(Option::is_some).then(|| computed_id.clone());
            Some([frame.described(), computed].into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|ids| !ids.is_empty())
        }
    };
    let back = move || id.with_value(|id| browser::forms::focus(id));
    let open = move |_| {
        if calendar.with_untracked(Option::is_some) {
            calendar.set(None);
            return;
        }
        let typed = field.values.with_untracked(|values| first(values));
        spawn_local(async move {
            let read = if typed.trim().is_empty() { None } else { read_moment(form.pool, field.key(), typed).await.ok().flatten() };
            calendar.try_set(Some(read.map_or((form.today, String::new()), |read| (read.day, read.clock))));
        });
    };
    let pick = Callback::new(move |(day, clock, done): (i64, String, bool)| {
        field.values.set(vec![written(day, &clock, timed, lang)]);
        if done {
            calendar.set(None);
            back();
            form.check(field);
        }
    });
    let close = Callback::new(move |to_input: bool| {
        calendar.set(None);
        if to_input {
            back();
        }
    });
    let computed = move || reading.get().map(|read| view! { <Computed read/> });
    let title = fill(w::CALENDAR.get(lang), &[("name", &def.label)]);
    view! {
        <div class="date-input">
            <span class="input">
                <input node_ref=node id=id.get_value() name=frame.name() type="text" autocomplete="off" spellcheck="false" value=first(&def.values)
                    required=def.required placeholder=w::DATE_HINT.get(lang)
                    aria-invalid=move || invalid(field) aria-describedby=described
                    on:input=move |event| field.values.set(vec![event_target_value(&event)]) on:blur=move |_| form.check(field)/>
                <button class="icon-button icon-button--small" type="button" data-awake aria-haspopup="dialog" aria-expanded=move || calendar.with(Option::is_some).to_string()
                    aria-label=fill(w::CALENDAR_OF.get(lang), &[("name", &def.label)])
                    on:mousedown=|event| event.prevent_default() on:click=open><Icon name="type-date"/></button>
            </span>
            {move || calendar.get().map(|(day, clock)| view! { <Calendar title=title.clone() id=id.get_value() day clock timed today=form.today pick close/> })}
            <output class="computed-box" id=computed_id for=id.get_value()>{computed}</output>
        </div>
    }
}

/// The day that comes out, from when it was reckoned, and what may be otherwise than meant.
#[component]
fn Computed(read: Reading) -> impl IntoView {
    view! {
        <span class="computed"><Icon name="arrow-right"/><span>{read.words}{read.reckoned.map(|from| view! { <small>{from}</small> })}</span></span>
        {read.traps.into_iter().map(|trap| view! { <span class="computed__trap"><Icon name="alert"/><span>{trap}</span></span> }).collect_view()}
    }
}

/// A day and a time as the reader writes them.
fn written(day: i64, clock: &str, timed: bool, lang: Lang) -> String {
    let date = show_date(day, lang);
    match (timed, lang) {
        (false, _) => date,
        (true, _) if clock.is_empty() => date,
        (true, Lang::De) => format!("{date} {clock}"),
        (true, Lang::En) => format!("{date}, {clock}"),
    }
}

/// What is typed and what it comes to, read by the server whenever the typing pauses.
fn follow(frame: Frame) -> RwSignal<Option<Reading>> {
    let Frame { form, field, .. } = frame;
    let reading = RwSignal::new(None);
    let pause = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let typed = field.values.with(|values| first(values));
        if let Some(pause) = pause.get_value() {
            pause.clear();
        }
        if typed.trim().is_empty() || !field.changed() {
            reading.set(None);
            return;
        }
        let ask = move || {
            spawn_local(async move {
                let read = read_moment(form.pool, field.key(), typed.clone()).await.ok().flatten();
                // An answer to what stood there before is worth nothing.
                if field.values.try_with_untracked(|values| first(values) == typed) == Some(true) {
                    reading.try_set(read);
                }
            });
        };
        pause.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
    reading
}
