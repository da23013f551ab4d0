//! The rows of the list in the document. The server draws them (`crate::components::data_table::row`); here they are put
//! in place, and what the reader does to them is marked.

#[cfg(not(feature = "hydrate"))]
mod imp {
    use leptos::html::Tbody;
    use leptos::prelude::*;

    use crate::pages::profiles::lister::Lister;

    /// On the server the rows are in place.
    pub fn follow(_lister: Lister, _body: NodeRef<Tbody>) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use leptos::html::Tbody;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;
    use web_sys::{Element, HtmlElement, HtmlInputElement};

    use crate::api::profiles::shapes::Row;
    use crate::browser::document::after_painting;
    use crate::browser::list::at_top;
    use crate::pages::profiles::lister::Lister;
    use crate::pages::profiles::place::Open;

    /// Pixels of the window for each row: an airy row with its share of what stands above the list.
    const ROW: f64 = 45.0;

    /// What is marked on a row.
    #[derive(Clone, Copy, PartialEq, Eq)]
    struct Marks {
        picked: bool,
        cursor: bool,
        open: bool,
        gone: bool,
    }

    /// Keeps the rows in the document as the list has them.
    pub fn follow(lister: Lister, body: NodeRef<Tbody>) {
        let rows = Rows { lister, body, marks: StoredValue::new(Vec::new()), drawn: StoredValue::new(0) };
        Effect::new(move |before: Option<Option<Vec<Row>>>| {
            body.get()?;
            let now = lister.answer.with(|answer| answer.rows.clone());
            match before.flatten() {
                Some(before) => rows.draw(&before, &now),
                None => rows.marks.set_value(vec![None; now.len()]),
            }
            untrack(|| rows.mark());
            Some(now)
        });
        Effect::new(move |_| rows.mark());
    }

    #[derive(Clone, Copy)]
    struct Rows {
        lister: Lister,
        body: NodeRef<Tbody>,
        /// Of each row in the document; none where a row has just been drawn.
        marks: StoredValue<Vec<Option<Marks>>>,
        /// Counts the pages that were drawn: rows of an older one come too late.
        drawn: StoredValue<u64>,
    }

    impl Rows {
        fn draw(self, before: &[Row], now: &[Row]) {
            let Some(body) = self.body.get_untracked() else { return };
            let same_places = before.len() == now.len() && before.iter().zip(now).all(|(before, now)| before.id == now.id);
            if same_places && body.children().length() as usize == now.len() {
                for (at, (_, row)) in before.iter().zip(now).enumerate().filter(|(_, (before, now))| before.html != now.html) {
                    self.replace(&body, at, row);
                }
                return;
            }
            let focus = Focus::within(&body);
            let (n, stays) = (self.drawn.get_value() + 1, |row: &Row| before.iter().any(|before| before.id == row.id));
            self.drawn.set_value(n);
            // What is in sight comes a frame before the rest. A row below that stands there already doesn't go for a moment.
            let seen = in_sight();
            let later = now.len() > seen && at_top() && !now[seen..].iter().any(stays);
            let first = if later { seen } else { now.len() };
            body.set_inner_html(&html(&now[..first]));
            self.marks.set_value(vec![None; first]);
            if later {
                let rest = html(&now[first..]);
                let all = now.len();
                after_painting(move || {
                    let Some(body) = self.body.try_get_untracked().flatten() else { return };
                    if self.drawn.try_get_value() == Some(n) && body.insert_adjacent_html("beforeend", &rest).is_ok() {
                        self.marks.update_value(|marks| marks.resize(all, None));
                        self.mark();
                    }
                });
            }
            focus.restore(&body);
        }

        /// A row changes where it stands.
        fn replace(self, body: &Element, at: usize, row: &Row) {
            let Some(old) = child(body, at) else { return };
            let (index, focus) = (old.get_attribute("aria-rowindex"), Focus::within(body));
            old.set_outer_html(&row.html);
            if let (Some(new), Some(index)) = (child(body, at), index) {
                _ = new.set_attribute("aria-rowindex", &index);
            }
            self.marks.update_value(|marks| marks[at] = None);
            focus.restore(body);
        }

        /// Marks what has changed since it was last marked.
        fn mark(self) {
            let lister = self.lister;
            let open = lister.place.with(|place| place.open);
            let cursor = lister.cursor.get();
            let Some(body) = self.body.get() else { return };
            let marks_of = |row: &Row| Marks {
                picked: lister.picked.with(|picked| picked.has(row.id)),
                cursor: cursor == Some(row.id),
                open: open == Open::Profile(row.id),
                gone: lister.gone.with(|gone| gone.contains(&row.id)),
            };
            lister.answer.with_untracked(|answer| {
                self.marks.update_value(|marks| {
                    for (at, (row, marked)) in answer.rows.iter().zip(marks).enumerate() {
                        let now = Some(marks_of(row));
                        if *marked != now
                            && let (Some(element), Some(now)) = (child(&body, at), now)
                        {
                            apply(&element, now, &row.title, lister);
                            *marked = Some(now);
                        }
                    }
                });
            });
        }
    }

    /// How many rows the window has room for, at most.
    fn in_sight() -> usize {
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
        (height / ROW).ceil().max(10.0) as usize
    }

    fn html(rows: &[Row]) -> String {
        rows.iter().map(|row| row.html.as_str()).collect()
    }

    fn child(body: &Element, at: usize) -> Option<Element> {
        body.children().item(u32::try_from(at).ok()?)
    }

    fn apply(row: &Element, marks: Marks, title: &str, lister: Lister) {
        let set = |name: &str, value: Option<&str>| match value {
            Some(value) => _ = row.set_attribute(name, value),
            None => _ = row.remove_attribute(name),
        };
        set("aria-current", marks.open.then_some("true"));
        set("data-cursor", marks.cursor.then_some(""));
        set("data-gone", marks.gone.then_some(""));
        let gone = marks.gone.then(|| format!("{title} {}", crate::pages::profiles::words::DELETED_ELSEWHERE.get(lister.lang)));
        set("aria-label", gone.as_deref());
        if let Some(check) = row.query_selector("input.check").ok().flatten().and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            check.set_checked(marks.picked);
        }
    }

    /// Where the keyboard is among the rows: it stays there when they are drawn anew.
    struct Focus(Option<String>);

    impl Focus {
        fn within(body: &Element) -> Self {
            let focused = document().active_element().filter(|focused| body.contains(Some(focused)));
            let place = focused.and_then(|focused| {
                let id = focused.closest("tr[data-id]").ok().flatten()?.get_attribute("data-id")?;
                Some(format!("tr[data-id='{id}'] {}", focused.tag_name().to_lowercase()))
            });
            Self(place)
        }

        fn restore(self, body: &Element) {
            let element = self.0.and_then(|place| body.query_selector(&place).ok().flatten());
            if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                _ = element.focus();
            }
        }
    }
}

pub use imp::follow;
