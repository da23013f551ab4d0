//! Finding something in a list: what is typed, what is found, what the keys do, and the list below the input.

use domain::lang::fill;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use super::options::Options;
use super::words as w;
use crate::browser;
use crate::components::icon::Icon;
use crate::i18n::use_lang;

/// So many hits are drawn at once.
const DRAWN: usize = 100;

/// So far a page key goes.
const LEAP: usize = 8;

/// The state of one searchable list.
#[derive(Clone, Copy)]
pub struct Finder {
    /// What its elements are called.
    id: StoredValue<String>,
    options: Memo<Options>,
    /// What is typed; nothing while the input shows what is chosen.
    pub typed: RwSignal<Option<String>>,
    /// The list is shown.
    pub open: RwSignal<bool>,
    /// Which of the hits the keys are at.
    pub at: RwSignal<Option<usize>>,
    /// The hits, as places in the list.
    pub hits: Memo<Vec<usize>>,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The option at this place of the list.
    Choose(usize),
    /// Nothing but what the list itself has done.
    Done,
    /// It is none of the list's keys.
    None,
}

impl Finder {
    /// A list that is closed.
    pub fn new(id: &str, options: impl Fn() -> Options + Send + Sync + 'static) -> Self {
        let (typed, open) = (RwSignal::new(None::<String>), RwSignal::new(false));
        let options = Memo::new_with_compare(move |_| options(), |_, _| true);
        let hits = Memo::new(move |_| {
            if !open.get() {
                return Vec::new();
            }
            typed.with(|typed| options.with(|options| options.find(typed.as_deref().unwrap_or_default())))
        });
        Self { id: StoredValue::new(format!("{id}-list")), options, typed, open, at: RwSignal::new(None), hits }
    }

    /// The id of the list.
    pub fn list_id(self) -> String {
        self.id.get_value()
    }

    /// The id of the option that the keys are at, while the list is open.
    pub fn active(self) -> Option<String> {
        let at = self.at.get().filter(|_| self.open.get())?;
        self.hits.with(|hits| hits.get(at).map(|place| format!("{}-{place}", self.list_id())))
    }

    /// Show the list; the keys are at what is chosen.
    pub fn show(self, chosen: Option<usize>) {
        self.open.set(true);
        self.at.set(chosen.and_then(|chosen| self.hits.with_untracked(|hits| hits.iter().position(|place| *place == chosen))));
        self.reveal();
    }

    /// Hide the list.
    pub fn hide(self) {
        self.open.set(false);
        self.at.set(None);
    }

    /// Somebody types: the first hit is at hand.
    pub fn type_in(self, text: String) {
        let empty = text.trim().is_empty();
        self.typed.set(Some(text));
        self.open.set(true);
        self.at.set((!empty && !self.hits.with_untracked(Vec::is_empty)).then_some(0));
        self.reveal();
    }

    fn reveal(self) {
        let (id, open) = (self.list_id(), self.open);
        request_animation_frame(move || {
            if open.try_get_untracked() == Some(true) {
                browser::listbox::reveal(&id);
            }
        });
    }

    fn go(self, to: impl Fn(Option<usize>, usize) -> usize) {
        let last = self.hits.with_untracked(Vec::len).checked_sub(1);
        self.at.set(last.map(|last| to(self.at.get_untracked(), last).min(last)));
        self.reveal();
    }

    /// What a key does. `chosen` is where the list opens.
    pub fn press(self, event: &KeyboardEvent, chosen: Option<usize>) -> Wish {
        let (open, key) = (self.open.get_untracked(), event.key());
        if event.is_composing() || event.ctrl_key() || event.meta_key() {
            return Wish::None;
        }
        match (key.as_str(), open) {
            ("ArrowDown" | "ArrowUp", false) => self.show(chosen),
            ("ArrowUp", true) if event.alt_key() => self.hide(),
            ("ArrowDown", true) => self.go(|at, _| at.map_or(0, |at| at + 1)),
            ("ArrowUp", true) => self.go(|at, last| at.map_or(last, |at| at.saturating_sub(1))),
            ("PageDown", true) => self.go(|at, _| at.map_or(0, |at| at + LEAP)),
            ("PageUp", true) => self.go(|at, _| at.map_or(0, |at| at.saturating_sub(LEAP))),
            ("Home", true) => self.go(|_, _| 0),
            ("End", true) => self.go(|_, last| last),
            ("Enter", true) => {
                event.prevent_default();
                let at = self.at.get_untracked();
                return at.and_then(|at| self.hits.with_untracked(|hits| hits.get(at).copied())).map_or(Wish::Done, Wish::Choose);
            }
            ("Escape", true) => {
                self.typed.set(None);
                self.hide();
            }
            _ => return Wish::None,
        }
        event.prevent_default();
        Wish::Done
    }
}

/// The hits below the input. A long list comes in pieces; the keys lead from one to the next.
#[component]
pub fn Listbox(
    finder: Finder,
    #[prop(into)] label: String,
    many: bool,
    is_chosen: Callback<usize, bool>,
    choose: Callback<usize>,
) -> impl IntoView {
    let lang = use_lang();
    let from = Memo::new(move |_| finder.at.get().unwrap_or_default() / DRAWN * DRAWN);
    let n = move || finder.hits.with(Vec::len);
    let behind = move || n().saturating_sub(from.get() + DRAWN);
    let note = move |text: domain::lang::Text, n: usize| {
        let sentence = fill(text.get(lang), &[("n", &domain::lang::number(n as i64, lang))]);
        (n > 0).then(|| view! { <p class="listbox__note" aria-hidden="true">{sentence}</p> })
    };
    let drawn = move || {
        let from = from.get();
        let places = finder.hits.with(|hits| hits.iter().copied().enumerate().skip(from).take(DRAWN).collect::<Vec<_>>());
        places.into_iter().map(|(at, place)| view! { <Hit finder at place n=n() is_chosen choose/> }.into_any()).collect_view()
    };
    let said = move || match (finder.typed.get().is_some_and(|typed| !typed.trim().is_empty()), n()) {
        (_, 0) => w::NO_HIT.get(lang).to_owned(),
        (false, _) => String::new(),
        (true, 1) => w::HIT.get(lang).to_owned(),
        (true, n) => fill(w::HITS.get(lang), &[("n", &domain::lang::number(n as i64, lang))]),
    };
    view! {
        <span class="visually-hidden" role="status">{move || finder.open.get().then(said)}</span>
        {move || finder.open.get().then(|| view! {
            // The focus stays in the input.
            <div class="listbox" on:mousedown=|event: MouseEvent| event.prevent_default()>
                {move || note(w::BEFORE, from.get())}
                <ul id=finder.list_id() role="listbox" aria-label=label.clone() aria-multiselectable=many.then_some("true")>{drawn}</ul>
                {move || (n() == 0).then(|| view! { <p class="listbox__note" aria-hidden="true">{w::NO_HIT.get(lang)}</p> })}
                {move || note(w::MORE, behind())}
            </div>
        })}
    }
}

#[component]
fn Hit(finder: Finder, at: usize, place: usize, n: usize, is_chosen: Callback<usize, bool>, choose: Callback<usize>) -> impl IntoView {
    let label = finder.options.with_untracked(|options| options.all().get(place).map(|choice| choice.label.clone()));
    let here = move || (finder.at.get() == Some(at)).then_some("");
    view! {
        <li role="option" id=format!("{}-{place}", finder.list_id()) aria-selected=move || is_chosen.run(place).to_string() data-at=here
            aria-setsize=n aria-posinset=at + 1 on:click=move |_| choose.run(place)><span>{label}</span><Icon name="check"/></li>
    }
}
