//! What happened to a profile, day by day.

use domain::history::Action;
use domain::lang::{Lang, fill};
use leptos::either::Either;
use leptos::prelude::*;

use crate::api::profiles::sheet::{Change, Day, Event};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

/// The days, newest first.
#[component]
pub fn Timeline(days: Vec<Day>) -> impl IntoView {
    let lang = use_lang();
    if days.is_empty() {
        return Either::Left(view! { <p class="event__note">{w::NO_HISTORY.get(lang)}</p> });
    }
    Either::Right(
        days.into_iter()
            .map(|day| {
                view! {
                    <h4>{day.label}</h4>
                    <ol>{day.events.into_iter().map(|event| view! { <Line event lang/> }).collect_view()}</ol>
                }
            })
            .collect_view(),
    )
}

/// One event: what, from what to what, by whom, when.
#[component]
fn Line(event: Event, lang: Lang) -> impl IntoView {
    let action = Action::from_code(&event.action).unwrap_or(Action::Edited);
    let (icon, class) = match action {
        Action::Created => ("plus", "event event--accent"),
        Action::Edited => ("pencil", "event"),
        Action::Deleted => ("trash", "event"),
        Action::Restored => ("undo", "event event--positive"),
        Action::Imported | Action::ImportChanged => ("import", "event"),
    };
    let by = (!event.actor.is_empty()).then(|| fill(w::BY.get(lang), &[("name", &event.actor)]));
    let single = event.changes.len() == 1 && action == Action::Edited;
    let headline = if single {
        Either::Left(view! { <p><strong>{event.changes[0].label.clone()}</strong>" "{w::EVENT_EDITED.get(lang)}</p> })
    } else {
        Either::Right(view! { <p>{headline(action, &event, lang)}</p> })
    };
    // A new profile is told by how much it began with; what exactly stands in the form beside.
    let told = if matches!(action, Action::Created | Action::Imported) { Vec::new() } else { event.changes.clone() };
    let filled = (told.is_empty() && !event.changes.is_empty())
        .then(|| fill(w::FIELDS_FILLED.get(lang), &[("n", &event.changes.len().to_string())]));
    view! {
        <li class=class>
            <Icon name=icon/>
            <div>
                {headline}
                {told.into_iter().map(|change| view! { <BeforeAfter change named=!single lang/> }).collect_view()}
                {filled.map(|filled| view! { <p class="event__note">{filled}</p> })}
                {by.map(|by| view! { <p class="event__note">{by}</p> })}
            </div>
            <time datetime=event.at>{event.time}</time>
        </li>
    }
}

fn headline(action: Action, event: &Event, lang: Lang) -> String {
    match (action, &event.import) {
        (Action::Created, _) => w::EVENT_CREATED.get(lang).to_owned(),
        (Action::Edited, _) => fill(w::FIELDS_CHANGED.get(lang), &[("n", &event.changes.len().to_string())]),
        (Action::Deleted, _) => w::EVENT_DELETED.get(lang).to_owned(),
        (Action::Restored, _) => w::EVENT_RESTORED.get(lang).to_owned(),
        (_, Some(name)) => fill(w::EVENT_IMPORTED_FROM.get(lang), &[("name", name)]),
        _ => action.label(lang).to_owned(),
    }
}

/// From what to what.
#[component]
fn BeforeAfter(change: Change, named: bool, lang: Lang) -> impl IntoView {
    let said = |text: String| if text.is_empty() { w::EMPTY_VALUE.get(lang).to_owned() } else { text };
    view! {
        <p class="change">
            {named.then(|| view! { <span>{change.label}": "</span> })}
            <del>{said(change.before)}</del><Icon name="arrow-right"/><span class="visually-hidden">{w::CHANGED_TO.get(lang)}</span><ins>{said(change.after)}</ins>
        </p>
    }
}
