//! The list in the document: rows that are clicked, scrolled to, and columns that are dragged.

#[cfg(not(feature = "hydrate"))]
mod imp {
    use domain::id::ProfileId;
    use leptos::ev::{DragEvent, MouseEvent, PointerEvent};
    use leptos::html::Input;
    use leptos::prelude::*;

    use crate::pages::profiles::lister::Lister;

    /// There is no document on the server.
    pub fn clicked(_lister: Lister, _event: &MouseEvent) {}

    /// There is no document on the server.
    pub fn at_top() -> bool {
        false
    }

    /// There is no document on the server.
    pub fn show_row(_id: ProfileId) {}

    /// There is no document on the server.
    pub fn adopt_typed(
        _node: NodeRef<Input>,
        _wanted: Memo<String>,
        _ahead: impl Fn() -> bool + 'static,
        _typed: impl Fn(String) + 'static,
    ) {
    }

    /// There is no document on the server.
    pub fn drag_width(_event: &PointerEvent, _size: impl Fn(u32) + 'static, _done: impl Fn() + 'static) {}

    /// There is no document on the server.
    pub fn drag_start(_event: &DragEvent, _key: &str) {}

    /// There is no document on the server.
    pub fn drag_over(_event: &DragEvent) {}

    /// There is no document on the server.
    pub fn dropped(_event: &DragEvent) -> Option<String> {
        None
    }

    /// There is no document on the server.
    pub fn copy_address(_path: &str) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use std::cell::RefCell;
    use std::rc::Rc;

    use domain::id::ProfileId;
    use leptos::ev::{self, DragEvent, MouseEvent, PointerEvent};
    use leptos::html::Input;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

    use crate::pages::profiles::lister::Lister;

    /// A click somewhere in the rows. With Ctrl or ⌘ a link stays a link: the profile's page opens elsewhere.
    pub fn clicked(lister: Lister, event: &MouseEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let near = |selector: &str| target.closest(selector).ok().flatten();
        let Some(id) = near("tr[data-id]").and_then(|row| row.get_attribute("data-id")).and_then(|id| id.parse().ok()) else { return };
        let on_box = near("[data-col=check]").is_some();
        if event.ctrl_key() || event.meta_key() {
            return;
        }
        if !on_box && !event.shift_key() && selecting_text() {
            return;
        }
        if near("input").is_none() {
            event.prevent_default();
        }
        lister.click(id, on_box, event.shift_key());
    }

    fn selecting_text() -> bool {
        let Ok(selection) = js_sys::Reflect::get(&window(), &"getSelection".into()) else { return false };
        let Ok(read) = selection.dyn_into::<js_sys::Function>() else { return false };
        let text = read.call0(&window()).map(|selection| js_sys::Object::from(selection).to_string());
        text.is_ok_and(|text| text.length() > 0)
    }

    /// Whether the reader sees the beginning of the list.
    pub fn at_top() -> bool {
        let scrolled = document().query_selector(".list__scroll").ok().flatten().map_or(0, |list| list.scroll_top());
        scrolled == 0 && window().scroll_y().is_ok_and(|y| y == 0.0)
    }

    /// Bring a row into sight, moving as little as possible.
    pub fn show_row(id: ProfileId) {
        request_animation_frame(move || {
            if let Ok(Some(row)) = document().query_selector(&format!("tr[data-id='{id}']")) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                options.set_inline(ScrollLogicalPosition::Nearest);
                row.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }

    /// Keep the search box and the address alike. What was typed before the page was awake is searched now;
    /// while the reader types and is ahead of it, the address never writes into the box.
    pub fn adopt_typed(node: NodeRef<Input>, wanted: Memo<String>, ahead: impl Fn() -> bool + 'static, typed: impl Fn(String) + 'static) {
        Effect::new(move |adopted: Option<bool>| {
            let Some(input) = node.get() else { return false };
            let wanted = wanted.get();
            if adopted != Some(true) {
                if input.value() != wanted {
                    typed(input.value());
                }
            } else if !ahead() && input.value() != wanted {
                input.set_value(&wanted);
            }
            true
        });
    }

    /// Draw a column wider or narrower while the pointer is down.
    pub fn drag_width(event: &PointerEvent, size: impl Fn(u32) + 'static, done: impl Fn() + 'static) {
        let Some(grip) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
        let Some(head) = grip.closest("th").ok().flatten() else { return };
        event.prevent_default();
        let start = (f64::from(event.client_x()), head.get_bounding_client_rect().width());
        let handles = Rc::new(RefCell::new(Vec::<WindowListenerHandle>::new()));
        let moving = window_event_listener(ev::pointermove, move |event: PointerEvent| {
            size((start.1 + f64::from(event.client_x()) - start.0).max(0.0).round() as u32);
        });
        let finish = {
            let handles = Rc::clone(&handles);
            window_event_listener(ev::pointerup, move |_| {
                for handle in handles.borrow_mut().drain(..) {
                    handle.remove();
                }
                done();
            })
        };
        handles.borrow_mut().extend([moving, finish]);
    }

    const KIND: &str = "text/plain";

    /// A column is lifted.
    pub fn drag_start(event: &DragEvent, key: &str) {
        if let Some(data) = event.data_transfer() {
            data.set_effect_allowed("move");
            _ = data.set_data(KIND, key);
        }
    }

    /// Columns may be dropped here.
    pub fn drag_over(event: &DragEvent) {
        event.prevent_default();
    }

    /// Which column was dropped.
    pub fn dropped(event: &DragEvent) -> Option<String> {
        event.prevent_default();
        event.data_transfer()?.get_data(KIND).ok().filter(|key| !key.is_empty())
    }

    /// Put an address of this site into the clipboard.
    pub fn copy_address(path: &str) {
        let origin = window().location().origin().unwrap_or_default();
        _ = window().navigator().clipboard().write_text(&format!("{origin}{path}"));
    }
}

pub use imp::{adopt_typed, at_top, clicked, copy_address, drag_over, drag_start, drag_width, dropped, show_row};
