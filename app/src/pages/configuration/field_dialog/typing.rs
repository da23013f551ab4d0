//! What is typed into the dialog of a field, and what became of it.

use domain::id::FieldId;
use domain::lang::{Lang, fill};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::configuration::entry::{FieldEntry, Saved, TEXTS};
use crate::api::configuration::{FieldLine, save_field};
use crate::api::profiles::sheet::Conflict;
use crate::error::AppError;
use crate::i18n::use_lang;
use crate::pages::configuration::shaper::Shaper;
use crate::text::configuration as t;

/// An input at work.
#[derive(Clone, Copy)]
pub struct Input {
    /// What stands in it; one text.
    pub values: RwSignal<Vec<String>>,
    /// What stood in it when the dialog was opened, or when somebody else saved meanwhile.
    was: RwSignal<String>,
}

impl Input {
    fn new(mine: &str, was: &str) -> Self {
        Self { values: RwSignal::new(vec![mine.to_owned()]), was: RwSignal::new(was.to_owned()) }
    }

    /// What stands in it.
    pub fn text(self) -> String {
        self.values.with(|values| values.first().cloned().unwrap_or_default())
    }

    fn put(self, text: &str) {
        if untrack(|| self.text()) != text {
            self.values.set(vec![text.to_owned()]);
        }
        self.was.set(text.to_owned());
    }
}

/// The texts of the dialog. Each is saved when it is left.
#[derive(Clone, Copy)]
pub struct Typing {
    shaper: Shaper,
    field: FieldId,
    /// In the order of [`TEXTS`].
    inputs: [Input; 3],
    /// How the dialog is opened, the flags included.
    opened: StoredValue<(FieldEntry, FieldEntry)>,
    /// Why it could not be saved.
    pub failed: RwSignal<Option<AppError>>,
    /// Somebody else has changed the same.
    pub conflict: RwSignal<Option<Conflict>>,
    saving: StoredValue<bool>,
    /// Something more was left while the server was asked.
    again: StoredValue<bool>,
    lang: Lang,
}

impl Typing {
    /// For the dialog of a field; what a plain form could not save is there again.
    pub fn new(shaper: Shaper, line: &FieldLine) -> Self {
        let retyped = shaper.shape.with_untracked(|shape| shape.retyped.clone()).filter(|retyped| retyped.field == line.id);
        let (mine, was, error, conflict) = match retyped.map(|retyped| *retyped) {
            Some(retyped) => (retyped.mine, retyped.was, retyped.error, retyped.conflict),
            None => (FieldEntry::of(line), FieldEntry::of(line), None, None),
        };
        let typing = Self {
            shaper,
            field: line.id,
            inputs: TEXTS.map(|name| Input::new(mine.text(name), was.text(name))),
            opened: StoredValue::new((mine, was)),
            failed: RwSignal::new(error),
            conflict: RwSignal::new(conflict),
            saving: StoredValue::new(false),
            again: StoredValue::new(false),
            lang: use_lang(),
        };
        Effect::new(move |_| {
            if let Some(line) = shaper.field(typing.field) {
                untrack(|| typing.follow(&FieldEntry::of(&line)));
            }
        });
        typing
    }

    /// What the dialog shows at first, and how the field was then.
    pub fn opened(self) -> (FieldEntry, FieldEntry) {
        self.opened.get_value()
    }

    /// One of the [`TEXTS`].
    pub fn input(self, name: &str) -> Input {
        self.inputs[TEXTS.iter().position(|text| *text == name).unwrap_or(0)]
    }

    /// What is typed is kept nowhere else.
    pub fn unsaved(self) -> bool {
        self.conflict.with(Option::is_some) || self.failed.with(Option::is_some)
    }

    /// What nobody has typed over shows what others made of it.
    fn follow(self, now: &FieldEntry) {
        for (input, name) in self.inputs.iter().zip(TEXTS) {
            if untrack(|| input.text()) == input.was.get_untracked() {
                input.put(now.text(name));
            }
        }
    }

    fn entries(self) -> (FieldEntry, FieldEntry) {
        let (mut mine, mut was) = (FieldEntry::default(), FieldEntry::default());
        for (input, name) in self.inputs.iter().zip(TEXTS) {
            *mine.text_mut(name) = untrack(|| input.text());
            *was.text_mut(name) = input.was.get_untracked();
        }
        (mine, was)
    }

    /// Saves what differs. Nothing typed is lost, whatever the answer.
    pub fn save(self) {
        if self.saving.get_value() {
            self.again.set_value(true);
            return;
        }
        self.saving.set_value(true);
        spawn_local(async move {
            loop {
                let (mine, was) = self.entries();
                if mine == was {
                    self.failed.set(None);
                    self.conflict.set(None);
                    break;
                }
                let answer = save_field(self.shaper.pool, self.field, mine.clone(), was).await;
                if self.conflict.is_disposed() {
                    return self.afterwards(answer);
                }
                self.settle(answer, &mine);
                if self.unsaved_now() || !self.again.try_update_value(std::mem::take).unwrap_or(false) {
                    break;
                }
            }
            self.saving.try_set_value(false);
        });
    }

    fn unsaved_now(self) -> bool {
        untrack(|| self.unsaved())
    }

    fn settle(self, answer: Result<Saved, AppError>, mine: &FieldEntry) {
        self.failed.set(None);
        self.conflict.set(None);
        match answer {
            Ok(Saved::Stale(conflict)) => self.conflict.set(Some(*conflict)),
            Err(error) => self.failed.set(Some(error)),
            Ok(saved) => {
                for (input, name) in self.inputs.iter().zip(TEXTS) {
                    input.was.set(mine.text(name).to_owned());
                }
                self.show(saved);
            }
        }
    }

    /// The page shows the field as it is now.
    fn show(self, saved: Saved) {
        match saved {
            Saved::Done(taken) => {
                let name = taken.shape.fields.iter().find(|line| line.id == self.field).map(|line| line.label.clone());
                self.shaper.taken(*taken, fill(t::SAID_CHANGED.get(self.lang), &[("name", &name.unwrap_or_default())]));
            }
            Saved::Same(shape) => self.shaper.settle(*shape),
            Saved::Stale(_) => {}
        }
    }

    /// The dialog was closed before the answer came.
    fn afterwards(self, answer: Result<Saved, AppError>) {
        if self.shaper.shape.is_disposed() {
            return;
        }
        match answer {
            Ok(Saved::Stale(conflict)) => {
                let lead = if conflict.by.is_empty() { t::NOT_SAVED_ANON } else { t::NOT_SAVED };
                let names = conflict.fields.iter().map(|clash| clash.label.as_str()).collect::<Vec<_>>().join(", ");
                self.shaper.warn(fill(lead.get(self.lang), &[("name", &conflict.by), ("fields", &names)]));
            }
            Ok(saved) => self.show(saved),
            Err(error) => self.shaper.warn(error.message(self.lang)),
        }
    }

    /// Keeps the texts chosen in a conflict, and saves mine in place of theirs.
    pub fn resolve(self, conflict: &Conflict, theirs: &[String]) {
        for clash in &conflict.fields {
            let input = self.input(&clash.key);
            if theirs.contains(&clash.key) {
                input.put(&clash.theirs);
            } else {
                input.was.set(clash.theirs.clone());
            }
        }
        self.conflict.set(None);
        self.shaper.reload();
        self.save();
    }
}
