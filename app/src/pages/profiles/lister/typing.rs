//! Searching while typing: every key press is asked at once, and becomes a step of the history once the typing pauses.

use std::time::Duration;

use leptos::prelude::*;

use super::Lister;

/// After this pause a search counts as meant: "back" returns to the one before it.
const PAUSE: Duration = Duration::from_millis(1_500);

impl Lister {
    /// Another text stands in the search box. The question goes first; the address follows when its answer is on the screen,
    /// because the browser makes much of a new address.
    pub fn search(self, typed: String, settled: bool) {
        let here = self.here();
        if here.query.q == typed {
            return;
        }
        let place = here.with(|query| query.q = typed);
        // Of two places that the address has not followed yet the first may be a step of its own.
        let replaces = !settled && self.typing.get_value();
        let replaces = self.typed.with_value(|typed| typed.as_ref().is_none_or(|(_, replaces)| *replaces)) && replaces;
        self.typing.set_value(!settled);
        self.ask_for(place.to_query());
        self.typed.set_value(Some((place, replaces)));
        if let Some(timer) = self.pause.get_value() {
            timer.clear();
        }
        self.pause.set_value(set_timeout_with_handle(move || self.settle(), PAUSE).ok());
    }

    /// Lets the address follow the search box.
    pub(super) fn follow_the_typing(self) {
        let Some((place, replaces)) = self.typed.try_update_value(Option::take).flatten() else { return };
        // Typed and taken back: the address is right already.
        if self.place.with_untracked(|now| *now != place) {
            self.ahead.set_value(Some(place.to_query()));
            self.visit(&place, replaces);
        }
    }

    /// Whether the search box is further than the address.
    pub fn is_ahead(self) -> bool {
        self.typed.with_value(Option::is_some)
    }

    /// The typing is over: the next key press is a new step.
    pub fn settle(self) {
        self.follow_the_typing();
        self.typing.set_value(false);
    }

    /// The place as a query string, for asking.
    pub fn question(self) -> String {
        self.here().to_query()
    }
}
