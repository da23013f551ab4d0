//! The ways back from what was done on the page, newest last.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Shaper, Wish};
use crate::api::profiles::undo_batch;
use crate::components::toast::Toast;
use crate::text::configuration as t;

/// The way back from something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// By the number of the change.
    Change(i64),
    /// Two options were merged, and profiles moved along.
    Merge(i64),
}

impl Shaper {
    /// Takes the last change back.
    pub fn undo_last(self) {
        match self.undo.try_update_value(Vec::pop).flatten() {
            Some(Back::Change(change)) => self.send(Wish::Undo(change)),
            Some(Back::Merge(batch)) => self.part(batch),
            None => {}
        }
    }

    pub(super) fn redo_last(self) {
        if let Some(change) = self.redo.try_update_value(Vec::pop).flatten() {
            self.send(Wish::Redo(change));
        }
    }

    /// What was done, with the way back or forth.
    pub(super) fn say(self, words: String, label: &str, back: Wish) {
        let toast = Toast::new(words).with_action(label, move || {
            // It may have been taken back by keys meanwhile.
            let known = match back {
                Wish::Undo(change) => taken_out(self.undo, Back::Change(change)),
                Wish::Redo(change) => taken_out(self.redo, change),
                Wish::Take(..) => false,
            };
            if known {
                self.send(back.clone());
            }
        });
        self.toasts.show(toast);
    }

    /// Two options were merged by a call of its own.
    pub fn merged(self, batch: i64, words: String) {
        self.redo.update_value(Vec::clear);
        self.undo.update_value(|undo| undo.push(Back::Merge(batch)));
        self.toasts.show(Toast::new(words).with_action(t::UNDO.get(self.lang), move || {
            if taken_out(self.undo, Back::Merge(batch)) {
                self.part(batch);
            }
        }));
    }

    /// The merged option comes back, and the profiles to it.
    fn part(self, batch: i64) {
        spawn_local(async move {
            self.toasts.show(match undo_batch(self.pool, batch).await {
                Ok(_) => Toast::new(t::SAID_UNDONE.get(self.lang)),
                Err(error) => Toast::negative(error.message(self.lang)),
            });
        });
    }
}

/// Takes the newest of its kind out of a list; whether it was there.
fn taken_out<T: PartialEq + Send + Sync + 'static>(list: StoredValue<Vec<T>>, one: T) -> bool {
    list.try_update_value(|list| list.iter().rposition(|other| *other == one).map(|at| list.remove(at))).flatten().is_some()
}
