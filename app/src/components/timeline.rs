//! What happened to a profile, day by day.

use domain::history::Action;
use domain::id::{PoolId, ProfileId};
use domain::lang::{Lang, Text, fill};
use leptos::either::Either;
use leptos::prelude::*;

use crate::api::profiles::SetBackValue;
use crate::api::profiles::sheet::{Change, Day, Event};
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::profiles::words as w;

/// The days, newest first, and what to show of them: radio buttons that the style sheet reads, so that they need no script.
#[component]
pub fn Timeline(
    days: Vec<Day>,
    /// Where the older lines are, if there are any.
    older: Option<String>,
    /// How a value is set back, for somebody who may.
    back: Option<WayBack>,
) -> impl IntoView {
    let lang = use_lang();
    if days.is_empty() {
        return Either::Left(view! { <p class="event__note">{w::NO_HISTORY.get(lang)}</p> });
    }
    let has = |kind: Kind| days.iter().flat_map(|day| &day.events).any(|event| kinds(action(event)).contains(&kind));
    let present: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| has(*kind)).collect();
    let choice = |code: &'static str, label: Text, first: bool| {
        view! { <label class="chip chip--choice"><input type="radio" name="history" value=code checked=first autocomplete="off"/>{label.get(lang)}</label> }
    };
    let several = days.iter().map(|day| day.events.len()).sum::<usize>() > 1;
    let filter = (several && present.len() > 1).then(|| {
        view! {
            <fieldset class="timeline__filter">
                <legend class="visually-hidden">{w::SHOWN_EVENTS.get(lang)}</legend>
                {choice("all", w::ALL_EVENTS, true)}
                {present.into_iter().map(|kind| choice(kind.code(), kind.label(), false)).collect_view()}
            </fieldset>
        }
    });
    Either::Right(view! {
        {filter}
        {days
            .into_iter()
            .map(|day| {
                view! {
                    <section class="timeline__day">
                        <h4>{day.label}</h4>
                        <ol>{day.events.into_iter().map(|event| view! { <Line event back lang/> }).collect_view()}</ol>
                    </section>
                }
            })
            .collect_view()}
        {older.map(|href| view! { <p class="timeline__older"><a class="text-link" href=href>{w::OLDER_EVENTS.get(lang)}</a></p> })}
    })
}

/// How a value is set back.
#[derive(Clone, Copy)]
pub struct WayBack {
    /// Of which pool.
    pub pool: PoolId,
    /// Of whom.
    pub profile: ProfileId,
    /// What does it.
    pub action: ServerAction<SetBackValue>,
    /// While something typed is not saved, nothing is set back: it would be lost.
    pub unsaved: RwSignal<bool>,
}

/// What events can be filtered by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Changes,
    Imports,
    Coming,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Changes, Kind::Imports, Kind::Coming];

    fn code(self) -> &'static str {
        match self {
            Kind::Changes => "changes",
            Kind::Imports => "imports",
            Kind::Coming => "coming",
        }
    }

    fn label(self) -> Text {
        match self {
            Kind::Changes => w::EVENTS_CHANGES,
            Kind::Imports => w::EVENTS_IMPORTS,
            Kind::Coming => w::EVENTS_COMING,
        }
    }
}

fn action(event: &Event) -> Action {
    Action::from_code(&event.action).unwrap_or(Action::Edited)
}

fn kinds(action: Action) -> &'static [Kind] {
    match action {
        Action::Edited | Action::ChangedBack => &[Kind::Changes],
        Action::ImportChanged => &[Kind::Changes, Kind::Imports],
        Action::Imported => &[Kind::Imports, Kind::Coming],
        Action::Created | Action::Deleted | Action::Restored | Action::BroughtBack => &[Kind::Coming],
    }
}

/// One event: what, from what to what, by whom, when.
#[component]
fn Line(event: Event, back: Option<WayBack>, lang: Lang) -> impl IntoView {
    let action = action(&event);
    let (icon, class) = match action {
        Action::Created => ("plus", "event event--accent"),
        Action::Edited => ("pencil", "event"),
        Action::Deleted => ("trash", "event"),
        Action::Restored | Action::BroughtBack => ("undo", "event event--positive"),
        Action::ChangedBack => ("undo", "event"),
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
    let kinds = kinds(action).iter().map(|kind| kind.code()).collect::<Vec<_>>().join(" ");
    view! {
        <li class=class data-kind=kinds>
            <Icon name=icon/>
            <div>
                {headline}
                {told.into_iter().map(|change| view! { <BeforeAfter change back named=!single lang/> }).collect_view()}
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

/// From what to what, and back.
#[component]
fn BeforeAfter(change: Change, back: Option<WayBack>, named: bool, lang: Lang) -> impl IntoView {
    let said = |text: String| if text.is_empty() { w::EMPTY_VALUE.get(lang).to_owned() } else { text };
    let label = fill(w::VALUE_BACK.get(lang), &[("field", &change.label), ("value", &said(change.before.clone()))]);
    let form = back.zip(change.back).map(|(WayBack { pool, profile, action, unsaved }, (line, key))| {
        view! {
            <ActionForm action>
                <input type="hidden" name="pool" value=pool.get()/>
                <input type="hidden" name="profile" value=profile.get()/>
                <input type="hidden" name="line" value=line/>
                <input type="hidden" name="key" value=key/>
                <button class="icon-button icon-button--small" type="submit" aria-label=label.clone() title=label disabled=move || unsaved.get()><Icon name="undo"/></button>
            </ActionForm>
        }
    });
    view! {
        <div class="event__change">
        <p class="change">
            {named.then(|| view! { <span>{change.label}": "</span> })}
            <del>{said(change.before)}</del><Icon name="arrow-right"/><span class="visually-hidden">{w::CHANGED_TO.get(lang)}</span><ins>{said(change.after)}</ins>
        </p>
        {form}
        </div>
    }
}
