//! Ctrl-K: go to a page, a pool, an action, or look for a person.

use std::time::Duration;

use domain::lang::{Lang, fill};
use domain::rights::Right;
use domain::search::Query;
use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::profiles::find_people;
use crate::api::profiles::shapes::Person;
use crate::browser;
use crate::components::frame::{FrameState, use_frame};
use crate::components::icon::Icon;
use crate::components::team_head::first_side;
use crate::i18n::use_lang;
use crate::parts::part;
use crate::routes;
use crate::text::frame as t;
use crate::text::team;

/// How long the typing pauses before people are looked for.
const PAUSE: Duration = Duration::from_millis(120);

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Goal {
    icon: &'static str,
    label: String,
    note: String,
    href: String,
}

part! {
    /// The dialog; opened by Ctrl-K or ⌘-K anywhere, and by the rail.
    dialogs, command_palette(open: RwSignal<bool>) {
        view! { <CommandPalette open/> }.into_any()
    }
}

#[component]
fn CommandPalette(open: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let navigate = use_navigate();
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let people = found_people(frame, open, typed);
    let goals = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let mut goals = goals(frame, &typed.get(), lang);
        // Last: they come later, and nothing may move under the keyboard.
        goals.extend(people.get().into_iter().map(person));
        goals
    });
    browser::dialog::follow(dialog, open.into());
    let go = Callback::new(move |href: String| {
        open.set(false);
        if !browser::unsaved::may_go() {
            return;
        }
        navigate(&href, NavigateOptions::default());
    });
    Effect::new(move |_| {
        if open.get() {
            let ahead = frame.typed_ahead.try_update_value(Option::take).flatten().unwrap_or_default();
            typed.set(ahead.replace('\n', ""));
            at.set(0);
            browser::document::focus("palette-input");
            let first = ahead.ends_with('\n').then(|| goals.get_untracked().into_iter().next()).flatten();
            if let Some(goal) = first {
                go.run(goal.href);
            }
        }
    });
    let on_keydown = move |event: ev::KeyboardEvent| {
        let n = goals.with(Vec::len);
        let step = |by: usize| {
            if n > 0 {
                at.update(|at| *at = (*at + by) % n)
            }
        };
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(n.max(1) - 1),
            "Enter" => {
                if let Some(goal) = goals.with(|goals| goals.get(at.get()).cloned()) {
                    go.run(goal.href);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let goals = goals.get();
        goals.into_iter().enumerate().map(|(n, goal)| view! { <Option n goal at go/> }).collect_view()
    };
    view! {
        <dialog class="dialog palette" node_ref=dialog aria-label=t::PALETTE.get(lang) on:close=move |_| open.set(false)
            on:click=move |event| if is_backdrop(&event) { open.set(false) }>
            <div class="input palette__input">
                <Icon name="search"/>
                <input id="palette-input" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
                    aria-label=t::PALETTE_HINT.get(lang) placeholder=t::PALETTE_HINT.get(lang) autocomplete="off" spellcheck="false"
                    aria-activedescendant=move || goals.with(|goals| (!goals.is_empty()).then(|| format!("goal-{}", at.get())))
                    prop:value=move || typed.get() on:input=move |event| { typed.set(event_target_value(&event)); at.set(0); } on:keydown=on_keydown/>
            </div>
            <ul class="palette__list" id="palette-list" role="listbox" aria-label=t::PALETTE.get(lang)>{options}</ul>
            {move || (open.get() && goals.with(Vec::is_empty)).then(|| view! { <p class="palette__empty">{t::PALETTE_NOTHING.get(lang)}</p> })}
        </dialog>
    }
}

#[component]
fn Option(n: usize, goal: Goal, at: RwSignal<usize>, go: Callback<String>) -> impl IntoView {
    let href = goal.href;
    view! {
        <li class="menu__item" id=format!("goal-{n}") role="option" aria-selected=move || (at.get() == n).to_string()
            on:mousemove=move |_| if at.get_untracked() != n { at.set(n) } on:click=move |_| go.run(href.clone())>
            <Icon name=goal.icon/>
            <span>{goal.label}</span>
            <span class="palette__note">{goal.note}</span>
        </li>
    }
}

/// A click outside the dialog's own content.
fn is_backdrop(event: &ev::MouseEvent) -> bool {
    event.target() == event.current_target() && event.target().is_some()
}

/// The people in whom what is typed occurs, asked for when the typing pauses.
fn found_people(frame: FrameState, open: RwSignal<bool>, typed: RwSignal<String>) -> RwSignal<Vec<Person>> {
    let people = RwSignal::new(Vec::new());
    let pause = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let q = typed.with(|typed| typed.trim().to_owned());
        if let Some(pause) = pause.get_value() {
            pause.clear();
        }
        if !open.get() || q.chars().count() < 2 {
            people.set(Vec::new());
            return;
        }
        let ask = move || {
            spawn_local(async move {
                let found = find_people(q.clone(), frame.pool.get_untracked()).await;
                // An answer to what stood there before is worth nothing.
                if let (Ok(found), Some(true)) = (found, typed.try_with_untracked(|typed| typed.trim() == q)) {
                    people.try_set(found);
                }
            });
        };
        pause.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
    people
}

fn person(person: Person) -> Goal {
    let note = if person.email.is_empty() { person.pool_name } else { format!("{} · {}", person.email, person.pool_name) };
    Goal { icon: "visitor", label: person.title, note, href: format!("{}?profile={}", routes::pool(person.pool), person.id) }
}

/// Everything that matches; the pool at hand first. What is typed may also be a person to look for.
fn goals(frame: FrameState, typed: &str, lang: Lang) -> Vec<Goal> {
    let query = Query::parse(typed);
    let current = frame.pool.get();
    let mut all = Vec::new();
    let goal = |icon, label: String, note: &str, href: String| Goal { icon, label, note: note.to_owned(), href };
    let mut pools = frame.data.with(|data| data.pools.clone());
    pools.sort_by_key(|pool| Some(pool.id) != current);
    let of = |text: domain::lang::Text, pool: &str| fill(text.get(lang), &[("pool", pool)]);
    for pool in &pools {
        all.push(goal("profiles", pool.name.clone(), t::TAB_LIST.get(lang), routes::pool(pool.id)));
    }
    for pool in &pools {
        if !typed.trim().is_empty() || Some(pool.id) == current {
            let may = |right| frame.may(right);
            if may(Right::CreateProfiles) {
                all.push(goal("plus", of(t::NEW_ENTRY_IN, &pool.name), "", format!("{}?new=1", routes::pool(pool.id))));
            }
            if may(Right::Import) {
                all.push(goal("import", of(t::IMPORT_INTO, &pool.name), "", routes::import(pool.id)));
            }
            if may(Right::Restore) {
                all.push(goal("trash", of(t::BIN_OF, &pool.name), "", routes::bin(pool.id)));
            }
        }
    }
    if frame.may(Right::CreatePools) {
        all.push(goal("pool", t::NEW_POOL.get(lang).to_owned(), "", "/pools?new=1".to_owned()));
    }
    if let Some(href) = first_side(|right| frame.may(right)) {
        all.push(goal("lock", team::TITLE.get(lang).to_owned(), "", href.to_owned()));
    }
    all.push(goal("clock", t::JOBS.get(lang).to_owned(), "", routes::JOBS.to_owned()));
    if frame.may(Right::SeeLog) {
        all.push(goal("rows-tight", t::AUDIT.get(lang).to_owned(), "", routes::AUDIT.to_owned()));
    }
    all.push(goal("settings", t::SETTINGS.get(lang).to_owned(), "", routes::SETTINGS.to_owned()));
    all.retain(|goal| {
        query.is_empty() || query.matches(&domain::search::index_text([goal.label.as_str(), goal.note.as_str()].into_iter()))
    });
    let q = typed.trim();
    if !q.is_empty() {
        all.extend(pools.iter().map(|pool| {
            let label = fill(t::PALETTE_SEARCH_IN.get(lang), &[("q", q), ("pool", &pool.name)]);
            goal("search", label, t::PALETTE_PROFILES.get(lang), routes::search(pool.id, q))
        }));
    }
    all
}
