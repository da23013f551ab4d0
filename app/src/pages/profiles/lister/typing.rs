//! Searching while typing: every key press is asked at once, and becomes a step of the history once the typing pauses.

use std::time::Duration;

use leptos::prelude::*;

use super::{Lister, Place};

/// After this pause a search counts as meant: "back" returns to the one before it.
const PAUSE: Duration = Duration::from_millis(1_500);

impl Lister {
    /// Another text stands in the search box.
    pub fn search(self, typed: String, settled: bool) {
        let place = self.place.with_untracked(|place| place.with(|query| query.q = typed));
        let same = self.place.with_untracked(|now| now.query.q == place.query.q);
        if same {
            return;
        }
        let step = settled || !self.typing.get_value();
        self.typing.set_value(!settled);
        // The question is on its way while the page follows the address.
        let question = place.to_query();
        self.ahead.set_value(Some(question.clone()));
        self.ask_for(question);
        self.visit(&place, !step);
        if let Some(timer) = self.pause.get_value() {
            timer.clear();
        }
        self.pause.set_value(set_timeout_with_handle(move || self.settle(), PAUSE).ok());
    }

    /// The typing is over: the next key press is a new step.
    pub fn settle(self) {
        self.typing.set_value(false);
    }

    /// The place as a query string, for asking.
    pub fn question(self) -> String {
        self.place.with_untracked(Place::to_query)
    }
}
