//! Forms and their controls in the document.

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::ev::SubmitEvent;
    use leptos::html::{Input, Textarea};
    use leptos::prelude::*;

    /// There is no document on the server.
    pub fn value(_event: &SubmitEvent, _name: &str) -> Option<String> {
        None
    }

    /// There is no document on the server.
    pub fn close_menu(_event: &SubmitEvent) {}

    /// There is no document on the server.
    pub fn untick(_event: &leptos::ev::Event) {}

    /// There is no document on the server.
    pub fn submit(_form: NodeRef<leptos::html::Form>) {}

    /// There is no document on the server.
    pub fn submit_of(_event: &leptos::ev::Event) {}

    /// There is no document on the server.
    pub fn close_menus() -> bool {
        false
    }

    /// There is no document on the server.
    pub fn focus(_id: &str) {}

    /// There is no document on the server.
    pub fn focus_first(_id: &str) {}

    /// There is no document on the server.
    pub fn blur() {}

    /// There is no document on the server.
    pub fn focused() -> Option<String> {
        None
    }

    /// There is no document on the server.
    pub fn restore_focus(_id: Option<String>) {}

    /// There is no document on the server.
    pub fn bind(_node: NodeRef<Input>, _values: RwSignal<Vec<String>>) {}

    /// There is no document on the server.
    pub fn bind_lines(_node: NodeRef<Textarea>, _values: RwSignal<Vec<String>>) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::ev::SubmitEvent;
    use leptos::html::{Input, Textarea};
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, FormData, HtmlElement, HtmlFormElement};

    use crate::browser::listbox::is_awake;

    /// What a sent form holds under a name.
    pub fn value(event: &SubmitEvent, name: &str) -> Option<String> {
        let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
        FormData::new_with_form(&form).ok()?.get(name).as_string()
    }

    /// Close the menu that a form stands in, and give the focus back to what opened it.
    pub fn close_menu(event: &SubmitEvent) {
        let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(menu) = form.and_then(|form| form.closest("details").ok().flatten()) {
            shut(&menu);
        }
    }

    /// A box that was ticked is not yet.
    pub fn untick(event: &leptos::ev::Event) {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            input.set_checked(false);
        }
    }

    /// Sends the form of a control, as its button would.
    pub fn submit_of(event: &leptos::ev::Event) {
        let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let form = control.and_then(|control| control.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            _ = form.request_submit();
        }
    }

    /// Sends a form as its button would.
    pub fn submit(form: NodeRef<leptos::html::Form>) {
        if let Some(form) = form.get_untracked() {
            _ = form.request_submit();
        }
    }

    /// Close every open menu. Was there one?
    pub fn close_menus() -> bool {
        let Ok(open) = document().query_selector_all("details[data-menu][open]") else { return false };
        let menus = (0..open.length()).filter_map(|at| open.get(at)?.dyn_into::<Element>().ok());
        menus.inspect(shut).count() > 0
    }

    fn shut(menu: &Element) {
        let inside = document().active_element().is_some_and(|active| menu.contains(Some(&active)));
        _ = menu.remove_attribute("open");
        if inside
            && let Some(summary) = menu.query_selector("summary").ok().flatten().and_then(|summary| summary.dyn_into::<HtmlElement>().ok())
        {
            _ = summary.focus();
        }
    }

    fn element(selector: &str) -> Option<HtmlElement> {
        document().query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    /// Put the focus on an element; a search text is selected, to be typed over.
    pub fn focus(id: &str) {
        let Some(target) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
        _ = target.focus();
        if let Some(input) = target.dyn_ref::<web_sys::HtmlInputElement>() {
            input.select();
        }
    }

    /// Put the focus on the first control of a form.
    pub fn focus_first(id: &str) {
        let controls = format!("#{id} :is(input, select, textarea):not([type=hidden], :disabled)");
        if let Some(control) = element(&controls) {
            _ = control.focus();
        }
    }

    /// Take the focus out of a field.
    pub fn blur() {
        if let Some(active) = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            _ = active.blur();
        }
    }

    /// The element with the focus, by its id.
    pub fn focused() -> Option<String> {
        document().active_element().map(|element| element.id()).filter(|id| !id.is_empty())
    }

    /// Put the focus back after a part of the page was drawn anew.
    pub fn restore_focus(id: Option<String>) {
        if let Some(target) = id.and_then(|id| document().get_element_by_id(&id)).and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            _ = target.focus();
        }
    }

    /// Keep an input and its signal alike. What was typed before the page was awake counts; afterwards an input that is
    /// used again for another value may still hold the one before.
    pub fn bind(node: NodeRef<Input>, values: RwSignal<Vec<String>>) {
        Effect::new(move |adopted: Option<bool>| {
            let Some(input) = node.get() else { return false };
            let wanted = values.with(|values| values.first().cloned().unwrap_or_default());
            if adopted != Some(true) && !is_awake() {
                if input.value() != wanted && input.value() != input.default_value() {
                    values.set(vec![input.value()]);
                }
            } else if input.value() != wanted {
                input.set_value(&wanted);
            }
            true
        });
    }

    /// The same for text of several lines.
    pub fn bind_lines(node: NodeRef<Textarea>, values: RwSignal<Vec<String>>) {
        Effect::new(move |adopted: Option<bool>| {
            let Some(input) = node.get() else { return false };
            let wanted = values.with(|values| values.first().cloned().unwrap_or_default());
            if adopted != Some(true) && !is_awake() {
                if input.value() != wanted && Ok(input.value()) != input.default_value() {
                    values.set(vec![input.value()]);
                }
            } else if input.value() != wanted {
                input.set_value(&wanted);
            }
            true
        });
    }
}

pub use imp::{
    bind, bind_lines, blur, close_menu, close_menus, focus, focus_first, focused, restore_focus, submit, submit_of, untick, value,
};
