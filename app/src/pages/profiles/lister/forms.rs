//! The list's plain forms, answered without a page load once the page is awake.

use domain::layout::Column;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{Lister, Place};
use crate::browser;
use crate::pages::profiles::place;

impl Lister {
    /// The address as name and value pairs, for hidden inputs.
    pub fn pairs(self) -> Vec<(String, String)> {
        place::pairs_of(&self.place.with(Place::to_query))
    }

    /// A page size was chosen: it is kept for the next visit too.
    pub fn choose_size(self, typed: &str) {
        let Ok(size) = typed.parse() else { return };
        let mut place = self.here().with(|query| query.page_size = size);
        place.sized = true;
        self.layout.update(|layout| layout.page_size = size);
        self.keep_layout();
        self.visit(&place, false);
    }

    /// The size form was sent by a button.
    pub fn submit_size(self, event: SubmitEvent) {
        event.prevent_default();
        if let Some(size) = browser::forms::value(&event, "page_size") {
            self.choose_size(&size);
        }
    }

    /// A page number was typed: the nearest page there is.
    pub fn submit_jump(self, event: SubmitEvent) {
        event.prevent_default();
        let typed = browser::forms::value(&event, "page").unwrap_or_default();
        let Ok(page) = typed.trim().replace(['.', ','], "").parse::<u64>() else { return };
        let size = self.answer.with_untracked(|answer| answer.page_size).max(1);
        let last = self.total.get_untracked().map_or(page, |total| total.div_ceil(size));
        self.change(|query| query.page = page.clamp(1, last.max(1)));
    }

    /// Show or hide a column.
    pub fn toggle_column(self, key: &str, shown: bool) {
        self.lay_out(|layout| {
            layout.columns.retain(|column| column.key != key);
            if shown {
                layout.columns.push(Column { key: key.to_owned(), width: None });
            }
        });
    }

    /// Move a column to a place among the shown ones.
    pub fn move_column(self, key: &str, to: usize) {
        self.lay_out(|layout| {
            if let Some(from) = layout.columns.iter().position(|column| column.key == key) {
                let column = layout.columns.remove(from);
                layout.columns.insert(to.min(layout.columns.len()), column);
            }
        });
    }

    /// Give a column a width, in pixels.
    pub fn size_column(self, key: &str, width: u32) {
        let width = width.clamp(*Column::WIDTHS.start(), *Column::WIDTHS.end());
        self.layout.update(|layout| {
            if let Some(column) = layout.columns.iter_mut().find(|column| column.key == key) {
                column.width = Some(width);
            }
        });
    }
}
