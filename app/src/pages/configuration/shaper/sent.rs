//! Forms of the page that are sent by themselves.

use leptos::prelude::*;

use super::Shaper;
use crate::api::configuration::ShapePool;
use crate::i18n::use_lang;

impl Shaper {
    /// Each time that the form has reshaped the pool: the page shows it and says so in these words, then it goes on, with the
    /// id of what was made.
    pub fn after(self, action: ServerAction<ShapePool>, words: impl Fn() -> String + 'static, then: impl Fn(Option<i64>) + 'static) {
        Effect::new(move |_| {
            if let Some(Ok(taken)) = action.value().get() {
                let made = taken.done.made;
                untrack(|| {
                    self.taken(taken, words());
                    then(made);
                });
            }
        });
    }
}

/// Why the form was refused, in a sentence.
pub fn refusal(action: ServerAction<ShapePool>) -> Signal<Option<String>> {
    let lang = use_lang();
    Signal::derive(move || action.value().with(|value| value.as_ref()?.as_ref().err().map(|error| error.message(lang))))
}
