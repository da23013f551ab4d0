//! Something typed is not saved yet: leaving asks first.

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::prelude::RwSignal;

    /// The server never leaves.
    pub fn guard(_unsaved: RwSignal<bool>, _question: &'static str) {}

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
    use std::cell::Cell;

    use leptos::prelude::*;
    use leptos::{ev, web_sys};
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{Element, MouseEvent};

    thread_local! {
        /// What is guarded on this page, and the question.
        static GUARDED: Cell<Option<(RwSignal<bool>, &'static str)>> = const { Cell::new(None) };
    }

    /// Ask before the page is closed and before a link leads elsewhere, as long as `unsaved` is set.
    pub fn guard(unsaved: RwSignal<bool>, question: &'static str) {
        GUARDED.set(Some((unsaved, question)));
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
        GUARDED.get().is_none_or(|(unsaved, question)| may_leave(unsaved, question))
    }
}

pub use imp::{guard, may_go, may_leave};
