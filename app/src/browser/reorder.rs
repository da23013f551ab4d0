//! Rows that are dragged to another place. While one is in the air only its own position and that of one line change,
//! both by a transform: a thousand rows stay where they are.
//!
//! In the document: `[data-reorder]` is what scrolls or holds the rows, `[data-item]` a row with its id; a row of a group
//! that others are dropped into says so by `data-into`, its end is where the next group begins.

/// Where something was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The group that it is in now; none where there are no groups.
    pub into: Option<i64>,
    /// Its right neighbour; none: the last one.
    pub before: Option<i64>,
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::ev::PointerEvent;

    use super::Place;

    /// Nothing is dragged on the server.
    pub fn lift(_event: &PointerEvent, _kind: &'static str, _lifted: impl Fn(bool) + 'static, _drop: impl FnOnce(Place) + 'static) {}

    /// Nothing is dragged on the server.
    pub fn keep_focus(_id: String) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use std::cell::RefCell;
    use std::rc::Rc;

    use leptos::ev::{self, PointerEvent};
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement};

    use super::Place;

    /// So near to an edge the rows begin to run, in pixels.
    const EDGE: f64 = 56.0;

    /// The most that they run in a frame, in pixels.
    const PACE: f64 = 22.0;

    /// So far beside the rows something is dropped outside, in pixels.
    const OUTSIDE: f64 = 48.0;

    /// Where a line can be, measured from the top of what is scrolled.
    struct Slot {
        y: f64,
        place: Place,
    }

    struct Drag {
        area: HtmlElement,
        row: HtmlElement,
        line: HtmlElement,
        slots: Vec<Slot>,
        /// Where the row was taken hold of, measured from the top of what is scrolled.
        hold: f64,
        own: Option<usize>,
        at: Option<usize>,
        pointer: (f64, f64),
        handles: Vec<WindowListenerHandle>,
        running: bool,
    }

    type Shared = Rc<RefCell<Drag>>;

    /// A row is taken by its grip. `kind` names the rows that it can stand among (`data-kind`). `lifted` hears when it is in
    /// the air and when it isn't any more, `drop` where it was put, if that is somewhere else than before.
    pub fn lift(event: &PointerEvent, kind: &'static str, lifted: impl Fn(bool) + 'static, drop: impl FnOnce(Place) + 'static) {
        if event.button() != 0 {
            return;
        }
        let Some(grip) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some(drag) = begin(&grip, kind, (f64::from(event.client_x()), f64::from(event.client_y()))) else { return };
        event.prevent_default();
        _ = grip.dyn_ref::<HtmlElement>().map(HtmlElement::focus);
        let drag = Rc::new(RefCell::new(drag));
        let lifted = Rc::new(lifted);
        lifted(true);
        let drop = Rc::new(RefCell::new(Some(drop)));
        let end = {
            let drag = Rc::clone(&drag);
            move |keep: bool| {
                let place = finish(&drag, keep);
                lifted(false);
                if let (Some(place), Some(drop)) = (place, drop.borrow_mut().take()) {
                    drop(place);
                }
            }
        };
        let moved = {
            let drag = Rc::clone(&drag);
            window_event_listener(ev::pointermove, move |event| {
                drag.borrow_mut().pointer = (f64::from(event.client_x()), f64::from(event.client_y()));
            })
        };
        let (up, cancel, key) = (end.clone(), end.clone(), end);
        let up = window_event_listener(ev::pointerup, move |_| up(true));
        let cancel = window_event_listener(ev::pointercancel, move |_| cancel(false));
        let key = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                event.prevent_default();
                key(false);
            }
        });
        drag.borrow_mut().handles.extend([moved, up, cancel, key]);
        every_frame(drag);
    }

    fn begin(grip: &Element, kind: &str, pointer: (f64, f64)) -> Option<Drag> {
        let row: HtmlElement = grip.closest(&format!("[data-kind='{kind}']")).ok()??.dyn_into().ok()?;
        let area: HtmlElement = row.closest("[data-reorder]").ok()??.dyn_into().ok()?;
        let line: HtmlElement = area.query_selector(".drop-line").ok()??.dyn_into().ok()?;
        let scroll = f64::from(area.scroll_top()) - area.get_bounding_client_rect().top();
        let rows = area.query_selector_all(&format!("[data-kind='{kind}'], [data-into]")).ok()?;
        let number = |element: &Element, name: &str| element.get_attribute(name).and_then(|id| id.parse::<i64>().ok());
        let (mut slots, mut into, mut bottom) = (Vec::<Slot>::new(), None, None::<f64>);
        let mut own = None;
        let grouped = kind == "field";
        for at in 0..rows.length() {
            let Some(element) = rows.get(at).and_then(|row| row.dyn_into::<HtmlElement>().ok()) else { continue };
            let rect = element.get_bounding_client_rect();
            // Rows that a search hides have no height.
            if rect.height() == 0.0 {
                continue;
            }
            if grouped && element.has_attribute("data-into") {
                if let (Some(y), true) = (bottom, into.is_some()) {
                    slots.push(Slot { y, place: Place { into, before: None } });
                }
                into = number(&element, "data-into");
            }
            if element.get_attribute("data-kind").as_deref() == Some(kind) {
                if element.is_same_node(Some(&row)) {
                    own = Some(slots.len());
                }
                slots.push(Slot { y: rect.top() + scroll, place: Place { into, before: number(&element, "data-item") } });
            }
            bottom = Some(last_bottom(&element, kind).unwrap_or(rect.bottom()) + scroll);
        }
        if let Some(y) = bottom {
            slots.push(Slot { y, place: Place { into, before: None } });
        }
        _ = row.set_attribute("data-lifted", "");
        _ = area.set_attribute("data-dragging", "");
        let hold = pointer.1 + scroll;
        Some(Drag { area, row, line, slots, hold, own, at: None, pointer, handles: Vec::new(), running: true })
    }

    /// A category ends where its last field does.
    fn last_bottom(element: &HtmlElement, kind: &str) -> Option<f64> {
        if kind != "category" {
            return None;
        }
        Some(element.parent_element()?.get_bounding_client_rect().bottom())
    }

    fn every_frame(drag: Shared) {
        request_animation_frame(move || {
            if !drag.borrow().running {
                return;
            }
            drag.borrow_mut().draw();
            every_frame(drag);
        });
    }

    impl Drag {
        /// Moves the row under the pointer and the line to the nearest place; lets the rows run near the edges.
        fn draw(&mut self) {
            let rect = self.area.get_bounding_client_rect();
            let (x, y) = self.pointer;
            // On a phone the page scrolls, not what is in it.
            let scrolls = self.area.scroll_height() > self.area.client_height();
            let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(rect.bottom());
            let (top, bottom) = if scrolls { (rect.top(), rect.bottom()) } else { (0.0, height) };
            let (above, below) = (top + EDGE - y, y - bottom + EDGE);
            let run = if above > 0.0 { -(above / EDGE).min(1.0) * PACE } else { (below.max(0.0) / EDGE).min(1.0) * PACE };
            if run != 0.0 && scrolls {
                self.area.set_scroll_top(self.area.scroll_top() + run.round() as i32);
            } else if run != 0.0 {
                window().scroll_by_with_x_and_y(0.0, run);
            }
            let rect = self.area.get_bounding_client_rect();
            let inside = y - rect.top() + f64::from(self.area.scroll_top());
            let outside =
                x < rect.left() - OUTSIDE || x > rect.right() + OUTSIDE || y < rect.top() - OUTSIDE || y > rect.bottom() + OUTSIDE;
            let nearest = self.slots.partition_point(|slot| slot.y < inside);
            let nearer = |a: usize, b: usize| if (self.slots[a].y - inside).abs() <= (self.slots[b].y - inside).abs() { a } else { b };
            self.at = match (nearest, self.slots.len()) {
                _ if outside => None,
                (_, 0) => None,
                (0, _) => Some(0),
                (n, all) if n == all => Some(all - 1),
                (n, _) => Some(nearer(n - 1, n)),
            };
            style(&self.row, "transform", &format!("translateY({}px)", inside - self.hold));
            match self.at {
                Some(at) => {
                    style(&self.line, "transform", &format!("translateY({}px)", self.slots[at].y));
                    _ = self.line.remove_attribute("hidden");
                }
                None => _ = self.line.set_attribute("hidden", ""),
            }
        }

        /// Where it was dropped, if that is another place.
        fn place(&self) -> Option<Place> {
            let (at, own) = (self.at?, self.own?);
            // Before itself and behind itself are both where it is, unless a group ends in between.
            let behind = at == own + 1 && self.slots[at].place.into == self.slots[own].place.into;
            (at != own && !behind).then_some(self.slots[at].place)
        }
    }

    fn finish(drag: &Shared, keep: bool) -> Option<Place> {
        let mut drag = drag.borrow_mut();
        if !drag.running {
            return None;
        }
        drag.running = false;
        drag.draw();
        for handle in drag.handles.drain(..) {
            handle.remove();
        }
        _ = drag.row.remove_attribute("data-lifted");
        _ = drag.area.remove_attribute("data-dragging");
        style(&drag.row, "transform", "");
        _ = drag.line.set_attribute("hidden", "");
        if keep { drag.place() } else { None }
    }

    fn style(element: &HtmlElement, name: &str, value: &str) {
        _ = element.style().set_property(name, value);
    }

    /// Gives the focus back to an element that is on its way to another place, and shows it.
    pub fn keep_focus(id: String) {
        request_animation_frame(move || {
            let Some(element) = document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
                return;
            };
            _ = element.focus();
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        });
    }
}

pub use imp::{keep_focus, lift};
