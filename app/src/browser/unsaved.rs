//! Something typed is not saved yet: leaving asks first.

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::prelude::RwSignal;

    /// The server never leaves.
    pub fn guard(_unsaved: RwSignal<bool>, _question: &'static str, _kept: impl Fn(&str, &str) -> bool + 'static) {}

    /// The server never leaves.
    pub fn may_leave(_unsaved: RwSignal<bool>, _question: &str) -> bool {
        true
    }

    /// The server never leaves.
    pub fn may_go() -> bool {
        true
    }
}

#[cfg(feature = "hydrate")]
mod imp {
    use std::cell::RefCell;
    use std::rc::Rc;

    use leptos::prelude::*;
    use leptos::{ev, web_sys};
    use leptos_router::hooks::use_location;
    use leptos_router::location::Location;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{Element, MouseEvent, PopStateEvent};

    /// Whether an address, path and query, still shows what was typed.
    type Kept = Rc<dyn Fn(&str, &str) -> bool>;

    /// What is guarded on a page.
    #[derive(Clone)]
    struct Guard {
        unsaved: RwSignal<bool>,
        question: &'static str,
        kept: Kept,
        /// Where the router stands.
        place: Location,
    }

    thread_local! {
        static GUARDED: RefCell<Option<Guard>> = const { RefCell::new(None) };
    }

    /// Ask before the page is closed, before a link leads elsewhere and before "back" does, as long as `unsaved` is set.
    /// `kept` tells whether an address, path and query, still shows what was typed.
    pub fn guard(unsaved: RwSignal<bool>, question: &'static str, kept: impl Fn(&str, &str) -> bool + 'static) {
        GUARDED.set(Some(Guard { unsaved, question, kept: Rc::new(kept), place: use_location() }));
        let handle = StoredValue::new_local(None::<WindowListenerHandle>);
        let links = StoredValue::new_local(None::<Closure<dyn Fn(MouseEvent)>>);
        Effect::new(move |_| {
            handle.set_value(Some(window_event_listener(ev::beforeunload, move |event| {
                if unsaved.try_get_untracked().unwrap_or(false) {
                    event.prevent_default();
                    event.set_return_value(question);
                }
            })));
            let closure = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| stop(&event, unsaved, question));
            // Before the router hears the click: it listens on the way up, this listens on the way down.
            _ = document().add_event_listener_with_callback_and_bool("click", closure.as_ref().unchecked_ref(), true);
            links.set_value(Some(closure));
        });
        on_cleanup(move || {
            GUARDED.set(None);
            if let Some(handle) = handle.try_update_value(Option::take).flatten() {
                handle.remove();
            }
            if let Some(closure) = links.try_update_value(Option::take).flatten() {
                _ = document().remove_event_listener_with_callback_and_bool("click", closure.as_ref().unchecked_ref(), true);
            }
        });
    }

    /// Hear of "back" and "forward" before the router does: a window tells its listeners in the order in which they came.
    pub fn watch_steps() {
        let closure = Closure::<dyn Fn(PopStateEvent)>::new(|event: PopStateEvent| {
            let Some(Guard { unsaved, question, kept, place }) = GUARDED.with_borrow(Clone::clone) else { return };
            let to = window().location();
            let (path, query) = (to.pathname().unwrap_or_default(), to.search().unwrap_or_default());
            if kept(&path, query.trim_start_matches('?')) || may_leave(unsaved, question) {
                return;
            }
            // The router stands where it stood, and the address goes back there.
            event.stop_immediate_propagation();
            let here = format!("{}?{}", place.pathname.get_untracked(), place.search.get_untracked());
            _ = window().history().and_then(|history| history.push_state_with_url(&event.state(), "", Some(here.trim_end_matches('?'))));
        });
        _ = window().add_event_listener_with_callback("popstate", closure.as_ref().unchecked_ref());
        closure.forget();
    }

    fn stop(event: &MouseEvent, unsaved: RwSignal<bool>, question: &str) {
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a[href]").ok().flatten());
        let Some(link) = link else { return };
        let here = link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
        let stays = here || link.closest(".panel__tabs, .list").ok().flatten().is_some() || event.ctrl_key() || event.meta_key();
        if !stays && !may_leave(unsaved, question) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Nothing typed would be lost, or the reader says that it may.
    pub fn may_leave(unsaved: RwSignal<bool>, question: &str) -> bool {
        if !unsaved.try_get_untracked().unwrap_or(false) {
            return true;
        }
        let leaves = window().confirm_with_message(question).unwrap_or(true);
        if leaves {
            unsaved.set(false);
        }
        leaves
    }

    /// The same for whoever leads away from the page without knowing what is on it.
    pub fn may_go() -> bool {
        let guarded = GUARDED.with_borrow(|guard| guard.as_ref().map(|guard| (guard.unsaved, guard.question)));
        guarded.is_none_or(|(unsaved, question)| may_leave(unsaved, question))
    }
}

#[cfg(feature = "hydrate")]
pub use imp::watch_steps;
pub use imp::{guard, may_go, may_leave};
