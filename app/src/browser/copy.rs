//! Texts into the clipboard.

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::ev::MouseEvent;

    /// There is no document on the server.
    pub fn asked(_event: &MouseEvent) -> Option<String> {
        None
    }

    /// There is no clipboard on the server.
    pub fn copy(_text: String, _done: impl FnOnce(bool) + 'static) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::ev::MouseEvent;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

    /// What the button that was clicked is there to copy: one listener serves a whole table.
    pub fn asked(event: &MouseEvent) -> Option<String> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        target.closest("[data-copy]").ok().flatten()?.get_attribute("data-copy")
    }

    /// Puts a text into the clipboard and tells whether it is there.
    pub fn copy(text: String, done: impl FnOnce(bool) + 'static) {
        let navigator = window().navigator();
        // Browsers give the clipboard to safe addresses only; a server in the house may well have none.
        if js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object()) {
            spawn_local(async move { done(JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok()) });
        } else {
            done(by_selection(&text).unwrap_or(false));
        }
    }

    /// The old way: select the text somewhere and have the browser copy what is selected.
    fn by_selection(text: &str) -> Option<bool> {
        let document = document();
        let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let area = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
        area.set_class_name("visually-hidden");
        area.set_value(text);
        document.body()?.append_child(&area).ok()?;
        area.select();
        let copy = js_sys::Reflect::get(&document, &"execCommand".into()).ok()?.dyn_into::<js_sys::Function>().ok();
        let copied = copy.and_then(|copy| copy.call1(&document, &"copy".into()).ok()).is_some_and(|done| done.is_truthy());
        area.remove();
        if let Some(focused) = focused {
            _ = focused.focus();
        }
        Some(copied)
    }
}

pub use imp::{asked, copy};
