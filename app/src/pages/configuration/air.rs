//! Things that are moved by keys and buttons: the same steps as by dragging.

use domain::config::Step;
use domain::id::{CategoryId, FieldId};
use domain::lang::{Lang, Text, fill};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::shaper::{Shaper, apply};
use crate::api::configuration::Shape;
use crate::browser;
use crate::browser::reorder::keep_focus;
use crate::text::configuration as t;

/// What can be lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A category with its fields.
    Category(CategoryId),
    /// A field.
    Field(FieldId),
}

impl Thing {
    /// Its id.
    pub fn id(self) -> i64 {
        match self {
            Self::Category(id) => id.get(),
            Self::Field(id) => id.get(),
        }
    }

    /// The id of its grip in the document.
    pub fn grip(self) -> String {
        match self {
            Self::Category(id) => format!("grip-c{id}"),
            Self::Field(id) => format!("grip-f{id}"),
        }
    }

    /// The step that leads here from wherever it was.
    fn step(self, shape: &Shape) -> Option<Step> {
        match self {
            Self::Category(category) => {
                let at = shape.categories.iter().position(|line| line.id == category)?;
                Some(Step::MoveCategory { category, before: shape.categories.get(at + 1).map(|line| line.id) })
            }
            Self::Field(field) => {
                let category = shape.fields.iter().find(|line| line.id == field)?.category;
                let order = fields_of(shape, category);
                let at = order.iter().position(|id| *id == field)?;
                Some(Step::MoveField { field, category, before: order.get(at + 1).copied() })
            }
        }
    }

    fn place(self, shape: &Shape, words: Text, lang: Lang) -> String {
        let (name, at, total, inside) = match self {
            Self::Category(id) => {
                let at = shape.categories.iter().position(|line| line.id == id).unwrap_or(0);
                (shape.categories.get(at).map(|line| line.label.clone()), at, shape.categories.len(), None)
            }
            Self::Field(id) => {
                let line = shape.fields.iter().find(|line| line.id == id);
                let order = line.map(|line| fields_of(shape, line.category)).unwrap_or_default();
                let category = line.and_then(|line| shape.categories.iter().find(|one| one.id == line.category));
                let at = order.iter().position(|other| *other == id).unwrap_or(0);
                (line.map(|line| line.label.clone()), at, order.len(), category.map(|category| category.label.clone()))
            }
        };
        let inside = inside.unwrap_or_else(|| t::TABLE.get(lang).to_owned());
        let (name, n, total) = (name.unwrap_or_default(), (at + 1).to_string(), total.to_string());
        fill(words.get(lang), &[("name", &name), ("n", &n), ("total", &total), ("category", &inside)])
    }
}

/// The fields of a category in their order.
pub fn fields_of(shape: &Shape, category: CategoryId) -> Vec<FieldId> {
    shape.fields.iter().filter(|line| line.category == category).map(|line| line.id).collect()
}

/// The step that moves a thing by one place; a field at the edge of its category goes to the next one. None at the end.
pub fn nudge(shape: &Shape, thing: Thing, up: bool) -> Option<Step> {
    match thing {
        Thing::Category(category) => {
            let at = shape.categories.iter().position(|line| line.id == category)?;
            let before = if up {
                Some(shape.categories.get(at.checked_sub(1)?)?.id)
            } else {
                shape.categories.get(at + 1)?;
                shape.categories.get(at + 2).map(|line| line.id)
            };
            Some(Step::MoveCategory { category, before })
        }
        Thing::Field(field) => {
            let category = shape.fields.iter().find(|line| line.id == field)?.category;
            let order = fields_of(shape, category);
            let at = order.iter().position(|id| *id == field)?;
            if up && at > 0 {
                return Some(Step::MoveField { field, category, before: Some(order[at - 1]) });
            }
            if !up && at + 1 < order.len() {
                return Some(Step::MoveField { field, category, before: order.get(at + 2).copied() });
            }
            let here = shape.categories.iter().position(|line| line.id == category)?;
            let there = if up { here.checked_sub(1)? } else { here + 1 };
            let category = shape.categories.get(there)?.id;
            let before = if up { None } else { fields_of(shape, category).first().copied() };
            Some(Step::MoveField { field, category, before })
        }
    }
}

/// A key on a grip: Space or Enter lifts and drops, arrows move, Esc takes back. Tab drops as well.
pub fn press(shaper: Shaper, thing: Thing, lang: Lang, event: &KeyboardEvent) {
    let key = event.key();
    let lifted = shaper.lifted.get_untracked() == Some(thing.id());
    let say = |words: Text| shaper.said.set(shaper.shape.with_untracked(|shape| thing.place(shape, words, lang)));
    match (key.as_str(), lifted) {
        (" " | "Enter", false) => {
            shaper.lift(thing.id());
            say(t::LIFTED);
        }
        ("ArrowUp" | "ArrowDown", true) => {
            if let Some(step) = shaper.shape.with_untracked(|shape| nudge(shape, thing, key == "ArrowUp")) {
                shaper.shape.update(|shape| apply(shape, &step));
                keep_focus(thing.grip());
            }
            say(t::LIFTED);
        }
        (" " | "Enter" | "Tab", true) => {
            say(t::DROPPED);
            let step = |shape: &Shape| thing.step(shape);
            let now = shaper.shape.with_untracked(step);
            let before = shaper.take_origin().and_then(|shape| step(&shape));
            shaper.put_down();
            if let Some(step) = now.filter(|now| before.as_ref() != Some(now)) {
                let name = shaper.shape.with_untracked(|shape| label(shape, thing));
                shaper.take(step, fill(t::SAID_MOVED.get(lang), &[("name", &name)]));
            }
            if key == "Tab" {
                return;
            }
        }
        ("Escape", true) => {
            if let Some(origin) = shaper.take_origin() {
                shaper.shape.set(origin);
            }
            let name = shaper.shape.with_untracked(|shape| label(shape, thing));
            shaper.said.set(fill(t::CANCELLED.get(lang), &[("name", &name)]));
            shaper.put_down();
            keep_focus(thing.grip());
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// What a thing is called.
pub fn label(shape: &Shape, thing: Thing) -> String {
    match thing {
        Thing::Category(id) => shape.categories.iter().find(|line| line.id == id).map(|line| line.label.clone()),
        Thing::Field(id) => shape.fields.iter().find(|line| line.id == id).map(|line| line.label.clone()),
    }
    .unwrap_or_default()
}

/// A step as the value of a button.
pub fn spelled(step: &Step) -> String {
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    match step {
        Step::MoveCategory { category, before } => format!("move_category:{category}:{}", id(before.map(CategoryId::get))),
        Step::MoveField { field, category, before } => format!("move_field:{field}:{category}:{}", id(before.map(FieldId::get))),
        Step::MoveOption { field, option, before } => format!("move_option:{field}:{option}:{}", id(before.map(domain::id::OptionId::get))),
        Step::DeleteCategory { category } => format!("delete_category:{category}"),
        Step::DeleteField { field } => format!("delete_field:{field}"),
        _ => String::new(),
    }
}

/// Leads to what was just made, once its dialog has gone.
pub fn show_made(made: Option<Thing>) {
    if let Some(thing) = made {
        browser::document::after_painting(move || keep_focus(thing.grip()));
    }
}
