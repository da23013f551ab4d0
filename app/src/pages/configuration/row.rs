//! A field in the table.

use domain::config::{FieldChange, Step};
use domain::id::{CategoryId, FieldId};
use domain::lang::fill;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::GO;
use super::air::{Thing, label, nudge, press, spelled};
use super::shaper::Shaper;
use crate::api::configuration::FieldLine;
use crate::browser::{forms, reorder};
use crate::components::icon::{Icon, type_icon};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::configuration as t;

/// One field: its name opens it, its switches act at once, its grip moves it.
#[component]
pub fn Row(shaper: Shaper, line: FieldLine) -> impl IntoView {
    let lang = use_lang();
    let id = line.id;
    let may = shaper.shape.with_untracked(|shape| shape.configures);
    let now = Memo::new({
        let first = line.clone();
        move |before: Option<&FieldLine>| shaper.field(id).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let name = Memo::new(move |_| now.with(|line| line.label.clone()));
    let hidden = move || !now.with(|line| found(line, &shaper.sought()));
    let kind = line.kind;
    let open = routes::configured_field(shaper.pool, id);
    view! {
        <tr data-kind="field" data-item=id.get() data-air=move || (shaper.lifted.get() == Some(id.get())).then_some("") hidden=hidden>
            <th data-col="name" scope="row">
                <a class="field-table__name" href=open title=move || fill(t::OPEN_FIELD.get(lang), &[("name", &name.get())])><Icon name=type_icon(kind)/><span>{name}</span></a>
                {may.then(|| view! { <Nudges shaper thing=Thing::Field(id)/> })}
            </th>
            <td data-col="type">{kind.label(lang)}</td>
            <td data-col="variable"><code class="variable">{format!("{{${}}}", line.key)}</code></td>
            <td data-col="usage">{move || now.with(|line| if line.used.is_empty() { "–".to_owned() } else { line.used.clone() })}</td>
            <Flag shaper now which=Which::Required possible=line.may_require may/>
            <Flag shaper now which=Which::Matching possible=kind.may_match() && !line.internal may/>
            <Flag shaper now which=Which::Tagging possible=kind.may_tag() && !line.internal may/>
            <td data-col="remove">{if !line.own {
                view! { <span class="icon-button" title=t::LOCKED.get(lang)><Icon name="lock"/><span class="visually-hidden">{t::LOCKED.get(lang)}</span></span> }.into_any()
            } else if may {
                view! { <Remove shaper now/> }.into_any()
            } else {
                ().into_any()
            }}</td>
            <td data-col="grip">{may.then(|| view! { <Grip shaper thing=Thing::Field(id)/> })}</td>
        </tr>
    }
}

/// Whether a field is one that is looked for, by its label or internal name.
pub fn found(line: &FieldLine, sought: &str) -> bool {
    sought.is_empty() || line.label.to_lowercase().contains(sought) || line.key.to_lowercase().contains(sought)
}

#[component]
fn Remove(shaper: Shaper, now: Memo<FieldLine>) -> impl IntoView {
    let lang = use_lang();
    let id = now.with_untracked(|line| line.id);
    let words = move || fill(t::REMOVE_FIELD.get(lang), &[("name", &now.with(|line| line.label.clone()))]);
    let navigate = use_navigate();
    let delete = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if now.with_untracked(|line| line.used.is_empty()) {
            let name = now.with_untracked(|line| line.label.clone());
            shaper.take(Step::DeleteField { field: id }, fill(t::SAID_DELETED.get(lang), &[("name", &name)]));
        } else {
            let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&format!("{}?used={id}", routes::configuration(shaper.pool)), stay);
        }
    };
    view! {
        <button class="icon-button" type="submit" form=GO name="form[go]" value=spelled(&Step::DeleteField { field: id })
            aria-label=words title=words on:click=delete><Icon name="minus"/></button>
    }
}

/// A property that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Required,
    Matching,
    Tagging,
}

/// A switch that acts at once; a dash where the type can't have the property. Making a field required asks first whether
/// profiles lack a value.
#[component]
fn Flag(shaper: Shaper, now: Memo<FieldLine>, which: Which, possible: bool, may: bool) -> impl IntoView {
    let lang = use_lang();
    let (code, words) = match which {
        Which::Required => ("required", t::REQUIRED),
        Which::Matching => ("matching", t::MATCHING),
        Which::Tagging => ("tagging", t::TAGGING),
    };
    let on = move || {
        now.with(|line| match which {
            Which::Required => line.required,
            Which::Matching => line.matching,
            Which::Tagging => line.tagging,
        })
    };
    let id = now.with_untracked(|line| line.id);
    let navigate = StoredValue::new(use_navigate());
    let toggle = move |event: leptos::ev::Event| {
        let wanted = event_target_checked(&event);
        if which == Which::Required && wanted {
            // The switch moves when it is done.
            forms::untick(&event);
            let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&format!("{}?require={id}", routes::configuration(shaper.pool)), stay));
            return;
        }
        let mut change = FieldChange::default();
        match which {
            Which::Required => change.required = Some(wanted),
            Which::Matching => change.matching = Some(wanted),
            Which::Tagging => change.tagging = Some(wanted),
        }
        let name = now.with_untracked(|line| line.label.clone());
        shaper.take(Step::ChangeField { field: id, change }, fill(t::SAID_CHANGED.get(lang), &[("name", &name)]));
    };
    let label = move || format!("{}: {}", words.get(lang), now.with(|line| line.label.clone()));
    view! {
        <td data-col="flag" data-flag=code data-label=words.get(lang)>
            {if possible && may {
                view! {
                    <input class="switch" type="checkbox" role="switch" autocomplete="off" data-awake aria-label=label checked=untrack(on) prop:checked=on on:change=toggle/>
                    <span data-asleep>{move || if on() { t::YES.get(lang) } else { "–" }}</span>
                }.into_any()
            } else if possible {
                view! { <span>{move || if on() { t::YES.get(lang) } else { t::NO.get(lang) }}</span> }.into_any()
            } else {
                view! { <span class="nothing" aria-hidden="true">"–"</span><span class="visually-hidden">{t::NOT_POSSIBLE.get(lang)}</span> }.into_any()
            }}
        </td>
    }
}

/// The grip at the right end of a row.
#[component]
pub fn Grip(shaper: Shaper, thing: Thing) -> impl IntoView {
    let lang = use_lang();
    let name = Memo::new(move |_| shaper.shape.with(|shape| label(shape, thing)));
    let (kind, words) = match thing {
        Thing::Category(_) => ("category", t::MOVE_CATEGORY),
        Thing::Field(_) => ("field", t::MOVE_FIELD),
    };
    let lift = move |event: leptos::ev::PointerEvent| {
        let lifted = move |up: bool| if up { shaper.lifted.set(Some(-thing.id())) } else { shaper.put_down() };
        reorder::lift(&event, kind, lifted, move |place| {
            let step = match (thing, place.into) {
                (Thing::Category(category), _) => Step::MoveCategory { category, before: place.before.map(CategoryId::new) },
                (Thing::Field(field), Some(into)) => {
                    Step::MoveField { field, category: CategoryId::new(into), before: place.before.map(FieldId::new) }
                }
                (Thing::Field(_), None) => return,
            };
            shaper.take(step, fill(t::SAID_MOVED.get(lang), &[("name", &name.get_untracked())]));
            reorder::keep_focus(thing.grip());
        });
    };
    view! {
        <button class="icon-button icon-button--grip" type="button" id=thing.grip() data-awake title=t::GRIP_HELP.get(lang)
            aria-label=move || fill(words.get(lang), &[("name", &name.get())]) aria-pressed=move || (shaper.lifted.get() == Some(thing.id())).then_some("true")
            on:pointerdown=lift on:keydown=move |event| press(shaper, thing, lang, &event)><Icon name="grip"/></button>
    }
}

/// Two buttons that do the same by one place. They stand behind the name, which gives way, so that no room is kept for them.
#[component]
pub fn Nudges(shaper: Shaper, thing: Thing) -> impl IntoView {
    let lang = use_lang();
    let name = Memo::new(move |_| shaper.shape.with(|shape| label(shape, thing)));
    let button = move |up: bool, icon: &'static str, words: domain::lang::Text| {
        let step = Memo::new(move |_| shaper.shape.with(|shape| nudge(shape, thing, up)));
        let value = move || step.with(|step| step.as_ref().map(spelled));
        let act = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            if let Some(step) = step.get_untracked() {
                shaper.take(step, fill(t::SAID_MOVED.get(lang), &[("name", &name.get_untracked())]));
            }
        };
        view! {
            <button class="icon-button icon-button--nudge" type="submit" form=GO name="form[go]" value=value disabled=move || step.with(Option::is_none)
                aria-label=move || fill(words.get(lang), &[("name", &name.get())]) on:click=act><Icon name=icon/></button>
        }
    };
    view! { <span class="nudges">{button(true, "up", t::UP)}{button(false, "down", t::DOWN)}</span> }
}
