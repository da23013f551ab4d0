//! Lists and dialogs that float below an input.

use leptos::ev::FocusEvent;

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::prelude::*;

    use super::FocusEvent;

    /// There is no document on the server.
    pub fn reveal(_list: &str) {}

    /// There is no document on the server.
    pub fn keep_within(_node: NodeRef<leptos::html::Div>) {}

    /// On the server everything is as it is written.
    pub fn is_awake() -> bool {
        false
    }

    /// Nobody leaves anything on the server.
    pub fn leaves(_event: &FocusEvent) -> bool {
        false
    }

    /// There is no document on the server.
    pub fn bind_boxes(_node: NodeRef<leptos::html::Div>, _values: RwSignal<Vec<String>>, _done: impl Fn() + 'static) {}

    /// There is no document on the server.
    pub fn bind_select(_node: NodeRef<leptos::html::Select>, _values: RwSignal<Vec<String>>, _done: impl Fn() + 'static) {}

    /// Nothing is typed on the server.
    pub fn at_end(_event: &leptos::ev::Event) -> bool {
        false
    }

    /// Nothing is pasted on the server.
    pub fn pasted(_event: &leptos::ev::ClipboardEvent) -> Option<String> {
        None
    }
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::html::{Div, Select};
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlInputElement, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

    use super::FocusEvent;

    fn bring(element: &Element) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }

    /// Scroll so that a list, and in it what the keys are at, is seen.
    pub fn reveal(list: &str) {
        let Some(list) = document().get_element_by_id(list) else { return };
        if let Some(frame) = list.parent_element() {
            bring(&frame);
        }
        if let Ok(Some(at)) = list.query_selector("[data-at]") {
            bring(&at);
        }
    }

    /// Hang what floats below an input on the input's other side where it would reach beyond the form.
    pub fn keep_within(node: NodeRef<Div>) {
        Effect::new(move |_| {
            let Some(floating) = node.get() else { return };
            let Ok(Some(form)) = floating.closest("form") else { return };
            if floating.get_bounding_client_rect().right() > form.get_bounding_client_rect().right() {
                _ = floating.set_attribute("data-end", "");
            }
        });
    }

    /// The script has taken over what the server wrote: what is drawn from now on is drawn by it alone.
    pub fn is_awake() -> bool {
        document().document_element().is_some_and(|root| root.has_attribute("data-awake"))
    }

    /// The focus goes out of the element that listens.
    pub fn leaves(event: &FocusEvent) -> bool {
        let inside = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
        let goal = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        !inside.is_some_and(|inside| inside.contains(goal.as_ref()) && goal.is_some())
    }

    /// Keep boxes or buttons and their signal alike. What was ticked before the page was awake counts; then it is `done`.
    pub fn bind_boxes(node: NodeRef<Div>, values: RwSignal<Vec<String>>, done: impl Fn() + 'static) {
        Effect::new(move |adopted: Option<bool>| {
            let Some(group) = node.get() else { return false };
            let wanted = values.get();
            let Ok(boxes) = group.query_selector_all("input:not([type=hidden])") else { return false };
            let boxes = (0..boxes.length()).filter_map(|at| boxes.get(at)?.dyn_into::<HtmlInputElement>().ok());
            if adopted == Some(true) || is_awake() {
                let nothing = wanted.iter().all(String::is_empty);
                boxes.for_each(|input| input.set_checked(if input.value().is_empty() { nothing } else { wanted.contains(&input.value()) }));
                if adopted != Some(true) {
                    done();
                }
                return true;
            }
            let mut ticked: Vec<String> = boxes.filter(HtmlInputElement::checked).map(|input| input.value()).collect();
            ticked.sort();
            if !wanted.iter().filter(|value| !value.is_empty()).eq(ticked.iter().filter(|value| !value.is_empty())) {
                values.set(ticked);
            }
            done();
            true
        });
    }

    /// Keep a list and its signal alike. What was chosen before the page was awake counts; then it is `done`.
    pub fn bind_select(node: NodeRef<Select>, values: RwSignal<Vec<String>>, done: impl Fn() + 'static) {
        Effect::new(move |adopted: Option<bool>| {
            let Some(select) = node.get() else { return false };
            let wanted = values.with(|values| values.first().cloned().unwrap_or_default());
            if adopted == Some(true) || is_awake() {
                if select.value() != wanted {
                    select.set_value(&wanted);
                }
                if adopted != Some(true) {
                    done();
                }
                return true;
            }
            if select.value() != wanted {
                values.set(vec![select.value()]);
            }
            done();
            true
        });
    }

    /// The caret stands behind everything.
    pub fn at_end(event: &leptos::ev::Event) -> bool {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        input.is_some_and(|input| {
            input.selection_start().ok().flatten().is_some_and(|at| at as usize == input.value().encode_utf16().count())
        })
    }

    /// The text that somebody pastes.
    pub fn pasted(event: &leptos::ev::ClipboardEvent) -> Option<String> {
        event.clipboard_data()?.get_data("text").ok()
    }
}

pub use imp::{at_end, bind_boxes, bind_select, is_awake, keep_within, leaves, pasted, reveal};
