//! The list by keyboard: cursor, selection, open, edit, new, close.

use domain::id::ProfileId;
use domain::rights::Right;
use leptos::prelude::*;

use super::Lister;
use crate::browser;
use crate::browser::keys::Key;
use crate::pages::profiles::place::Open;

impl Lister {
    /// Listen while the list is on the screen.
    pub fn listen_to_keys(self) {
        browser::keys::listen(move |key| self.press(&key));
    }

    /// Was this key for the list?
    fn press(self, key: &Key) -> bool {
        match key.name.as_str() {
            "Escape" => return self.escape(key),
            _ if key.typing || key.control || key.alt => return false,
            "/" => browser::forms::focus("search"),
            "j" | "J" => return self.step(1, key.shift),
            "k" | "K" => return self.step(-1, key.shift),
            "ArrowDown" if key.arrows => return self.step(1, key.shift),
            "ArrowUp" if key.arrows => return self.step(-1, key.shift),
            "x" => return self.on_cursor(|id| self.picked.update(|picked| picked.toggle(id))),
            "X" => return self.on_cursor(|id| self.picked.update(|picked| picked.reach(id, &self.ids()))),
            "Enter" if key.enter => return self.on_cursor(|id| self.open(Open::Profile(id))),
            "e" if self.may(Right::EditProfiles) => return self.edit(),
            "n" if self.may(Right::CreateProfiles) => self.open(Open::New),
            _ => return false,
        }
        true
    }

    fn on_cursor(self, act: impl FnOnce(ProfileId)) -> bool {
        self.cursor.get_untracked().map(act).is_some()
    }

    /// Edit the open profile, or the one under the cursor.
    fn edit(self) -> bool {
        let place = self.place.get_untracked();
        let open = match (place.open, self.cursor.get_untracked()) {
            (Open::Nothing, Some(id)) => Open::Profile(id),
            (open, _) => open,
        };
        if open == Open::Nothing {
            return false;
        }
        self.visit(&place.opening(open).area(true), place.open == open);
        crate::components::panel::focus_form();
        true
    }

    /// Close what is open, from the inside out: menu, search, panel, selection.
    fn escape(self, key: &Key) -> bool {
        if browser::forms::close_menus() {
            return true;
        }
        if key.typing {
            browser::forms::blur();
            return true;
        }
        if self.place.with_untracked(|place| place.open) != Open::Nothing {
            self.open(Open::Nothing);
            return true;
        }
        let picked = !self.picked.with_untracked(super::Picked::is_empty);
        if picked {
            self.picked.set(super::Picked::default());
        }
        picked
    }

    /// Move the row cursor. With Shift the selection follows; with the panel open, the panel does.
    fn step(self, by: isize, reach: bool) -> bool {
        let ids = self.ids();
        if ids.is_empty() {
            return false;
        }
        let open = match self.place.with_untracked(|place| place.open) {
            Open::Profile(id) => Some(id),
            _ => None,
        };
        let from = open.or(self.cursor.get_untracked()).and_then(|id| ids.iter().position(|other| *other == id));
        let to = match from {
            Some(at) => at.saturating_add_signed(by).min(ids.len() - 1),
            None if by > 0 => 0,
            None => ids.len() - 1,
        };
        if reach {
            self.picked.update(|picked| {
                if let Some(at) = from.filter(|_| picked.is_empty()) {
                    picked.toggle(ids[at]);
                }
                picked.reach(ids[to], &ids);
            });
        }
        self.cursor.set(Some(ids[to]));
        browser::list::show_row(ids[to]);
        if open.is_some_and(|open| open != ids[to]) {
            self.open(Open::Profile(ids[to]));
        }
        true
    }

    /// A click on a row: the box selects, Shift reaches, anything else opens.
    pub fn click(self, id: ProfileId, on_box: bool, shift: bool) {
        self.cursor.set(Some(id));
        if shift {
            self.picked.update(|picked| picked.reach(id, &self.ids()));
        } else if on_box {
            self.picked.update(|picked| picked.toggle(id));
        } else {
            self.open(Open::Profile(id));
        }
    }
}
