//! The pool that is being reshaped, and everything that can be done to it.

use std::collections::VecDeque;

use domain::config::Step;
use domain::id::{FieldId, PoolId};
use domain::lang::{Lang, fill};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::configuration::{FieldLine, Shape, Taken, show_configuration, take_step, undo_step};
use crate::browser::events::{Heard, hear};
use crate::browser::keys;
use crate::components::toast::{Toast, Toasts, use_toasts};
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::text::configuration as t;

mod apply;
mod back;
mod sent;

pub use apply::apply;
pub use sent::refusal;

use back::Back;

/// What waits to be sent: a step with the words for it, or the way back from a change.
#[derive(Clone, Debug)]
enum Wish {
    Take(Step, String),
    Undo(i64),
    Redo(i64),
}

/// The state of the page.
#[derive(Clone, Copy)]
pub struct Shaper {
    /// The pool.
    pub pool: PoolId,
    /// How it is made up, with what was just done to it here.
    pub shape: RwSignal<Shape>,
    /// The same as the server said it last.
    known: StoredValue<Shape>,
    /// What is looked for among the fields; one text.
    pub wanted: RwSignal<Vec<String>>,
    /// Something is on its way to the server.
    pub saving: RwSignal<bool>,
    /// Something is lifted: what others do is shown when it is dropped.
    pub lifted: RwSignal<Option<i64>>,
    /// Rises with every news of the pool.
    pub turn: RwSignal<u32>,
    /// What a screen reader says.
    pub said: RwSignal<String>,
    lang: Lang,
    toasts: Toasts,
    waiting: StoredValue<VecDeque<Wish>>,
    undo: StoredValue<Vec<Back>>,
    redo: StoredValue<Vec<i64>>,
    /// Somebody changed the pool while something was lifted or on its way.
    stale: StoredValue<bool>,
    /// How the pool was before something was lifted by keys.
    origin: StoredValue<Option<Shape>>,
}

impl Shaper {
    /// For the shape that came with the page.
    pub fn new(pool: PoolId, shape: Shape) -> Self {
        let undo = shape.last.into_iter().map(Back::Change).collect();
        let shaper = Self {
            pool,
            known: StoredValue::new(shape.clone()),
            shape: RwSignal::new(shape),
            wanted: RwSignal::new(vec![String::new()]),
            saving: RwSignal::new(false),
            lifted: RwSignal::new(None),
            turn: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            lang: use_lang(),
            toasts: use_toasts(),
            waiting: StoredValue::new(VecDeque::new()),
            undo: StoredValue::new(undo),
            redo: StoredValue::new(Vec::new()),
            stale: StoredValue::new(false),
            origin: StoredValue::new(None),
        };
        hear(move |heard| {
            if matches!(heard, Heard::Pool) {
                shaper.reload();
            }
        });
        shaper.listen();
        shaper
    }

    /// Ctrl-Z and ⌘-Z take back, with Shift or as Ctrl-Y they do it again.
    fn listen(self) {
        keys::listen(move |key| {
            if !key.control || key.typing || key.alt || self.lifted.get_untracked().is_some() {
                return false;
            }
            match (key.name.to_ascii_lowercase().as_str(), key.shift) {
                ("z", false) => self.undo_last(),
                ("z", true) | ("y", false) => self.redo_last(),
                _ => return false,
            }
            true
        });
    }

    /// Takes a step: the page shows it at once, then the server is told.
    pub fn take(self, step: Step, words: String) {
        self.shape.update(|shape| apply(shape, &step));
        self.redo.update_value(Vec::clear);
        self.send(Wish::Take(step, words));
    }

    /// A form of its own has told the server already.
    pub fn taken(self, taken: Taken, words: String) {
        self.redo.update_value(Vec::clear);
        let change = taken.done.change;
        let skipped = taken.done.skipped.join(", ");
        self.settle(taken.shape);
        self.undo.update_value(|undo| undo.push(Back::Change(change)));
        let words =
            if skipped.is_empty() { words } else { format!("{words}. {}", fill(t::SKIPPED.get(self.lang), &[("names", &skipped)])) };
        self.say(words, t::UNDO.get(self.lang), Wish::Undo(change));
    }

    /// One after another: a step may need what the one before made.
    fn send(self, wish: Wish) {
        self.waiting.update_value(|waiting| waiting.push_back(wish));
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        spawn_local(async move {
            while let Some(wish) = self.waiting.try_update_value(VecDeque::pop_front).flatten() {
                let answer = match &wish {
                    Wish::Take(step, _) => take_step(self.pool, step.clone()).await,
                    Wish::Undo(change) | Wish::Redo(change) => undo_step(self.pool, *change).await,
                };
                if self.shape.is_disposed() {
                    return;
                }
                match answer {
                    Ok(taken) => self.done(wish, taken),
                    Err(error) => self.failed(wish, &error),
                }
            }
            self.saving.try_set(false);
            if self.stale.try_update_value(std::mem::take).unwrap_or(false) {
                self.reload();
            }
        });
    }

    fn done(self, wish: Wish, taken: Taken) {
        let change = taken.done.change;
        if self.waiting.with_value(VecDeque::is_empty) {
            self.settle(taken.shape);
        }
        match wish {
            Wish::Take(_, words) => {
                self.undo.update_value(|undo| undo.push(Back::Change(change)));
                self.say(words, t::UNDO.get(self.lang), Wish::Undo(change));
            }
            Wish::Undo(_) => {
                self.redo.update_value(|redo| redo.push(change));
                self.say(t::SAID_UNDONE.get(self.lang).to_owned(), t::REDO.get(self.lang), Wish::Redo(change));
            }
            Wish::Redo(_) => {
                self.undo.update_value(|undo| undo.push(Back::Change(change)));
                self.toasts.hide();
            }
        }
    }

    /// Nothing has changed on the server: the page goes back to what is there, and says why.
    fn failed(self, wish: Wish, error: &AppError) {
        self.waiting.update_value(VecDeque::clear);
        if self.lifted.get_untracked().is_none() {
            self.shape.set(self.known.get_value());
        }
        let sentence = if *error == AppError::NotFound { t::GONE.get(self.lang).to_owned() } else { error.message(self.lang) };
        let toast = Toast::negative(sentence);
        let again = matches!(error, AppError::Transport | AppError::Unavailable | AppError::SignedOut);
        self.toasts.show(if again {
            toast.with_action(t::RETRY.get(self.lang), move || match wish.clone() {
                Wish::Take(step, words) => self.take(step, words),
                other => self.send(other),
            })
        } else {
            toast
        });
        self.fetch();
    }

    /// Something could not be done: why, in a sentence.
    pub fn warn(self, sentence: String) {
        self.toasts.show(Toast::negative(sentence));
    }

    /// What the server says, unless something is in the air.
    pub fn settle(self, shape: Shape) {
        self.known.set_value(shape.clone());
        if self.lifted.get_untracked().is_some() {
            self.stale.set_value(true);
        } else {
            self.shape.set(shape);
            self.turn.update(|turn| *turn += 1);
        }
    }

    /// Somebody changed the pool.
    pub fn reload(self) {
        if self.saving.get_untracked() || self.lifted.get_untracked().is_some() {
            self.stale.set_value(true);
        } else {
            self.fetch();
        }
    }

    fn fetch(self) {
        spawn_local(async move {
            match show_configuration(self.pool).await {
                Ok(shape) if !self.shape.is_disposed() => self.settle(shape),
                // Without the server the page goes back to what it last heard of when it is there again.
                Err(_) => {
                    self.stale.try_set_value(true);
                }
                Ok(_) => {}
            }
        });
    }

    /// Something is lifted by keys: what it does to the page is not told to the server yet.
    pub fn lift(self, id: i64) {
        self.origin.set_value(Some(self.shape.get_untracked()));
        self.lifted.set(Some(id));
    }

    /// How the page was when something was lifted.
    pub fn take_origin(self) -> Option<Shape> {
        self.origin.try_update_value(Option::take).flatten()
    }

    /// Nothing is lifted any more.
    pub fn put_down(self) {
        self.lifted.set(None);
        if self.stale.try_update_value(std::mem::take).unwrap_or(false) {
            self.reload();
        }
    }

    /// What is looked for, ready to be compared; empty for nothing.
    pub fn sought(self) -> String {
        self.wanted.with(|wanted| wanted.first().map(|wanted| wanted.trim().to_lowercase()).unwrap_or_default())
    }

    /// A field by its id.
    pub fn field(self, id: FieldId) -> Option<FieldLine> {
        self.shape.with(|shape| shape.fields.iter().find(|field| field.id == id).cloned())
    }
}
