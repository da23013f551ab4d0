//! Keys pressed anywhere on the page.

/// A key, with what decides whom it is for.
#[derive(Clone, Debug, Default)]
pub struct Key {
    pub name: String,
    pub shift: bool,
    /// Or ⌘.
    pub control: bool,
    pub alt: bool,
    /// The focus is in a field: letters are text.
    pub typing: bool,
    /// The focus is on nothing that has a use for Enter itself.
    pub enter: bool,
    /// The focus is on nothing that has a use for arrows itself.
    pub arrows: bool,
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    /// On the server nobody presses keys.
    pub fn listen(_press: impl Fn(super::Key) -> bool + 'static) {}

    /// On the server nobody presses keys.
    pub fn save_by_keys(_save: impl Fn() + 'static) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, KeyboardEvent};

    use super::Key;

    const FIELDS: &str = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
    const PRESSED: &str = "a, button, summary, [role=separator], dialog, .menu, .panel";
    const MOVED: &str = "[role=separator], [type=radio], dialog, .menu, .panel__scroll";

    /// Hear every key until the caller's view goes away. A key that was used does nothing else.
    pub fn listen(press: impl Fn(Key) -> bool + 'static) {
        let press = StoredValue::new_local(press);
        let handle = StoredValue::new_local(None::<WindowListenerHandle>);
        Effect::new(move |_| {
            handle.set_value(Some(window_event_listener(ev::keydown, move |event| {
                if event.default_prevented() || event.is_composing() {
                    return;
                }
                let key = read(&event);
                if press.try_with_value(|press| press(key)).unwrap_or(false) {
                    event.prevent_default();
                }
            })));
        });
        on_cleanup(move || {
            if let Some(handle) = handle.try_update_value(Option::take).flatten() {
                handle.remove();
            }
        });
    }

    fn read(event: &KeyboardEvent) -> Key {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let within = |selector: &str| element.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some());
        Key {
            name: event.key(),
            shift: event.shift_key(),
            control: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            typing: within(FIELDS),
            enter: !within(PRESSED),
            arrows: !within(MOVED),
        }
    }

    /// Ctrl-S and ⌘-S save, wherever the focus is.
    pub fn save_by_keys(save: impl Fn() + 'static) {
        let save = StoredValue::new_local(save);
        listen(move |key| {
            let ours = key.control && key.name == "s";
            if ours {
                save.try_with_value(|save| save());
            }
            ours
        });
    }
}

pub use imp::{listen, save_by_keys};
