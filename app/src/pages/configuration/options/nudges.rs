//! An option is moved: by its grip, by keys, by two buttons.

use domain::config::{Step, moved};
use domain::id::{FieldId, OptionId};
use domain::lang::fill;
use leptos::prelude::*;

use super::SHOWN;
use crate::api::configuration::OptionLine;
use crate::browser::reorder;
use crate::components::icon::Icon;
use crate::i18n::use_lang;
use crate::pages::configuration::GO;
use crate::pages::configuration::air::spelled;
use crate::pages::configuration::shaper::Shaper;
use crate::text::configuration as t;

/// An option that can be moved.
#[derive(Clone, Copy)]
pub struct Movable {
    /// The page.
    pub shaper: Shaper,
    /// Of which selection.
    pub field: FieldId,
    /// All its options.
    pub lines: RwSignal<Vec<OptionLine>>,
    /// Which.
    pub id: OptionId,
}

impl Movable {
    fn name(self) -> String {
        self.lines.with(|lines| lines.iter().find(|line| line.id == self.id).map(|line| line.label.clone()).unwrap_or_default())
    }

    /// The place that is one further up or down, by its right neighbour; none at the end of the list.
    fn neighbour(self, up: bool) -> Option<Option<OptionId>> {
        self.lines.with(|lines| {
            let at = lines.iter().position(|line| line.id == self.id)?;
            if up {
                Some(Some(lines.get(at.checked_sub(1)?)?.id))
            } else {
                lines.get(at + 1)?;
                Some(lines.get(at + 2).map(|line| line.id))
            }
        })
    }

    fn put(self, before: Option<OptionId>) {
        let Self { shaper, field, lines, id } = self;
        lines.update(|lines| {
            let order: Vec<OptionId> = lines.iter().map(|line| line.id).collect();
            let order = moved(&order, id, before);
            lines.sort_by_key(|line| order.iter().position(|other| *other == line.id));
        });
        let words = fill(t::SAID_MOVED.get(use_lang()), &[("name", &untrack(|| self.name()))]);
        shaper.take(Step::MoveOption { field, option: id, before }, words);
        reorder::keep_focus(format!("grip-o{id}"));
    }

    fn nudge(self, up: bool) {
        if let Some(before) = untrack(|| self.neighbour(up)) {
            self.put(before);
        }
    }
}

/// The grip of an option.
#[component]
pub fn Grip(option: Movable) -> impl IntoView {
    let lang = use_lang();
    let Movable { shaper, lines, id, .. } = option;
    let press = move |event: leptos::ev::KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        event.prevent_default();
        option.nudge(up);
    };
    let lift = move |event: leptos::ev::PointerEvent| {
        let lifted = move |up: bool| if up { shaper.lifted.set(Some(-id.get())) } else { shaper.put_down() };
        // The last place that is shown may not be the last one.
        let behind = move || lines.with_untracked(|lines| lines.get(SHOWN).map(|line| line.id));
        reorder::lift(&event, "option", lifted, move |place| option.put(place.before.map(OptionId::new).or_else(behind)));
    };
    view! {
        <button class="icon-button icon-button--small icon-button--grip" type="button" id=format!("grip-o{id}") data-awake
            aria-label=move || fill(t::MOVE_OPTION.get(lang), &[("name", &option.name())]) on:pointerdown=lift on:keydown=press><Icon name="grip"/></button>
    }
}

/// The two buttons that do the same by one place.
#[component]
pub fn Nudges(option: Movable) -> impl IntoView {
    let lang = use_lang();
    let Movable { field, id, .. } = option;
    let button = move |up: bool, icon: &'static str, words: domain::lang::Text| {
        let value = move || option.neighbour(up).map(|before| spelled(&Step::MoveOption { field, option: id, before }));
        let act = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            option.nudge(up);
        };
        view! {
            <button class="icon-button icon-button--nudge" type="submit" form=GO name="form[go]" value=value disabled=move || option.neighbour(up).is_none()
                aria-label=move || fill(words.get(lang), &[("name", &option.name())]) on:click=act><Icon name=icon/></button>
        }
    };
    view! { <span class="nudges">{button(true, "up", t::UP)}{button(false, "down", t::DOWN)}</span> }
}
